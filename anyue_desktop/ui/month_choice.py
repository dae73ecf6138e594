"""The month everybody works on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of, shifted

OFFERED = 24


class MonthChoice(QObject):
    """The chosen month, shared by the pages; it begins with the present one."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.month = month_of(clock.today())

    def choose(self, month: str) -> None:
        """Chooses a month (`YYYY-MM`)."""
        if month != self.month:
            self.month = month
            self.changed.emit(month)

    def offered(self) -> list[str]:
        """Returns the months to choose from, the newest first."""
        newest = max(month_of(clock.today()), self.month)
        return [shifted(newest, -step) for step in range(OFFERED)]


def month_words(month: str) -> str:
    """Returns `2026年11月`."""
    return f"{month[:4]}年{int(month[5:])}月"


def package_words(package: str) -> str:
    """Returns `2026年11月 第1包` of `2026-11 第1包`."""
    month, space, number = package.partition(" ")
    return f"{month_words(month)}{space}{number}" if package else ""
