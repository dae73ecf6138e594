"""Takes the pictures of the manual: the real window, walked through like an officer does, on made-up people.

    xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/python tools/screenshots.py

The day is fixed and the people are always the same, so that a picture changes only where the window did (and in the
few places that show a time or a key's digits). Nothing of this computer is touched: every file lies in one scratch
folder, whose short name may be read on the pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from screenshot_county import PracticeCounty
from screenshot_stage import CASE, DAY, MONTH, TARGET, VISIT, WORDS, Camera, Stage, type_groups
from screenshot_subjects import Subjects

from anyue_desktop.app import Desktop
from anyue_desktop.core import resources
from anyue_desktop.core.resident_id import check_character
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.practice_workspace import create_practice
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import create_county
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.batch.batch_row import State
from anyue_desktop.ui.county.browse_page import BrowsePage
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.record_list import RecordList
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.entrance.make_page import TOWNSHIP
from anyue_desktop.ui.entrance.start_dialog import StartDialog
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.importing.import_dialog import ImportDialog
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.places import BatchPlace, BrowsePlace, NamedPlace, NewPlace, PersonPlace, RecordPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.reporting.digit_groups import DigitGroups
from anyue_desktop.ui.reporting.reporting_page import ReportingPage
from anyue_desktop.ui.system.system_page import SystemPage

SCRATCH = Path(tempfile.gettempdir()) / "民政台账截图"
TOWN_LOGIN, COUNTY_LOGIN = "王芳", "李强"


class Walk(Stage):
    """The officer's way through the program."""

    def __init__(self, desktop: Desktop, camera: Camera) -> None:
        super().__init__(desktop, camera)
        self._town, self._county, self._stick = SCRATCH / "练习乡镇", SCRATCH / "县局", SCRATCH / "U盘"
        self._digits, self._card = "", [""]

    def go(self) -> None:
        """Goes all the way: a township's month, the county, and back; then the practice county."""
        self._stick.mkdir()
        self._start()
        create_practice(self._town, TOWN_LOGIN, WORDS, cost=FLOOR).close()
        create_county(self._county, COUNTY_LOGIN, WORDS, practice=True, cost=FLOOR).close()
        self.unlock(self._town, picture="unlock")
        for step in (self._home, self._list, self._form, self._person, self._batch, self._import):
            step()
        (subjects := Subjects(self.desktop, self.camera)).go()
        self._request()
        self.unlock(self._county)
        self._approve()
        self.unlock(self._town)
        self._accept()
        self._report()
        subjects.compare()
        self.unlock(self._county)
        for step in (self._receive, self._townships):
            step()
        self.unlock(self._town)
        for step in (self._receipt, self._system):
            step()
        PracticeCounty(self.desktop, self.camera).go(SCRATCH / "练习县局", COUNTY_LOGIN)

    def _start(self) -> None:
        self.desktop.begin()
        dialog = self.dialog(StartDialog)
        self.camera.take("start", dialog)
        dialog.choose(TOWNSHIP)
        page = dialog.pages[TOWNSHIP]
        page.township.set_value("512021101000")
        page.login.setText(TOWN_LOGIN)
        page.passphrase.show_words(WORDS)
        page.again.show_words(WORDS)
        self.camera.take("make-township", dialog)

    def _home(self) -> None:
        self.shoot("home", NamedPlace("home"))

    def _list(self) -> None:
        page = self.shoot("elders", NamedPlace("elders"), ListPage)
        page.filters.search.setText("zlq")
        self.camera.rest()
        self.camera.take("search", self.window())
        page.filters.search.setText("")
        self.window().show_keys()
        keys = next(one for one in self.window().findChildren(QDialog) if one.isVisible())
        self.camera.take("keys", keys)
        keys.reject()

    def _form(self) -> None:
        page = self.open(NewPlace(CASE), FormPage)
        page.form.begin()
        body = "51209919480315122"
        wrong = "01"[check_character(body) == "0"]
        for path, text in (("person.name", "周淑芬"), ("person.id_number", body + wrong)):
            editor = page.form.sheet.editor(path)
            page.form.sheet.go_to(path)
            editor.set_raw(text)
            editor.changed.emit()
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        self.camera.take("new-elder", self.window())
        page.form.close_form()

    def _person(self) -> None:
        elder = self._elder()
        self.workspace().records.set(CASE, elder, {"responsible_phone": "13900001234"})
        for tab, name in (("", "person"), ("visits", "person-visits"), ("history", "person-history")):
            self.shoot(name, PersonPlace(elder, tab))
        self.shoot("new-visit", NewPlace(VISIT, {"case_id": elder}))

    def _batch(self) -> None:
        page = self.open(BatchPlace(MONTH), BatchPage)
        self.camera.rest()
        waiting = [number for number, row in enumerate(page.model.rows) if row.state is State.WAITING]
        for row in waiting[:4]:
            page.model.like_last(row)
        self.camera.take("batch", self.window())
        self.window().go_back()

    def _import(self) -> None:
        dialog = self.job("import", ImportDialog)
        dialog.files_step.add_files([_sample("高滩村花名册.xlsx")])
        self.camera.take("import-files", dialog)
        for name in ("import-columns", "import-check", "import-result"):
            dialog.go_on()
            self.camera.take(name, dialog)
        dialog.reject()

    def _request(self) -> None:
        page = self.shoot("reporting-not-enrolled", NamedPlace("reporting"), ReportingPage)
        dialog = page.enrol()
        dialog.request_step.place.choose(self._stick)
        dialog.go_on()
        self.camera.take("enrol-digits", dialog)
        self._digits = dialog.telephone_step.digits.text()
        dialog.reject()

    def _approve(self) -> None:
        page = self.shoot("county-system", NamedPlace("system"), SystemPage)
        panel = page.devices
        page.tabs.setCurrentWidget(panel)
        dialog = panel.approve()
        dialog.file_step.add_file(next(self._stick.rglob("enrol-*.tpkg")))
        dialog.go_on()
        self.camera.rest()
        type_groups(dialog.call_step.heard, self._digits.split()[:3])
        dialog.call_step.agreed.setChecked(True)
        dialog.call_step.place.choose(self._stick)
        self.camera.take("county-approve", dialog)
        dialog.go_on()
        self.camera.rest()
        dialog.reject()
        self._card = panel.findChildren(DigitGroups)[0].text().split()[-2:]
        self.camera.take("county-devices", self.window())

    def _accept(self) -> None:
        page = self.open(NamedPlace("reporting"), ReportingPage)
        dialog = page.enrol()
        dialog.request_step.skipped.emit()
        dialog.trust_step.add_file(next(self._stick.rglob("trust-*.tpkg")))
        type_groups(dialog.trust_step.digits, self._card)
        self.camera.take("enrol-trust", dialog)
        dialog.go_on()
        self.camera.rest()
        dialog.reject()

    def _report(self) -> None:
        page = self.open(NamedPlace("reporting"), ReportingPage)
        self.camera.rest()
        wizard = page.start()
        self.camera.take("report-check", wizard)
        wizard.go_on()
        self.camera.take("report-indicators", wizard)
        wizard.go_on()
        for key, text in (("filler", "王芳"), ("auditor", "李明"), ("leader", "赵刚"), ("phone", "028-24512345")):
            wizard.statement_step.name(key, text)
        wizard.statement_step.say_empty("本月没有新增。")
        self.camera.take("report-statement", wizard)
        wizard.go_on()
        wizard.place_step.place.choose(self._stick)
        self.camera.take("report-stick", wizard)
        wizard.go_on()
        self.camera.take("report-done", wizard)
        wizard.reject()

    def _receive(self) -> None:
        page = self.open(NamedPlace("receive"), ReceivePage)
        page.add_files([self._stick])
        self.camera.take("county-receive", self.window())
        page.take()
        self.camera.take("county-received", self.window())

    def _townships(self) -> None:
        page = self.shoot("county-townships", NamedPlace("townships"), TownshipsPage)
        unit = next(tile.unit for tile in page.tiles if tile.unit.site)
        records = self.open(BrowsePlace(unit.code), BrowsePage).list
        self.camera.rest()
        if not isinstance(records, RecordList):
            raise TypeError("the county's list is not one to return from")
        shown = [column.path for column in records.model.columns]
        records.table.setCurrentIndex(records.model.index(2, shown.index("categories")))
        self.camera.take("county-township", self.window())
        reason = records.ask_reason()
        if reason is None:
            raise LookupError("no record was chosen")
        reason.write("困难类别与村上核实的不一致，请核对")
        self.camera.take("county-return", reason)
        reason.keep()
        self.camera.rest()
        self.shoot("county-returns", NamedPlace("returns"))
        page = self.open(NamedPlace("townships"), TownshipsPage)
        dialog = page.write_receipts()
        dialog.place.choose(self._stick)
        self.camera.rest()
        dialog.write()
        self.camera.take("county-receipts", dialog)
        dialog.reject()

    def _receipt(self) -> None:
        page = self.open(NamedPlace("reporting"), ReportingPage)
        dialog = page.read_receipt()
        dialog.add_files([self._stick])
        dialog.read()
        self.camera.take("receipt", dialog)
        one = dialog.table.values[0]
        dialog.reject()
        self.shoot("reporting", NamedPlace("reporting"))
        self.shoot("returned-record", RecordPlace(one.register, one.id, one.field, one.message))
        self.window().go_back()

    def _system(self) -> None:
        page = self.open(NamedPlace("system"), SystemPage)
        for tab, name in (
            ("操作员", "system-operators"),
            ("备份与恢复", "system-backup"),
            ("健康检查", "system-health"),
        ):
            page.show_tab(tab)
            self.camera.take(name, self.window())

    def _elder(self) -> str:
        """Returns the elder who was visited last: her page has something to show."""
        records = self.workspace().records
        visit = records.ids(Query(VISIT, order="-visit_date"))[0]
        return str(records.get(VISIT, visit)["case_id"])


def _sample(name: str) -> Path:
    """Returns a copy of a sample workbook, so that its folder on the picture is no one's."""
    copy = SCRATCH / "U盘" / name
    shutil.copyfile(resources.path("sample", name), copy)
    return copy


def main() -> int:
    """Takes all pictures anew."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir()
    TARGET.mkdir(parents=True, exist_ok=True)
    os.environ.update(ANYUE_TODAY=DAY, HOME=str(SCRATCH), XDG_CONFIG_HOME=str(SCRATCH), XDG_CACHE_HOME=str(SCRATCH))
    try:
        application = QApplication([sys.argv[0]])
        application.setApplicationName("安岳民政台账")
        desktop = Desktop(application, Preferences(SCRATCH / "settings"))
        desktop.problems.take_uncaught()
        camera = Camera(desktop)
        Walk(desktop, camera).go()
    finally:
        sys.excepthook = sys.__excepthook__
        shutil.rmtree(SCRATCH, ignore_errors=True)
    for one in sorted(set(TARGET.glob("*.png")) - set(camera.taken)):
        print(f"{one.name} is no longer taken")
    print(f"{len(camera.taken)} pictures, {sum(one.stat().st_size for one in camera.taken) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
