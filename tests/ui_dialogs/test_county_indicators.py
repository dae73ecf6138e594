"""指标 and 汇总台账 at the county: a heat table down to the people behind a cell, and what is printed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from dialog_office import MONTH, Office, message, seal
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from anyue_desktop.app import COUNTY_ENTRIES
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui import colours
from anyue_desktop.ui.county.grid_model import APART
from anyue_desktop.ui.county.grid_page import GridPage
from anyue_desktop.ui.county.ledgers_page import GRID, LedgersPage
from anyue_desktop.ui.county.record_list import RecordList
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.indicators.places_dialog import PlacesDialog
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page_maker import PageMaker
from anyue_desktop.ui.places import IdsPlace, JobPlace, NamedPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.printing.document_dialog import DocumentDialog
from anyue_desktop.ui.theme import Theme

CASES, HOME = "elder_case", "512021101000"
RATE, STATIONS = "特殊困难老人月探访率", "乡镇未成年人保护站点覆盖率"
TOWNSHIPS = 46
LAST = TOWNSHIPS  # the county stands at 0


@pytest.fixture
def received(county: Workspace, town: Workspace, stick: Path) -> Workspace:
    """The county after the township's report came in: 36 of 38 elders visited."""
    county.receiving.receive([seal(town, stick).path])
    return county


@pytest.fixture
def month() -> MonthChoice:
    return MonthChoice()


@pytest.fixture
def maker(received: Workspace, office: Office, month: MonthChoice, tmp_path: Path, qapp: QApplication) -> PageMaker:
    theme, preferences = Theme(qapp), Preferences(tmp_path)
    return PageMaker(received, office.tasks, office.problems, theme, preferences, month, lambda _path: None)


@pytest.fixture
def page(maker: PageMaker, office: Office, show: Callable[[QWidget], None]) -> GridPage:
    made = maker.page(NamedPlace("indicators"))
    assert isinstance(made, GridPage)
    made.resize(1216, 640)
    show(made)
    office.wait()
    return made


@pytest.fixture
def shut_dialogs() -> Iterator[None]:
    yield
    for one in QApplication.topLevelWidgets():
        if isinstance(one, (DocumentDialog, PlacesDialog)):
            one.reject()


def column(page: GridPage, name: str) -> int:
    return 1 + [one.name for one in page.model.indicators].index(name)


def row(page: GridPage, name: str) -> int:
    return [one.name for one in page.model.rows].index(name)


def choose(page: GridPage, township: str, indicator: str) -> None:
    page.table.setCurrentIndex(page.model.index(row(page, township), column(page, indicator)))


def text(page: GridPage, township: str, indicator: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
    return page.model.index(row(page, township), column(page, indicator)).data(role)


def test_the_county_navigates_as_its_console_says() -> None:
    words = [entry.words for entry in COUNTY_ENTRIES]
    assert words == ["接收", "乡镇", "问题与退回", "各类登记册", "指标", "汇总台账", "系统"]


def test_a_cell_says_its_value_with_a_sign_and_a_soft_colour(page: GridPage) -> None:
    assert (page.model.rowCount(), page.model.columnCount()) == (1 + TOWNSHIPS, 1 + 21)
    assert text(page, "鸳大镇", RATE) == text(page, "安岳县", RATE) == "94.7% △"
    assert text(page, "鸳大镇", RATE, Qt.ItemDataRole.BackgroundRole).color() == QColor(colours.AMBER_LIGHT)
    assert text(page, "天马乡", RATE) == "—"
    assert text(page, "天马乡", RATE, Qt.ItemDataRole.BackgroundRole) is None
    assert "还差2人" in str(text(page, "鸳大镇", RATE, Qt.ItemDataRole.ToolTipRole))


def test_all_indicators_of_the_plan_can_be_shown(page: GridPage) -> None:
    page.every.click()
    assert page.model.columnCount() == 1 + 41
    assert "养老机构护理床位占比" in {one.name for one in page.model.indicators}
    page.main.click()
    assert page.model.columnCount() == 1 + 21


def test_a_column_sorts_the_townships_and_the_county_stays_first(page: GridPage) -> None:
    choose(page, "鸳大镇", RATE)
    page._sort(column(page, RATE))
    assert [one.name for one in page.model.rows[:2]] == ["安岳县", "鸳大镇"]
    assert page.model.rows[page.table.currentIndex().row()].name == "鸳大镇"
    page._sort(column(page, RATE))
    assert [one.name for one in page.model.rows[:2]] == ["安岳县", "鸳大镇"]  # nobody else has a value
    page._sort(0)
    assert [one.name for one in page.model.rows[:2]] == ["安岳县", "岳城街道"]
    page._sort(0)
    assert page.model.rows[LAST].name == "岳城街道"


def test_enter_offers_the_numbers_behind_a_cell_and_opens_their_people(
    page: GridPage, office: Office, received: Workspace, maker: PageMaker, show: Callable[[QWidget], None]
) -> None:
    choose(page, "鸳大镇", RATE)
    assert "鸳大镇　特殊困难老人月探访率　94.7% △　目标 100%　接近目标　还差2人" in page.bar.words.text()
    office.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    menu = next(one for one in page.bar.children() if one.inherits("QMenu"))
    words = [action.text() for action in menu.actions()]
    assert words == ["分子 36", "分母 38", "差额"]
    with office.qtbot.waitSignal(page.go) as gone:
        menu.actions()[2].trigger()
    menu.close()
    place = gone.args[0]
    assert (place.register, len(place.ids), place.title) == (CASES, 2, "鸳大镇　特殊困难老人月探访率（差额）")
    listed = maker.page(place)
    assert isinstance(listed, RecordList)
    show(listed)
    office.wait()
    unvisited = received.records.ids(Query(CASES, worklist="unvisited", month=MONTH))
    assert set(listed.model.ids) == set(unvisited)
    listed._sort(0)
    office.wait()
    assert set(listed.model.ids) == set(unvisited)


def test_townships_are_listed_where_places_are_counted(page: GridPage, office: Office, shut_dialogs: None) -> None:
    choose(page, "安岳县", STATIONS)
    page.open_part("denominator")
    office.wait()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PlacesDialog))
    assert len(dialog.table.values) == TOWNSHIPS
    assert dialog.windowTitle() == "安岳县　乡镇未成年人保护站点覆盖率（分母）"


def test_what_was_reported_otherwise_is_marked(
    page: GridPage, office: Office, town: Workspace, received: Workspace, stick: Path
) -> None:
    (case, _) = town.records.ids(Query(CASES, worklist="unvisited", month=MONTH))
    visit = {"case_id": case, "visit_date": date(2026, 11, 20), "visit_method": "1", "visit_result": "1"}
    assert town.records.save("elder_visit", visit).saved
    received.receiving.receive([town.reporting.seal("2026-12", stick).path])
    page.refresh(frozenset())
    office.wait()
    choose(page, "鸳大镇", RATE)
    assert text(page, "鸳大镇", RATE, APART) is True
    assert page.bar.apart.text() == "乡镇上报时 94.7%，现在按收到的记录算 97.4%"
    assert page.bar.apart.isVisible()
    assert "乡镇上报时 94.7%" in str(text(page, "鸳大镇", RATE, Qt.ItemDataRole.ToolTipRole))
    choose(page, "天马乡", RATE)
    assert not page.bar.apart.isVisible()
    page.grab()


def test_month_and_year_follow_the_window(page: GridPage, office: Office, month: MonthChoice) -> None:
    month.choose("2026-10")
    office.wait()
    assert text(page, "鸳大镇", RATE) == "0.0% ✗"
    page.of_year.click()
    office.wait()
    assert page.model.grid is not None
    assert page.model.grid.period == "2026年1—10月"


def test_the_table_is_exported_and_shown_as_it_is_printed(
    page: GridPage, office: Office, save_to: Callable[[Path], None], tmp_path: Path, shut_dialogs: None
) -> None:
    save_to(tmp_path / "一览")
    office.press(page, "导出")
    message().reject()
    sheet = openpyxl.load_workbook(tmp_path / "一览.xlsx").worksheets[0]
    assert "鸳大镇" in {line[0].value for line in sheet.iter_rows()}
    office.press(page, "打印")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, DocumentDialog))
    assert dialog.windowTitle() == "各乡镇指标一览表（2026年11月）"
    office.wait()


def test_a_ledger_opens_the_print_dialog_for_the_township_chosen(
    maker: PageMaker, office: Office, show: Callable[[QWidget], None]
) -> None:
    ledgers = maker.page(NamedPlace("ledgers"))
    assert isinstance(ledgers, LedgersPage)
    show(ledgers)
    assert {"月探访汇总表", "留守儿童统计表", "居家养老服务月统计表", "养老服务设施台账", GRID} <= set(ledgers.buttons)
    assert "老年人探访记录表" not in ledgers.buttons
    with office.qtbot.waitSignal(ledgers.go) as gone:
        ledgers.buttons["月探访汇总表"].click()
    assert (gone.args[0].job, gone.args[0].ledger, dict(gone.args[0].query.where)) == ("print", "L3", {})
    ledgers.township._take(HOME)
    with office.qtbot.waitSignal(ledgers.go) as gone:
        ledgers.buttons["月探访汇总表"].click()
    assert dict(gone.args[0].query.where) == {"township_code": HOME}
    with office.qtbot.waitSignal(ledgers.go) as gone:
        ledgers.buttons[GRID].click()
    assert gone.args == [NamedPlace("indicators")]


def test_the_print_dialog_begins_with_the_township_of_the_list(
    maker: PageMaker, office: Office, show: Callable[[QWidget], None], received: Workspace
) -> None:
    window = QWidget()
    show(window)
    window.activateWindow()
    office.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert maker.page(JobPlace("print", Query(CASES, where={"township_code": HOME}), ledger="L3")) is None
    (dialog,) = (one for one in window.children() if one.inherits("QDialog"))
    assert dialog._form.order().township == HOME
    assert dialog._form.order().ledger == "L3"
    dialog.reject()


def test_the_slip_of_those_to_remind_is_of_the_month_looked_at(
    maker: PageMaker, office: Office, show: Callable[[QWidget], None]
) -> None:
    page = maker.page(NamedPlace("townships"))
    assert isinstance(page, TownshipsPage)
    show(page)
    page._month.choose("2026-10")
    with office.qtbot.waitSignal(page.go) as gone:
        office.press(page, "催报单")
    window = QWidget()
    show(window)
    window.activateWindow()
    office.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    maker.page(gone.args[0])
    (dialog,) = (one for one in window.children() if one.inherits("QDialog"))
    assert (dialog._form.order().ledger, dialog._form.order().month) == ("CB", "2026-10")
    dialog.reject()


def test_no_records_behind_is_an_empty_list(maker: PageMaker, office: Office, show: Callable[[QWidget], None]) -> None:
    listed = maker.page(IdsPlace(CASES, (), "没有"))
    assert isinstance(listed, RecordList)
    show(listed)
    office.wait()
    assert listed.model.ids == []
