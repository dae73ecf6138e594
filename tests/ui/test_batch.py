from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from office import PEOPLE, TODAY, Keyboard
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.batches import BATCHES
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.batch.batch_row import State
from anyue_desktop.ui.batch.paste_dialog import PasteDialog
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.places import BatchPlace
from anyue_desktop.ui.tasks import Tasks

FACTS, TYPED_KEYS = 4, BATCHES["elder_visit"].columns
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(
    factory: EditorFactory, workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot
) -> Callable[[], BatchPage]:
    def making() -> BatchPage:
        page = BatchPage(factory, workspace.batches, tasks, BatchPlace("2026-11"))
        page.resize(1200, 640)
        show(page)
        qtbot.waitUntil(lambda: len(page.model.rows) == len(PEOPLE))
        page.arrive()
        return page

    return making


@pytest.fixture
def page(make: Callable[[], BatchPage]) -> BatchPage:
    return make()


def go_to(page: BatchPage, name: str, key: str) -> int:
    row = next(number for number, one in enumerate(page.model.rows) if one.due.name == name)
    page.grid.setCurrentIndex(page.model.index(row, FACTS + TYPED_KEYS.index(key)))
    page.grid.setFocus()
    return row


def visits_of(workspace: Workspace, name: str) -> list[date]:
    case = workspace.records.ids(Query("elder_case", search=name))[0]
    return [one["visit_date"] for one in workspace.visits.of_case(case)]


def test_one_row_a_person_and_who_was_visited_is_ticked(page: BatchPage) -> None:
    assert {row.due.name for row in page.model.rows} == set(PEOPLE)
    assert page.model.count(State.DONE) == 3
    assert page.model.count(State.WAITING) == 7


def test_typing_begins_the_cell_and_enter_moves_right_with_what_follows_filled_in(
    page: BatchPage, keyboard: Keyboard
) -> None:
    row = go_to(page, "徐春梅", "visit_method")
    keyboard.write("1")
    keyboard.press(Qt.Key.Key_Return)
    values = page.model.rows[row].values
    assert (values["visit_method"], values["visit_result"], values["visit_date"]) == ("1", "1", TODAY)
    assert values["visitor_name"] == "李干部"
    assert page.grid.currentIndex().column() == FACTS + TYPED_KEYS.index("visit_result")
    assert page.model.rows[row].state is State.TYPED


def test_words_of_the_input_method_begin_the_cell_too(page: BatchPage, keyboard: Keyboard) -> None:
    row = go_to(page, "徐春梅", "health")
    keyboard.compose("yiban")
    keyboard.write("一般")
    keyboard.press(Qt.Key.Key_Return)
    assert page.model.rows[row].values["health"] == "2"


def test_what_cannot_be_read_is_refused_with_a_sentence(page: BatchPage, keyboard: Keyboard) -> None:
    row = go_to(page, "徐春梅", "visit_date")
    keyboard.write("13.45")
    keyboard.press(Qt.Key.Key_Return)
    assert page.head.said().startswith("✗")
    assert page.model.rows[row].state is State.WAITING


def test_same_as_last_time_repeats_the_stable_answers(page: BatchPage, keyboard: Keyboard) -> None:
    row = go_to(page, "刘德明", "visit_date")
    keyboard.press(Qt.Key.Key_F3)
    values = page.model.rows[row].values
    assert (values["health"], values["needs"], values["visit_date"]) == ("2", ("00",), TODAY)
    assert values["copied_from"]


def test_same_as_last_time_says_who_had_no_visit(page: BatchPage, keyboard: Keyboard) -> None:
    go_to(page, "徐春梅", "visit_date")
    keyboard.press(Qt.Key.Key_F3)
    assert "徐春梅没有上次的记录" in page.head.said()


def test_control_d_copies_from_the_row_above_and_control_semicolon_writes_today(
    page: BatchPage, keyboard: Keyboard
) -> None:
    page.grid.setCurrentIndex(page.model.index(0, FACTS))
    keyboard.press(Qt.Key.Key_Semicolon, CONTROL)
    page.model.put(0, {"visit_date": date(2026, 11, 2)})
    page.grid.setCurrentIndex(page.model.index(1, FACTS))
    keyboard.press(Qt.Key.Key_D, CONTROL)
    assert page.model.rows[1].values["visit_date"] == date(2026, 11, 2)


def test_saving_writes_the_good_rows_and_keeps_the_bad_ones(
    page: BatchPage, keyboard: Keyboard, workspace: Workspace, qtbot: QtBot
) -> None:
    good = go_to(page, "刘德明", "visit_date")
    keyboard.press(Qt.Key.Key_F3)
    bad = go_to(page, "陈玉珍", "visit_date")
    page.model.put(bad, {"visit_date": date(2024, 1, 1), "visit_method": "1"})  # before enrolment
    assert page.model.rows[bad].state is State.WRONG
    keyboard.press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.model.rows[good].state is State.SAVED)
    assert visits_of(workspace, "刘德明")[0] == TODAY
    assert date(2024, 1, 1) not in visits_of(workspace, "陈玉珍")
    assert page.model.rows[bad].state is State.WRONG


def test_rows_typed_and_not_saved_come_back(make: Callable[[], BatchPage], keyboard: Keyboard) -> None:
    page = make()
    row = go_to(page, "徐春梅", "visit_method")
    keyboard.write("1")
    keyboard.press(Qt.Key.Key_Return)
    key = page.model.rows[row].key
    again = make()
    back = next(one for one in again.model.rows if one.due.name == "徐春梅")
    assert (back.state, back.key, back.values["visit_method"]) == (State.TYPED, key, "1")


def test_a_block_from_wps_is_looked_at_before_it_is_pasted(page: BatchPage, keyboard: Keyboard, qtbot: QtBot) -> None:
    page.model.put(1, {"visit_method": "2"})
    QGuiApplication.clipboard().setText("2026-11-05\t上门\n2026.11.6\t飞过去\n")
    page.grid.setCurrentIndex(page.model.index(0, FACTS))
    keyboard.press(Qt.Key.Key_V, CONTROL)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PasteDialog) and one.isVisible())
    cell = dialog.table.item(1, 2)
    assert cell is not None
    assert cell.text() == "✗ 飞过去"
    assert page.model.rows[0].values.get("visit_date") is None
    dialog.accept()
    assert page.model.rows[0].values["visit_date"] == date(2026, 11, 5)
    assert page.model.rows[0].values["visit_method"] == "1"
    assert page.model.rows[1].values["visit_date"] == date(2026, 11, 6)
    assert page.model.rows[1].values["visit_method"] == "2"  # what cannot be read leaves the cell alone


def test_copied_cells_can_be_pasted_in_wps(page: BatchPage, keyboard: Keyboard) -> None:
    page.model.put(0, {"visit_date": date(2026, 11, 5), "visit_method": "1"})
    first, second = page.model.index(0, FACTS), page.model.index(0, FACTS + 1)
    page.grid.selectionModel().select(QItemSelection(first, second), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    keyboard.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "2026-11-05\t上门入户"
