from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from office import PEOPLE, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui import colours
from anyue_desktop.ui.list_model import BLOCK, ListModel, brief
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.places import JobPlace, NewPlace, PersonPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.tasks import Tasks

Show = Callable[[QWidget], None]


@pytest.fixture
def page(workspace: Workspace, tasks: Tasks, preferences: Preferences, show: Show, qtbot: QtBot) -> ListPage:
    made = ListPage(workspace.records, tasks, preferences, Query("elder_case", month="2026-11"), "老年人探访")
    made.resize(1200, 640)
    show(made)
    qtbot.waitUntil(lambda: len(made.model.ids) == len(PEOPLE))
    return made


def names(page: ListPage) -> list[str]:
    return [page.model.text(row, "person.name") for row in range(page.model.rowCount())]


class Counted(Records):
    """Records that remember what was asked for."""

    asked: list[int]

    def rows(self, register: str, ids: Sequence[str], *, masked: bool = True) -> list[dict[str, str]]:
        self.asked.append(len(ids))
        return super().rows(register, ids, masked=masked)


def test_rows_are_fetched_in_blocks_when_they_are_looked_at(workspace: Workspace, qtbot: QtBot) -> None:
    records = Counted(workspace.store, workspace.context)
    records.asked = []
    known = records.ids(Query("elder_case"))
    model = ListModel(records, "elder_case")
    model.show_ids(known * 40)
    assert model.rowCount() == 400
    assert records.asked == []
    assert model.text(250, "person.name") == model.text(250, "person.name") != ""
    assert records.asked == [BLOCK]


def test_a_grave_hazard_stands_out_by_colour_and_picture(workspace: Workspace, qtbot: QtBot) -> None:
    records = workspace.records
    village = records.villages()[0].code
    home = {"name": "鸳大镇敬老院", "facility_type": "E01", "division_code": village, "status": "1"}
    facility = records.save("facility", home).id
    checked = {"facility_id": facility, "inspected_on": date(2026, 11, 10), "inspect_type": "01", "result": "3"}
    inspection = records.save("facility_inspection", checked).id
    for level in ("1", "2"):
        hazard = {"inspection_id": inspection, "issue": f"疏散通道堆物{level}", "hazard_level": level}
        assert records.save("facility_issue", {**hazard, "due_on": date(2026, 11, 20)}).saved
    model = ListModel(records, "facility_issue")
    model.show_ids(records.ids(Query("facility_issue")))
    column = [one.path for one in model.columns].index("hazard_level")
    seen = {}
    for row in range(2):
        index = model.index(row, column)
        colour = model.data(index, Qt.ItemDataRole.ForegroundRole)
        picture = model.data(index, Qt.ItemDataRole.DecorationRole)
        seen[model.text(row, "hazard_level")] = (colour and colour.name().upper(), picture is not None)
    assert seen == {"一般隐患": (None, False), "重大隐患": (colours.RED, True)}


def test_searching_while_typing_finds_by_initials(page: ListPage, keyboard: Keyboard, qtbot: QtBot) -> None:
    page.arrive()
    keyboard.write("zsf")
    qtbot.waitUntil(lambda: names(page) == ["张淑芳"])
    assert page.head.count_text() == "共 1 条"


def test_letters_still_in_the_input_method_are_not_searched_for(
    page: ListPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    page.arrive()
    keyboard.compose("zhang")
    qtbot.wait(250)
    assert page.query.search == ""


def test_a_later_question_wins(page: ListPage, qtbot: QtBot) -> None:
    shown: list[int] = []
    page.model.modelReset.connect(lambda: shown.append(page.model.rowCount()))
    page.ask(Query("elder_case", search="王"))
    page.ask(Query("elder_case", search="李"))
    qtbot.waitUntil(lambda: names(page) == ["李国强"])
    qtbot.wait(100)
    assert shown == [1]


def test_a_click_on_a_heading_asks_for_that_order_and_a_second_for_the_other(page: ListPage, qtbot: QtBot) -> None:
    births = next(n for n, column in enumerate(page.model.columns) if column.path == "person.birth_date")
    page.table.horizontalHeader().sectionClicked.emit(births)
    qtbot.waitUntil(lambda: names(page) == list(PEOPLE))
    page.table.horizontalHeader().sectionClicked.emit(births)
    qtbot.waitUntil(lambda: names(page) == list(reversed(PEOPLE)))


def test_a_chip_narrows_and_clearing_widens(page: ListPage, workspace: Workspace, qtbot: QtBot) -> None:
    village = workspace.records.villages()[0]
    chip = page.filters._chips["person.residence_division"]
    next(action for action in chip.menu().actions() if action.text() == village.name).trigger()
    qtbot.waitUntil(lambda: 0 < len(page.model.ids) < len(PEOPLE))
    assert village.name in chip.text()
    page.filters._clear.click()
    qtbot.waitUntil(lambda: len(page.model.ids) == len(PEOPLE))


def test_a_worklist_shows_who_waits(page: ListPage, qtbot: QtBot) -> None:
    page.ask(Query("elder_case", worklist="unvisited", month="2026-11"))
    qtbot.waitUntil(lambda: len(page.model.ids) == 7)


def test_enter_in_the_search_box_goes_to_the_list_and_enter_opens_the_person(
    page: ListPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    page.arrive()
    keyboard.write("lgq")
    qtbot.waitUntil(lambda: names(page) == ["李国强"])
    keyboard.press(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.go) as gone:
        keyboard.press(Qt.Key.Key_Return)
    assert gone.args == [PersonPlace(page.model.ids[0])]


@pytest.mark.parametrize(
    ("key", "modifiers", "place"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, NewPlace),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, JobPlace),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, NewPlace),
    ],
)
def test_keys_do_what_the_menu_does(
    page: ListPage,
    keyboard: Keyboard,
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    place: type,
) -> None:
    page.enter_table()
    with qtbot.waitSignal(page.go) as gone:
        keyboard.press(key, modifiers)
    assert isinstance(gone.args[0], place)


def test_delete_goes_to_the_bin_and_undo_brings_it_back(
    page: ListPage, keyboard: Keyboard, workspace: Workspace, qtbot: QtBot
) -> None:
    page.enter_table()
    keyboard.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.model.ids) == len(PEOPLE) - 1)
    assert page.undo_bar.isVisible()
    page.undo_bar.button.click()
    qtbot.waitUntil(lambda: len(page.model.ids) == len(PEOPLE))


def test_the_bin_shows_deleted_records_and_restores_them(
    page: ListPage, keyboard: Keyboard, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.records.delete("elder_case", page.model.ids[0])
    page.do("bin")
    qtbot.waitUntil(lambda: len(page.model.ids) == 1)
    assert [column.path for column in page.model.columns][1:3] == ["report_state", "return_reason"]
    page.enter_table()
    keyboard.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.ids == [])
    assert workspace.records.total("elder_case") == len(PEOPLE)


def test_an_empty_answer_says_what_to_do_next(page: ListPage, qtbot: QtBot) -> None:
    page.ask(Query("elder_case", search="没有这个人"))
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert "没有符合条件的记录" in page.empty.sentence()


def test_chosen_columns_are_remembered(
    page: ListPage, preferences: Preferences, workspace: Workspace, tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    page.chooser.use(page.chooser.presets()["联系方式"])
    shown = [column.path for column in page.model.columns]
    again = ListPage(workspace.records, tasks, Preferences(tmp_path), Query("elder_case"))
    qtbot.addWidget(again)
    assert [column.path for column in again.model.columns] == shown
    assert shown[0] == "person.name"
    qtbot.waitUntil(lambda: not tasks.busy())


def test_the_name_stays_in_sight(page: ListPage) -> None:
    page.chooser.use(page.chooser.presets()["全部"])
    page.table.horizontalScrollBar().setValue(page.table.horizontalScrollBar().maximum())
    assert page.table.front.isVisible()
    assert page.table.front.columnWidth(0) == page.table.columnWidth(0)
    assert page.table.front.geometry().x() <= 2


def test_numbers_are_masked_in_the_list(page: ListPage) -> None:
    assert "*" in page.model.text(0, "person.id_number")
    assert "*" in page.model.text(0, "person.phone")


def test_the_import_button_offers_rosters_and_visits_by_key(page: ListPage, qtbot: QtBot) -> None:
    button = next(one for one in page.head.findChildren(QPushButton) if one.text() == "导入")
    menu = button.menu()
    assert menu is not None
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    places = []
    page.go.connect(places.append)
    for action in menu.actions():
        action.trigger()
    assert [(place.job, place.query.register) for place in places] == [
        ("import", "elder_case"),
        ("import", "elder_visit"),
    ]


def test_the_search_box_shows_its_whole_hint(page: ListPage) -> None:
    box = page.filters.search
    assert box.width() >= box.fontMetrics().horizontalAdvance(box.placeholderText()) + 60


def test_a_long_name_of_a_code_loses_its_bracket_where_nothing_is_lost() -> None:
    able, relief = REGISTERS["elder_case"].field("self_care_level"), REGISTERS["person"].field("relief_class")
    assert brief(able, "具备生活自理能力（全自理）") == "具备生活自理能力"
    assert brief(relief, "特困人员（分散供养）") == "特困人员（分散供养）"


def test_a_county_only_reads_a_list(
    workspace: Workspace, tasks: Tasks, preferences: Preferences, show: Show, keyboard: Keyboard, qtbot: QtBot
) -> None:
    made = ListPage(workspace.records, tasks, preferences, Query("elder_case"), read_only=True)
    show(made)
    qtbot.waitUntil(lambda: len(made.model.ids) == len(PEOPLE))
    shown = {one.text() for one in made.head.findChildren(QPushButton) if one.isVisible()}
    assert shown == {"导出", "打印", "列"}
    places: list[object] = []
    made.go.connect(places.append)
    made.enter_table()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_F4):
        keyboard.press(key)
    assert places == []
    assert workspace.records.total("elder_case") == len(PEOPLE)


@pytest.mark.parametrize(
    ("register", "printed"), [("child_case", True), ("facility_issue", True), ("household", False)]
)
def test_printing_is_offered_where_there_is_a_ledger(
    workspace: Workspace,
    tasks: Tasks,
    preferences: Preferences,
    show: Show,
    keyboard: Keyboard,
    register: str,
    printed: bool,
) -> None:
    made = ListPage(workspace.records, tasks, preferences, Query(register))
    show(made)
    assert [one.text() for one in made.head.findChildren(QPushButton)].count("打印") == printed
    places: list[object] = []
    made.go.connect(places.append)
    made.enter_table()
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [type(one) for one in places] == [JobPlace] * printed
