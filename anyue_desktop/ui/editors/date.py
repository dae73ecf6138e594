"""Dates, typed in any form or picked from a calendar."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.ui.editors.line import LineEditor
from anyue_desktop.ui.icons import icon


class DateEditor(LineEditor):
    """A day. Ctrl+; writes today; F9 or the button opens a calendar."""

    example = "如 2026-11-03、20261103、11月3日"
    hints = Qt.InputMethodHint.ImhPreferNumbers

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(field, replace(context, year=context.year or context.today.year), parent)
        self._button = QToolButton(self.line)
        self._button.setObjectName("open_list")
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self.line.setTextMargins(0, 0, 20, 0)
        self._button.setIcon(icon("calendar"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setAccessibleName(f"{field.label}：打开日历")
        self._button.setToolTip("打开日历（F9）")
        self._button.clicked.connect(self.open_calendar)
        self.calendar: QCalendarWidget | None = None

    def open_calendar(self) -> None:
        """Shows a calendar under the box."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(_to_qt(self.value() or self.context.today))
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        self.calendar = calendar
        calendar.show()
        calendar.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """Lets people read and copy the date but not change it."""
        super().set_read_only(read_only)
        self._button.setVisible(not read_only)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Keeps the button at the right end of the box."""
        side = max(16, self.line.height() - 6)
        self._button.setGeometry(self.line.width() - side - 3, 3, side, side)

    def _pick(self, day: QDate) -> None:
        self._write(self.field.type.show(day.toPython()))
        if self.calendar is not None:
            self.calendar.close()
            self.calendar.deleteLater()
            self.calendar = None

    def _write(self, text: str) -> None:
        self.set_raw(text)
        self.changed.emit()

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F9 and not self.line.isReadOnly():
            self.open_calendar()
            return True
        if event.key() == Qt.Key.Key_Semicolon and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._write(self.field.type.show(self.context.today))
            return True
        return super()._pressed(event)


def _to_qt(day: object) -> QDate:
    return QDate.fromString(str(day), "yyyy-MM-dd")
