"""Making a database file, and opening one with every check that comes before the first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db import chain, settings, upgrade
from anyue_desktop.db.acts import Act
from anyue_desktop.db.engine import open_engine, told, writing
from anyue_desktop.db.key_mark import is_other_key, keep_mark
from anyue_desktop.db.lock import WorkspaceLock
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.vault import Keys, Vault
from anyue_desktop.db.workspace import Workspace

GENERATION = "keyslots.gen"
ENTRIES_CHECKED_AT_START = 1000


@dataclass(frozen=True)
class Opened:
    """A database that passed its checks."""

    workspace: Workspace
    keys: Keys
    engine: Engine
    release: Callable[[], None]


def create_database(workspace: Workspace, keys: Keys) -> None:
    """Makes the database file of a new workspace by running all migrations."""
    from anyue_desktop.db.migrating import run_migrations  # noqa: PLC0415 - opening needs no Alembic

    engine = open_engine(workspace.database, keys.dek)
    try:
        with told(str(workspace.database)):
            run_migrations(engine)
            with Session(writing(engine)) as session:
                settings.write_setting(session, GENERATION, keys.generation)
                facts = {"db_id": keys.db_id, "edition": keys.unit.get("edition", "")}
                chain.append(session, keys.operator.id, Act.CREATED, facts, chain.present())
                session.commit()
        workspace.database.chmod(0o600)
    finally:
        engine.dispose()


def open_database(workspace: Workspace, keys: Keys) -> Opened:
    """Opens a workspace's database; see `Store.open` for what it raises."""
    if not workspace.database.exists():
        raise unusable(Status.WORKSPACE_MISSING, str(workspace.database))
    workspace.make_folders()
    lock = WorkspaceLock(workspace.lock)
    lock.take()
    engine: Engine | None = None
    try:
        with told(str(workspace.database)):
            engine, keys = _open_with_either_key(workspace, keys)
            upgrade.bring_up_to_date(workspace, keys, engine)
            _check_start(engine, keys)
    except BaseException:
        if engine is not None:
            engine.dispose()
        lock.release()
        raise
    return Opened(workspace, keys, engine, lock.release)


def _open_with_either_key(workspace: Workspace, keys: Keys) -> tuple[Engine, Keys]:
    """Opens with the key of the key file; a change of key cut short is brought to its end."""
    engine = open_engine(workspace.database, keys.dek)
    try:
        _probe(engine)
    except Unusable as damaged:
        engine.dispose()
        if damaged.status != Status.WORKSPACE_DAMAGED:
            raise
        if keys.previous_dek is None:
            raise _damaged_or_old(workspace, keys, damaged) from damaged
        engine = open_engine(workspace.database, keys.previous_dek)
        _probe(engine)
        rekey(engine, keys.dek)
        engine.dispose()
        engine = open_engine(workspace.database, keys.dek)
        _probe(engine)
    vault = Vault(workspace.folder)
    if keys.previous_dek is not None:
        keys = vault.finish_key_change(keys)
    vault.mend_copies(keys)
    keep_mark(workspace.folder, keys.dek)
    return engine, keys


def _damaged_or_old(workspace: Workspace, keys: Keys, damaged: Unusable) -> Unusable:
    """An old key file opens a database under a newer key no more than a damaged one."""
    if is_other_key(workspace.folder, keys.dek):
        return unusable(Status.KEYSLOTS_ROLLBACK, f"第{keys.generation}份")
    return damaged


def rekey(engine: Engine, dek: bytes) -> None:
    """Encrypts the whole file anew under another key; no other connection may be open."""
    engine.dispose()
    with told():
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA query_only=OFF")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA rekey=\"x'{dek.hex()}'\"")
        finally:
            raw.invalidate()
            raw.close()


def _probe(engine: Engine) -> None:
    with told(), engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")


def _check_start(engine: Engine, keys: Keys) -> None:
    """The key file is not an old one, and the end of the operation log is whole."""
    with Session(writing(engine)) as session:
        known = settings.read_setting(session, GENERATION, 0)
        if keys.generation < known:
            raise unusable(Status.KEYSLOTS_ROLLBACK, f"第{keys.generation}份，应为第{known}份")
        if keys.generation > known:  # the key file was written, then the power failed
            settings.write_setting(session, GENERATION, keys.generation)
        chain.check(session, ENTRIES_CHECKED_AT_START)
        session.commit()
