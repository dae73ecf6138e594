"""The lists that wait for somebody, with counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from anyue_desktop.ui.card import Card
from anyue_desktop.ui.icons import icon

DRAFTS = "drafts"
PICTURES = {
    "unvisited": "calendar",
    "returned": "returned",
    "returned_visits": "returned",
    "follow_up": "forward",
    "overdue": "warning",
    "incomplete": "missing",
    DRAFTS: "draft",
}
URGENT = {"returned", "returned_visits", "overdue"}


class WorklistPanel(Card):
    """One button a worklist: words, count, and a second cue beside the colour."""

    chosen = Signal(str)

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("要做的事", parent)
        self._titles = {**titles, DRAFTS: "没有录完的草稿"}
        self._buttons: dict[str, QPushButton] = {}
        for key, title in self._titles.items():
            button = QPushButton(icon(PICTURES.get(key, "forward")), title)
            button.setObjectName("work")
            button.clicked.connect(lambda _on=False, one=key: self.chosen.emit(one))
            self.body.addWidget(button)
            self._buttons[key] = button
        self.body.addStretch(1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Shows how many records each list has."""
        for key, button in self._buttons.items():
            count = counts.get(key, 0)
            button.setText(f"{self._titles[key]}　{count:,}" if count else f"{self._titles[key]}　✓ 没有")
            button.setIcon(icon(PICTURES.get(key, "forward") if count else "ok"))
            button.setAccessibleName(f"{self._titles[key]}，{count} 条")
            button.setProperty("tone", "work" if count else "idle")
            button.style().unpolish(button)
            button.style().polish(button)

    def button(self, key: str) -> QPushButton:
        """Returns the button of a list."""
        return self._buttons[key]
