from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import LOGIN, PASSPHRASE, PEOPLE
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from anyue_desktop.app import Desktop
from anyue_desktop.services import workspace as workspaces
from anyue_desktop.services.query import Query
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.places import NamedPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.system.restore_dialog import RestoreDialog
from anyue_desktop.ui.system.system_page import SystemPage

CASE, VISIT = "elder_case", "elder_visit"


@pytest.fixture
def desktop(qapp: QApplication, template: Path, tmp_path: Path) -> Iterator[Desktop]:
    made = Desktop(qapp, Preferences(tmp_path))
    folder = tmp_path / "台账"
    shutil.copytree(template, folder)
    made.enter(workspaces.open_workspace(folder, LOGIN, PASSPHRASE))
    yield made
    made._end()
    made._put_dialog_away()
    qapp.aboutToQuit.disconnect(made._end)


def restoring(qtbot: QtBot) -> RestoreDialog:
    def shown() -> list[RestoreDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, RestoreDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1, timeout=10_000)
    return shown()[0]


def wish_back(desktop: Desktop, backup: Path) -> None:
    window = desktop.window
    assert window is not None
    window.open(NamedPlace("system"))
    page = window.page()
    assert isinstance(page, SystemPage)
    page.restore_wanted.emit(backup)


def test_a_backup_takes_the_place_of_the_open_workspace(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    workspace = desktop.workspace
    assert workspace is not None
    backup = workspace.safekeeping.backup(tmp_path)
    visits = workspace.records.ids(Query(VISIT))
    for identity in visits:
        workspace.records.delete(VISIT, identity)
    wish_back(desktop, backup)
    dialog = restoring(qtbot)
    assert desktop.workspace is None
    dialog.words.setText(PASSPHRASE)
    dialog.restore()
    qtbot.waitUntil(lambda: isinstance(desktop.dialog, UnlockDialog), timeout=20_000)
    again = workspaces.open_workspace(tmp_path / "台账", LOGIN, PASSPHRASE)
    assert again.records.total(VISIT) == len(visits) > 0
    again.close()


def test_who_thinks_better_of_it_is_asked_for_the_passphrase(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    workspace = desktop.workspace
    assert workspace is not None
    wish_back(desktop, workspace.safekeeping.backup(tmp_path))
    restoring(qtbot).reject()
    qtbot.waitUntil(lambda: isinstance(desktop.dialog, UnlockDialog), timeout=10_000)
    again = workspaces.open_workspace(tmp_path / "台账", LOGIN, PASSPHRASE)
    assert again.records.total(CASE) == len(PEOPLE)
    again.close()
