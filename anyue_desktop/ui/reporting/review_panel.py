"""待审核: what another operator has to look at before it is reported, where the county asks for two people."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.reviewing import ReviewDone, Reviewing, Waiting
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.tasks import Tasks

MANY = 5000
OWN = "本人录入，请另一位审核"


def _tone(row: Waiting) -> str:
    return "muted" if row.own else ""


COLUMNS = (
    ValueColumn("姓名", lambda row: row.caption or "—", tone=_tone),
    ValueColumn("登记册", lambda row: row.title, tone=_tone),
    ValueColumn("改动", lambda row: row.change, tone=_tone),
    ValueColumn("录入人", lambda row: row.by, tone=_tone),
    ValueColumn("时间", lambda row: row.at[:16].replace("T", " "), tone=_tone),
    ValueColumn("谁来审", lambda row: OWN if row.own else "可以审核", tone=lambda row: "muted" if row.own else "ok"),
)


class ReviewPanel(QWidget):
    """A list from which a record is opened, and many are passed at once."""

    open_record = Signal(str, str)
    counted = Signal(int)

    def __init__(self, reviewing: Reviewing, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reviewing, self._tasks = reviewing, tasks
        self.notice = Notice()
        self.table = ValueTable("待审核的记录", COLUMNS, "没有等待审核的记录。")
        self.table.chosen.connect(lambda _: self._open())
        self.table.moved.connect(lambda _: self._refresh_buttons())
        self._pass = button("审核通过(&V)", self.approve, kind="main")
        self._see = button("打开核对(&O)", self._open)
        row = QHBoxLayout()
        row.addWidget(self._pass)
        row.addWidget(self._see)
        row.addWidget(button("全部选中(&L)", self.table.selectAll, kind="flat"))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def refresh(self) -> None:
        """Reads anew what waits."""
        self._tasks.run(lambda _: self._reviewing.waiting(), self._show, owner=self)

    def approve(self) -> None:
        """Notes that the operator has looked at the chosen records."""
        chosen = [(one.register, one.id) for one in self.table.selected()]
        if chosen:

            def job(_: Progress) -> ReviewDone:
                return self._reviewing.approve(chosen)

            self._tasks.run(job, self._approved, title="审核", window=self)

    def _approved(self, done: ReviewDone) -> None:
        hint = f"其中 {done.own} 条是您自己录入的，要由另一位审核人登录后审核。" if done.own else ""
        self.notice.say("warning" if done.own else "ok", f"审核通过 {done.reviewed} 条。", hint)
        self.refresh()

    def _show(self, waiting: list[Waiting]) -> None:
        self.table.put(sorted(waiting, key=lambda one: one.own)[:MANY])
        self.counted.emit(len(waiting))
        self._refresh_buttons()

    def _open(self) -> None:
        one: Waiting | None = self.table.current()
        if one is not None:
            self.open_record.emit(one.register, one.id)

    def _refresh_buttons(self) -> None:
        one: Waiting | None = self.table.current()
        self._see.setEnabled(one is not None and one.change != "删除")
        self._pass.setEnabled(bool(self.table.values) and self._reviewing.may_review())
