"""备份、恢复、检查: keeping the workspace safe."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import settings
from anyue_desktop.db.restore import backup_keys, backup_logins, restore_backup
from anyue_desktop.db.store import Store
from anyue_desktop.services.unit import Unit

LAST_BACKUP = "backup.last"
SUFFIX = ".tbak"
KEPT = 7  # automatic backups


@dataclass(frozen=True)
class Verified:
    """What a check of the workspace found; nothing means sound."""

    ok: bool
    findings: list[str] = field(default_factory=list)


class Safekeeping:
    """Backs the open workspace up and checks it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def backup(self, target: Path, *, progress: Progress | None = None) -> Path:
        """Writes a backup, reads it back and checks it; `target` is a file, or a folder that gives it a name.

        Raises:
            Unusable: E_BACKUP_BAD: it could not be read back; there is no such backup then.
            UserError: the place cannot be written.
        """
        path = target / self.name() if target.is_dir() else target
        self._store.backup(path, progress)
        with self._store.work("记录备份时间") as work:
            settings.write_setting(work.session, LAST_BACKUP, clock.stamp())
        return path

    def name(self) -> str:
        """Returns the file name of a backup made now: site and time."""
        unit = Unit.of(self._store.keys.unit)
        return f"{unit.site}-{clock.now():%Y%m%d-%H%M%S}{SUFFIX}"

    def automatic(self) -> Path:
        """Writes a backup into the workspace's own folder and keeps the newest seven."""
        folder = self._store.workspace.backup
        made = self.backup(folder)
        for old in sorted(folder.glob(f"*{SUFFIX}"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return made

    def last(self) -> datetime | None:
        """Returns when the last backup was made."""
        found = self._store.setting(LAST_BACKUP)
        return datetime.fromisoformat(found) if found else None

    def verify(self, *, progress: Progress | None = None) -> Verified:
        """Checks every page, every link of the operation log, every reference."""
        findings = [finding.sentence for finding in self._store.verify(progress)]
        return Verified(not findings, findings)


def restore(folder: Path, backup: Path, login: str, words: str, *, progress: Progress | None = None) -> str:
    """Puts a backup in place of a closed workspace and returns when it was made; what was there stays beside it.

    A blank login is the backup's only operator.

    Raises:
        UserError: no login, and several operators.
        Unusable: the backup is damaged, of another unit, or the passphrase is wrong; nothing has changed.
    """
    keys = backup_keys(backup, login or _only_login(backup), words)
    manifest = restore_backup(folder, backup, keys, progress)
    return str(manifest["created_at"])


def _only_login(backup: Path) -> str:
    logins = backup_logins(backup)
    if len(logins) != 1:
        raise UserError("请写明操作员", f"备份里的操作员有：{'、'.join(logins)}")
    return logins[0]
