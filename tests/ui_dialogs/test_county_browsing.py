"""The county looks into every register of its townships, and gives records back from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from dialog_office import MONTH, WORDS, Office, button, seal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace, create_township
from anyue_desktop.ui.county.browse_page import BrowsePage
from anyue_desktop.ui.county.record_list import RecordList
from anyue_desktop.ui.county.record_page import RecordPage
from anyue_desktop.ui.county.return_dialog import ReturnDialog
from anyue_desktop.ui.county.transfer_dialog import TransferDialog
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.page_maker import PageMaker
from anyue_desktop.ui.places import BrowsePlace, NewPlace, PersonPlace, Place, RecordPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.theme import Theme

CASES, VISITS, FIGURES, REPORTS = "elder_case", "elder_visit", "county_manual", "report_package"
TOWNSHIP, OTHER, SITE = "512021101000", "512021206000", "t512021101a"
ELDERS, VISITED = 38, 36  # of the sample village
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def received(county: Workspace, town: Workspace, stick: Path) -> Workspace:
    """The county after the township's report came in."""
    county.receiving.receive([seal(town, stick).path])
    return county


@pytest.fixture
def opened_at(
    received: Workspace, office: Office, tmp_path: Path, qapp: QApplication, show: Callable[[QWidget], None]
) -> Callable[[Place], Page]:
    """Opens a place of the county's window."""
    theme, preferences = Theme(qapp), Preferences(tmp_path)
    maker = PageMaker(received, office.tasks, office.problems, theme, preferences, MonthChoice(), lambda _path: None)

    def opening(place: Place) -> Page:
        page = maker.page(place)
        assert page is not None
        page.resize(1216, 640)
        show(page)
        office.wait()
        return page

    return opening


@pytest.fixture
def next_town(received: Workspace, stick: Path, tmp_path: Path) -> Iterator[str]:
    """Another township that has reported to the county; its code."""
    town = create_township(tmp_path / "邻乡", "天马乡", "王芳", WORDS, cost=FLOOR)
    request = town.enrolment.request(tmp_path)
    approved = received.county_enrolment.approve(request.path, tmp_path, request.fingerprint)
    town.enrolment.accept(approved.path, " ".join(approved.root_fingerprint.split()[-2:]))
    received.receiving.receive([seal(town, stick).path])
    yield town.unit.code
    town.close()


@pytest.fixture
def browse(opened_at: Callable[[Place], Page]) -> BrowsePage:
    page = opened_at(BrowsePlace())
    assert isinstance(page, BrowsePage)
    return page


def listed(page: BrowsePage, office: Office, register: str) -> RecordList:
    page.show_register(register)
    office.wait()
    assert isinstance(page.list, RecordList)
    return page.list


def counted(page: BrowsePage, title: str) -> str:
    (item,) = page.registers.findItems(f"  {title}　", Qt.MatchFlag.MatchStartsWith)
    return item.text().partition("　")[2]


def choose(page: BrowsePage, office: Office, text: str) -> None:
    line = page.township.editor.line
    line.setFocus()
    line.clear()
    office.qtbot.keyClicks(line, text)
    office.qtbot.keyClick(line, Qt.Key.Key_Return)
    office.wait()


def test_every_register_open_to_the_county_is_there_with_its_count(browse: BrowsePage, received: Workspace) -> None:
    shown = {browse.registers.item(row).data(Qt.ItemDataRole.UserRole) for row in browse._rows.values()}
    assert shown == {one.name for one in received.records.registers()}
    assert counted(browse, "特殊困难老年人档案") == str(ELDERS)
    assert counted(browse, "探访记录") == str(VISITED)
    assert counted(browse, "设施") == "0"


def test_a_township_found_by_initials_narrows_lists_and_counts(browse: BrowsePage, office: Office) -> None:
    choose(browse, office, "tmx")
    assert browse.township.code == OTHER
    assert browse.list is not None and browse.list.model.ids == []
    assert counted(browse, "特殊困难老年人档案") == "0"
    choose(browse, office, "ydz")
    assert len(browse.list.model.ids) == ELDERS
    office.press(browse, "全部")
    assert (browse.township.code, len(browse.list.model.ids)) == ("", ELDERS)


def test_whose_a_record_is_shows_where_several_townships_are_listed(browse: BrowsePage, office: Office) -> None:
    shown = listed(browse, office, CASES)
    assert [one.label for one in shown.model.columns][:2] == ["姓名", "所属乡镇"]
    assert shown.model.index(0, 1).data() == "鸳大镇"
    choose(browse, office, "ydz")
    assert browse.list is not None
    assert "所属乡镇" not in {one.label for one in browse.list.model.columns}


def test_villages_to_choose_from_are_those_of_the_chosen_township(browse: BrowsePage, office: Office) -> None:
    assert browse.list is not None
    chip = browse.list.filters._chips["person.residence_division"]
    assert not chip.isVisible()
    choose(browse, office, "ydz")
    assert browse.list is not None
    chip = browse.list.filters._chips["person.residence_division"]
    assert chip.isVisible()
    assert {one.code[:9] for one in chip._choices if one.code} == {TOWNSHIP[:9]}


def test_a_search_says_what_it_looks_through(browse: BrowsePage, office: Office, received: Workspace) -> None:
    assert listed(browse, office, VISITS).filters.search.placeholderText() == "姓名、拼音首字母、身份证号、电话"
    hint = listed(browse, office, "facility_month").filters.search.placeholderText()
    assert hint == "机构（设施）名称、所在村（社区）"
    hint = listed(browse, office, "facility").filters.search.placeholderText()
    assert hint == "设施编号、机构（设施）名称、所在村（社区）等"
    browse.show_register(FIGURES)  # no words to search in
    office.wait()
    assert browse.list is not None
    assert not browse.list.filters.search.isVisible()


def test_a_button_gives_the_chosen_records_back(browse: BrowsePage, office: Office, received: Workspace) -> None:
    shown = listed(browse, office, CASES)
    (back,) = [one for one in shown.head.findChildren(QPushButton) if one.text() == "退回…"]
    assert back.isVisible()
    back.click()
    assert "请先选中" in shown.notice.text
    shown.table.selectRow(0)
    back.click()
    dialog = shown.findChild(ReturnDialog)
    assert dialog is not None
    dialog.write("请核对出生日期")
    office.press(dialog, "退回")
    office.wait()
    assert "已退回 1 条" in shown.notice.text


def test_what_is_chosen_beside_the_list_survives_clearing_the_filters(browse: BrowsePage, office: Office) -> None:
    choose(browse, office, "tmx")
    assert browse.list is not None
    assert not browse.list.filters.narrowed()
    browse.list.filters.search.setText("zzz")
    office.qtbot.waitUntil(lambda: browse.list is not None and browse.list.query.search == "zzz")
    browse.list.filters._reset()
    office.wait()
    assert browse.list.query.where == {"township_code": OTHER}


def test_a_month_narrows_what_is_dated(browse: BrowsePage, office: Office) -> None:
    shown = listed(browse, office, VISITS)
    assert browse.during.isVisible()
    assert len(shown.model.ids) == VISITED
    browse.during.setCurrentIndex(browse.during.findData("2026-10"))
    office.wait()
    assert shown.model.ids == []
    browse.during.setCurrentIndex(browse.during.findData(MONTH))
    office.wait()
    assert len(shown.model.ids) == VISITED
    listed(browse, office, CASES)
    assert not browse.during.isVisible()
    assert len(listed(browse, office, REPORTS).model.ids) == 1


def test_a_search_and_a_heading_work_as_in_every_list(browse: BrowsePage, office: Office, received: Workspace) -> None:
    shown = listed(browse, office, CASES)
    shown._sort(0)
    office.wait()
    names = [shown.model.text(row, "person.name") for row in range(ELDERS)]
    assert names == sorted(names)
    shown.filters.search.setText(names[0])
    office.qtbot.waitUntil(lambda: 0 < len(shown.model.ids) < ELDERS)


def test_what_is_shown_is_exported_with_the_township(received: Workspace, tmp_path: Path) -> None:
    query = Query(VISITS, where={"township_code": TOWNSHIP}, during="2026-10")
    assert received.exporting.export(VISITS, tmp_path / "十月.xlsx", query=query).rows == 0
    exported = received.exporting.export(VISITS, tmp_path / "十一月.xlsx", query=Query(VISITS, during=MONTH))
    page = openpyxl.load_workbook(exported.path).worksheets[0]
    values = {cell.value for line in page.iter_rows() for cell in line}
    assert {"所属乡镇", "鸳大镇"} <= values
    assert exported.rows == VISITED


def test_a_record_opens_to_be_read_in_full_with_its_history(
    browse: BrowsePage, office: Office, received: Workspace, opened_at: Callable[[Place], Page]
) -> None:
    shown = listed(browse, office, VISITS)
    with office.qtbot.waitSignal(browse.go) as gone:
        shown.table.opened.emit(shown.model.index(0, 0))
    page = opened_at(gone.args[0])
    assert isinstance(page, RecordPage)
    values = received.records.get(VISITS, shown.model.ids[0])
    assert page.facts.text("visit_date") == values["visit_date"].isoformat()
    assert page.facts.text("case.person.name") == shown.model.text(0, "case.person.name")
    assert "*" in page.facts.text("case.person.id_number")
    assert "鸳大镇" in page._about.text() and "县局已接收" in page._about.text()
    page.tabs.setCurrentWidget(page.history)
    assert page.history.tree.topLevelItemCount() == 1
    assert not page.history.button.isVisible()


def test_a_record_goes_back_from_its_page_with_the_field_that_is_wrong(
    opened_at: Callable[[Place], Page], received: Workspace, office: Office
) -> None:
    identity = received.records.ids(Query(VISITS))[0]
    page = opened_at(RecordPlace(VISITS, identity))
    assert isinstance(page, RecordPage)
    dialog = page.ask_reason()
    dialog.fields.setCurrentIndex(dialog.fields.findText("健康状况"))
    dialog.write("请写明哪里不舒服")
    office.press(dialog, "退回")
    (given,) = received.returning.returns()
    assert (given.site, given.id, given.label, given.message) == (SITE, identity, "健康状况", "请写明哪里不舒服")
    assert page.notice.text == "已退回 1 条，下次写回执时带给乡镇。"
    page.refresh(frozenset({VISITS}))
    assert "退回原因：请写明哪里不舒服" in page._about.text()


def test_a_person_is_given_to_another_township_from_the_persons_page(
    opened_at: Callable[[Place], Page], received: Workspace, office: Office, next_town: str
) -> None:
    person = received.records.ids(Query("person"))[0]
    page = opened_at(RecordPlace("person", person))
    assert isinstance(page, RecordPage)
    office.press(page, "转交…")
    (dialog,) = page.findChildren(TransferDialog)
    act = button(dialog, "转交")
    assert not act.isEnabled()
    dialog.township._take(next_town)
    assert act.text().startswith("转交给")
    office.press(dialog, act.text().split("(")[0])
    (moved,) = received.transferring.transfers()
    assert (moved.person, moved.unit) == (person, "鸳大镇")
    assert f"转交{moved.to_unit}，请给两个乡镇都写回执" in page.notice.text
    assert received.records.get("person", person)["township_code"] == next_town


def test_chosen_rows_go_back_by_menu_with_a_usual_reason(
    browse: BrowsePage, office: Office, received: Workspace
) -> None:
    shown = listed(browse, office, CASES)
    shown.table.selectRow(3)
    (identity,) = shown.selected()
    menu = shown._returner.menu(shown.doubt(), shown, shown)
    assert isinstance(menu, QMenu)
    assert menu.title() == "退回这 1 条"
    next(one for one in menu.actions() if one.text() == "请核对出生日期").trigger()
    office.wait()
    assert [(one.id, one.message) for one in received.returning.returns()] == [(identity, "请核对出生日期")]
    assert "已退回 1 条" in shown.notice.text


def test_the_field_under_the_cursor_is_named(browse: BrowsePage, office: Office, received: Workspace) -> None:
    shown = listed(browse, office, CASES)
    paths = [column.path for column in shown.model.columns]
    shown.table.setCurrentIndex(shown.model.index(0, paths.index("categories")))
    dialog = shown.ask_reason()
    assert dialog is not None
    dialog.write("与村里核实的不一致")
    office.press(dialog, "退回")
    assert [one.label for one in received.returning.returns()] == ["困难类别"]


def test_returning_asks_for_a_choice_first(browse: BrowsePage, office: Office) -> None:
    shown = listed(browse, office, CASES)
    shown.table.clearSelection()
    assert shown.ask_reason() is None
    assert shown.notice.text == "请先选中要退回的记录。"


def test_nothing_of_a_township_is_entered_at_the_county(browse: BrowsePage, office: Office) -> None:
    shown = listed(browse, office, CASES)
    office.qtbot.keyClick(shown, Qt.Key.Key_N, CONTROL)
    office.qtbot.keyClick(shown, Qt.Key.Key_Delete)
    assert set(shown.head._buttons) == {"export", "print"}
    assert len(shown.model.ids) == ELDERS


def test_the_county_enters_its_own_figures(
    browse: BrowsePage, office: Office, received: Workspace, opened_at: Callable[[Place], Page]
) -> None:
    browse.show_register(FIGURES)
    office.wait()
    own = browse.list
    assert own is not None and not isinstance(own, RecordList)
    assert not browse.township.isEnabled()
    assert "related" not in own.head._buttons
    with office.qtbot.waitSignal(browse.go) as gone:
        own.do("new")
    assert gone.args == [NewPlace(FIGURES)]
    page = opened_at(gone.args[0])
    assert isinstance(page, FormPage)
    page.form.sheet.editor("year").set_raw("2025")
    page.form.sheet.editor("social_workers_total").set_raw("214")
    assert page.form.save()
    (identity,) = received.records.ids(Query(FIGURES))
    assert received.records.get(FIGURES, identity)["social_workers_total"] == 214


def test_an_elder_opens_with_visits_and_history_and_goes_back_too(
    opened_at: Callable[[Place], Page], received: Workspace, office: Office
) -> None:
    identity = received.records.ids(Query(CASES))[0]
    page = opened_at(PersonPlace(identity, "visits"))
    assert isinstance(page, PersonPage)
    with office.qtbot.waitSignal(page.go) as gone:
        page.related["visits"].table.opened.emit(page.related["visits"].model.index(0, 0))
    assert gone.args[0].register == VISITS
    office.press(page, "退回…")
    dialog = next(one for one in QApplication.topLevelWidgets() if one.windowTitle() == "退回" and one.isVisible())
    assert any("退回 1 条记录" in one.text() for one in dialog.findChildren(QLabel))
    button(dialog, "取消").click()
