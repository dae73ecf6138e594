"""Real encrypted workspaces behind real widgets; made-up people with numbers of the unassigned prefix 512099."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from office import LOGIN, PASSPHRASE, PEOPLE, TODAY, Keyboard, elder, visit
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services import workspace as workspaces
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.collector import Collector
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import Theme


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_TODAY", TODAY.isoformat())


@pytest.fixture(scope="session")
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector(qapp)
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def window_thread(collector: Collector) -> None:
    """Unused widgets are collected on the window's thread, as in the program; on the worker's, Qt crashes."""
    gc.disable()  # a window that was closed has handed collecting back to Python


@pytest.fixture(scope="session", autouse=True)
def theme(qapp: QApplication) -> Theme:
    made = Theme(qapp)
    made.apply()
    return made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "台账"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANYUE_TODAY", TODAY.isoformat())
        workspace = workspaces.create_township(folder, "天马乡", LOGIN, PASSPHRASE, cost=FLOOR)
        saved = workspace.records.save_all("elder_case", [elder(workspace, name, n) for n, name in enumerate(PEOPLE)])
        assert all(one.saved for one in saved)
        visits = [visit(one.id, date(2026, 10, 8)) for one in saved[:6]]
        visits += [visit(one.id, date(2026, 11, 4)) for one in saved[:3]]
        assert all(one.saved for one in workspace.visits.save_batch(visits))
        workspace.close()
    return folder


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of its own, to be written."""
    folder = tmp_path / "台账"
    shutil.copytree(template, folder)
    opened = workspaces.open_workspace(folder, LOGIN, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace for tests that only look."""
    folder = tmp_path_factory.mktemp("shared") / "台账"
    shutil.copytree(template, folder)
    opened = workspaces.open_workspace(folder, LOGIN, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def factory(workspace: Workspace) -> EditorFactory:
    return EditorFactory(workspace.records, workspace.context())


@pytest.fixture
def problems() -> ProblemDoor:
    return ProblemDoor()


@pytest.fixture
def tasks(problems: ProblemDoor, workspace: Workspace) -> Iterator[Tasks]:
    made = Tasks(problems)
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Shows a widget and gives it the keyboard."""

    def showing(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return showing


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do with windows; that is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
