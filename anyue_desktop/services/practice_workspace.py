"""练习乡镇: a township of made-up people to learn with; nothing in it is ever reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anyue_desktop.core import clock, paths
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.work import Work
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, whole_township
from anyue_desktop.services.unit import township_unit
from anyue_desktop.services.workspace import Workspace, create_township, exists, open_workspace

LOGIN, PASSPHRASE = "练习", "只供练习-这些人都不存在"  # shown on the screen: there is nothing to protect
FILLING = "装入练习数据"


def practice_folder() -> Path:
    """Returns where the practice township lies unless said otherwise: beside the real workspace."""
    real = paths.default_workspace()
    return real.with_name(f"{real.name}（练习）")


def practice_workspace(folder: Path, *, progress: Progress | None = None, cost: Cost | None = None) -> Workspace:
    """Opens the practice township in a folder, making it the first time."""
    if exists(folder):
        return open_workspace(folder, LOGIN, PASSPHRASE)
    return create_practice(folder, LOGIN, PASSPHRASE, progress=progress, cost=cost)


def create_practice(
    folder: Path,
    login: str,
    words: str,
    township: str = PRACTICE_TOWNSHIP,
    *,
    progress: Progress | None = None,
    cost: Cost | None = None,
) -> Workspace:
    """Makes a practice township with all its registers and a year of visits.

    Raises:
        UserError: no such township, a weak passphrase.
        Unusable: the folder cannot be used.
    """
    followed = progress or Progress()
    followed.stage("正在编写练习资料")
    made = whole_township(township_unit(township).code, clock.today())
    workspace = create_township(folder, made.township, login, words, practice=True, cost=cost)
    with filling(workspace) as work:
        for register, record in followed.each(RECORDS.items(), f"正在{FILLING}", len(RECORDS)):
            rows = made.records.get(register)
            if rows:
                work.insert_many(record, rows)
    return workspace


@contextmanager
def filling(workspace: Workspace) -> Iterator[Work]:
    """Gives the one action that fills a workspace just made; if it is stopped, no empty workspace stays behind."""
    try:
        with workspace.store.work(FILLING) as work:
            yield work
    except BaseException:
        workspace.close()
        kept = workspace.store.workspace
        for path in (*workspace.store.vault.file.copies, *kept.side_files(), kept.database):
            path.unlink(missing_ok=True)
        raise
