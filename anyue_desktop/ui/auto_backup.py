"""A backup after every half hour in which something changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from anyue_desktop.services.safekeeping import Safekeeping
from anyue_desktop.ui.tasks import Tasks

EVERY_MINUTES = 30.0


class AutoBackup(QObject):
    """Keeps the newest backups in the workspace's own folder, on the worker thread."""

    done = Signal(object)  # path of the backup

    def __init__(
        self, safekeeping: Safekeeping, tasks: Tasks, parent: QObject, *, minutes: float = EVERY_MINUTES
    ) -> None:
        super().__init__(parent)
        self._safekeeping, self._tasks = safekeeping, tasks
        self._changed = False
        self._timer = QTimer(self)
        self._timer.setInterval(int(minutes * 60_000))
        self._timer.timeout.connect(self._consider)
        self._timer.start()

    def note(self, changed: frozenset[str]) -> None:
        """Notes that records changed."""
        self._changed = self._changed or bool(changed)

    def _consider(self) -> None:
        if self._changed:
            self._changed = False
            self._tasks.run(lambda _progress: self._safekeeping.automatic(), self.done.emit, owner=self)
