"""Two real workspaces behind the dialogs: a township and the county that enrolled it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from dialog_office import ROSTER, VISITS, WORDS, Office
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Keys
from anyue_desktop.services.workspace import Workspace, create_county, create_township
from anyue_desktop.ui.collector import Collector
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Made:
    folder: Path
    keys: Keys


@pytest.fixture(scope="session", autouse=True)
def fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANYUE_TODAY", "2026-11-23")
        yield


@pytest.fixture(scope="session", autouse=True)
def window_thread(qapp: QApplication) -> Iterator[Collector]:
    """Looks like the running program: dressed, and collecting on its own thread."""
    Theme(qapp).apply()
    collector = Collector(qapp)
    yield collector
    collector.stop()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, fixed_day: None) -> tuple[Made, Made, Made]:
    """A fresh township, one that is enrolled and has its roster, and the county."""
    base = tmp_path_factory.mktemp("offices")
    fresh = create_township(base / "新建", "鸳大镇", "王芳", WORDS, cost=FLOOR)
    town = create_township(base / "乡镇", "鸳大镇", "王芳", WORDS, cost=FLOOR)
    county = create_county(base / "县局", "李强", WORDS, cost=FLOOR)
    request = town.enrolment.request(base)
    approved = county.county_enrolment.approve(request.path, base, request.fingerprint)
    town.enrolment.accept(approved.path, " ".join(approved.root_fingerprint.split()[-2:]))
    for register, file in (("elder_case", ROSTER), ("elder_visit", VISITS)):
        town.importing.commit(town.importing.plan(register, [file]))
    return _closed(fresh), _closed(town), _closed(county)


def _closed(workspace: Workspace) -> Made:
    closed = Made(workspace.folder, workspace.store.keys)
    workspace.close()
    return closed


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Made], Workspace]]:
    """Opens a copy of a workspace."""
    workspaces: list[Workspace] = []

    def open_copy(one: Made) -> Workspace:
        folder = tmp_path / one.folder.name
        shutil.copytree(one.folder, folder)
        workspaces.append(Workspace(Store.open(folder, one.keys)))
        return workspaces[-1]

    yield open_copy
    for one in workspaces:
        one.close()


@pytest.fixture
def fresh(made: tuple[Made, Made, Made], opened: Callable[[Made], Workspace]) -> Workspace:
    """A township just made: no records, not enrolled."""
    return opened(made[0])


@pytest.fixture
def town(made: tuple[Made, Made, Made], opened: Callable[[Made], Workspace]) -> Workspace:
    """An enrolled township with 38 elders and 36 visits of the month."""
    return opened(made[1])


@pytest.fixture
def county(made: tuple[Made, Made, Made], opened: Callable[[Made], Workspace]) -> Workspace:
    return opened(made[2])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def problems() -> ProblemDoor:
    return ProblemDoor()


@pytest.fixture
def tasks(problems: ProblemDoor, opened: Callable[[Made], Workspace]) -> Iterator[Tasks]:
    running = Tasks(problems)
    yield running
    running.close()


@pytest.fixture
def office(qtbot: QtBot, tasks: Tasks, problems: ProblemDoor) -> Office:
    return Office(qtbot, tasks, problems)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[QWidget], None]]:
    """Shows a widget until the test ends; dialogs may be gone by then."""
    shown: list[QWidget] = []

    def showing(widget: QWidget) -> None:
        shown.append(widget)
        widget.show()
        qtbot.waitExposed(widget)

    yield showing
    for widget in shown:
        if shiboken6.isValid(widget):
            widget.close()
            widget.deleteLater()


@pytest.fixture
def save_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answers the next question where a file goes."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return answer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do with windows; that is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
