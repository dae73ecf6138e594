"""Putting a backup in the place of a workspace's files; what was there stays beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.core.errors import Unusable
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import chain, settings
from anyue_desktop.db.acts import Act
from anyue_desktop.db.backup import DATABASE, KEYSLOTS, SMALL, unpack
from anyue_desktop.db.container import read_member
from anyue_desktop.db.engine import open_engine, told, writing
from anyue_desktop.db.keyslots import KeySlotFile, KeySlots
from anyue_desktop.db.lock import WorkspaceLock
from anyue_desktop.db.status import Status, unusable, unusable_disk
from anyue_desktop.db.vault import Keys, open_keys
from anyue_desktop.db.workspace import Workspace

ASIDE = ".before-restore"
RESTORED = "workspace.restored"  # setting: what was done after the backup may be known elsewhere


def backup_keys(source: Path, login: str, words: str) -> Keys:
    """Opens a backup with the passphrase its operator had when it was made; raises as `Vault.unlock`."""
    return open_keys(KeySlots.decode(read_member(source, KEYSLOTS, SMALL)), login, words)


def backup_logins(source: Path) -> list[str]:
    """Returns who could open the workspace when the backup was made."""
    return [slot.operator.login for slot in KeySlots.decode(read_member(source, KEYSLOTS, SMALL)).slots]


def restore_backup(folder: Path, source: Path, keys: Keys, progress: Progress | None = None) -> Mapping[str, Any]:
    """Puts a backup in place of the workspace in `folder` (which may be empty) and returns its manifest.

    The workspace must be closed. The operators stay those of the present key file if it belongs to the same key;
    the files replaced stay beside under `.before-restore`.

    Raises:
        Unusable: E_BACKUP_BAD, E_BACKUP_FOREIGN, E_WORKSPACE_BUSY, E_WORKSPACE_FULL; nothing has changed.
    """
    workspace = Workspace(folder)
    present = _present_slots(folder)
    if present is not None and present.db_id != keys.db_id:
        raise unusable(Status.BACKUP_FOREIGN, source.name)
    workspace.make_folders()
    lock = WorkspaceLock(workspace.lock)
    lock.take()
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as unpacked:
            manifest = unpack(source, keys.dek, Path(unpacked), progress)
            _log(Path(unpacked) / DATABASE, keys, manifest)
            put_in_place(workspace, Path(unpacked) / DATABASE)
        if present is None or not present.is_authentic(keys.dek):
            _replace_slots(folder, KeySlots.decode(read_member(source, KEYSLOTS, SMALL)))
    except OSError as error:
        raise unusable_disk(error, str(folder)) from error
    finally:
        lock.release()
    return manifest


def _present_slots(folder: Path) -> KeySlots | None:
    try:
        return KeySlotFile(folder).read()
    except Unusable:
        return None


def _log(database: Path, keys: Keys, manifest: Mapping[str, Any]) -> None:
    """Notes in the restored file that what follows was built on a backup."""
    engine = open_engine(database, keys.dek)
    try:
        with told(database.name), Session(writing(engine)) as session:
            facts = {"backup_of": manifest["created_at"], "head": manifest["audit"]["head"]}
            chain.append(session, keys.operator.id, Act.RESTORED, facts, chain.present())
            settings.write_setting(session, RESTORED, True)
            session.commit()
    finally:
        engine.dispose()


def put_in_place(workspace: Workspace, fresh: Path) -> None:
    """Puts a database file in the place of a closed workspace's; the one replaced stays beside it, `ASIDE`.

    Raises:
        OSError: it could not be done; everything is as it was.
    """
    moved: list[Path] = []
    try:
        for old in (*workspace.side_files(), workspace.database):
            if old.exists():
                old.replace(_aside(old))
                moved.append(old)
        fresh.replace(workspace.database)
    except OSError:
        for old in reversed(moved):
            _aside(old).replace(old)
        raise
    workspace.database.chmod(0o600)


def _replace_slots(folder: Path, content: KeySlots) -> None:
    file = KeySlotFile(folder)
    for copy in file.copies:
        if copy.exists():
            copy.replace(_aside(copy))
    file.write(content)


def _aside(path: Path) -> Path:
    return path.with_name(path.name + ASIDE)
