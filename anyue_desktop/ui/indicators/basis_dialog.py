"""统计口径: how is counted what the plan leaves open, in the officer's words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.indicators.basis import SWITCHES, Basis, Switch
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.number_box import NumberBox

MOST_PEOPLE = 1_000_000


class BasisDialog(QDialog):
    """One box a switch, with what the choice means."""

    chosen = Signal(object)  # a Basis

    def __init__(self, basis: Basis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basis = basis
        self.boxes: dict[str, QComboBox | NumberBox] = {}
        self.setWindowTitle("统计口径")
        self.resize(680, 660)
        inside = QWidget()
        switches = QVBoxLayout(inside)
        for switch in SWITCHES:
            switches.addWidget(self._card(switch))
        switches.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(button("保存口径(&S)", self.accept, kind="main"))
        layout = QVBoxLayout(self)
        layout.addWidget(label("规划没有写明算法的，由县局统一口径；改了以后，各月的指标都按新口径算。", "subtitle"))
        layout.addWidget(area, 1)
        layout.addLayout(footer)

    def basis(self) -> Basis:
        """Returns the choices as they stand."""
        chosen = self._basis
        for switch in SWITCHES:
            box = self.boxes[switch.key]
            chosen = chosen.choosing(switch.key, box.value() if isinstance(box, NumberBox) else box.currentData())
        return chosen

    def accept(self) -> None:
        """Gives the choices to whoever asked, if any was changed."""
        if self.basis() != self._basis:
            self.chosen.emit(self.basis())
        super().accept()

    def _card(self, switch: Switch) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        box = self._box(switch)
        box.setAccessibleName(switch.label)
        box.setAccessibleDescription(switch.explanation)
        self.boxes[switch.key] = box
        inside = QVBoxLayout(card)
        row = QHBoxLayout()
        row.addWidget(label(switch.label, "section"), 1)
        row.addWidget(box)
        inside.addLayout(row)
        inside.addWidget(label(switch.explanation, "caption"))
        return card

    def _box(self, switch: Switch) -> QComboBox | NumberBox:
        value = getattr(self._basis, switch.key)
        if not switch.options:
            number = NumberBox(0, MOST_PEOPLE, value)
            number.setSuffix(" 人")
            number.setMinimumWidth(160)
            return number
        box = QComboBox()
        for option, words in switch.options:
            box.addItem(words, option)
        box.setCurrentIndex([option for option, _ in switch.options].index(value))
        box.setMinimumWidth(200)
        return box
