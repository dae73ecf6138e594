"""A round button that narrows a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from anyue_desktop.services.choices import Choice

EVERYTHING = Choice("", "不限")


class FilterChip(QPushButton):
    """Shows what a list is narrowed to; its menu offers the values."""

    chosen = Signal(str)

    def __init__(self, label: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._choices = (EVERYTHING, *choices)
        self.code = ""
        self.setProperty("kind", "chip")
        self.setProperty("menu", "true")
        menu = QMenu(self)
        for choice in self._choices:
            action = QAction(choice.name, menu)
            action.triggered.connect(lambda _on=False, one=choice: self._take(one))
            menu.addAction(action)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        self.setMenu(menu)
        self.show_code("")

    def show_code(self, code: str) -> None:
        """Shows a value without saying that a person chose it."""
        self.code = code
        name = next((choice.name for choice in self._choices if choice.code == code), code)
        self.setText(f"{self._label}：{name}" if code else self._label)
        self.setAccessibleName(f"筛选 {self._label}：{name}")
        self.setProperty("on", "true" if code else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _take(self, choice: Choice) -> None:
        self.show_code(choice.code)
        self.chosen.emit(choice.code)
