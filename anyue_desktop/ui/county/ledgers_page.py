"""汇总台账: what the county prints of all its townships, or of one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.register import OWNER
from anyue_desktop.services.printing import Ledger, Printing
from anyue_desktop.services.query import Query
from anyue_desktop.ui.card import Card
from anyue_desktop.ui.column_scroll import ColumnScroll
from anyue_desktop.ui.county.township_choice import TownshipChoice
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import JobPlace, NamedPlace, Place

GRID = "各乡镇指标一览表"
HINT = "选一个乡镇，就只打印它的；不选，汇总表一个乡镇一行，花名册按乡镇排列。"
WIDTH, HEIGHT = 250, 40


class LedgersPage(Page):
    """One button a ledger, by subject; each opens the print dialog for the township chosen above."""

    def __init__(self, printing: Printing, month: MonthChoice, parent: QWidget | None = None) -> None:
        super().__init__("汇总台账", parent)
        self._month = month
        self.township = TownshipChoice()
        self._period = label(kind="subtitle", name="月份")
        self._period.setWordWrap(False)
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out([one for one in printing.offered() if _of_the_county(one)])
        month.changed.connect(lambda: self.refresh(frozenset()))
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Says which month is printed."""
        self._period.setText(month_words(self._month.month))

    def arrive(self) -> None:
        """Puts the cursor onto the first ledger."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return NamedPlace("ledgers")

    def _lay_out(self, ledgers: list[Ledger]) -> None:
        title = label("汇总台账", "title")
        title.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._period)
        head.addSpacing(12)
        head.addWidget(self.township)
        head.addStretch(1)
        inside = QWidget()
        shelves = QVBoxLayout(inside)
        shelves.setContentsMargins(0, 0, 0, 0)
        shelves.setSpacing(10)
        self._add_shelf(shelves, "指标", {GRID: lambda: self.go.emit(NamedPlace("indicators"))})
        for subject, found in groupby(ledgers, key=lambda one: one.subject):
            self._add_shelf(shelves, subject, {one.title: self._opener(one) for one in found})
        shelves.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.addLayout(head)
        layout.addWidget(label(HINT, "caption"))
        layout.addWidget(ColumnScroll(inside), 1)

    def _add_shelf(self, shelves: QVBoxLayout, subject: str, acts: dict[str, Callable[[], None]]) -> None:
        card = Card(subject)
        shelf = QWidget()
        row = FlowLayout(shelf, spacing=8, even=True)
        for words, act in acts.items():
            row.addWidget(self._button(words, act))
        card.body.addWidget(shelf)
        shelves.addWidget(card)

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        made = self.buttons[words] = QPushButton(icon("print"), words)
        made.setObjectName("work")
        made.setAccessibleName(words)
        made.setMinimumSize(WIDTH, HEIGHT)
        made.clicked.connect(lambda: act())
        return made

    def _opener(self, ledger: Ledger) -> Callable[[], None]:
        return lambda: self.go.emit(self._place(ledger))

    def _place(self, ledger: Ledger) -> JobPlace:
        where = {OWNER: self.township.code} if self.township.code else {}
        return JobPlace("print", Query(next(iter(ledger.registers), ""), where=where), ledger=ledger.number)


def _of_the_county(ledger: Ledger) -> bool:
    """Ledgers of many records; forms and lists to take to the village are a township's."""
    return ledger.of_county or (
        ledger.of_township and not ledger.form and not ledger.singly and ledger.number.startswith("L")
    )
