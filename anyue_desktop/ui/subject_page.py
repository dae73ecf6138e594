"""The page of a subject: its registers, what is to do for them, and what can be printed of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from anyue_desktop.core.register import Register
from anyue_desktop.services.batches import BATCHES
from anyue_desktop.services.dashboard import Dashboard
from anyue_desktop.services.printing import ledgers_about
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.card import Card
from anyue_desktop.ui.column_scroll import ColumnScroll
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BatchPlace, JobPlace, ListPlace, NamedPlace, NewPlace, Place
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.subjects import Subject
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.todo import lines
from anyue_desktop.ui.worklist_panel import WorklistPanel


@dataclass(frozen=True)
class Seen:
    """What was counted for a month."""

    month: str
    totals: dict[str, int]
    counts: dict[str, int]


class SubjectPage(Page):
    """Registers with counts as large buttons, 新增 and 导入 beside each; worklists in full; ledgers to print."""

    def __init__(
        self,
        subject: Subject,
        records: Records,
        dashboard: Dashboard,
        tasks: Tasks,
        month: MonthChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(subject.title, parent)
        self.subject = subject
        self._records, self._dashboard, self._tasks, self._month = records, dashboard, tasks, month
        self._open = {one.name: one for one in records.registers() if one.name in subject.registers}
        self.buttons: dict[str, QPushButton] = {}
        self.worklists = WorklistPanel(lines(dashboard.worklists(subject.registers).values()), full=True)
        self._caption = PlainLabel()
        self._caption.setObjectName("subtitle")
        self._lay_out()
        self.worklists.go.connect(self.go)
        month.changed.connect(lambda: self.refresh(frozenset()))
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Counts again, on the worker thread."""
        if changed and not changed & {"person", *self.subject.registers}:
            return
        month = self._month.month
        self._tasks.run(lambda _progress: self._look(month), self._show, owner=self)

    def arrive(self) -> None:
        """Puts the cursor onto the first register."""
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return self.subject.place

    def _lay_out(self) -> None:
        title = PlainLabel(self.title)
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._caption, 1)
        if self.subject.yearly:
            head.addWidget(self._button("calendar", "年度结转", lambda: self.go.emit(NamedPlace("rollover"))))
        registers = QWidget()
        shelves = QVBoxLayout(registers)
        shelves.setContentsMargins(0, 0, 0, 0)
        shelves.setSpacing(10)
        for shelf in self.subject.shelves:
            self._add_shelf(shelves, shelf.title, [self._open[name] for name in shelf.registers if name in self._open])
        self._add_ledgers(shelves)
        shelves.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(10)
        columns.addWidget(ColumnScroll(registers), 3)
        columns.addWidget(ColumnScroll(self.worklists), 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addLayout(columns, 1)

    def _add_shelf(self, shelves: QVBoxLayout, title: str, registers: list[Register]) -> None:
        if not registers:
            return
        card = Card(title)
        for register in registers:
            card.body.addLayout(self._row(register))
        shelves.addWidget(card)

    def _row(self, register: Register) -> QHBoxLayout:
        opener = self.buttons[register.name] = self._button("", register.title, lambda: self._open_list(register))
        opener.setObjectName("work")
        opener.setProperty("dense", True)  # ten registers and their ledgers fit a small screen
        opener.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addWidget(opener, 1)
        new, bring = NewPlace(register.name), JobPlace("import", Query(register.name))
        row.addWidget(self._button("add", "新增", lambda: self.go.emit(new), about=register.title))
        if register.name in BATCHES:
            row.addWidget(self._button("grid", "批量录入", lambda: self._enter_all(register), about=register.title))
        row.addWidget(self._button("import", "导入", lambda: self.go.emit(bring), about=register.title))
        return row

    def _add_ledgers(self, shelves: QVBoxLayout) -> None:
        found = ledgers_about(self._open)
        if not found:
            return
        card = Card("打印台账")
        buttons = QWidget()
        row = FlowLayout(buttons, spacing=8)
        for ledger in found:
            row.addWidget(self._button("print", f"{ledger.title}…", self._printer(ledger.number)))
        card.body.addWidget(buttons)
        shelves.addWidget(card)

    def _button(self, picture: str, words: str, act: Callable[[], None], *, about: str = "") -> QPushButton:
        button = QPushButton(icon(picture), words) if picture else QPushButton(words)
        button.setAccessibleName(f"{words}{about}")
        button.clicked.connect(lambda: act())
        return button

    def _printer(self, number: str) -> Callable[[], None]:
        return lambda: self.go.emit(JobPlace("print", ledger=number))

    def _open_list(self, register: Register) -> None:
        self.go.emit(ListPlace(Query(register.name, month=self._month.month), register.title))

    def _enter_all(self, register: Register) -> None:
        self.go.emit(BatchPlace(self._month.month, register=register.name))

    def _look(self, month: str) -> Seen:
        totals = {name: self._records.total(name) for name in self._open}
        return Seen(month, totals, self._dashboard.counts(month, self.subject.registers))

    def _show(self, seen: Seen) -> None:
        if seen.month != self._month.month:
            return
        self._caption.setText(f"　{month_words(seen.month)}")
        for name, button in self.buttons.items():
            button.setText(f"{self._open[name].title}　{seen.totals[name]:,}")
        self.worklists.show_counts(seen.counts, seen.month)
