"""一人一档: one elder's page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.services.records import Records
from anyue_desktop.services.visits import Visits
from anyue_desktop.ui.elders.fact_sheet import FactSheet
from anyue_desktop.ui.elders.header_card import HeaderCard
from anyue_desktop.ui.elders.history_tab import HistoryTab
from anyue_desktop.ui.elders.related_tab import RelatedTab
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.paths import sections
from anyue_desktop.ui.places import NewPlace, PersonPlace, Place, RecordPlace

CASE, VISIT = "elder_case", "elder_visit"
RELATED = (
    ("visits", "探访", VISIT, "case_id", "-visit_date"),
    ("assessments", "评估", "ability_assessment", "person_id", "-assessed_on"),
    ("benefits", "待遇", "person_benefit", "person_id", "-start_month"),
    ("relations", "关系人", "person_relation", "person_id", ""),
)


class PersonPage(Page):
    """Header card and tabs: 档案, 探访, 评估, 待遇, 关系人, 历史; a county only reads them, and gives them back."""

    return_wanted = Signal(str)  # id of the case

    def __init__(
        self,
        records: Records,
        visits: Visits,
        month: MonthChoice,
        case_id: str,
        tab: str = "",
        row_height: int = 32,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("一人一档", parent)
        self._records, self._visits, self._month, self._case_id = records, visits, month, case_id
        self._read_only = read_only
        case, person = records.register(CASE), records.register("person")
        self.header = HeaderCard(person, case, read_only=read_only)
        self.facts = FactSheet(sections(case, person))
        self.related = {
            key: RelatedTab(records, register, reference, order, row_height, read_only=read_only)
            for key, _words, register, reference, order in RELATED
        }
        self.history = HistoryTab(records, read_only=read_only)
        self.tabs = QTabWidget()
        self._keys = ["file", *self.related, "history"]
        self._lay_out()
        self._connect()
        self.refresh(frozenset())
        if tab in self._keys:
            self.tabs.setCurrentIndex(self._keys.index(tab))

    def _lay_out(self) -> None:
        self.tabs.addTab(self.facts, "档案")
        for key, words, *_rest in RELATED:
            self.tabs.addTab(self.related[key], words)
        self.tabs.addTab(self.history, "历史")
        self.tabs.setAccessibleName("一人一档")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.header)
        layout.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.back)
        self.header.edit_pressed.connect(self._edit)
        self.header.visit_pressed.connect(self._visit)
        self.header.return_pressed.connect(lambda: self.return_wanted.emit(self._case_id))
        self.header.strip.opened.connect(self._open_day)
        self.header.dots.opened.connect(lambda month: self._open_month(month))
        self.history.put_back.connect(lambda: self.refresh(frozenset()))
        self.tabs.currentChanged.connect(self._fill_tab)
        for tab in self.related.values():
            tab.go.connect(self.go)

    def refresh(self, changed: frozenset[str]) -> None:
        """Shows the person as stored now."""
        values = self._records.get(CASE, self._case_id)
        today = clock.today()
        self.header.show_case(values, today)
        month = self._month.month
        year = int(month[:4])
        dots, days = self._visits.month_dots(self._case_id, year), self._visits.visit_days(self._case_id, month)
        self.header.show_visits(year, dots, month, days, today)
        self.facts.show_values(values)
        self._person_id = str(values["person_id"])
        self._fill_tab()

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return PersonPlace(self._case_id, self._keys[self.tabs.currentIndex()])

    def arrive(self) -> None:
        """Puts the cursor onto the tabs and shows the person as stored now."""
        self.refresh(frozenset())
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F2 edits, F4 enters a visit, Escape goes back."""
        actions = {Qt.Key.Key_F2: self._edit, Qt.Key.Key_F4: self._visit, Qt.Key.Key_Escape: self.back.emit}
        action = actions.get(Qt.Key(event.key()))
        if action is not None:
            action()
        else:
            super().keyPressEvent(event)

    def _fill_tab(self) -> None:
        key = self._keys[self.tabs.currentIndex()]
        if key in self.related:
            owner = self._case_id if key == "visits" else self._person_id
            self.related[key].show_owner(owner)
        elif key == "history":
            self.history.show_records((CASE, self._case_id), ("person", self._person_id))

    def _edit(self) -> None:
        self._enter(RecordPlace(CASE, self._case_id))

    def _visit(self) -> None:
        self._enter(NewPlace(VISIT, {"case_id": self._case_id}))

    def _enter(self, place: Place) -> None:
        if not self._read_only:
            self.go.emit(place)

    def _open_day(self, day: date) -> None:
        found = [one for one in self._visits.of_case(self._case_id) if one["visit_date"] == day]
        if found:
            self.go.emit(RecordPlace(VISIT, found[0]["id"]))
        elif day <= clock.today():
            self._enter(NewPlace(VISIT, {"case_id": self._case_id, "visit_date": day}))

    def _open_month(self, month: str) -> None:
        self._month.choose(month)
        self.refresh(frozenset())
