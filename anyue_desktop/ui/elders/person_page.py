"""一人一档: the page of one record with what belongs to it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.services.records import Records
from anyue_desktop.services.visits import Visits
from anyue_desktop.ui.elders.dossiers import DOSSIERS, OWNER, PERSON
from anyue_desktop.ui.elders.fact_sheet import FactSheet
from anyue_desktop.ui.elders.header_card import HeaderCard
from anyue_desktop.ui.elders.history_tab import HistoryTab
from anyue_desktop.ui.elders.related_tab import RelatedTab
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.paths import read_sections
from anyue_desktop.ui.places import NewPlace, PersonPlace, Place, RecordPlace


class PersonPage(Page):
    """Header card and tabs: 档案, what belongs to it, 历史; a county only reads them, and gives them back."""

    return_wanted = Signal(str)  # id of the case

    def __init__(
        self,
        records: Records,
        visits: Visits,
        month: MonthChoice,
        place: PersonPlace,
        row_height: int = 32,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.dossier = DOSSIERS[place.register]
        super().__init__(self.dossier.title, parent)
        self._records, self._visits, self._month, self._case_id = records, visits, month, place.case_id
        self._read_only = read_only
        self._owners = {OWNER: place.case_id}
        self.header = HeaderCard(self.dossier, records.register(place.register), read_only=read_only)
        self.facts = FactSheet(read_sections(records.read_columns(place.register)))
        seen = {one.name for one in records.registers()}
        self.related = {
            tab.key: RelatedTab(records, tab, row_height, read_only=read_only)
            for tab in self.dossier.tabs
            if tab.register in seen
        }
        self.history = HistoryTab(records, read_only=read_only)
        self.tabs = QTabWidget()
        self._keys = ["file", *self.related, "history"]
        self._lay_out()
        self._connect()
        self.refresh(frozenset())
        if place.tab in self._keys:
            self.tabs.setCurrentIndex(self._keys.index(place.tab))

    def _lay_out(self) -> None:
        self.tabs.addTab(self.facts, "档案")
        for key, tab in self.related.items():
            self.tabs.addTab(tab, self.dossier.tab(key).words)
        self.tabs.addTab(self.history, "历史")
        self.tabs.setAccessibleName(self.dossier.title)
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
        register = self.dossier.register
        values, texts = self._records.get(register, self._case_id), self._records.facts(register, self._case_id)
        self.header.show_case(values, texts, clock.today())
        if self.dossier.visits:
            self._show_visits()
        self.facts.show_texts(texts)
        if PERSON in values:
            self._owners[PERSON] = str(values[PERSON])
        self._fill_tab()

    def _show_visits(self) -> None:
        month, register = self._month.month, self.dossier.tabs[0].register
        year = int(month[:4])
        dots = self._visits.month_dots(self._case_id, year, register)
        days = self._visits.visit_days(self._case_id, month, register)
        self.header.show_visits(year, dots, month, days, clock.today())

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return PersonPlace(self._case_id, self._keys[self.tabs.currentIndex()], self.dossier.register)

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
            self.related[key].show_owner(self._owners[self.dossier.tab(key).of])
        elif key == "history":
            person = [("person", self._owners[PERSON])] if PERSON in self._owners else []
            self.history.show_records((self.dossier.register, self._case_id), *person)

    def _edit(self) -> None:
        self._enter(RecordPlace(self.dossier.register, self._case_id))

    def _visit(self) -> None:
        self._enter(self._new_visit())

    def _new_visit(self, **given: date) -> NewPlace:
        first = self.dossier.tabs[0]
        return NewPlace(first.register, {first.reference: self._case_id, **given})

    def _enter(self, place: Place) -> None:
        if not self._read_only:
            self.go.emit(place)

    def _open_day(self, day: date) -> None:
        register = self.dossier.tabs[0].register
        found = [one for one in self._visits.of_case(self._case_id, register=register) if one["visit_date"] == day]
        if found:
            self.go.emit(RecordPlace(register, found[0]["id"]))
        elif day <= clock.today():
            self._enter(self._new_visit(visit_date=day))

    def _open_month(self, month: str) -> None:
        self._month.choose(month)
        self.refresh(frozenset())
