"""其他登记册: every register that has no page of its own, by subject; each opens its list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from anyue_desktop.core.register import Register
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import ListPlace

SUBJECTS: dict[str, tuple[str, ...]] = {
    "老年人": ("person", "elder_visit", "ability_assessment", "person_benefit", "person_relation"),
    "儿童关爱": ("child_case", "child_visit", "care_entrustment", "child_risk_assessment", "child_report"),
    "居家养老": ("homecare_enrolment", "homecare_log"),
    "设施": ("facility", "facility_month", "facility_inspection", "facility_issue"),
    "农村留守妇女": ("left_behind_woman", "left_behind_woman_visit"),
    "基础数据": (
        "household",
        "household_member",
        "protect_staff",
        "staff_training",
        "village_year_base",
        "county_manual",
    ),
}


class RegistersPage(Page):
    """One button a register with its count; a register closed to the operator is not shown."""

    def __init__(self, records: Records, parent: QWidget | None = None) -> None:
        super().__init__("其他登记册", parent)
        self._records = records
        self.buttons: dict[str, QPushButton] = {}
        title = QLabel("其他登记册")
        title.setObjectName("title")
        inside = QWidget()
        shelves = QVBoxLayout(inside)
        shelves.addWidget(title)
        open_to_me = {one.name: one for one in records.registers()}
        for subject, names in SUBJECTS.items():
            self._add_shelf(shelves, subject, [open_to_me[name] for name in names if name in open_to_me])
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
