"""各类登记册: every register of the county's townships, of all of them or of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.register import OWNER
from anyue_desktop.services.query import Query, dating
from anyue_desktop.services.records import Records
from anyue_desktop.ui import colours
from anyue_desktop.ui.county.township_choice import TownshipChoice
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BrowsePlace, Place
from anyue_desktop.ui.subjects import SUBJECTS
from anyue_desktop.ui.tasks import Tasks

SHELVES = {**{one.title: one.registers for one in SUBJECTS}, "报送": ("report_package",)}
EVERY_MONTH, INDENT = "不限月份", "  "
WIDTH_EMS = 18
NAME, HEADING = Qt.ItemDataRole.UserRole, ""


class BrowsePage(Page):
    """Registers by subject at the left, the list of the chosen one beside them."""

    def __init__(
        self,
        records: Records,
        tasks: Tasks,
        month: MonthChoice,
        make_list: Callable[[Query], ListPage],
        place: BrowsePlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("各类登记册", parent)
        self._records, self._tasks, self._month, self._make_list = records, tasks, month, make_list
        self._open = {one.name: one for one in records.registers()}
        self.list: ListPage | None = None
        self.township = TownshipChoice(place.township)
        self.registers = QListWidget()
        self.during = QComboBox()
        self._dating = label("", "caption")
        self._dating.setWordWrap(False)
        self._stack = QStackedLayout()
        self._fill_registers()
        self._fill_months()
        self._lay_out()
        self._connect()
        self.show_register(place.register or next(iter(self._rows)))
        self._count()

    def show_register(self, name: str) -> None:
        """Opens the list of a register."""
        self.registers.setCurrentRow(self._rows[name])

    def register(self) -> str:
        """Returns the name of the register in view."""
        item = self.registers.currentItem()
        return str(item.data(NAME)) if item is not None else HEADING

    def refresh(self, changed: frozenset[str]) -> None:
        """Looks again after something changed."""
        if self.list is not None:
            self.list.refresh(changed)
        self._count()

    def arrive(self) -> None:
        """Puts the cursor into the search box of the list."""
        if self.list is not None:
            self.list.arrive()

    def start_search(self) -> bool:
        """Puts the cursor into the search box of the list."""
        self.arrive()
        return True

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return BrowsePlace(self.township.code, self.register())

    def _where(self, name: str) -> dict[str, str]:
        """A register the county keeps itself is no township's."""
        return {OWNER: self.township.code} if self.township.code and not self._records.keeps(name) else {}

    def _query(self, name: str) -> Query:
        dated = dating(self._open[name]) is not None and not self._records.keeps(name)
        during = str(self.during.currentData()) if dated else ""
        return Query(name, where=self._where(name), month=self._month.month, during=during)

    def _show_list(self) -> None:
        name = self.register()
        if not name:
            return
        known = dating(self._open[name]) if not self._records.keeps(name) else None
        self._dating.setText(known.label if known else "")
        self.during.setVisible(known is not None)
        self.township.setEnabled(not self._records.keeps(name))
        before, made = self.list, self._make_list(self._query(name))
        made.go.connect(self.go)
        made.back.connect(self.back)
        self.list = made
        self._stack.setCurrentIndex(self._stack.addWidget(made))
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _narrow(self) -> None:
        """Another month or township is another question to the same list."""
        if self.list is not None:
            query = self._query(self.register())
            self.list.ask(replace(self.list.query, month=query.month, during=query.during))

    def _choose_township(self) -> None:
        self._show_list()
        self._count()

    def _count(self) -> None:
        wheres = {name: self._where(name) for name in self._rows}
        self._tasks.run(
            lambda _progress: {name: self._records.count(Query(name, where=where)) for name, where in wheres.items()},
            self._show_counts,
            owner=self,
        )

    def _show_counts(self, counts: dict[str, int]) -> None:
        for name, count in counts.items():
            item = self.registers.item(self._rows[name])
            item.setText(f"{INDENT}{self._open[name].title}　{count:,}")
            item.setForeground(QColor(colours.INK if count else colours.MUTED))

    def _fill_registers(self) -> None:
        self.registers.setObjectName("index")
        self.registers.setAccessibleName("登记册")
        self.registers.setFixedWidth(self.fontMetrics().horizontalAdvance("中") * WIDTH_EMS)
        self.registers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[str, int] = {}
        for subject, names in SHELVES.items():
            shown = [name for name in names if name in self._open]
            if shown:
                self._add_heading(subject)
            for name in shown:
                self._rows[name] = self.registers.count()
                item = QListWidgetItem(f"{INDENT}{self._open[name].title}")
                item.setData(NAME, name)
                item.setToolTip(self._open[name].title)
                self.registers.addItem(item)

    def _add_heading(self, subject: str) -> None:
        heading = QListWidgetItem(subject)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setData(NAME, HEADING)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        heading.setForeground(QColor(colours.MUTED))
        self.registers.addItem(heading)

    def _fill_months(self) -> None:
        self.during.setAccessibleName("月份")
        self.during.addItem(EVERY_MONTH, "")
        for one in self._month.offered():
            self.during.addItem(month_words(one), one)

    def _connect(self) -> None:
        self.registers.currentRowChanged.connect(self._show_list)
        self.township.chosen.connect(self._choose_township)
        self.during.currentIndexChanged.connect(self._narrow)
        self._month.changed.connect(self._narrow)

    def _lay_out(self) -> None:
        title = label("各类登记册", "title")
        title.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addSpacing(12)
        head.addWidget(self.township)
        head.addSpacing(12)
        head.addWidget(self._dating)
        head.addWidget(self.during)
        head.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.registers)
        body.addLayout(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.addLayout(head)
        layout.addLayout(body, 1)
