"""The walk through the practice county: every township's records and figures, as if received."""

from __future__ import annotations

from pathlib import Path

from screenshot_stage import MONTH, WORDS, Stage

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.query import Query
from anyue_desktop.ui.county.browse_page import BrowsePage
from anyue_desktop.ui.county.grid_page import GridPage
from anyue_desktop.ui.places import BrowsePlace, JobPlace, NamedPlace, RecordPlace
from anyue_desktop.ui.printing.print_dialog import PrintDialog

TOWNSHIP, VISIT, OWN = "512021101000", "child_visit", "county_manual"


class PracticeCounty(Stage):
    """What the county looks at and prints."""

    def go(self, folder: Path, login: str) -> None:
        """Makes the practice county and takes its pictures."""
        create_practice_county(folder, login, WORDS, cost=FLOOR).close()
        self.unlock(folder)
        for step in (self._registers, self._grid, self._ledgers):
            step()

    def _registers(self) -> None:
        self.open(NamedPlace("registers"))
        self.shoot("county-registers", BrowsePlace(TOWNSHIP, VISIT), BrowsePage)
        visit = self.workspace().records.ids(Query(VISIT, order="-visit_date"))[0]
        self.shoot("county-record", RecordPlace(VISIT, visit))
        self.shoot("county-own", BrowsePlace("", OWN))

    def _grid(self) -> None:
        page = self.open(NamedPlace("indicators"), GridPage)
        self.camera.rest()
        page.table.setCurrentIndex(page.model.index(2, 4))
        self.camera.take("county-grid", self.window())

    def _ledgers(self) -> None:
        self.shoot("county-ledgers", NamedPlace("ledgers"))
        self.activate()
        self.window().open(JobPlace("print", Query("", month=MONTH), ledger="L3"))
        dialog = self.dialog(PrintDialog)
        dialog.preview()
        self.camera.take("county-print", dialog)
        dialog.reject()
