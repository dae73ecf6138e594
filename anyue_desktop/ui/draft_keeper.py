"""Keeps what is being entered, so that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from anyue_desktop.core import clock
from anyue_desktop.services.records import Records

PAUSE_MS = 800


class DraftKeeper(QObject):
    """Saves a form as a draft after each pause of typing."""

    kept = Signal(str)  # the time of day

    def __init__(
        self, records: Records, register: str, values: Callable[[], Mapping[str, Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._records, self._register, self._values = records, register, values
        self.key = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def touch(self) -> None:
        """Says that something was typed; it will be kept within a second."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keeps at once what was typed since the last time."""
        if self._timer.isActive():
            self.keep()

    def keep(self) -> None:
        """Keeps the form as it stands."""
        self._timer.stop()
        self._records.save_draft(self._register, self.key, self._values())
        self.kept.emit(f"{clock.now():%H:%M:%S}")

    def drop(self) -> None:
        """Forgets the draft: the record has been saved."""
        self._timer.stop()
        self._records.drop_draft(self._register, self.key)
