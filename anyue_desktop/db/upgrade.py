"""Bringing a database file to the version of this program, after a verified backup."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.db import backup
from anyue_desktop.db.engine import explained
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.vault import Keys
from anyue_desktop.db.workspace import Workspace

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


def known_revisions() -> list[str]:
    """Returns the revisions this program knows, oldest first; a file is named `NNNN_what.py` by its revision."""
    return sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def bring_up_to_date(workspace: Workspace, keys: Keys, engine: Engine) -> bool:
    """Upgrades an older file and tells whether that was needed.

    Raises:
        Unusable: E_WORKSPACE_NEWER, E_UPGRADE_FAILED; the file is as it was.
    """
    found, known = revision_of(engine), known_revisions()
    if found == known[-1]:
        return False
    if found not in known:
        raise unusable(Status.WORKSPACE_NEWER, f"版本 {found or '不明'}")
    from anyue_desktop.db.migrating import run_migrations  # noqa: PLC0415 - most starts need no Alembic

    target = workspace.backup / f"before-upgrade-{found}-{clock.now():%Y%m%d-%H%M%S}.tbak"
    backup.write_backup(engine, keys, workspace, target)
    try:
        run_migrations(engine)
    except UserError:
        raise
    except Exception as error:
        raise explained(error) or unusable(Status.UPGRADE_FAILED, target.name) from error
    return True


def revision_of(engine: Engine) -> str | None:
    """Returns the version a file was written by."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
