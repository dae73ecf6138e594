"""The bar at the left: the parts of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.places import Place
from anyue_desktop.ui.subjects import parts_of


@dataclass(frozen=True)
class Entry:
    """One line of the bar."""

    words: str
    picture: str
    place: Place
    at_bottom: bool = False


class Navigation(QFrame):
    """One button a part; Alt+1 … Alt+9 press them."""

    chosen = Signal(object)  # Place

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._group = QButtonGroup(self)
        self._buttons: dict[Place, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(0)
        upper = [entry for entry in entries if not entry.at_bottom]
        lower = [entry for entry in entries if entry.at_bottom]
        for number, entry in enumerate([*upper, *lower], start=1):
            if number == len(upper) + 1:
                layout.addStretch(1)
            layout.addWidget(self._button(entry, number))
        if not lower:
            layout.addStretch(1)

    def show_place(self, place: Place) -> None:
        """Marks the part a page belongs to; other pages leave the mark where it was."""
        button = next((self._buttons[part] for part in parts_of(place) if part in self._buttons), None)
        if button is not None:
            button.setChecked(True)

    def button(self, place: Place) -> QPushButton:
        """Returns the button of a part."""
        return self._buttons[place]

    def _button(self, entry: Entry, number: int) -> QPushButton:
        button = QPushButton(icon(entry.picture), entry.words)
        button.setCheckable(True)
        button.setShortcut(f"Alt+{number}")
        button.setToolTip(f"Alt+{number}")
        button.clicked.connect(lambda: self.chosen.emit(entry.place))
        self._group.addButton(button)
        self._buttons[entry.place] = button
        return button
