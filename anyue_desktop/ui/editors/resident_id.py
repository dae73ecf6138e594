"""The number of an identity document, with the ways out of a wrong one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from anyue_desktop.core import resident_id
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.ui.editors.line import LineEditor

FORCED = "2"  # code list id_verify


class ResidentIdEditor(LineEditor):
    """An ID number (GB 11643-1999). A wrong one offers the swap that mends it, or to be kept with a note."""

    hints = Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhPreferUppercase

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._forced = ""
        self.remedy = QPushButton("改正")
        self.remedy.setAccessibleName(f"{field.label}：改正办法")
        self.remedy.setToolTip("换成校验正确的号码，或者强制保存")
        self._menu = QMenu(self.remedy)
        self.remedy.setMenu(self._menu)
        self.remedy.setProperty("menu", "true")
        self.remedy.hide()
        self._row.addWidget(self.remedy)
        self.line.setMaxLength(30)

    def reading(self) -> Reading[Any]:
        """Reads the number; one that was kept on purpose is not checked again."""
        text = self.raw()
        if self._forced and text == self._forced:
            return Reading(text, (), {"id_verified": FORCED})
        return super().reading()

    def set_value(self, value: Any) -> None:
        """Shows a number; a stored one that fails the check was kept on purpose."""
        super().set_value(value)
        self._forced = value if value and self._fails(value) else ""
        self.remedy.hide()

    def settle(self) -> None:
        """Reads the number, and offers ways out of a wrong one."""
        super().settle()
        if not self.problem():
            self._take_facts()
        self._offer()

    def keep_anyway(self) -> None:
        """Keeps a number that fails the check; the record must say why."""
        text = self.line.text().strip().upper()
        self._forced = text
        self.set_raw(text)
        self._beside = {"id_verified": FORCED}
        self._done()

    def _take_facts(self) -> None:
        reading = self.reading()
        if reading.value is not None and reading.beside:
            self._beside = {**reading.beside, **self._beside}
        elif reading.beside:
            self._beside = reading.beside

    def _fails(self, text: str) -> bool:
        try:
            self.field.type.parse(text, self.context)
        except BadValue:
            return True
        return False

    def _offer(self) -> None:
        self.remedy.setVisible(bool(self.problem()))
        if not self.remedy.isVisibleTo(self):
            return
        self._menu.clear()
        for number in swapped(self.raw(), self.context):
            self._menu.addAction(f"改为 {number}").triggered.connect(lambda _on=False, one=number: self._replace(one))
        if len(self.raw().strip()) == 18:
            self._menu.addAction("强制保存这个号码（要写明核实情况）").triggered.connect(self.keep_anyway)
        self.remedy.setVisible(not self._menu.isEmpty())

    def _replace(self, number: str) -> None:
        self.set_raw(number)
        self._done()

    def _done(self) -> None:
        self.remedy.hide()
        self.changed.emit()
        self._leave()


def swapped(text: str, context: Context) -> list[str]:
    """Returns the valid numbers that differ from a text by two swapped neighbours."""
    found = []
    for at in range(len(text) - 1):
        candidate = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        try:
            number = resident_id.read_id(candidate, context.today).text
        except BadValue:
            continue
        if candidate != text and number not in found and len(candidate) == 18:
            found.append(number)
    return found
