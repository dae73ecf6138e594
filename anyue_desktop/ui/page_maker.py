"""Makes the page of a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, singledispatchmethod
from pathlib import Path

from PySide6.QtWidgets import QApplication

from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.county.browse_page import BrowsePage
from anyue_desktop.ui.county.grid_page import GridPage
from anyue_desktop.ui.county.ledgers_page import LedgersPage
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.record_list import RecordList
from anyue_desktop.ui.county.record_page import RecordPage
from anyue_desktop.ui.county.returner import Doubt, Returner
from anyue_desktop.ui.county.returns_page import ReturnsPage
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.county.transfer_dialog import TransferDialog
from anyue_desktop.ui.drafts_page import DraftsPage
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.form import EntryForm
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.home.home_page import HomePage
from anyue_desktop.ui.indicators.indicators_page import IndicatorsPage
from anyue_desktop.ui.jobs import Jobs
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import (
    BatchPlace,
    BrowsePlace,
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
        self._factory = EditorFactory(workspace.records, workspace.context(), self._tasks)
        self._jobs = Jobs(workspace, tasks, month)
        self._restore = restore
        self._named: dict[str, Callable[[], Page]] = {
            "home": self._home,
            "elders": lambda: self._list(Query(ELDERS, month=month.month), "老年人探访"),
            "registers": lambda: self._browse(BrowsePlace()),
            **{one.name: partial(self._subject, one) for one in SUBJECTS},
            "drafts": lambda: DraftsPage(workspace.records),
            "reporting": self._reporting,
            "rollover": lambda: RolloverPage(workspace.rollover, tasks),
            "system": self._system,
            "receive": lambda: ReceivePage(workspace.receiving, tasks),
            "townships": self._townships,
            "indicators": self._indicators,
            "ledgers": lambda: LedgersPage(workspace.printing, month),
            "returns": self._returns,
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
        return self._list(Query(place.register, month=self._month.month, only=place.ids), place.title)

    @page.register
    def _(self, place: VillagesPlace) -> Page | None:
        return VillagesPage(self._workspace.dashboard, self._tasks, place)

    @page.register
    def _(self, place: PersonPlace) -> Page | None:
        workspace, height = self._workspace, self._theme.row_height
        read_only = not workspace.records.keeps(place.register)
        page = PersonPage(workspace.records, workspace.visits, self._month, place, height, read_only=read_only)
        page.return_wanted.connect(lambda case: self._returner(page).ask(Doubt(place.register, (case,)), page))
        return page

    @page.register
    def _(self, place: BrowsePlace) -> Page | None:
        return self._browse(place)

    @page.register
    def _(self, place: RecordPlace) -> Page | None:
        records = self._workspace.records
        if not records.keeps(place.register):
            page = RecordPage(records, self._returner(), place.register, place.identity)
            page.transfer_wanted.connect(lambda: self._transfer(page))
            return page
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

    def _list(self, query: Query, title: str = "") -> ListPage:
        records, height = self._workspace.records, self._theme.row_height
        if records.keeps(query.register):
            return ListPage(records, self._tasks, self._preferences, query, title, height)
        return RecordList(records, self._returner(), self._tasks, self._preferences, query, title, height)

    def _returner(self, page: Page | None = None) -> Returner:
        return Returner(self._workspace.returning, self._tasks, page)

    def _transfer(self, page: RecordPage) -> None:
        workspace, identity = self._workspace, page.identity
        caption = workspace.records.caption(page.register.name, identity)
        dialog = TransferDialog(workspace.transferring, identity, caption, self._tasks, page)
        dialog.given.connect(lambda words: page.notice.say("ok", words))
        dialog.open()

    def _form(self, register: str) -> EntryForm:
        return EntryForm(self._factory, self._workspace.records.enterable(register))

    def _home(self) -> Page:
        workspace = self._workspace
        return HomePage(
            workspace.records, workspace.dashboard, workspace.indicators, workspace.rollover, self._tasks, self._month
        )

    def _subject(self, subject: Subject) -> Page:
        return SubjectPage(subject, self._workspace.records, self._workspace.dashboard, self._tasks, self._month)

    def _browse(self, place: BrowsePlace) -> Page:
        return BrowsePage(self._workspace.records, self._tasks, self._month, self._list, place)

    def _indicators(self) -> Page:
        workspace = self._workspace
        if not workspace.unit.is_county:
            return IndicatorsPage(workspace.indicators, workspace.records.villages(), self._tasks, self._month)
        return GridPage(
            workspace.county_figures,
            workspace.indicators,
            workspace.printing,
            self._tasks,
            self._month,
            self._theme.row_height,
        )

    def _reporting(self) -> Page:
        page = ReportingPage(self._workspace, self._tasks, self._problems, self._month.month)
        self._month.changed.connect(page.choose_month)
        return page

    def _returns(self) -> Page:
        one = self._workspace
        return ReturnsPage(one.returning, one.records, one.deciding, one.transferring, one.asking, self._tasks)

    def _system(self) -> Page:
        page = SystemPage(self._workspace, self._tasks, self._problems, self._theme, self._preferences)
        page.restore_wanted.connect(self._restore)
        return page

    def _townships(self) -> Page:
        page = TownshipsPage(self._workspace.returning, self._tasks, self._month.month)
        self._month.changed.connect(page.choose_month)
        return page
