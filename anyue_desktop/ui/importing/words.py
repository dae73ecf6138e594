"""Words on the screen: labels, buttons and the tone they are said in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from anyue_desktop.ui.plain_label import PlainLabel


def label(text: str = "", kind: str = "", *, tone: str = "", name: str = "") -> QLabel:
    """Returns a label that breaks its lines; `kind` is title, subtitle, caption, section or figure."""
    made = PlainLabel(text)
    made.setObjectName(kind)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if name:
        made.setAccessibleName(name)
    if tone:
        set_tone(made, tone)
    return made


def button(text: str, act: Callable[[], object], *, kind: str = "", name: str = "") -> QPushButton:
    """Returns a button that does `act`; `kind` is main, danger or flat."""
    made = _Button(text)
    if kind:
        made.setProperty("kind", kind)
    made.setAccessibleName(name or spoken(text))
    made.clicked.connect(lambda: act())
    return made


def spoken(text: str) -> str:
    """Returns a button's text without its shortcut: `下一步(&N)` is 下一步."""
    head, mark, _ = text.partition("(&")
    return head if mark else text.replace("&", "")


def set_tone(widget: QWidget, tone: str) -> None:
    """Says error, warning, ok or muted with a colour; the words or an icon must say it too."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class _Button(QPushButton):
    """A button that Enter presses while it has the focus, without ever becoming the default of its dialog."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)
