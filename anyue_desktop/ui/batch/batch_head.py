"""The lines above the grid: month, village, usual date, counts and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.services.batches import Batch
from anyue_desktop.services.choices import Choice
from anyue_desktop.ui.batch.batch_row import WORDS, State
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.month_choice import month_words
from anyue_desktop.ui.plain_label import PlainLabel


class BatchHead(QWidget):
    """What narrows the grid, and what is done with it."""

    back_pressed = Signal()
    save_pressed = Signal()
    same_pressed = Signal()
    changed = Signal()
    date_changed = Signal()

    def __init__(
        self,
        factory: EditorFactory,
        batch: Batch,
        month: str,
        villages: Sequence[Choice],
        village: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._villages = QComboBox()
        self._villages.setAccessibleName("村（社区）")
        self._villages.addItem("全部村（社区）", "")
        for one in villages:
            self._villages.addItem(one.name, one.code)
        self._villages.setCurrentIndex(max(0, self._villages.findData(village)))
        self._villages.currentIndexChanged.connect(self.changed)
        self._batch = batch
        self._only_due = QCheckBox(batch.only)
        self._only_due.toggled.connect(self.changed)
        field = factory.records.register(batch.register).field(batch.time)
        self.usual_date = factory.editor(batch.register, batch.time, field)
        self.usual_date.setMaximumWidth(170)
        if batch.dated:
            self.usual_date.set_value(min(max(clock.today(), first_day(month)), last_day(month), clock.today()))
        self.usual_date.left.connect(self.date_changed)
        self.usual_date.changed.connect(self.date_changed)
        self._counts = PlainLabel()
        self._counts.setObjectName("subtitle")
        keys = ("F2 或直接输入填一格", "F3 同上次" * bool(batch.stable), "Ctrl+D 同上一行", "Ctrl+; 今天" * batch.dated)
        self._said = PlainLabel("　".join(words for words in (*keys, "Ctrl+V 从 WPS 粘贴") if words))
        self._said.setObjectName("caption")
        self._lay_out(month)

    def _lay_out(self, month: str) -> None:
        period = f"{month[:4]}年" if self._batch.yearly else month_words(month)
        title = PlainLabel(f"批量录入 · {self._batch.title} · {period}")
        title.setObjectName("title")
        back, same = QPushButton(icon("back"), "返回"), QPushButton(icon("history"), "同上次")
        save = QPushButton(icon("save"), "保存")
        save.setProperty("kind", "main")
        same.setToolTip("F3：重复上次的回答，再改有变化的")
        same.setVisible(bool(self._batch.stable))
        save.setToolTip("Ctrl+S")
        back.clicked.connect(self.back_pressed)
        same.clicked.connect(self.same_pressed)
        save.clicked.connect(self.save_pressed)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for widget in (back, title):
            upper.addWidget(widget)
        upper.addWidget(self._counts, 1)
        for widget in (same, save):
            upper.addWidget(widget)
        lower.addWidget(self._villages)
        lower.addWidget(self._only_due)
        usual = PlainLabel("没写日期的行用")
        usual.setVisible(self._batch.dated)
        self.usual_date.setVisible(self._batch.dated)
        lower.addWidget(usual)
        lower.addWidget(self.usual_date)
        lower.addWidget(self._said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(upper)
        layout.addLayout(lower)

    def village(self) -> str:
        """Returns the code of the village chosen, or nothing for all."""
        return str(self._villages.currentData() or "")

    def only_due(self) -> bool:
        """Whether the visited are left out."""
        return self._only_due.isChecked()

    def date(self) -> date | None:
        """Returns the date rows get that have none."""
        found = self.usual_date.value()
        return found if isinstance(found, date) else None

    def show_counts(self, counts: Mapping[State, int]) -> None:
        """Shows how many rows stand how."""
        words = [
            f"{self._batch.done if state is State.DONE else WORDS[state]} {count}"
            for state, count in counts.items()
            if count
        ]
        self._counts.setText("　".join(words))

    def say(self, words: str, tone: str) -> None:
        """Shows what came of an action."""
        self._said.setText(words)
        self._said.setProperty("tone", tone)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)

    def said(self) -> str:
        """Returns what came of the last action."""
        return self._said.text()
