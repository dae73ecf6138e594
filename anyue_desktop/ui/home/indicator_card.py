"""One indicator of the plan as a small card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.ui.icons import picture


class IndicatorCard(QFrame):
    """Value, target, whether it is met, and what is still missing; opens the people behind it."""

    opened = Signal(str)

    def __init__(self, value: IndicatorValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._id = value.id
        name = QLabel(value.name)
        name.setWordWrap(True)
        figure = QLabel(value.value)
        figure.setObjectName("figure")
        figure.setProperty("tone", {True: "ok", False: "error", None: ""}[value.met])
        sign = QLabel()
        if value.met is not None:
            sign.setPixmap(picture("ok" if value.met else "warning"))
        words = {True: "已达标", False: value.gap or "未达标", None: "没有数据"}[value.met]
        state = QLabel(f"目标 {value.target}　{words}")
        state.setObjectName("caption")
        people = QLabel(value.parts)
        people.setObjectName("caption")
        row = QHBoxLayout()
        row.addWidget(figure)
        row.addWidget(sign)
        row.addStretch(1)
        row.addWidget(people)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(2)
        layout.addWidget(name)
        layout.addLayout(row)
        layout.addWidget(state)
        self.setAccessibleName(f"{value.name} {value.value}，{state.text()}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens the people behind the figure."""
        self.opened.emit(self._id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the people behind the figure."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._id)
        else:
            super().keyPressEvent(event)
