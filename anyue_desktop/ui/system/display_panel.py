"""显示: how large the text is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.theme import LARGEST, SMALLEST, USUAL, Theme

SIZE = "text_size"
POINTS_PER_PIXEL = 0.75  # at 96 dots an inch


class DisplayPanel(QWidget):
    """A slider from the usual size to 20 pt; what is chosen is seen at once and kept."""

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("字号")
        self.slider.setRange(SMALLEST, LARGEST)
        self.slider.setValue(theme.size)
        self.slider.setFixedWidth(360)
        self._size = label(name="当前字号")
        self.slider.valueChanged.connect(self._say)
        self.slider.sliderReleased.connect(self._apply)
        self.slider.actionTriggered.connect(lambda _: None if self.slider.isSliderDown() else self._apply_soon())
        row = QHBoxLayout()
        row.addWidget(label("字号"))
        row.addWidget(self.slider)
        row.addWidget(self._size)
        row.addWidget(button("恢复默认", self.reset, kind="flat"))
        row.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.addLayout(row)
        inside.addWidget(label("样子：䶮喆玥犇 512099194503121233 老年人探访", name="字号样子"))
        layout = QVBoxLayout(self)
        layout.addWidget(card)
        layout.addStretch(1)
        self._say(theme.size)

    def choose(self, size: int) -> None:
        """Chooses a size in pixels."""
        self.slider.setValue(size)
        self._apply()

    def reset(self) -> None:
        """Returns to the usual size."""
        self.choose(USUAL)

    def _say(self, size: int) -> None:
        self._size.setText(f"{size * POINTS_PER_PIXEL:g} 磅")

    def _apply_soon(self) -> None:
        self.slider.setValue(self.slider.sliderPosition())
        self._apply()

    def _apply(self) -> None:
        self._theme.resize(self.slider.value())
        self._preferences.set(SIZE, self._theme.size)
