"""各类登记册: every register by subject, each opening its list; the county looks into them here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from anyue_desktop.core.register import Register
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import ListPlace
from anyue_desktop.ui.subjects import SUBJECTS


class RegistersPage(Page):
    """One button a register with its count; a register closed to the operator is not shown."""

    def __init__(self, records: Records, parent: QWidget | None = None) -> None:
        super().__init__("各类登记册", parent)
        self._records = records
        self.buttons: dict[str, QPushButton] = {}
        title = QLabel("各类登记册")
        title.setObjectName("title")
        inside = QWidget()
        shelves = QVBoxLayout(inside)
        shelves.addWidget(title)
        open_to_me = {one.name: one for one in records.registers()}
        for subject in SUBJECTS:
            found = [open_to_me[name] for name in subject.registers if name in open_to_me]
            self._add_shelf(shelves, subject.title, found)
        shelves.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(area)
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Counts the registers that changed."""
        for name, one in self.buttons.items():
            if not changed or name in changed:
                register = self._records.register(name)
                one.setText(f"{register.title}　{self._records.total(name):,}")

    def arrive(self) -> None:
        """Puts the cursor onto the first register."""
        next(iter(self.buttons.values())).setFocus()

    def _add_shelf(self, shelves: QVBoxLayout, subject: str, registers: list[Register]) -> None:
        if not registers:
            return
        heading = QLabel(subject)
        heading.setObjectName("section")
        shelf = QWidget()
        row = FlowLayout(shelf, spacing=8, even=True)
        for register in registers:
            row.addWidget(self._button(register))
        shelves.addWidget(heading)
        shelves.addWidget(shelf)

    def _button(self, register: Register) -> QPushButton:
        made = QPushButton(register.title)
        made.setAccessibleName(register.title)
        made.setMinimumSize(220, 44)
        made.clicked.connect(self._opener(register))
        self.buttons[register.name] = made
        return made

    def _opener(self, register: Register) -> Callable[[], None]:
        return lambda: self.go.emit(ListPlace(Query(register.name), register.title))
