"""One township of the county at a glance."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from anyue_desktop.services.returning import UnitStatus
from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.words import set_tone

NOT_REPORTED, REPORTED, WITH_RETURNS, OVERDUE = "未报", "已收", "有退回", "逾期"
STATES = {
    NOT_REPORTED: ("missing", "idle"),
    REPORTED: ("ok", ""),
    WITH_RETURNS: ("returned", ""),
    OVERDUE: ("error", ""),
}
WIDEST_TEXT, PICTURE, ROOM, TOP_AND_BOTTOM = "有退回 1234 条", 22, 56, 26


class TownshipTile(QPushButton):
    """Name, state in words and icon, how many records; opens the township's records."""

    opened = Signal(object)

    def __init__(self, unit: UnitStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = unit
        picture, tone = STATES[unit.state]
        self.setObjectName("work")
        self.setIcon(icons.icon(picture))
        self.setIconSize(QSize(PICTURE, PICTURE))
        self.setText(f"{unit.unit}\n{_facts(unit)}")
        self.setAccessibleName(f"{unit.unit}，{_facts(unit)}")
        set_tone(self, tone)
        self.clicked.connect(lambda: self.opened.emit(unit))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Leaves room around two lines of text."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(WIDEST_TEXT) + ROOM, 2 * metrics.lineSpacing() + TOP_AND_BOTTOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens like Space does."""
        if event.text() == "\r":
            self.click()
            return
        super().keyPressEvent(event)


def _facts(unit: UnitStatus) -> str:
    if unit.state == WITH_RETURNS:
        return f"有退回 {unit.returned} 条"
    return f"已收 {unit.records} 条" if unit.state == REPORTED else unit.state
