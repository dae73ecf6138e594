"""Columns in an order of one's own, kept under a name, in the list and in what goes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import PEOPLE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.column_order_dialog import ColumnOrderDialog
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.places import JobPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.tasks import Tasks

ORDER = ["person.residence_division", "person.name", "categories"]


@pytest.fixture
def page(
    workspace: Workspace, tasks: Tasks, preferences: Preferences, show: Callable[[QWidget], None], qtbot: QtBot
) -> ListPage:
    made = ListPage(workspace.records, tasks, preferences, Query("elder_case"), "老年人探访")
    show(made)
    qtbot.waitUntil(lambda: len(made.model.ids) == len(PEOPLE))
    return made


def arranged(page: ListPage) -> ColumnOrderDialog:
    page.chooser.use(["person.name", "categories", "person.residence_division"])
    page.chooser.arrange()
    return next(one for one in page.chooser.findChildren(ColumnOrderDialog) if one.isVisible())


def test_columns_are_moved_kept_under_a_name_and_shown_in_their_order(page: ListPage, workspace: Workspace) -> None:
    dialog = arranged(page)
    assert dialog.order() == ["person.name", "categories", "person.residence_division"]
    dialog.list.setCurrentRow(2)
    dialog.move_row(-1)
    dialog.move_row(-1)
    assert dialog.order() == ORDER
    dialog.keep()
    assert "1到20个字" in dialog.said.text()
    dialog.name.setText("县局格式")
    dialog.keep()
    assert workspace.records.column_sets("elder_case") == {"县局格式": tuple(ORDER)}
    dialog.use()
    assert [column.path for column in page.model.columns] == ["person.name", "person.residence_division", "categories"]
    assert page.chooser.presets()["县局格式"] == tuple(ORDER)


def test_a_column_that_is_not_ticked_does_not_show(page: ListPage) -> None:
    dialog = arranged(page)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.use()
    assert [column.path for column in page.model.columns] == ["person.name", "person.residence_division"]


def test_an_export_has_the_columns_of_the_list_or_of_a_named_set(
    page: ListPage, workspace: Workspace, tasks: Tasks, qtbot: QtBot
) -> None:
    places: list[JobPlace] = []
    page.go.connect(places.append)
    page.chooser.use(ORDER)
    page.do("export")
    assert places[-1].columns == tuple(ORDER)
    workspace.records.keep_columns("elder_case", "县局格式", ORDER[:2])
    sets = {"列表里显示的列": places[-1].columns, **workspace.records.column_sets("elder_case")}
    dialog = ExportDialog([workspace.records.register("elder_case")], workspace.exporting, tasks, sets=sets)
    qtbot.addWidget(dialog)
    offered = [dialog._columns.itemText(row) for row in range(dialog._columns.count())]
    assert offered == ["列表里显示的列", "县局格式", "全部列"]


def test_a_named_set_is_forgotten(page: ListPage, workspace: Workspace) -> None:
    workspace.records.keep_columns("elder_case", "县局格式", ORDER)
    workspace.records.drop_columns("elder_case", "县局格式")
    assert workspace.records.column_sets("elder_case") == {}
