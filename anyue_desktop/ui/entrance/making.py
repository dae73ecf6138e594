"""Making the workspace somebody wished for."""

from __future__ import annotations

from anyue_desktop.core.progress import Progress
from anyue_desktop.services import workspace
from anyue_desktop.services.practice_county import practice_county
from anyue_desktop.services.practice_workspace import practice_workspace
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.entrance.make_page import COUNTY, PRACTICE, PRACTICE_COUNTY, Wish


def make(wish: Wish, progress: Progress) -> Workspace:
    """Makes and opens the workspace; called on the worker thread.

    Raises:
        UserError: the passphrase is weak or the folder cannot be used.
    """
    progress.stage("正在建立台账")
    if wish.kind == COUNTY:
        return workspace.create_county(wish.folder, wish.login, wish.words)
    if wish.kind == PRACTICE:
        return practice_workspace(wish.folder, progress=progress)
    if wish.kind == PRACTICE_COUNTY:
        return practice_county(wish.folder, progress=progress)
    return workspace.create_township(wish.folder, wish.township, wish.login, wish.words)
