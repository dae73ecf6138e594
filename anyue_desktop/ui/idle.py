"""Notices that nobody is at the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

AFTER_MINUTES = 10  # registers.md H: 自动锁定
SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Says so after ten minutes without key, pointer or input method.

    It listens to the window that has the focus, not to every event of the program: those are thousands a second.
    """

    idle = Signal()

    def __init__(self, application: QGuiApplication, minutes: float = AFTER_MINUTES) -> None:
        super().__init__(application)
        self._window: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        application.focusWindowChanged.connect(self._follow)

    def start(self) -> None:
        """Begins to watch."""
        self._follow(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Watches no longer."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begins anew at every sign of life."""
        if event.type() in SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
