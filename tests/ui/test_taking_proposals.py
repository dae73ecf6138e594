"""What the rules propose is taken over from the form, from the list and from the check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import PEOPLE, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.checking import CheckReport
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.form import EntryForm
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.proposals_dialog import ProposalsDialog
from anyue_desktop.ui.reporting.check_step import CheckStep
from anyue_desktop.ui.tasks import Tasks

Show = Callable[[QWidget], None]


@pytest.fixture
def alone(workspace: Workspace) -> str:
    """A case of somebody who lives alone and is not on the list as such."""
    case = workspace.records.ids(Query("elder_case", search="张淑芳"))[0]
    workspace.records.set("elder_case", case, {"living_arrangement": "1"})
    return case


@pytest.fixture
def form(factory: EditorFactory, workspace: Workspace, alone: str, show: Show) -> EntryForm:
    made = EntryForm(factory, workspace.records.register("elder_case"))
    made.resize(1200, 640)
    show(made)
    made.open(alone)
    return made


def codes(form: EntryForm) -> set[str]:
    return {problem.code for problem in form.problems()}


def test_a_proposal_is_taken_over_by_one_button_and_can_be_taken_back(form: EntryForm) -> None:
    assert "kind_01" in codes(form)
    button = next(one for one in form.problem_list.findChildren(QPushButton) if "独居" in one.accessibleName())
    assert button.text() == "采用"
    assert button.accessibleName() == "采用建议：困难类别＝独居老年人、失能老年人"
    button.click()
    assert form.sheet.editor("categories").value() == ("01", "04")
    assert "kind_01" not in codes(form)
    form.take_back()
    assert form.sheet.editor("categories").value() == ("04",)


def test_f4_takes_over_what_is_proposed_for_the_field(form: EntryForm, keyboard: Keyboard) -> None:
    form.sheet.go_to("person.phone")
    keyboard.press(Qt.Key.Key_F4)
    assert form.sheet.editor("categories").value() == ("04",)
    form.sheet.go_to("categories")
    keyboard.press(Qt.Key.Key_F4)
    assert form.sheet.editor("categories").value() == ("01", "04")
    assert form.save()


def test_proposals_for_chosen_rows_are_confirmed_together(
    workspace: Workspace, tasks: Tasks, preferences: Preferences, alone: str, show: Show, qtbot: QtBot
) -> None:
    page = ListPage(workspace.records, tasks, preferences, Query("elder_case"), "老年人探访")
    show(page)
    qtbot.waitUntil(lambda: len(page.model.ids) == len(PEOPLE))
    page.table.selectRow(page.model.ids.index(alone))
    page.do("adopt")
    dialog = next(one for one in page.findChildren(ProposalsDialog) if one.isVisible())
    assert [row.words for row in dialog.table.values] == ["困难类别＝独居老年人、失能老年人"]
    dialog.take()
    assert workspace.records.get("elder_case", alone)["categories"] == ("01", "04")
    qtbot.waitUntil(lambda: not tasks.busy())
    nothing = next(one for one in page.model.ids if not workspace.records.suggestions("elder_case", [one]))
    page.table.selectRow(page.model.ids.index(nothing))
    page.do("adopt")
    assert page.head.count_text() == "选中的记录没有可采用的建议"


def test_the_check_offers_the_proposals_of_the_chosen_lines(workspace: Workspace, alone: str, show: Show) -> None:
    report: CheckReport = workspace.checking.run()
    step = CheckStep()
    show(step)
    step.put(report)
    taken: list[list[object]] = []
    step.adopted.connect(taken.append)
    table = step._tables[next(kind for kind, one in step._tables.items() if one.accessibleName() == "提示")]
    row = next(number for number, one in enumerate(table.values) if one.problem.code == "kind_01")
    table.selectRow(row)
    button = next(one for one in step.findChildren(QPushButton) if one.text().startswith("采用建议"))
    assert button.isEnabled()
    button.click()
    assert [[one.problem.code for one in chosen] for chosen in taken] == [["kind_01"]]
    without = next((number for number, one in enumerate(table.values) if not one.problem.suggestion), None)
    if without is not None:
        table.selectRow(without)
        assert not button.isEnabled()
