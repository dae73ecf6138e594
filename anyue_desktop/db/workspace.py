"""Where everything of a workspace lies on the disk (security.md §7)."""

from __future__ import annotations

from pathlib import Path

from anyue_desktop.db.status import unusable_disk

SUBFOLDERS = ("outbox", "inbox", "backup", "logs")


class Workspace:
    """The folder of one unit's encrypted files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "main.db"
        self.lock = folder / ".lock"
        self.unlock_request = folder / "unlock-request.json"
        self.outbox = folder / "outbox"
        self.inbox = folder / "inbox"
        self.backup = folder / "backup"
        self.logs = folder / "logs"

    def make_folders(self) -> None:
        """Makes the folders, readable by this user alone.

        Raises:
            Unusable: E_WORKSPACE_READONLY, E_WORKSPACE_FULL.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in SUBFOLDERS:
                (self.folder / name).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise unusable_disk(error, str(self.folder)) from error

    def side_files(self) -> tuple[Path, Path]:
        """Returns the write-ahead log and its index, which belong to the database file."""
        return self.folder / "main.db-wal", self.folder / "main.db-shm"
