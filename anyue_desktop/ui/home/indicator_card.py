"""One of the seventeen indicators of 专栏1 as a small card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from anyue_desktop.indicators.indicator import BELOW, MET, NEARLY
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.ui.indicators.indicator_table import TONES
from anyue_desktop.ui.plain_label import PlainLabel

WORST_FIRST = (BELOW, NEARLY, MET, "")


class OneLine(QLabel):
    """A text that ends in an ellipsis where there is no room for all of it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Returns room for a few characters."""
        return QSize(self.fontMetrics().horizontalAdvance("指标名称"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cuts the text to the room there is."""
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class IndicatorCard(QFrame):
    """Name, value and what is still missing; of a row of the plan with several lines, the worst one's."""

    opened = Signal(str)

    def __init__(self, values: Sequence[IndicatorValue], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        value = min(values, key=lambda one: WORST_FIRST.index(one.state))
        self._id = value.id
        name = OneLine(value.short_name)
        name.setObjectName("caption")
        figure = PlainLabel(value.value)
        figure.setObjectName("small_figure")
        figure.setProperty("tone", TONES.get(value.state, ""))
        state = PlainLabel(f"{value.sign}{value.gap.removeprefix('还') or _words(value)}")
        state.setObjectName("caption")
        state.setProperty("tone", TONES.get(value.state, "muted"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(figure)
        row.addStretch(1)
        row.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 3, 6, 3)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addLayout(row)
        told = "；".join(f"{one.name} {one.value}，全县目标 {one.target}，{one.gap or _words(one)}" for one in values)
        self.setToolTip(told)
        self.setAccessibleName(told)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens what stands behind the figure."""
        self.opened.emit(self._id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens what stands behind the figure."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._id)
        else:
            super().keyPressEvent(event)


def _words(value: IndicatorValue) -> str:
    if value.state:
        return "达标"
    if value.level == "C":
        return "县局填报"
    return "没有数据" if value.value == "—" else f"全县{value.target}"
