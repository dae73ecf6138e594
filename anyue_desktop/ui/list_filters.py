"""What narrows a list: search box, chips and worklist."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from anyue_desktop.core.register import OWNER
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.worklists import WORKLISTS
from anyue_desktop.ui.filter_chip import FilterChip
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.search_box import SearchBox

CHIPS: dict[str, tuple[tuple[str, str], ...]] = {
    "elder_case": (
        ("村（社区）", "person.residence_division"),
        ("类别", "categories"),
        ("风险", "risk_level"),
    ),
    "elder_visit": (
        ("村（社区）", "case.person.residence_division"),
        ("方式", "visit_method"),
        ("结果", "visit_result"),
    ),
    "child_case": (
        ("村（社区）", "person.residence_division"),
        ("类别", "child_types"),
        ("风险", "risk_level"),
    ),
    "child_visit": (
        ("村（社区）", "child_case.person.residence_division"),
        ("方式", "visit_method"),
        ("结果", "visit_result"),
    ),
    "left_behind_woman": (("村（社区）", "person.residence_division"), ("困难", "difficulties")),
    "homecare_enrolment": (("村（社区）", "person.residence_division"), ("类别", "object_class")),
    "facility": (("村（社区）", "division_code"), ("类型", "facility_type"), ("状态", "status")),
    "facility_issue": (("等级", "hazard_level"),),
    "protect_staff": (("职责范围", "duty_division"), ("类型", "role")),
    "person": (("村（社区）", "residence_division"), ("救助类别", "relief_class")),
}


BY_PERSON, NAMED = "姓名、拼音首字母、身份证号、电话", 3  # a hint names so many things


class ListFilters(QWidget):
    """Turns what a person types and picks into a question."""

    asked = Signal(object)  # Query
    done = Signal()

    def __init__(self, records: Records, query: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = query
        self.search = SearchBox(_hint(records.searched(query.register)))
        self.search.show_whole_hint()
        self.search.setVisible(bool(self.search.placeholderText()))
        self.search.asked.connect(lambda text: self._ask(replace(self.query, search=text)))
        self.search.done.connect(self.done)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.search)
        self._chips: dict[str, FilterChip] = {}
        for label, path in CHIPS.get(query.register, ()):
            township = str(query.where.get(OWNER) or "")
            self._chips[path] = self._chip(label, records.choices(query.register, path, "", township), path)
        worklists = [Choice(key, one.title) for key, one in WORKLISTS[query.register].items() if one.offered]
        self._worklist = FilterChip("清单", worklists)
        self._worklist.chosen.connect(lambda code: self._ask(replace(self.query, worklist=code)))
        self._worklist.setVisible(bool(worklists))
        self._layout.addWidget(self._worklist)
        self._clear = QPushButton(icon("close"), "清除筛选")
        self._clear.setProperty("kind", "flat")
        self._clear.clicked.connect(self._reset)
        self._layout.addWidget(self._clear)
        self._layout.addStretch(1)
        self.show_query(query)

    def begin_search(self) -> bool:
        """Puts the cursor into the search box, where there is anything to search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self.search.placeholderText())

    def show_query(self, query: Query) -> None:
        """Shows a question without asking it."""
        self.query = query
        if self.search.text().strip() != query.search:
            self.search.show_text(query.search)
        for path, chip in self._chips.items():
            chip.show_code(str(query.where.get(path) or ""))
        self._worklist.show_code(query.worklist)
        self._clear.setVisible(self.narrowed())

    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.query.search or set(self.query.where) - {OWNER} or self.query.worklist)

    def _chip(self, label: str, choices: list[Choice], path: str) -> FilterChip:
        chip = FilterChip(label, choices)
        chip.chosen.connect(lambda code: self._narrow(path, code))
        chip.setVisible(bool(choices))
        self._layout.addWidget(chip)
        return chip

    def _narrow(self, path: str, code: str) -> None:
        where = {key: value for key, value in self.query.where.items() if key != path}
        self._ask(replace(self.query, where={**where, path: code} if code else where))

    def _reset(self) -> None:
        kept = {path: code for path, code in self.query.where.items() if path == OWNER}  # chosen beside the list
        self._ask(replace(self.query, search="", where=kept, worklist=""))

    def _ask(self, query: Query) -> None:
        self.show_query(query)
        self.asked.emit(query)


def _hint(searched: list[str] | None) -> str:
    if searched is None:
        return BY_PERSON
    return "、".join(searched[:NAMED]) + ("等" if len(searched) > NAMED else "")
