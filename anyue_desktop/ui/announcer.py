"""Tells the window what was written, on the window's own thread and not at every single write."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

PAUSE_MS = 150


class Announcer(QObject):
    """Gathers the registers that changed within a moment."""

    changed = Signal(object)  # frozenset of register names
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._say)
        self._told.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    def tell(self, names: frozenset[str]) -> None:
        """Takes the names of registers that were written; may be called on any thread."""
        self._told.emit(names)

    def _gather(self, names: frozenset[str]) -> None:
        self._names |= names
        self._timer.start()

    def _say(self) -> None:
        names, self._names = self._names, frozenset()
        self.changed.emit(names)
