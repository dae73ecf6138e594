from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from office import TODAY, Keyboard, visit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import NewPlace, PersonPlace, RecordPlace


@pytest.fixture
def case(workspace: Workspace) -> str:
    return workspace.records.ids(Query("elder_case", search="张淑芳"))[0]


@pytest.fixture
def page(workspace: Workspace, case: str, show: Callable[[QWidget], None]) -> PersonPage:
    made = PersonPage(workspace.records, workspace.visits, MonthChoice(), PersonPlace(case))
    made.resize(1200, 640)
    show(made)
    return made


def test_the_card_says_who_it_is_and_what_is_due(page: PersonPage) -> None:
    words = " ".join(label.text() for label in page.header.findChildren(type(page.header._name)))
    assert page.header.name() == "张淑芳"
    assert "86岁" in words
    assert "失能老年人" in words
    assert "上次探访：2026-11-04" in words
    assert "下次应探访：2026-12-05" in words


def test_twelve_dots_show_the_months_with_a_visit(page: PersonPage) -> None:
    page.header.dots.grab()
    words = [mark.words for mark in page.header.dots.marks]
    assert words[9] == "2026-10：1 次探访"
    assert words[8] == "2026-09：没有探访记录"


def test_a_day_with_a_visit_opens_it_and_a_day_without_begins_one(page: PersonPage, case: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as gone:
        page.header.strip.opened.emit(date(2026, 11, 4))
    assert isinstance(gone.args[0], RecordPlace)
    with qtbot.waitSignal(page.go) as gone:
        page.header.strip.opened.emit(date(2026, 11, 10))
    assert gone.args[0] == NewPlace("elder_visit", {"case_id": case, "visit_date": date(2026, 11, 10)})


def test_the_file_is_masked(page: PersonPage) -> None:
    assert "*" in page.facts.text("person.id_number")
    assert page.facts.text("risk_level") == "低（绿）"


def test_history_shows_a_change_and_puts_one_field_back(page: PersonPage, workspace: Workspace, case: str) -> None:
    workspace.records.set("elder_case", case, {"risk_level": "3"})
    page.tabs.setCurrentIndex(5)
    tree = page.history.tree
    changed = next(item for item in _children(tree.topLevelItem(0)) if item.text(0) == "风险等级")
    assert (changed.text(1), changed.text(2)) == ("低（绿）", "高（红）")
    tree.setCurrentItem(changed)
    page.history.restore()
    assert workspace.records.get("elder_case", case)["risk_level"] == "1"
    assert "恢复“风险等级”" in tree.topLevelItem(0).text(2)


def test_visits_of_the_person_are_listed_newest_first(page: PersonPage) -> None:
    page.tabs.setCurrentIndex(1)
    tab = page.related["visits"]
    assert [tab.model.text(row, "visit_date") for row in range(2)] == ["2026-11-04", "2026-10-08"]


def test_a_new_benefit_belongs_to_the_person(page: PersonPage, workspace: Workspace, case: str, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(3)
    with qtbot.waitSignal(page.go) as gone:
        page.related["benefits"].add()
    person = workspace.records.get("elder_case", case)["person_id"]
    assert gone.args[0] == NewPlace("person_benefit", {"person_id": person})


def test_a_visit_of_today_is_said_to_be_today(page: PersonPage, workspace: Workspace, case: str) -> None:
    assert workspace.visits.save_batch([visit(case, TODAY)])[0].saved
    page.refresh(frozenset())
    assert page.header._last.text() == "上次探访：2026-11-23（今天）"


def test_the_two_beginnings_of_a_file_are_told_apart(page: PersonPage) -> None:
    page.tabs.setCurrentIndex(5)
    tree = page.history.tree
    begun = {tree.topLevelItem(row).text(2) for row in range(tree.topLevelItemCount())}
    assert {"新建档案", "新建人员"} <= begun


def test_a_county_reads_a_person_and_enters_nothing(
    workspace: Workspace, case: str, show: Callable[[QWidget], None], keyboard: Keyboard
) -> None:
    page = PersonPage(workspace.records, workspace.visits, MonthChoice(), PersonPlace(case, "visits"), read_only=True)
    show(page)
    words = {one.text() for one in page.findChildren(QPushButton) if one.isVisible()}
    assert words == {"返回", "退回…(&T)"}
    places: list[object] = []
    page.go.connect(places.append)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F4):
        keyboard.press(key)
    page.header.strip.opened.emit(date(2026, 11, 5))
    assert places == []
    page.header.strip.opened.emit(date(2026, 11, 4))
    tab = page.related["visits"]
    tab.table.opened.emit(tab.model.index(0, 0))
    assert [type(one) for one in places] == [RecordPlace, RecordPlace]


def _children(item: QTreeWidgetItem | None) -> list[QTreeWidgetItem]:
    return [item.child(number) for number in range(item.childCount())] if item is not None else []
