"""The one box: a code, a word or a few letters choose a value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.services.choices import Choice
from anyue_desktop.ui.editors.editor import ENTER, Editor
from anyue_desktop.ui.editors.lookup import Lookup
from anyue_desktop.ui.editors.popup import ChoicePopup
from anyue_desktop.ui.icons import icon


class ChoiceEditor(Editor):
    """A value out of a list. Typing filters; Enter takes what is highlighted; F9 or the arrow shows all."""

    def __init__(self, field: Field, context: Context, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.lookup = lookup
        self._value: Any = None
        self._shown = ""
        self._popup: ChoicePopup | None = None
        self.line = QLineEdit()
        self.line.setToolTip("可输入代码、文字或拼音首字母；F9 打开列表")
        self.line.textEdited.connect(self._typed)
        self.arrow = QToolButton(self.line)
        self.arrow.setObjectName("open_list")
        self.arrow.setIcon(icon("down"))
        self.arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.arrow.setAccessibleName(f"{field.label}：打开列表")
        self.arrow.setCursor(Qt.CursorShape.ArrowCursor)
        self.arrow.clicked.connect(self.toggle_list)
        self.line.setTextMargins(0, 0, 20, 0)
        self._row.addWidget(self.line, 1)
        self._watch(self.line)

    def raw(self) -> str:
        """Returns the text as it stands in the box."""
        return self.line.text()

    def set_raw(self, text: str) -> None:
        """Puts a text into the box; it is read when the focus leaves."""
        self._value, self._shown = None, ""
        self.line.setText(text)

    def reading(self) -> Reading[Any]:
        """Returns the picked value, or reads the text."""
        text = self.raw()
        if self._value is not None and text == self._shown:
            return Reading(self._value)
        if not text.strip():
            return Reading(None)
        return self._read(text)

    def set_value(self, value: Any) -> None:
        """Shows a value by its name."""
        self._beside, self.notes = {}, ()
        self._value = value
        self._shown = "" if value is None else self.lookup.name(value)
        if self.line.text() != self._shown:
            self.line.setText(self._shown)
            self.line.setCursorPosition(0)

    def settle(self) -> None:
        """Reads what was typed and shows the name of what it means."""
        self.close_list()
        if self._value is not None and self.raw() == self._shown:
            return
        try:
            reading = self.reading()
        except BadValue:
            return
        self.set_value(reading.value)
        self.notes, self._beside = reading.notes, reading.beside

    def toggle_list(self) -> None:
        """Opens the whole list, or closes it."""
        if self.list_open():
            self.close_list()
            return
        self.take_focus(Qt.FocusReason.OtherFocusReason)
        current = str(self._code_of(self._value)) if self._value is not None else ""
        self._list().offer(self.lookup.find(""), current, self._chosen())

    def list_open(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    def close_list(self) -> None:
        """Closes the list."""
        if self._popup is not None:
            self._popup.hide()

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read the value but not change it."""
        self.line.setReadOnly(read_only)
        self.arrow.setVisible(not read_only)
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)

    def can_undo(self) -> bool:
        """Whether typing in this box can be taken back."""
        return self.line.isUndoAvailable()

    def busy(self) -> bool:
        """Whether keys belong to the input method or to the open list."""
        return super().busy() or self.list_open()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Keeps the arrow at the right end of the box."""
        side = max(16, self.line.height() - 6)
        self.arrow.setGeometry(self.line.width() - side - 3, 3, side, side)

    def _read(self, text: str) -> Reading[Any]:
        return self.field.type.parse(text, self.context)

    def _code_of(self, value: Any) -> Any:
        return value

    def _value_of(self, choice: Choice) -> Any:
        return choice.code

    def _chosen(self) -> tuple[str, ...]:
        return ()

    def _list(self) -> ChoicePopup:
        if self._popup is None:
            self._popup = ChoicePopup(self.line)
            self._popup.picked.connect(self._pick)
            self.destroyed.connect(self._popup.deleteLater)
        return self._popup

    def _typed(self, text: str) -> None:
        self._value = None
        if text.strip():
            self._list().offer(self.lookup.find(text), chosen=self._chosen())
        else:
            self.close_list()
        self.changed.emit()

    def _pick(self, choice: Choice) -> None:
        self.set_value(self._value_of(choice))
        self.close_list()
        self.changed.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F9 and not self.line.isReadOnly():
            self.toggle_list()
            return True
        if self.list_open() and self._pressed_in_list(event):
            return True
        return super()._pressed(event)

    def _pressed_in_list(self, event: QKeyEvent) -> bool:
        popup, key = self._list(), event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            popup.move_highlight(steps[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_Escape:
            popup.hide()
            return True
        choice = popup.highlighted()
        if choice is not None and key in (*ENTER, Qt.Key.Key_Tab):
            return self._take(choice)
        return False

    def _take(self, choice: Choice) -> bool:
        """Takes the highlighted choice; False lets the key go on to the next field."""
        self._pick(choice)
        return False


class YesNoEditor(ChoiceEditor):
    """是 or 否."""

    def _value_of(self, choice: Choice) -> Any:
        return choice.code == "1"

    def _code_of(self, value: Any) -> Any:
        return "1" if value else "0"


class RefEditor(ChoiceEditor):
    """A record of another register, found by name, pinyin or number."""

    def _read(self, text: str) -> Reading[Any]:
        found = self.lookup.find(text)
        if len(found) == 1:
            return Reading(found[0].code)
        if found:
            raise BadValue(f"“{text}”对应 {len(found)} 人，请从列表里选一个")
        raise BadValue(f"没有找到“{text}”，请输入姓名、拼音首字母或身份证号的一部分")
