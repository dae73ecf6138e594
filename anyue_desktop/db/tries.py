"""How long somebody must wait after wrong passphrases; kept beside the key file, so that a restart gains nothing.

It only annoys a person at the keyboard: against a copy of the files the slow key derivation is the defence.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.core.files import write_text
from anyue_desktop.db.status import Status, unusable

FREE_TRIES = 5
FIRST_WAIT = 30
LONGEST_WAIT = 900
FILE = "unlock-tries.json"


def wait_seconds(wrong: int) -> int:
    """Returns the wait after so many wrong passphrases: none, then 30 s doubling to 15 minutes (security.md §3)."""
    if wrong < FREE_TRIES:
        return 0
    doublings = min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT << doublings, LONGEST_WAIT)


class Tries:
    """The wrong passphrases since the last right one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def check(self) -> None:
        """Raises `Unusable` E_UNLOCK_WAIT while the wait lasts."""
        left = self.left()
        if left:
            raise unusable(Status.UNLOCK_WAIT, f"还要等 {left} 秒")

    def left(self) -> int:
        """Returns the seconds still to wait; a clock set back does not lengthen the wait beyond the whole."""
        wrong, last = self._read()
        passed = (clock.now() - last).total_seconds() if last else 0
        wait = wait_seconds(wrong)
        return max(0, min(wait, round(wait - passed)))

    def wrong(self, error: Unusable) -> None:
        """Counts a failure if it was the passphrase."""
        if error.status == Status.PASSPHRASE:
            self._write(self.count() + 1)

    def count(self) -> int:
        """Returns how many there were."""
        return self._read()[0]

    def forget(self) -> None:
        """The right passphrase has come."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, datetime | None]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return int(found["wrong"]), datetime.fromisoformat(found["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, None

    def _write(self, wrong: int) -> None:
        try:
            write_text(self._path, json.dumps({"wrong": wrong, "last": clock.stamp()}))
        except UserError:
            return  # a folder that cannot be written opens nothing either
