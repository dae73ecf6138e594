"""The choice of a month, the present one first."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of, shifted
from anyue_desktop.ui.month_choice import month_words

MONTHS = 24


class MonthBox(QComboBox):
    """The last two years' months."""

    def __init__(self, month: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("月份")
        present = month_of(clock.today())
        for step in range(MONTHS):
            this = shifted(present, -step)
            self.addItem(month_words(this), this)
        self.choose(month or present)

    def month(self) -> str:
        """Returns the chosen month, `YYYY-MM`."""
        return str(self.currentData())

    def choose(self, month: str) -> None:
        """Chooses a month."""
        self.setCurrentIndex(max(0, self.findData(month)))
