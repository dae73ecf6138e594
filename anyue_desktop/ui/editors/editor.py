"""What every editor can do: hold a value, say what is wrong with it, and pass the focus on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import NOTHING, BadValue, Context, Reading

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FORWARD = (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Down)
BACK = (Qt.Key.Key_Backtab, Qt.Key.Key_Up)
COMPOSING = (*FORWARD, *BACK, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right)
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Editor(QWidget):
    """A box for the value of one field.

    A value is read with the field's type; a text that cannot be read stays as it was typed, with a sentence.
    """

    changed = Signal()  # a person typed or picked something
    left = Signal()  # the focus went away; the text has been settled
    forward = Signal()
    back = Signal()
    entered = Signal()  # the focus came

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.context = context
        self.notes: tuple[str, ...] = ()
        self._beside: Mapping[str, Any] = NOTHING
        self._composing = False
        self._widget: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    @abstractmethod
    def raw(self) -> str:
        """Returns the text as it stands in the box."""

    @abstractmethod
    def set_raw(self, text: str) -> None:
        """Puts a text into the box without saying that a person typed it."""

    def reading(self) -> Reading[Any]:
        """Reads the box.

        Raises:
            BadValue: the text cannot be this kind of value.
        """
        return self.field.type.parse(self.raw(), self.context)

    def value(self) -> Any:
        """Returns the value, or None when the box is blank or cannot be read."""
        try:
            return self.reading().value
        except BadValue:
            return None

    def set_value(self, value: Any) -> None:
        """Shows a value without saying that a person typed it."""
        self.notes, self._beside = (), NOTHING
        self.set_raw("" if value is None else self.field.type.show(value))

    def problem(self) -> str:
        """Returns the sentence that says why the box cannot be read, or nothing."""
        try:
            self.reading()
        except BadValue as error:
            return str(error)
        return ""

    def take_beside(self) -> Mapping[str, Any]:
        """Returns, once, what the typed text said of other fields."""
        beside, self._beside = self._beside, NOTHING
        return beside

    def settle(self) -> None:
        """Reads what was typed and shows it in its usual form."""
        try:
            reading = self.reading()
        except BadValue:
            self.notes = ()
            return
        shown = "" if reading.value is None else self.field.type.show(reading.value)
        if shown != self.raw():
            self.notes, self._beside = reading.notes, reading.beside
            self.set_raw(shown)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Puts the cursor into the box."""
        (self._widget or self).setFocus(reason)

    def has_cursor(self) -> bool:
        """Whether the cursor is in the box."""
        return self._widget is not None and self._widget.hasFocus()

    def watch_with(self, watcher: QObject) -> None:
        """Lets another object see the keys of the box before the box does."""
        if self._widget is not None:
            self._widget.installEventFilter(watcher)

    def mark(self, tone: str) -> None:
        """Colours the box: `error`, `warning` or nothing."""
        self._set_property("tone", tone)

    def set_pinned(self, pinned: bool) -> None:
        """Shows that the value is carried over to the next record."""
        self._set_property("pinned", "true" if pinned else "")

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read the box but not change it."""
        self.setEnabled(not read_only)

    def can_undo(self) -> bool:
        """Whether the box itself can take back typing."""
        return False

    def busy(self) -> bool:
        """Whether keys belong to the input method or to an open list."""
        return self._composing

    def _watch(self, widget: QWidget) -> None:
        """Makes a widget the one that is typed in."""
        self._widget = widget
        self.setFocusProxy(widget)
        widget.installEventFilter(self)
        widget.setAccessibleName(self.field.label)
        widget.setAccessibleDescription(self.field.help)

    def _set_property(self, name: str, value: str) -> None:
        widget = self._widget
        if widget is None or (widget.property(name) or "") == value:
            return
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follows the focus, the input method and the keys of the box."""
        if watched is not self._widget:
            return False
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QFocusEvent):
            self._focus_moved(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._composing and event.key() in COMPOSING:
                return True  # the key belongs to the input method
            return self._pressed(event)
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Passes on what a table sends while its cell opens under words being composed."""
        if self._widget is not None:
            QCoreApplication.sendEvent(self._widget, event)

    def _focus_moved(self, event: QFocusEvent) -> None:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut and event.reason() not in STAYS:
            self._composing = False
            self._leave()

    def _leave(self) -> None:
        self.settle()
        self.left.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Answers a key; True when nothing more should happen with it."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in FORWARD or event.key() in BACK:
            if not event.isAutoRepeat() or event.key() not in ENTER:
                (self.back if event.key() in BACK else self.forward).emit()
            return True
        return False
