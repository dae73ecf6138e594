"""Makes the page of a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, singledispatchmethod
from pathlib import Path

from PySide6.QtWidgets import QApplication

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.returns_page import ReturnsPage
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.drafts_page import DraftsPage
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.form import EntryForm
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.home.home_page import HomePage
from anyue_desktop.ui.jobs import Jobs
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import (
    BatchPlace,
    DraftPlace,
    IdsPlace,
    JobPlace,
    ListPlace,
    NamedPlace,
    NewPlace,
    PersonPlace,
    Place,
    RecordPlace,
    VillagesPlace,
)
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.registers_page import RegistersPage
from anyue_desktop.ui.reporting.reporting_page import ReportingPage
from anyue_desktop.ui.rollover_page import RolloverPage
from anyue_desktop.ui.subject_page import SubjectPage
from anyue_desktop.ui.subjects import SUBJECTS, Subject
from anyue_desktop.ui.system.system_page import SystemPage
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import Theme
from anyue_desktop.ui.villages_page import VillagesPage

ELDERS = "elder_case"


class PageMaker:
    """Knows how each page is built; pages themselves know nothing of each other."""

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        problems: ProblemDoor,
        theme: Theme,
        preferences: Preferences,
        month: MonthChoice,
        restore: Callable[[Path], None],
    ) -> None:
        self._workspace, self._tasks, self._problems = workspace, tasks, problems
        self._theme, self._preferences, self._month = theme, preferences, month
        self._factory = EditorFactory(workspace.records, workspace.context())
        self._jobs = Jobs(workspace, tasks, month)
        self._restore = restore
        self._read_only = workspace.unit.is_county  # a county reads what townships enter, and returns it
        self._named: dict[str, Callable[[], Page]] = {
            "home": self._home,
            "elders": lambda: self._list(Query(ELDERS, month=month.month), "老年人探访"),
            "registers": lambda: RegistersPage(workspace.records),
            **{one.name: partial(self._subject, one) for one in SUBJECTS},
            "drafts": lambda: DraftsPage(workspace.records),
            "reporting": self._reporting,
            "rollover": lambda: RolloverPage(workspace.rollover, tasks),
            "system": self._system,
            "receive": lambda: ReceivePage(workspace.receiving, tasks),
            "townships": self._townships,
            "returns": lambda: ReturnsPage(workspace.returning, workspace.records),
        }

    @singledispatchmethod
    def page(self, place: Place) -> Page | None:
        """Returns a new page, or None when the place is a dialog."""
        raise LookupError(type(place).__name__)

    @page.register
    def _(self, place: NamedPlace) -> Page | None:
        return self._named[place.name]()

    @page.register
    def _(self, place: ListPlace) -> Page | None:
        return self._list(place.query, place.title)

    @page.register
    def _(self, place: IdsPlace) -> Page | None:
        page = self._list(Query(place.register), place.title)
        page.show_ids(place.ids)
        return page

    @page.register
    def _(self, place: VillagesPlace) -> Page | None:
        return VillagesPage(self._workspace.dashboard, self._tasks, place)

    @page.register
    def _(self, place: PersonPlace) -> Page | None:
        workspace = self._workspace
        return PersonPage(
            workspace.records,
            workspace.visits,
            self._month,
            place.case_id,
            place.tab,
            self._theme.row_height,
            read_only=self._read_only,
        )

    @page.register
    def _(self, place: RecordPlace) -> Page | None:
        form = self._form(place.register)
        form.open(place.identity)
        return FormPage(form, place.message, place.path)

    @page.register
    def _(self, place: NewPlace) -> Page | None:
        form = self._form(place.register)
        form.begin(place.given)
        return FormPage(form)

    @page.register
    def _(self, place: DraftPlace) -> Page | None:
        form = self._form(place.register)
        form.resume(place.key)
        return FormPage(form)

    @page.register
    def _(self, place: BatchPlace) -> Page | None:
        chosen = replace(place, month=place.month or self._month.month)
        return BatchPage(self._factory, self._workspace.batches, self._tasks, chosen, self._theme.row_height)

    @page.register
    def _(self, place: JobPlace) -> Page | None:
        window = QApplication.activeWindow()
        if window is not None:
            self._jobs.open(place, window)
        return None

    def _list(self, query: Query, title: str) -> ListPage:
        return ListPage(
            self._workspace.records,
            self._tasks,
            self._preferences,
            query,
            title,
            self._theme.row_height,
            read_only=self._read_only,
        )

    def _form(self, register: str) -> EntryForm:
        if self._read_only:
            raise UserError("县局不能修改乡镇的记录", "请在“乡镇”里退回，由乡镇更正后再报")
        return EntryForm(self._factory, self._workspace.records.register(register))

    def _home(self) -> Page:
        workspace = self._workspace
        return HomePage(
            workspace.records, workspace.dashboard, workspace.indicators, workspace.rollover, self._tasks, self._month
        )

    def _subject(self, subject: Subject) -> Page:
        workspace = self._workspace
        return SubjectPage(
            subject, workspace.records, workspace.dashboard, self._tasks, self._month, read_only=self._read_only
        )

    def _reporting(self) -> Page:
        page = ReportingPage(self._workspace, self._tasks, self._problems, self._month.month)
        self._month.changed.connect(page.choose_month)
        return page

    def _system(self) -> Page:
        page = SystemPage(self._workspace, self._tasks, self._problems, self._theme, self._preferences)
        page.restore_wanted.connect(self._restore)
        return page

    def _townships(self) -> Page:
        workspace = self._workspace
        page = TownshipsPage(workspace.returning, workspace.records, self._tasks, self._problems, self._month.month)
        self._month.changed.connect(page.choose_month)
        return page
