"""The roll-over page and the grid of the villages' figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.batch.batch_page import BatchPage
from anyue_desktop.ui.batch.batch_row import State
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.places import BatchPlace, ListPlace
from anyue_desktop.ui.rollover_page import RolloverPage
from anyue_desktop.ui.tasks import Tasks


@pytest.fixture
def page(
    workspace: Workspace, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> RolloverPage:
    monkeypatch.setenv(FIXED_DAY, "2027-01-06")
    made = RolloverPage(workspace.rollover, tasks)
    show(made)
    qtbot.waitUntil(lambda: "base" in made.lines)
    return made


def test_every_step_opens_its_list(page: RolloverPage, qtbot: QtBot) -> None:
    assert page.lines["open.elder_case"].text() == "特殊困难老年人档案　10"
    with qtbot.waitSignal(page.go) as gone:
        page.lines["open.elder_case"].click()
    assert gone.args[0] == ListPlace(Query("elder_case"))
    with qtbot.waitSignal(page.go) as gone:
        page.lines["base"].click()
    assert gone.args[0] == BatchPlace("2027-01", register="village_year_base")


def test_the_year_is_finished_once(page: RolloverPage, workspace: Workspace, qtbot: QtBot) -> None:
    assert page.finish.isEnabled()
    page.finish.click()
    qtbot.waitUntil(lambda: "已于 2027-01-06 结转" in page._state.text())
    assert not page.finish.isEnabled()
    assert not workspace.rollover.is_due()


def test_a_village_is_typed_beside_last_year(
    workspace: Workspace,
    factory: EditorFactory,
    tasks: Tasks,
    show: Callable[[QWidget], None],
    keyboard: Keyboard,
    qtbot: QtBot,
) -> None:
    village = workspace.records.villages()[0]
    last = {"village_code": village.code, "year": 2025, "area_kind": "3", "pop_reg": 1000, "filler": "李干部"}
    assert workspace.records.save("village_year_base", last).saved
    grid = BatchPage(factory, workspace.batches, tasks, BatchPlace("2026-11", register="village_year_base"))
    grid.resize(1200, 640)
    show(grid)
    qtbot.waitUntil(lambda: len(grid.model.rows) == len(workspace.records.villages()))
    cell = grid.model.index(0, 1 + grid.batch.columns.index("pop_reg"))
    assert (cell.data(), grid.model.text(cell)) == ("上年 1000", "")
    assert grid.model.value(grid.model.index(0, 1)) == "3"
    assert grid.model.rows[0].state is State.WAITING
    grid.grid.setCurrentIndex(cell)
    grid.grid.setFocus()
    for digits in ("1", "300"):  # the first opens the cell
        keyboard.write(digits)
    keyboard.press(Qt.Key.Key_Return)
    assert grid.model.rows[0].state is State.TYPED
    assert "多 30%" in cell.data(Qt.ItemDataRole.ToolTipRole)
    grid.save()
    qtbot.waitUntil(lambda: grid.model.rows[0].state is State.SAVED)
    (stored,) = workspace.records.ids(Query("village_year_base", where={"year": 2026}))
    kept = workspace.records.get("village_year_base", stored)
    assert (kept["pop_reg"], kept["area_kind"], kept["filler"], kept["pop_res"]) == (1300, "3", "李干部", None)


def test_what_is_stored_for_the_period_is_changed_not_doubled(
    workspace: Workspace, factory: EditorFactory, tasks: Tasks, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    village = workspace.records.villages()[0]
    first = {"village_code": village.code, "year": 2026, "pop_reg": 1000}
    identity = workspace.records.save("village_year_base", first).id
    grid = BatchPage(factory, workspace.batches, tasks, BatchPlace("2026-11", register="village_year_base"))
    show(grid)
    qtbot.waitUntil(lambda: len(grid.model.rows) == len(workspace.records.villages()))
    assert grid.model.rows[0].state is State.DONE
    grid.model.put(0, {"pop_reg": 1010})
    grid.save()
    qtbot.waitUntil(lambda: grid.model.rows[0].state is State.SAVED)
    assert workspace.records.get("village_year_base", identity)["pop_reg"] == 1010
    assert workspace.records.total("village_year_base") == 1
