"""The walk through a township's other subjects: children and women, home care, facilities, figures, indicators."""

from __future__ import annotations

from screenshot_stage import CASE, MONTH, Stage

from anyue_desktop.services.query import Query
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.batch.batch_row import State
from anyue_desktop.ui.column_order_dialog import ColumnOrderDialog
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.indicators.basis_dialog import BasisDialog
from anyue_desktop.ui.indicators.compare_dialog import CompareDialog
from anyue_desktop.ui.indicators.indicators_page import IndicatorsPage
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.places import BatchPlace, NamedPlace, PersonPlace, RecordPlace
from anyue_desktop.ui.printing.print_dialog import PrintDialog
from anyue_desktop.ui.proposals_dialog import ProposalsDialog
from anyue_desktop.ui.system.system_page import SystemPage

CHILD, CHILD_VISIT, FACILITY, FACILITY_MONTH = "child_case", "child_visit", "facility", "facility_month"
GRIDS = {
    "children": CHILD_VISIT,
    "homecare": "homecare_log",
    "facilities": FACILITY_MONTH,
    "base": "village_year_base",
}
VISIT_RATE, ROWS_REPEATED = "I04", 3
LEDGERS = ("L1", "L3", "QD", "L7", "L15")


class Subjects(Stage):
    """What an officer opens beside the elders' visits."""

    def go(self) -> None:
        """Takes the pictures of an unlocked township."""
        for step in (self._subjects, self._dossiers, self._proposals, self._columns, self._print):
            step()
        self._indicators()
        self.open(NamedPlace("base"))
        self.shoot("rollover", NamedPlace("rollover"))
        page = self.open(NamedPlace("system"), SystemPage)
        page.show_tab("风险评分权重")
        self.camera.take("system-weights", self.window())

    def compare(self) -> None:
        """Enters visits after the report, and looks at what has changed since."""
        page = self.open(BatchPlace(MONTH), BatchPage)
        self._repeat(page)
        page.save()
        self.camera.rest()
        self.open(NamedPlace("indicators"), IndicatorsPage).compare()
        dialog = self.dialog(CompareDialog)
        self.camera.take("indicator-compare", dialog)
        dialog.reject()

    def _subjects(self) -> None:
        for name, register in GRIDS.items():
            self.shoot(name, NamedPlace(name))
            page = self.open(BatchPlace(MONTH, register=register), BatchPage)
            if page.batch.stable:
                self._repeat(page)
            self.camera.take(f"{name}-batch", self.window())

    def _repeat(self, page: BatchPage) -> None:
        self.camera.rest()
        waiting = [number for number, row in enumerate(page.model.rows) if row.state is State.WAITING]
        for row in waiting[:ROWS_REPEATED]:
            page.model.like_last(row)

    def _dossiers(self) -> None:
        self.open(NamedPlace("children"))
        self.shoot("child", PersonPlace(self._owner(CHILD_VISIT, "-visit_date"), "visits", CHILD))
        self.open(NamedPlace("facilities"))
        self.shoot("facility", PersonPlace(self._owner(FACILITY_MONTH, "-month"), "months", FACILITY))

    def _proposals(self) -> None:
        records = self.workspace().records
        found = records.suggestions(CASE, records.ids(Query(CASE)))
        self.open(NamedPlace("elders"))
        self.open(RecordPlace(CASE, found[0].id, found[0].problem.field), FormPage)
        self.camera.take("adopt-form", self.window())
        page = self.open(NamedPlace("elders"), ListPage)
        page.ask(Query(CASE, month=MONTH, only=tuple({one.id for one in found})))
        self.camera.rest()
        page.table.selectAll()
        page.do("adopt")
        dialog = self.dialog(ProposalsDialog)
        self.camera.take("adopt-list", dialog)
        dialog.reject()
        page.ask(Query(CASE, month=MONTH))

    def _columns(self) -> None:
        page = self.open(NamedPlace("elders"), ListPage)
        page.chooser.arrange()
        order = self.dialog(ColumnOrderDialog)
        order.name.setText("村级核对用")
        order.keep()
        self.camera.take("columns", order)
        order.reject()
        self.activate()
        page.do("export")
        export = self.dialog(ExportDialog)
        self.camera.take("export", export)
        export.reject()

    def _print(self) -> None:
        dialog = self.job("print", PrintDialog)
        for code in LEDGERS:
            dialog.choose(code)
            dialog.preview()
            self.camera.take(f"print-{code.lower()}", dialog)
        dialog.reject()

    def _indicators(self) -> None:
        page = self.open(NamedPlace("indicators"), IndicatorsPage)
        self.camera.rest()
        shown = [line.value.id if line.value else "" for line in page.table.values]
        page.table.selectRow(shown.index(VISIT_RATE))
        self.camera.take("indicators", self.window())
        page.change_basis()
        basis = self.dialog(BasisDialog)
        self.camera.take("indicator-basis", basis)
        basis.reject()

    def _owner(self, register: str, order: str) -> str:
        """Returns whose the newest record is."""
        records = self.workspace().records
        reference = {CHILD_VISIT: "child_case_id", FACILITY_MONTH: "facility_id"}[register]
        return str(records.get(register, records.ids(Query(register, order=order))[0])[reference])
