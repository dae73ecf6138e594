from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dialog_office import MONTH, Office, answer, button, seal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from sqlalchemy import select

from anyue_desktop.core import clock
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.exchange import manifest
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.records import Put
from anyue_desktop.registers import Person
from anyue_desktop.services.merging import Merge
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.county.asking_panel import AskDialog
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.returns_page import ReturnsPage
from anyue_desktop.ui.county.township_tile import TownshipTile
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.places import BrowsePlace, RecordPlace
from anyue_desktop.ui.reporting.reporting_page import ReportingPage

CASES, SITE = "elder_case", "t512021101a"
RECORDS = 113  # persons, cases, visits and the report itself


@pytest.fixture
def page(county: Workspace, office: Office, show: Callable[[QWidget], None]) -> ReceivePage:
    made = ReceivePage(county.receiving, office.tasks)
    show(made)
    return made


@pytest.fixture
def sealed(town: Workspace, stick: Path) -> Path:
    return seal(town, stick).path


@pytest.fixture
def townships(county: Workspace, sealed: Path, office: Office, show: Callable[[QWidget], None]) -> TownshipsPage:
    """The county's tiles after the township's report came in."""
    county.receiving.receive([sealed])
    made = TownshipsPage(county.returning, office.tasks, MONTH)
    show(made)
    return made


def tile(page: TownshipsPage, name: str) -> TownshipTile:
    return next(one for one in page.tiles if one.unit.unit == name)


def damage(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    copy = path.with_name("damaged.tpkg")
    copy.write_bytes(content)
    return copy


def test_a_package_is_looked_at_before_anything_is_written(
    page: ReceivePage, sealed: Path, office: Office, county: Workspace
) -> None:
    page.add_files([sealed])
    office.wait()
    [row] = page.table.values
    assert (row.unit, row.month, row.new) == ("鸳大镇", MONTH, RECORDS)
    assert county.records.total(CASES) == 0
    office.press(page, "接收 1 个上报包")
    assert county.records.total(CASES) == 38
    assert "已接收 1 个上报包" in page.summary.text


def test_a_stick_is_taken_whole_and_the_damaged_file_is_told(
    page: ReceivePage, sealed: Path, stick: Path, office: Office, county: Workspace
) -> None:
    damage(sealed)
    page.add_files([stick])
    office.wait()
    assert [row.taken_in for row in page.table.values] == [False, True]
    assert "damaged.tpkg" in page.detail.text
    assert "E_CONTAINER" in page.detail.findChild(QWidget, "caption").text()
    office.press(page, "接收 1 个上报包")
    assert county.records.total(CASES) == 38


def test_what_was_received_before_is_no_alarm(
    page: ReceivePage, sealed: Path, office: Office, county: Workspace
) -> None:
    county.receiving.receive([sealed])
    page.add_files([sealed])
    office.wait()
    assert page.table.values[0].status == "E_REPLAY"
    assert "1 个以前收过" in page.summary.text
    assert not button(page, "接收").isEnabled()


def test_a_tile_says_who_has_reported(townships: TownshipsPage) -> None:
    assert len(townships.tiles) == 46
    assert tile(townships, "鸳大镇").accessibleName() == f"鸳大镇，已收 {RECORDS} 条"
    assert tile(townships, "天马乡").accessibleName() == "天马乡，未报"
    button(townships, "已收").click()
    assert [one.unit.unit for one in townships.tiles] == ["鸳大镇"]


def test_a_past_month_without_a_report_is_overdue(townships: TownshipsPage) -> None:
    townships.choose_month("2026-09")
    assert tile(townships, "天马乡").accessibleName() == "天马乡，逾期"


def test_a_tile_opens_the_registers_of_its_township(townships: TownshipsPage, office: Office) -> None:
    with office.qtbot.waitSignal(townships.go) as gone:
        tile(townships, "鸳大镇").click()
    assert gone.args == [BrowsePlace("512021101000")]


def test_a_return_reaches_the_township_at_its_record(
    townships: TownshipsPage,
    office: Office,
    town: Workspace,
    county: Workspace,
    stick: Path,
    show: Callable[[QWidget], None],
) -> None:
    identity = county.records.ids(Query(CASES))[0]
    county.returning.give_back(SITE, CASES, identity, "请核对出生日期")
    townships.refresh()
    receipts = townships.write_receipts()
    receipts.place.choose(stick)
    office.press(receipts, "写入")
    assert "已写好 1 份回执，共退回 1 条" in receipts.notice.text
    page = ReportingPage(town, office.tasks, office.problems, MONTH)
    show(page)
    dialog = page.read_receipt()
    dialog.add_files([stick])
    office.press(dialog, "读取")
    assert dialog.notice.text == f"县局已收 {RECORDS} 条，退回 1 条。"
    with office.qtbot.waitSignal(page.go) as gone:
        office.press(dialog, "打开更正")
    assert gone.args == [RecordPlace(CASES, identity, "", "请核对出生日期")]
    assert [one.state for one in page.packages.values] == ["accepted"]


def test_no_receipt_is_offered_where_nobody_reported(
    county: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    page = TownshipsPage(county.returning, office.tasks, MONTH)
    show(page)
    dialog = page.write_receipts()
    dialog.place.choose(stick)
    assert dialog.sites() == []
    assert not button(dialog, "写入").isEnabled()


def test_open_returns_are_listed_by_township(
    townships: TownshipsPage, office: Office, county: Workspace, show: Callable[[QWidget], None]
) -> None:
    identity = county.records.ids(Query(CASES))[0]
    county.returning.give_back(SITE, CASES, identity, "请核实人员类别", "categories")
    page = ReturnsPage(
        county.returning, county.records, county.deciding, county.transferring, county.asking, office.tasks
    )
    show(page)
    [row] = page.table.values
    assert (row.unit, row.label, row.message) == ("鸳大镇", "困难类别", "请核实人员类别")


def test_the_tiles_share_the_whole_width(townships: TownshipsPage, office: Office) -> None:
    townships.resize(1230, 640)
    office.wait()
    right = max(one.geometry().right() for one in townships.tiles)
    assert right >= townships.tiles[0].parentWidget().width() - len(townships.tiles)
    assert len({one.width() for one in townships.tiles}) == 1
    lines = 2 * townships.tiles[0].fontMetrics().lineSpacing()
    assert townships.tiles[0].height() >= lines + 20


@pytest.fixture
def doubles(county: Workspace, town: Workspace, sealed: Path) -> tuple[str, str]:
    """One of the township's people, whom another township has too: its own record and the other's."""
    county.receiving.receive([sealed])
    with county.store.read() as session:
        mine = session.scalars(select(Person).where(Person.id_number.is_not(None)).order_by(Person.name)).first()
        assert mine is not None
        theirs = Put(
            "person", new_id(), 1, None, clock.stamp(), "王芳", "李强",
            {"name": mine.name, "id_type": "111", "id_number": mine.id_number, "township_code": "512021206000",
             "created_at": clock.stamp(), "created_by": "王芳"},
        )  # fmt: skip
    with county.store.work("邻乡的包") as work:
        Merge(work, "t512021206a", 1, Context(clock.today())).take([theirs])
    return mine.id, theirs.id


def test_a_pair_is_shown_side_by_side_and_decided_with_the_countys_words(
    doubles: tuple[str, str], county: Workspace, office: Office, show: Callable[[QWidget], None]
) -> None:
    mine, theirs = doubles
    page = ReturnsPage(
        county.returning, county.records, county.deciding, county.transferring, county.asking, office.tasks
    )
    show(page)
    assert page.tabs.tabText(1) == "重复人员（1）"
    page.tabs.setCurrentIndex(1)
    lines = {one.label: one for one in page.pairs.lines.values}
    assert lines["姓名"].same
    assert not lines["村（社区）"].same
    heads = [page.pairs.lines.model().headerData(one, Qt.Orientation.Horizontal) for one in range(4)]
    assert set(heads[2:]) == {"鸳大镇", "天马乡"}
    page.pairs.words.setText("户口在鸳大镇")
    office.press(page, "同一人，归鸳大镇")
    assert "天马乡的记录已退回" in page.pairs.notice.text
    page.refresh()
    assert (page.pairs.pairs.values, page.tabs.tabText(1)) == ([], "重复人员")
    [row] = page.table.values
    assert (row.id, row.unit) == (theirs, "天马乡")
    assert row.message.endswith("由鸳大镇登记。户口在鸳大镇")
    assert mine not in {one.id for one in page.table.values}


def test_with_nothing_to_decide_no_decision_can_be_pressed(
    county: Workspace, office: Office, show: Callable[[QWidget], None]
) -> None:
    page = ReturnsPage(
        county.returning, county.records, county.deciding, county.transferring, county.asking, office.tasks
    )
    show(page)
    page.tabs.setCurrentIndex(1)
    assert not button(page, "不是同一人").isEnabled()


def test_a_received_package_is_taken_back_after_a_question(
    page: ReceivePage, sealed: Path, office: Office, county: Workspace
) -> None:
    county.receiving.receive([sealed])
    dialog = page.take_back()
    [row] = dialog.table.values
    assert (row.unit, row.sequence, row.new) == ("鸳大镇", 1, RECORDS)
    dialog.ask()
    answer(dialog, "不做")
    assert county.records.total(CASES) == 38
    dialog.ask()
    answer(dialog, "撤回这个包")
    office.wait()
    assert county.records.total(CASES) == 0
    assert dialog.notice.text == f"第 1 包已撤回：移走 {RECORDS} 条，恢复 0 条。"
    assert dialog.table.values == []
    assert not button(dialog, "撤回这个包").isEnabled()


def test_what_a_receipt_acknowledges_is_not_offered(
    page: ReceivePage, sealed: Path, stick: Path, county: Workspace
) -> None:
    county.receiving.receive([sealed])
    county.returning.receipt(SITE, stick)
    assert page.take_back().table.values == []


@pytest.fixture
def deleting(town: Workspace, county: Workspace, stick: Path, sealed: Path) -> Path:
    """A second package, which deletes ten visits of the 113 records."""
    county.receiving.receive([sealed])
    for visit in town.records.ids(Query("elder_visit"))[:10]:
        town.records.delete("elder_visit", visit, "误录")
    return seal(town, stick).path


def test_a_package_that_deletes_much_is_taken_in_only_after_a_question(
    page: ReceivePage, deleting: Path, office: Office, county: Workspace
) -> None:
    page.add_files([deleting])
    office.wait()
    assert not button(page, "接收").isEnabled()
    assert "要删除 10 条，原有 113 条" in page.detail.text
    button(page, "核实后照样接收").click()
    answer(page, "不做")
    assert county.records.total("elder_visit") == 36
    button(page, "核实后照样接收").click()
    answer(page, "已核实，照样接收")
    office.wait()
    assert county.records.total("elder_visit") == 26
    assert [row.removed for row in page.table.values] == [10]


def test_without_many_deletions_nothing_is_asked(page: ReceivePage, sealed: Path, office: Office) -> None:
    page.add_files([sealed])
    office.wait()
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible() and "照样接收" in one.text()]


def test_a_held_package_is_named_and_taken_in_by_a_button_after_the_upgrade(
    county: Workspace, town: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 0)  # the county's program is the older one
    county.receiving.receive([seal(town, stick).path])
    page = ReceivePage(county.receiving, office.tasks)
    show(page)
    assert "鸳大镇第 1 包" in page.lying.notice.text
    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 1)
    office.press(page, "现在补收")
    assert [row.status for row in page.table.values] == ["OK"]
    assert not page.lying.isVisible()


def test_what_the_county_asks_for_stands_on_its_page_and_on_the_townships(
    county: Workspace, town: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    county.receiving.receive([seal(town, stick).path])
    page = ReturnsPage(
        county.returning, county.records, county.deciding, county.transferring, county.asking, office.tasks
    )
    show(page)
    page.tabs.setCurrentWidget(page.asking)
    office.press(page.asking, "提要求")
    (dialog,) = page.asking.findChildren(AskDialog)
    dialog.what.setCurrentIndex(dialog.what.findText("升级程序"))
    office.press(dialog, "提出")
    assert [row.words for row in page.asking.table.values] == ["升级程序"]
    town.receipts.take([county.returning.receipt(town.unit.site, stick).path])
    there = ReportingPage(town, office.tasks, office.problems, "2026-11")
    show(there)
    office.wait()
    assert "县局请您升级程序" in there._state.text
    county.asking.ask(town.unit.site, "full")
    town.receipts.take([county.returning.receipt(town.unit.site, stick).path])
    there.refresh()
    office.wait()
    assert there._state.text.startswith("县局请您报一次全部记录")
    county.asking.withdraw(town.unit.site, "full")
    page.refresh()
    office.press(page.asking, "不再要求")
    assert page.asking.table.values == []
