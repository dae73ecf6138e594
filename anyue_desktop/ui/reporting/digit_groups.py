"""Digits that are read out over the telephone: shown large, typed in groups."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.plain_label import PlainLabel

GROUP = 5
ROOM = 44  # pixels beside the digits


class DigitGroups(QFrame):
    """Shows groups of five digits with their numbers below."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(name)
        self._groups: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 12, 18, 12)
        self._row.setSpacing(26)
        self._row.addStretch(1)

    def put(self, fingerprint: str, first: int = 1) -> None:
        """Shows groups separated by spaces; the first of them is group number `first`."""
        for group in self._groups:
            group.hide()
            group.deleteLater()
        self._groups = [_group(digits, number) for number, digits in enumerate(fingerprint.split(), first)]
        for number, group in enumerate(self._groups):
            self._row.insertWidget(number, group)
        self.setAccessibleDescription(fingerprint)

    def text(self) -> str:
        """Returns the digits shown."""
        return self.accessibleDescription()


class DigitEntry(QWidget):
    """Boxes of five digits; a full box hands on to the next, pasted digits spread over all."""

    changed = Signal()

    def __init__(self, groups: int, name: str, first: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = [_DigitBox(f"{name}第 {number} 组") for number in range(first, first + groups)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for box in self._boxes:
            row.addWidget(box)
            box.textEdited.connect(self._spread)
            box.emptied.connect(self._step_back)
        row.addStretch(1)

    def text(self) -> str:
        """Returns the groups typed, separated by spaces."""
        return " ".join(box.text() for box in self._boxes)

    def complete(self) -> bool:
        """Whether every group has its five digits."""
        return all(len(box.text()) == GROUP for box in self._boxes)

    def _spread(self) -> None:
        here = next(number for number, box in enumerate(self._boxes) if box is self.sender())
        digits = unicodedata.normalize("NFKC", self._boxes[here].text())
        digits = "".join(digit for digit in digits if digit.isdigit())
        for box in self._boxes[here:]:
            box.setText(digits[:GROUP])
            digits = digits[GROUP:]
            if not digits:
                if len(box.text()) == GROUP and box is not self._boxes[-1]:
                    self._boxes[self._boxes.index(box) + 1].setFocus()
                break
        self.changed.emit()

    def _step_back(self) -> None:
        here = next(number for number, box in enumerate(self._boxes) if box is self.sender())
        self._boxes[max(0, here - 1)].setFocus()


class _DigitBox(QLineEdit):
    emptied = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9０-９ ]{0,60}"), self))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * GROUP) + ROOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)


def _group(digits: str, number: int) -> QWidget:
    shown = PlainLabel(digits)
    shown.setObjectName("figure")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    caption = label(f"第 {number} 组", "caption")
    caption.setWordWrap(False)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(shown)
    column.addWidget(caption, 0, Qt.AlignmentFlag.AlignHCenter)
    return made
