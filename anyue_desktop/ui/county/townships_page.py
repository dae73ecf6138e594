"""乡镇: who has reported the month; a click opens a township's registers."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.services.query import Query
from anyue_desktop.services.returning import Returning, UnitStatus
from anyue_desktop.ui.county.receipts_dialog import ReceiptsDialog
from anyue_desktop.ui.county.township_tile import NOT_REPORTED, OVERDUE, REPORTED, WITH_RETURNS, TownshipTile
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.importing.scrolling import scrolling
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BrowsePlace, JobPlace
from anyue_desktop.ui.printing.month_box import MonthBox
from anyue_desktop.ui.tasks import Tasks

ALL = "全部"
REMINDER = "CB"
FILTERS = (ALL, REPORTED, WITH_RETURNS, NOT_REPORTED, OVERDUE)


class TownshipsPage(Page):
    """A tile per township."""

    def __init__(self, returning: Returning, tasks: Tasks, month: str, parent: QWidget | None = None) -> None:
        super().__init__("乡镇", parent)
        self._returning = returning
        self._tasks = tasks
        self._units: list[UnitStatus] = []
        self.tiles: list[TownshipTile] = []
        self._month = MonthBox(month)
        self._month.currentIndexChanged.connect(lambda: self.refresh())
        self._chips = QButtonGroup(self)
        self._grid = FlowLayout(spacing=8, even=True)
        self._lay_out()
        self.refresh()

    def refresh(self, changed: frozenset[str] = frozenset()) -> None:
        """Asks anew who has reported."""
        self._units = self._returning.status(self._month.month())
        counts = Counter(unit.state for unit in self._units)
        for chip in self._chips.buttons():
            name = chip.property("state")
            chip.setText(f"{name} {len(self._units) if name == ALL else counts[name]}")
        self._fill()

    def choose_month(self, month: str) -> None:
        """Follows the month of the window."""
        self._month.choose(month)

    def open(self, unit: UnitStatus) -> None:
        """Opens a township's registers."""
        self.go.emit(BrowsePlace(unit.code))

    def print_reminder(self) -> None:
        """Opens the preview of the list of those who have not reported."""
        self.go.emit(JobPlace("print", Query("", month=self._month.month()), ledger=REMINDER))

    def write_receipts(self) -> ReceiptsDialog:
        """Opens the dialog that writes receipts."""
        dialog = ReceiptsDialog(self._returning, self._units, self._tasks, self)
        dialog.open()
        return dialog

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("乡镇", "title"))
        head.addWidget(self._month)
        head.addStretch(1)
        head.addWidget(button("催报单…(&B)", self.print_reminder))
        head.addWidget(button("写回执…(&R)", self.write_receipts, kind="main"))
        layout.addLayout(head)
        layout.addLayout(self._chip_row())
        layout.addWidget(self._tile_room(), 1)

    def _chip_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in FILTERS:
            chip = QPushButton(name)
            chip.setAccessibleName(f"只看{name}")
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setProperty("state", name)
            chip.setProperty("on", str(name == ALL).lower())
            chip.setChecked(name == ALL)
            self._chips.addButton(chip)
            row.addWidget(chip)
        self._chips.buttonToggled.connect(self._choose)
        row.addStretch(1)
        return row

    def _tile_room(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        return scrolling(inner)

    def _choose(self, chip: QPushButton, on: bool) -> None:
        chip.setProperty("on", str(on).lower())
        chip.style().unpolish(chip)
        chip.style().polish(chip)
        if on:
            self._fill()

    def _fill(self) -> None:
        self._grid.clear()
        chosen = self._chips.checkedButton()
        wanted = chosen.property("state") if chosen else ALL
        shown = [unit for unit in self._units if wanted in (ALL, unit.state)]
        self.tiles = [TownshipTile(unit) for unit in shown]
        for tile in self.tiles:
            tile.opened.connect(self.open)
            self._grid.addWidget(tile)
