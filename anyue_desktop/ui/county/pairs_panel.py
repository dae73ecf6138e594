"""重复人员: two townships' records of what may be one person side by side, and whose the person is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.deciding import Compared, Deciding, Pair
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.tasks import Tasks

SAME, DIFFERENT = "相同", "不同"
NOBODY = "没有等待核定的重复人员。"
PAIRS = (
    ValueColumn("姓名", lambda pair: pair.caption, icon=lambda pair: "people"),
    ValueColumn("一方", lambda pair: pair.first.unit),
    ValueColumn("另一方", lambda pair: pair.second.unit),
    ValueColumn("发现时间", lambda pair: pair.found_at[:16].replace("T", " ")),
    ValueColumn("为什么", lambda pair: pair.likeness),
)


def _cue(line: Compared) -> str:
    return SAME if line.same else DIFFERENT


def _tone(line: Compared) -> str:
    return "muted" if line.same else "warning"


LINES = (
    ValueColumn("项目", lambda line: line.label),
    ValueColumn("对照", _cue, icon=lambda line: "ok" if line.same else "warning", tone=_tone),
    ValueColumn("一方", lambda line: line.first or "—"),
    ValueColumn("另一方", lambda line: line.second or "—"),
)


class PairsPanel(QWidget):
    """The pairs that wait, the records of one of them, and the three decisions."""

    counted = Signal(int)

    def __init__(self, deciding: Deciding, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deciding, self._tasks = deciding, tasks
        self.notice = Notice()
        self.pairs = ValueTable("疑似重复的人员", PAIRS, NOBODY)
        self.lines = ValueTable("两条记录对照", LINES)
        self.words = QLineEdit()
        self.words.setAccessibleName("县局的话")
        self.words.setPlaceholderText("可以不填；写了会随退回带给不再登记的一方，如“户口在天马乡，请注销本镇的档案”")
        self._first = button("", lambda: self._decide("first"), kind="main")
        self._second = button("", lambda: self._decide("second"), kind="main")
        self._apart = button("不是同一人(&N)", lambda: self._decide(""))
        self.pairs.moved.connect(self._show)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Reads anew what waits."""
        self.pairs.put(self._deciding.pairs())
        self.counted.emit(len(self.pairs.values))
        self._show(self.pairs.current())

    def _show(self, pair: Pair | None) -> None:
        self.lines.put(self._deciding.compare(pair) if pair else [])
        first, second = (pair.first.unit, pair.second.unit) if pair else ("一方", "另一方")
        self.lines.retitle(("项目", "对照", first, second))
        self._first.setText(f"同一人，归{first}(&A)")
        self._second.setText(f"同一人，归{second}(&B)")
        self.words.clear()
        for one in (self._first, self._second, self._apart, self.words):
            one.setEnabled(pair is not None)

    def _decide(self, whose: str) -> None:
        pair: Pair | None = self.pairs.current()
        if pair is None:
            return
        keep = {"first": pair.first.id, "second": pair.second.id}.get(whose, "")
        words = self.words.text()

        def job(_: Progress) -> Pair:
            self._deciding.decide(pair.first.id, pair.second.id, keep, words)
            return pair

        self._tasks.run(job, lambda done: self._decided(done, keep), title="核定重复人员", window=self)

    def _decided(self, pair: Pair, keep: str) -> None:
        kept, lost = (pair.first, pair.second) if keep == pair.first.id else (pair.second, pair.first)
        told = f"同一人，归{kept.unit}；{lost.unit}的记录已退回" if keep else "不是同一人"
        self.notice.say("ok", f"“{pair.caption}”：{told}。", "两个乡镇都会在下一份回执里看到。")
        self.refresh()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.pairs)
        split.addWidget(self.lines)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.addWidget(label("县局的话", "caption"))
        row.addWidget(self.words, 1)
        for one in (self._first, self._second, self._apart):
            row.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(split, 1)
        layout.addLayout(row)
