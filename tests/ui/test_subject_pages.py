"""Subject pages: every register with its count, what is to do for it, and the ways to enter, import and print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.app import TOWNSHIP_ENTRIES
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.printing import LEDGERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.column_scroll import ColumnScroll
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import JobPlace, ListPlace, NamedPlace, NewPlace, VillagesPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.subject_page import SubjectPage
from anyue_desktop.ui.subjects import BASE, CHILDREN, ELDERS, FACILITIES, HOMECARE, SUBJECTS, Subject
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.todo import lines
from anyue_desktop.ui.villages_page import VillagesPage
from anyue_desktop.ui.worklist_panel import NOTHING_ELSE, WorklistPanel

Opener = Callable[..., SubjectPage]


@pytest.fixture
def opened(workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot) -> Opener:
    def opening(subject: Subject = CHILDREN) -> SubjectPage:
        page = SubjectPage(subject, workspace.records, workspace.dashboard, tasks, MonthChoice())
        page.resize(1200, 700)
        show(page)
        qtbot.waitUntil(lambda: not tasks.busy())
        return page

    return opening


def button(page: QWidget, name: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name)


WITH_A_PAGE_OF_ITS_OWN = {"report_package"}


def test_every_register_stands_in_one_subject() -> None:
    shelved = [name for subject in SUBJECTS for name in subject.registers]
    assert sorted([*shelved, *WITH_A_PAGE_OF_ITS_OWN]) == sorted(REGISTERS)


def test_the_navigation_names_what_an_officer_looks_for() -> None:
    assert [entry.words for entry in TOWNSHIP_ENTRIES] == [
        "工作台", "老年人探访", "儿童和妇女", "居家养老", "设施", "基础数据", "指标", "报送", "系统",
    ]  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS, ids=[one.name for one in SUBJECTS])
def test_a_subject_shows_its_registers_and_opens_their_lists(opened: Opener, qtbot: QtBot, subject: Subject) -> None:
    page = opened(subject)
    for name, one in page.buttons.items():
        with qtbot.waitSignal(page.go) as gone:
            one.click()
        assert isinstance(gone.args[0], ListPlace)
        assert gone.args[0].query.register == name


def test_a_register_of_another_role_is_not_shown(opened: Opener, workspace: Workspace) -> None:
    shown = set(opened(CHILDREN).buttons)
    assert shown == {one.name for one in workspace.records.registers()} & set(CHILDREN.registers)


def test_counts_follow_what_is_entered(opened: Opener, workspace: Workspace, tasks: Tasks, qtbot: QtBot) -> None:
    page = opened(BASE)
    assert page.buttons["person"].text().endswith("　10")
    workspace.records.delete("elder_case", workspace.records.ids(Query("elder_case"))[0])
    person = workspace.records.ids(Query("person"))[0]
    before = page.buttons["household"].text()
    assert workspace.records.save("household", {"head_id": person, "household_no": "1"}).saved or before
    page.refresh(frozenset({"household"}))
    qtbot.waitUntil(lambda: not tasks.busy())
    assert page.buttons["household"].text().endswith(f"　{workspace.records.total('household')}")


def test_entering_importing_and_printing_are_near_at_hand(opened: Opener, qtbot: QtBot) -> None:
    page = opened(CHILDREN)
    with qtbot.waitSignal(page.go) as gone:
        button(page, "新增儿童走访记录").click()
    assert gone.args[0] == NewPlace("child_visit")
    with qtbot.waitSignal(page.go) as gone:
        button(page, "导入委托照护").click()
    assert isinstance(gone.args[0], JobPlace)
    assert (gone.args[0].job, gone.args[0].query.register) == ("import", "care_entrustment")
    with qtbot.waitSignal(page.go) as gone:
        button(page, "农村留守儿童（困境儿童）信息台账…").click()
    assert (gone.args[0].job, gone.args[0].ledger) == ("print", "L5")


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        (ELDERS, ["L1", "L2", "L3", "L4", "QD", "L14"]),
        (CHILDREN, ["L5", "L6", "L7", "QZ", "L11"]),
        (HOMECARE, ["L8", "L9"]),
        (FACILITIES, ["L10", "L12", "L13"]),
        (BASE, []),
    ],
    ids=lambda one: one.name if isinstance(one, Subject) else "",
)
def test_a_subject_prints_every_ledger_about_it(
    opened: Opener, qtbot: QtBot, subject: Subject, numbers: list[str]
) -> None:
    page = opened(subject)
    titles = [f"{LEDGERS[number]}…" for number in numbers]
    offered = [one for one in page.findChildren(QPushButton) if one.text().endswith("…")]
    assert [one.text() for one in offered] == titles
    for one, number in zip(offered, numbers, strict=True):
        with qtbot.waitSignal(page.go) as gone:
            one.click()
        assert gone.args[0] == JobPlace("print", ledger=number)


@pytest.mark.parametrize("subject", SUBJECTS, ids=[one.name for one in SUBJECTS])
def test_a_subject_fits_the_smallest_office_screen(opened: Opener, subject: Subject) -> None:
    page = opened(subject)
    page.resize(1230, 674)  # 1366×768 without navigation, bars and the banner of practice
    assert all(one.verticalScrollBar().maximum() == 0 for one in page.findChildren(ColumnScroll))


def test_a_subject_shows_all_its_worklists_the_workbench_only_what_waits(
    opened: Opener, workspace: Workspace, show: Callable[[QWidget], None]
) -> None:
    page = opened(ELDERS)
    assert page.worklists.button("returned").text() == "退回待改　✓ 没有"
    assert page.worklists.button("returned").isVisible()
    calm = WorklistPanel(lines(workspace.dashboard.worklists(ELDERS.registers).values()))
    show(calm)
    calm.show_counts(workspace.dashboard.counts("2026-11", ELDERS.registers), "2026-11")
    assert calm.button("elder_case.unvisited").text() == "本月未探访　7"
    assert not calm.button("returned").isVisible()
    assert calm.nothing_words() == NOTHING_ELSE


def test_a_line_of_one_register_opens_its_list_and_one_of_several_asks_which(
    workspace: Workspace, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    panel = WorklistPanel(lines(workspace.dashboard.worklists().values(), drafts=True))
    show(panel)
    panel.show_counts({"child_visit.returned": 2}, "2026-11")
    with qtbot.waitSignal(panel.go) as gone:
        panel.button("returned").click()
    assert (gone.args[0].query.register, gone.args[0].query.worklist) == ("child_visit", "returned")
    panel.show_counts({"child_visit.returned": 2, "facility.returned": 3}, "2026-11")
    assert panel.button("returned").text().startswith("退回待改　5")
    panel.button("returned").click()
    menu = panel.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["儿童走访记录　2", "设施　3"]
    with qtbot.waitSignal(panel.go) as gone:
        menu.actions()[1].trigger()
    assert gone.args[0].query.register == "facility"
    menu.close()


def test_urgent_lines_come_first(workspace: Workspace) -> None:
    found = lines(workspace.dashboard.worklists().values(), drafts=True)
    assert [line.urgent for line in found] == sorted((line.urgent for line in found), reverse=True)
    assert found[-1].key == "drafts"


def test_a_list_says_which_worklist_it_shows_until_it_is_cleared(
    workspace: Workspace, tasks: Tasks, preferences: Preferences, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    page = ListPage(workspace.records, tasks, preferences, Query("elder_case", worklist="unvisited", month="2026-11"))
    show(page)
    qtbot.waitUntil(lambda: len(page.model.ids) == 7)
    assert page.head._title.text() == "特殊困难老年人档案 · 本月未探访"
    page.filters._clear.click()
    qtbot.waitUntil(lambda: len(page.model.ids) == 10)
    assert page.head._title.text() == "特殊困难老年人档案"


def test_a_list_leads_to_its_neighbours(
    workspace: Workspace, tasks: Tasks, preferences: Preferences, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    page = ListPage(workspace.records, tasks, preferences, Query("elder_case"), "老年人探访")
    show(page)
    with qtbot.waitSignal(page.go) as gone:
        page.head._buttons["related"].click()
    assert gone.args[0] == NamedPlace("elder_registers")


def test_a_village_without_a_director_begins_one(
    workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    page = VillagesPage(workspace.dashboard, tasks, VillagesPlace("protect_staff.without_director", "2026-11"))
    show(page)
    villages = workspace.records.villages()
    qtbot.waitUntil(lambda: page.list.count() == len(villages))
    first = villages[0].code
    with qtbot.waitSignal(page.go) as gone:
        page.list.itemActivated.emit(page.list.item(0))
    assert gone.args[0] == NewPlace("protect_staff", {"role": "2", "duty_division": first})
    person = {"name": "龚志明", "role": "2", "duty_division": first, "on_date": date(2026, 1, 5)}
    assert workspace.records.save("protect_staff", person).saved
    page.refresh(frozenset({"protect_staff"}))
    qtbot.waitUntil(lambda: page.list.count() == len(villages) - 1)
