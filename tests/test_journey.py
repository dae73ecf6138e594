"""A whole month through the real windows: from the first start to the corrected report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.app import Desktop
from anyue_desktop.core import resources
from anyue_desktop.core.resident_id import check_character
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.collector import Collector
from anyue_desktop.ui.county.browse_page import BrowsePage
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.record_list import RecordList
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.entrance.start_dialog import StartDialog
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.importing.import_dialog import ImportDialog
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.places import BatchPlace, ListPlace, NamedPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.reporting.digit_groups import DigitEntry
from anyue_desktop.ui.reporting.reporting_page import ReportingPage
from anyue_desktop.ui.system.system_page import SystemPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CASES, MONTH, SITE = "elder_case", "2026-11", "t512021101a"
TOWNSHIP = "512021101000"
SETTLED_MS = 500  # after this pages have looked again at what changed last
WORDS = "山羊-水牛-黄牛-骏马"
SIGNERS = {"filler": "王芳", "auditor": "李明", "leader": "赵刚", "phone": "028-24512345"}
ROSTER, VISITS = (resources.path("sample", name) for name in ("高滩村花名册.xlsx", "高滩村11月探访.xlsx"))
MENDED = {"H10": "512099194403130015", "H22": "512099194504128296", "D34": "欧珍"}
W = TypeVar("W", bound=QWidget)


@dataclass
class Hand:
    """What a person does with one running program."""

    qtbot: QtBot
    desktop: Desktop

    @property
    def workspace(self) -> Workspace:
        assert self.desktop.workspace is not None
        return self.desktop.workspace

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desktop.tasks.busy(), timeout=30_000)
        self.qtbot.wait(20)

    def go(self, kind: type[W], place: Any) -> W:
        window = self.desktop.window
        assert window is not None
        window.open(place)
        self.wait()
        self.to_front()
        return self.page(kind)

    def to_front(self) -> None:
        window = self.desktop.window
        assert window is not None
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)

    def page(self, kind: type[W]) -> W:
        window = self.desktop.window
        assert window is not None
        found = window.page()
        assert isinstance(found, kind)
        return found

    def press(self, window: QWidget, words: str) -> None:
        found = [one for one in window.findChildren(QPushButton) if one.text().startswith(words) and one.isVisible()]
        assert len(found) == 1, words
        assert found[0].isEnabled(), words
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.wait()

    def digits(self, entry: DigitEntry, digits: list[str]) -> None:
        for box, group in zip(entry.findChildren(QLineEdit), digits, strict=True):
            QTest.keyClicks(box, group)


def dialog(kind: type[W]) -> W:
    """Returns the dialog of this kind that is open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_TODAY", "2026-11-23")


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[str], Hand]]:
    """Starts the program on a computer where it has never run."""
    collector, running = Collector(qapp), []

    def start(name: str) -> Hand:
        desktop = Desktop(qapp, Preferences(tmp_path / name))
        running.append(desktop)
        desktop.begin()
        return Hand(qtbot, desktop)

    yield start
    qtbot.wait(SETTLED_MS)
    for desktop in running:
        qtbot.waitUntil(lambda desktop=desktop: not desktop.tasks.busy())
        desktop._end()
        desktop.deleteLater()
    collector.stop()


def first_start(hand: Hand, kind: str, folder: Path, login: str) -> None:
    start = hand.desktop.dialog
    assert isinstance(start, StartDialog)
    start.choose(kind)
    page = start.pages[kind]
    if kind == "township":
        page.township.set_value(TOWNSHIP)
    page.login.setText(login)
    page.folder.line.setText(str(folder))
    page.passphrase.line.setText(WORDS)
    page.again.line.setText(WORDS)
    hand.press(page, "建立")
    assert hand.desktop.window is not None


def take_in(hand: Hand, register: str, workbook: Path, good: int) -> ImportDialog:
    """Imports a workbook from the register's list; returns the dialog at its result."""
    hand.go(ListPage, ListPlace(Query(register))).do("import")
    importing = dialog(ImportDialog)
    importing.files_step.add_files([workbook])
    hand.press(importing, "读取")
    hand.press(importing, "预检")
    hand.press(importing, f"导入 {good} 条")
    return importing


def mend(marked: Path) -> None:
    """The village corrects the three cells that came back marked."""
    book = openpyxl.load_workbook(marked)
    sheet = book["花名册"]
    for cell, first in (("H10", "51209919440313991"), ("H22", "51209919450412992")):
        sheet[cell] = first + check_character(first)
    sheet["D34"] = "欧珍"
    book.save(marked)


def enrol(town: Hand, county: Hand, stick: Path) -> None:
    """The key ceremony: stick, telephone, stick, card."""
    asking = town.go(ReportingPage, NamedPlace("reporting")).enrol()
    asking.request_step.place.choose(stick)
    town.press(asking, "写出申请")
    system = county.go(SystemPage, NamedPlace("system"))
    approving = system.devices.approve()
    approving.file_step.add_file(stick / f"enrol-{SITE}.tpkg")
    county.press(approving, "下一步")
    county.digits(approving.call_step.heard, asking.telephone_step.digits.text().split()[:3])
    approving.call_step.agreed.setChecked(True)
    approving.call_step.place.choose(stick)
    county.press(approving, "批准并签名")
    county.press(approving, "关闭")
    town.press(asking, "核对一致")
    asking.trust_step.add_file(stick / "trust-000002.tpkg")
    card = county.workspace.county_enrolment.root_fingerprint().split()[-2:]
    town.digits(asking.trust_step.digits, card)
    town.press(asking, "接收")
    assert "可以上报" in asking.enrolled_step.notice.text
    town.press(asking, "关闭")


def key_in_visits(hand: Hand, names: list[str]) -> None:
    """Types the visits nobody had in a workbook: the way of visiting, the rest follows."""
    page = hand.go(BatchPage, BatchPlace(MONTH))
    hand.qtbot.waitUntil(lambda: bool(page.model.rows))
    for name in names:
        row = next(number for number, one in enumerate(page.model.rows) if one.due.name == name)
        method = len(page.model.facts) + page.batch.columns.index("visit_method")
        page.grid.setCurrentIndex(page.model.index(row, method))
        page.grid.setFocus()
        for keys in ("1", Qt.Key.Key_Return):
            focus = QApplication.focusWidget()
            QTest.keyClicks(focus, keys) if isinstance(keys, str) else QTest.keyClick(focus, keys)
    page.save()
    hand.wait()


def report(hand: Hand, stick: Path) -> None:
    """The monthly wizard, from the check to the stick."""
    wizard = hand.go(ReportingPage, NamedPlace("reporting")).start()
    hand.wait()
    hand.press(wizard, "下一步")
    hand.press(wizard, "下一步")
    for key, text in SIGNERS.items():
        wizard.statement_step.name(key, text)
    wizard.statement_step.say_empty("本月没有评估和待遇变动")
    hand.press(wizard, "下一步")
    wizard.place_step.place.choose(stick)
    hand.press(wizard, "签名并写入")
    assert "可以拔出 U 盘" in wizard.done_step.notice.text
    hand.press(wizard, "关闭")


def receive(hand: Hand, stick: Path) -> ReceivePage:
    page = hand.go(ReceivePage, NamedPlace("receive"))
    page.add_files([stick])
    hand.wait()
    hand.press(page, "接收")
    return page


def give_back(hand: Hand, stick: Path) -> str:
    """Returns the first elder's file for its category; writes the receipt. Returns the record's id."""
    page = hand.go(TownshipsPage, NamedPlace("townships"))
    QTest.mouseClick(next(one for one in page.tiles if one.unit.site), Qt.MouseButton.LeftButton)
    hand.wait()
    records = hand.page(BrowsePage).list
    assert isinstance(records, RecordList)
    column = [one.path for one in records.model.columns].index("categories")
    records.table.setCurrentIndex(records.model.index(0, column))
    identity = records.selected()[0]
    reason = records.ask_reason()
    assert reason is not None
    reason.write("请核实人员类别")
    reason.keep()
    hand.wait()
    receipts = hand.go(TownshipsPage, NamedPlace("townships")).write_receipts()
    receipts.place.choose(stick)
    hand.press(receipts, "写入")
    hand.press(receipts, "关闭")
    return identity


def correct(hand: Hand, stick: Path, identity: str) -> None:
    """Reads the receipt, opens the record that came back, changes it."""
    reading = hand.go(ReportingPage, NamedPlace("reporting")).read_receipt()
    reading.add_files([stick])
    hand.press(reading, "读取")
    assert "退回 1 条" in reading.notice.text
    hand.press(reading, "打开更正")
    page = hand.page(FormPage)
    words = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert any("请核实人员类别" in one for one in words)
    form = page.form
    assert form.values()["id"] == identity
    hand.to_front()
    assert form.sheet.current() == "categories"
    form.sheet.editor("categories").set_value(("02",))
    form.sheet.editor("main_category").set_value("02")
    assert form.save()


def test_a_month_from_the_first_start_to_the_corrected_report(
    started: Callable[[str], Hand], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, marked = tmp_path / "U盘", tmp_path / "标出错误.xlsx"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(marked), ""))
    town, county = started("乡镇电脑"), started("县局电脑")
    first_start(town, "township", tmp_path / "乡镇台账", "王芳")
    first_start(county, "county", tmp_path / "县局台账", "李强")

    importing = take_in(town, CASES, ROSTER, 38)
    town.press(importing, "保存标注错误的原表")
    dialog(QMessageBox).close()
    town.press(importing, "关闭")
    mend(marked)
    town.press(take_in(town, CASES, marked, 3), "关闭")
    assert town.workspace.records.total(CASES) == 41
    town.press(take_in(town, "elder_visit", VISITS, 36), "关闭")
    unvisited = town.workspace.records.ids(Query(CASES, worklist="unvisited", month=MONTH))
    names = [row["person.name"] for row in town.workspace.records.rows(CASES, unvisited)]
    assert len(names) == 5
    key_in_visits(town, names)
    assert town.workspace.dashboard.counts(MONTH)["elder_case.unvisited"] == 0

    enrol(town, county, stick)
    report(town, stick)
    assert "已接收 1 个上报包" in receive(county, stick).summary.text
    assert county.workspace.records.total(CASES) == 41

    identity = give_back(county, stick)
    correct(town, stick, identity)
    report(town, stick)
    [page] = [row for row in receive(county, stick).table.values if row.taken_in]
    assert (page.sequence, page.new, page.changed) == (2, 1, 1)
    assert county.workspace.records.get(CASES, identity)["categories"] == ("02",)
    assert county.workspace.returning.returns() == []
