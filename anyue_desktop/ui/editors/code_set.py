"""Several values out of a list, shown as chips."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.codes import code_list
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types import Codes
from anyue_desktop.services.choices import Choice
from anyue_desktop.ui.editors.choice import ChoiceEditor
from anyue_desktop.ui.editors.editor import ENTER
from anyue_desktop.ui.editors.lookup import Lookup
from anyue_desktop.ui.flow_layout import FlowLayout


class CodesEditor(ChoiceEditor):
    """Chips and the one box. Enter adds what is highlighted; Enter in the empty box goes on; Backspace removes."""

    def __init__(
        self, field: Field, kind: Codes, context: Context, lookup: Lookup, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, context, lookup, parent)
        self.kind = kind
        self._codes: tuple[str, ...] = ()
        self._row.removeWidget(self.line)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=4)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._chips)
        column.addWidget(self.line)
        self._row.addLayout(column, 1)
        self._chips.hide()

    def reading(self) -> Reading[Any]:
        """Returns the chips together with what is still in the box."""
        text = self.raw().strip()
        typed = tuple(self.field.type.parse(text, self.context).value or ()) if text else ()
        return Reading(self._joined(typed) or None)

    def set_value(self, value: Any) -> None:
        """Shows the values as chips."""
        self._beside, self.notes = {}, ()
        self._codes = tuple(value or ())
        self.line.setText("")
        self._rebuild()

    def settle(self) -> None:
        """Turns what was typed into chips."""
        self.close_list()
        if not self.raw().strip():
            return
        try:
            self.set_value(self.reading().value)
        except BadValue:
            return

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read the values but not change them."""
        super().set_read_only(read_only)
        self._chips.setEnabled(not read_only)
        self.line.setVisible(not read_only or not self._codes)

    def remove(self, code: str) -> None:
        """Takes one value away."""
        self._codes = tuple(one for one in self._codes if one != code)
        self._rebuild()
        self.changed.emit()

    def _joined(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Adds values; one that excludes all others replaces them, and gives way to them."""
        exclusive = self.kind.exclusive
        if exclusive is not None and exclusive in typed:
            return (exclusive,)
        kept = [code for code in self._codes if code != exclusive] if typed else list(self._codes)
        return code_list(self.kind.list_name).in_order((*kept, *typed))

    def _chosen(self) -> tuple[str, ...]:
        return self._codes

    def _pick(self, choice: Choice) -> None:
        if choice.code in self._codes:
            self._codes = tuple(code for code in self._codes if code != choice.code)
        else:
            self._codes = self._joined((choice.code,))
        self.line.setText("")
        self._rebuild()
        self.close_list()
        self.changed.emit()

    def _take(self, choice: Choice) -> bool:
        self._pick(choice)
        return True

    def _pressed_in_list(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Tab and not self.raw().strip():
            return False
        if event.key() == Qt.Key.Key_Tab:
            super()._pressed_in_list(event)
            return False
        return super()._pressed_in_list(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Backspace and not self.raw() and self._codes:
            self.remove(self._codes[-1])
            return True
        if event.key() in ENTER and not self.list_open() and self.raw().strip():
            self.settle()
            self.changed.emit()
            return not self.raw().strip()
        return super()._pressed(event)

    def _rebuild(self) -> None:
        self._flow.clear()
        for code in self._codes:
            name = self.lookup.name((code,))
            chip = QPushButton(f"{name} ×")
            chip.setObjectName("chip_value")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setAccessibleName(f"移除 {name}")
            chip.clicked.connect(lambda _checked=False, one=code: self.remove(one))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._codes))
        self.updateGeometry()
