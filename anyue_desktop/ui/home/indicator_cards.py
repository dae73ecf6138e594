"""The seventeen indicators of 专栏1, a card a row of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.ui.home.indicator_card import IndicatorCard

CARDS_A_ROW, LEAST_WIDTH = 3, 100


class IndicatorCards(QWidget):
    """Small cards, three a row."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        for column in range(CARDS_A_ROW):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, LEAST_WIDTH)
        self.cards: list[IndicatorCard] = []

    def show_values(self, values: Sequence[IndicatorValue]) -> None:
        """Shows other values, keeping the cursor where it was."""
        focused = next((place for place, card in enumerate(self.cards) if card.hasFocus()), -1)
        for card in self.cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        self.cards = [IndicatorCard(row) for row in rows_of_the_plan(values)]
        for number, card in enumerate(self.cards):
            card.opened.connect(self.opened)
            self._grid.addWidget(card, number // CARDS_A_ROW, number % CARDS_A_ROW)
        if 0 <= focused < len(self.cards):
            self.cards[focused].setFocus()


def rows_of_the_plan(values: Sequence[IndicatorValue]) -> list[list[IndicatorValue]]:
    """Returns the rows of 专栏1; some have several lines."""
    rows: dict[str, list[IndicatorValue]] = {}
    for one in values:
        if one.main:
            rows.setdefault(one.place, []).append(one)
    return list(rows.values())
