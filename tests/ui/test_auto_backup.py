from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.auto_backup import AutoBackup
from anyue_desktop.ui.tasks import Tasks


def test_a_backup_follows_a_change_and_only_a_change(workspace: Workspace, tasks: Tasks, qtbot: QtBot) -> None:
    parent = QObject()
    keeper = AutoBackup(workspace.safekeeping, tasks, parent, minutes=0.2 / 60)
    with qtbot.assertNotEmitted(keeper.done, wait=600):
        pass
    keeper.note(frozenset({"elder_case"}))
    with qtbot.waitSignal(keeper.done, timeout=10_000) as made:
        pass
    assert made.args[0].exists()
    with qtbot.assertNotEmitted(keeper.done, wait=600):
        pass
