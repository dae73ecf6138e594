"""Notices that nobody is at the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

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
    """Says so after ten minutes without key, pointer or input method."""

    idle = Signal()

    def __init__(self, application: QObject, minutes: float = AFTER_MINUTES) -> None:
        super().__init__(application)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        application.installEventFilter(self)

    def start(self) -> None:
        """Begins to watch."""
        self._timer.start()

    def stop(self) -> None:
        """Watches no longer."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begins anew at every sign of life."""
        if self._timer.isActive() and event.type() in SIGNS_OF_LIFE:
            self._timer.start()
        return False
