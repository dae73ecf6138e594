"""The list that opens under a box."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from anyue_desktop.services.choices import Choice

MOST_ROWS = 10


class ChoicePopup(QListWidget):
    """Choices under a box. It lies inside the window and never takes the focus from the box."""

    picked = Signal(object)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("可选项")
        self.itemClicked.connect(lambda item: self.picked.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def offer(self, choices: Sequence[Choice], current: str = "", chosen: Collection[str] = ()) -> None:
        """Shows the choices, the current one highlighted, those already chosen ticked."""
        self.clear()
        for choice in choices:
            tick = "✓ " if choice.code in chosen else ""
            item = QListWidgetItem(f"{tick}{choice.name}")
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setToolTip(f"{choice.code}  {choice.name}" if len(choice.code) <= 4 else choice.name)
            self.addItem(item)
        codes = [choice.code for choice in choices]
        self.setCurrentRow(codes.index(current) if current in codes else 0)
        if choices:
            self._place(len(choices))
        else:
            self.hide()

    def highlighted(self) -> Choice | None:
        """Returns the choice under the highlight."""
        item = self.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None and self.isVisible() else None

    def move_highlight(self, rows: int) -> None:
        """Moves the highlight up or down."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + rows)))

    def _place(self, rows: int) -> None:
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self.sizeHintForRow(0) * min(rows, MOST_ROWS) + 2 * self.frameWidth()
        width = max(self._box.width(), min(self.sizeHintForColumn(0) + 40, 420))
        below = self._box.mapTo(window, QPoint(0, self._box.height()))
        top = below.y() if below.y() + height <= window.height() else below.y() - self._box.height() - height
        left = min(below.x(), max(0, window.width() - width))
        self.setGeometry(left, max(0, top), width, height)
        self.show()
        self.raise_()
