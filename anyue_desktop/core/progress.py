"""How long work tells where it is, and learns that it should stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from anyue_desktop.core.errors import Cancelled

T = TypeVar("T")

REPORT_EVERY_SECONDS = 0.1


class Progress:
    """Counts steps of one job; reports at most every 100 ms; may be cancelled between items."""

    def __init__(self, report: Callable[[str, int, int], None] | None = None) -> None:
        self._report = report
        self._stop = threading.Event()
        self._last = 0.0
        self._stage = ""
        self._done = 0
        self._total = 0

    def stage(self, name: str, total: int = 0) -> None:
        """Starts a named part of the job; `total` 0 means its length is unknown."""
        self.check()
        self._stage, self._done, self._total = name, 0, total
        self._say(force=True)

    def step(self, count: int = 1) -> None:
        """Says that `count` more items are done; raises `Cancelled` if asked to stop."""
        self.check()
        self._done += count
        self._say()

    def each(self, items: Iterable[T], name: str, total: int = 0) -> Iterator[T]:
        """Passes the items on, counting them."""
        self.stage(name, total)
        for item in items:
            yield item
            self.step()

    def cancel(self) -> None:
        """Asks the job to stop at the next item."""
        self._stop.set()

    def check(self) -> None:
        """Raises `Cancelled` if the person asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def _say(self, *, force: bool = False) -> None:
        if self._report is None:
            return
        now = time.monotonic()
        if force or now - self._last >= REPORT_EVERY_SECONDS:
            self._last = now
            self._report(self._stage, self._done, self._total)
