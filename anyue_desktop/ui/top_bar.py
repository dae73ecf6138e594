"""The bar above everything: unit, month, search, operator, lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from anyue_desktop.services.unit import Operator, Unit
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.quick_search import QuickSearch


class TopBar(QFrame):
    """Says where one is and who one is."""

    lock_pressed = Signal()
    help_pressed = Signal()

    def __init__(
        self, unit: Unit, operator: Operator, month: MonthChoice, search: QuickSearch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self.search = search
        self._month = month
        name = PlainLabel(unit.name if not unit.is_county else f"{unit.name}民政局")
        name.setObjectName("unit")
        self.months = QComboBox()
        self.months.setAccessibleName("统计月份")
        for one in month.offered():
            self.months.addItem(month_words(one), one)
        self.months.currentIndexChanged.connect(lambda: month.choose(self.months.currentData()))
        month.changed.connect(self._show_month)
        self._show_month(month.month)
        operator_name = PlainLabel(f"操作员 {operator.name or operator.login}")
        help_button = QPushButton("?")
        help_button.setToolTip("按键一览（?）")
        help_button.setAccessibleName("按键一览")
        help_button.clicked.connect(self.help_pressed)
        lock = QPushButton("锁定")
        lock.setToolTip("Ctrl+L；10 分钟不动会自动锁定")
        lock.clicked.connect(self.lock_pressed)
        search.setMaximumWidth(460)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 10, 6)
        layout.setSpacing(12)
        layout.addWidget(name)
        layout.addWidget(self.months)
        layout.addStretch(1)
        layout.addWidget(search, 4)
        layout.addStretch(1)
        layout.addWidget(operator_name)
        layout.addWidget(help_button)
        layout.addWidget(lock)

    def _show_month(self, month: str) -> None:
        place = self.months.findData(month)
        if place < 0:
            self.months.addItem(month_words(month), month)
            place = self.months.count() - 1
        self.months.setCurrentIndex(place)
