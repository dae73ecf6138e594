"""指标: the table, the lists behind a number, the 口径, and the cards on the home page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import TODAY
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.home.home_page import HomePage
from anyue_desktop.ui.indicators.basis_dialog import BasisDialog
from anyue_desktop.ui.indicators.compare_dialog import CompareDialog
from anyue_desktop.ui.indicators.indicators_page import IndicatorsPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import IdsPlace, JobPlace, ListPlace, NamedPlace, Place
from anyue_desktop.ui.tasks import Tasks

MONTH = f"{TODAY:%Y-%m}"


@pytest.fixture
def page(workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot) -> IndicatorsPage:
    made = IndicatorsPage(workspace.indicators, workspace.records.villages(), tasks, MonthChoice())
    show(made)
    settled(tasks, qtbot)
    return made


def settled(tasks: Tasks, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=20_000)


def choose(page: IndicatorsPage, number: str) -> None:
    """Puts the cursor onto an indicator."""
    rows = [line.value.id if line.value else "" for line in page.table.values]
    page.table.selectRow(rows.index(number))


def went(page: QWidget, act: Callable[[], object], tasks: Tasks, qtbot: QtBot) -> Place:
    places: list[Place] = []
    page.go.connect(places.append)  # type: ignore[attr-defined]
    act()
    qtbot.waitUntil(lambda: bool(places), timeout=20_000)
    page.go.disconnect(places.append)  # type: ignore[attr-defined]
    return places[0]


def dialog(page: QWidget, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: bool(page.findChildren(kind)), timeout=20_000)
    return page.findChildren(kind)[0]


def test_the_table_shows_the_seventeen_first_and_what_stands_beside_them(page: IndicatorsPage) -> None:
    headings = [place for place, line in enumerate(page.table.values) if line.heading]
    shown = [line.value.id for line in page.table.values[: headings[1]] if line.value]
    assert headings[0] == 0
    assert (shown[0], shown[-1]) == ("I01", "I17b")
    assert shown.index("I36") == shown.index("I03") + 1
    assert len({line.value.place for line in page.table.values if line.value and line.value.main}) == 17


def test_enter_opens_who_is_missing(page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, workspace: Workspace) -> None:
    choose(page, "I04")
    place = went(page, lambda: QTest.keyClick(page.table, Qt.Key.Key_Return), tasks, qtbot)
    assert isinstance(place, IdsPlace)
    assert (place.register, len(place.ids)) == ("elder_case", 7)
    assert set(place.ids) == set(workspace.indicators.behind("I04", MONTH, "missing").ids)


@pytest.mark.parametrize(("part", "count"), [("numerator", 3), ("denominator", 10), ("missing", 7)])
def test_each_part_has_a_button(page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, part: str, count: int) -> None:
    choose(page, "I04")
    place = went(page, page.bar.buttons[part].click, tasks, qtbot)
    assert isinstance(place, IdsPlace)
    assert len(place.ids) == count


def test_what_has_no_list_has_no_button(page: IndicatorsPage) -> None:
    choose(page, "I11")
    assert not any(one.isEnabled() for one in page.bar.buttons.values())
    assert "由县局填报" in page.bar.notes.text()


def test_a_village_has_its_own_numbers(page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, workspace: Workspace) -> None:
    village = workspace.records.villages()[0]
    page.village.setCurrentText(village.name)
    settled(tasks, qtbot)
    shown = {line.value.id: line.value for line in page.table.values if line.value}
    expected = {one.id: one for one in workspace.indicators.values(MONTH, village.code)}
    assert shown == expected
    assert shown["I04"].denominator == 4


def test_the_basis_is_changed_in_the_officers_words(
    page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, workspace: Workspace
) -> None:
    page.change_basis()
    opened = dialog(page, BasisDialog, qtbot)
    assert isinstance(opened, BasisDialog)
    assert all(one.accessibleName() for one in opened.boxes.values())
    box = opened.boxes["elder_population"]
    assert isinstance(box, QComboBox)
    box.setCurrentText("60岁以上常住人口")
    opened.accept()
    settled(tasks, qtbot)
    assert workspace.indicators.basis().elder_population == "res"
    qtbot.waitUntil(lambda: "60岁以上常住人口" in page._basis.text(), timeout=20_000)


def test_what_changed_since_the_month_was_kept_is_shown(
    page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, workspace: Workspace
) -> None:
    workspace.indicators.freeze(MONTH)
    (seen, *_) = workspace.indicators.behind("I04", MONTH, "numerator").ids
    assert workspace.records.set("elder_case", seen, {"exit_date": TODAY, "exit_reason": "02"}).saved
    page.compare()
    opened = dialog(page, CompareDialog, qtbot)
    assert isinstance(opened, CompareDialog)
    ((name, then, now),) = [
        [opened.table.model().index(row, column).data() for column in range(3)]
        for row in range(opened.table.model().rowCount())
    ]
    assert (name, then, now) == ("特殊困难老人月探访率", "30.0%（3/10）", "22.2%（2/9）")
    opened.close()


def test_a_month_never_reported_can_be_kept_now_and_anew(
    page: IndicatorsPage, tasks: Tasks, qtbot: QtBot, workspace: Workspace
) -> None:
    page.compare()
    opened = dialog(page, CompareDialog, qtbot)
    assert isinstance(opened, CompareDialog)
    assert opened.keep.text().startswith("现在留存")
    assert "还没有留存" in opened.title.text()
    opened.keep.click()
    settled(tasks, qtbot)
    first = workspace.indicators.frozen(MONTH)
    assert first is not None
    assert not first.sealed
    assert "0 项与留存时不同" in opened.title.text()
    (seen, *_) = workspace.indicators.behind("I04", MONTH, "numerator").ids
    assert workspace.records.set("elder_case", seen, {"exit_date": TODAY, "exit_reason": "02"}).saved
    assert [one.id for one in workspace.indicators.compare(MONTH)] == ["I04"]
    assert opened.keep.text().startswith("重新留存")
    opened.keep.click()
    settled(tasks, qtbot)
    assert workspace.indicators.compare(MONTH) == []
    opened.close()


def test_the_report_is_printed_from_here(page: IndicatorsPage, tasks: Tasks, qtbot: QtBot) -> None:
    button = next(one for one in page.findChildren(QWidget) if one.accessibleName() == "打印指标月报")
    place = went(page, button.click, tasks, qtbot)  # type: ignore[attr-defined]
    assert isinstance(place, JobPlace)
    assert (place.job, place.ledger) == ("print", "L15")


def test_the_home_page_has_a_card_for_each_of_the_seventeen(
    workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    home = HomePage(
        workspace.records, workspace.dashboard, workspace.indicators, workspace.rollover, tasks, MonthChoice()
    )
    show(home)
    settled(tasks, qtbot)
    cards = home.indicators.cards
    assert len(cards) == 17
    assert all(card.accessibleName() for card in cards)
    (rate,) = [card for card in cards if "月探访率" in card.accessibleName()]
    assert "还差7人" in rate.accessibleName()
    assert isinstance(went(home, lambda: QTest.keyClick(rate, Qt.Key.Key_Return), tasks, qtbot), ListPlace)
    assert went(home, lambda: QTest.keyClick(cards[0], Qt.Key.Key_Return), tasks, qtbot) == NamedPlace("indicators")
