"""One running program per workspace, by a lock of the operating system that dies with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from anyue_desktop.db.status import Status, unusable, unusable_disk

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WorkspaceLock:
    """Holds the workspace for this process until released."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Takes the lock.

        Raises:
            Unusable: E_WORKSPACE_BUSY, E_WORKSPACE_READONLY, E_WORKSPACE_FULL, E_WORKSPACE_MISSING.
        """
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unusable_disk(error, str(self._path.parent)) from error
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            raise unusable(Status.WORKSPACE_BUSY, str(self._path.parent)) from error
        self._handle = handle

    def release(self) -> None:
        """Gives the workspace free; the empty lock file stays, so that nobody locks a file about to vanish."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
