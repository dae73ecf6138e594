"""风险评分权重: what a unit has set of weights, limits and intervals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.code_settings import Adjustable, CodeSettings, Place
from anyue_desktop.ui.importing.words import button, label, set_tone
from anyue_desktop.ui.number_box import NumberBox

HEADINGS = ("代码", "名称", "项目", "现在", "原来")
VALUE = HEADINGS.index("现在")
BOX_WIDTH = 90  # a cell does not know how much room a box keeps around its number


class WeightsPanel(QWidget):
    """One list at a time; nothing changes until it is saved, and then only what is assessed from now on."""

    def __init__(self, settings: CodeSettings, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._boxes: dict[Place, NumberBox] = {}
        self.lists = QComboBox()
        self.lists.setAccessibleName("代码表")
        for one in settings.lists():
            self.lists.addItem(one.title, one.name)
        self.lists.currentIndexChanged.connect(self.refresh)
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(HEADINGS)
        self.table.setAccessibleName("分值")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.said = label(name="结果")
        self._lay_out(may_change=may_change)
        self.refresh()

    def box(self, place: Place) -> NumberBox:
        """Returns the box of a value."""
        return self._boxes[place]

    def refresh(self) -> None:
        """Shows the values of the chosen list anew."""
        values = self._settings.values(self.lists.currentData())
        self._boxes = {}
        self.table.setRowCount(len(values))
        for row, one in enumerate(values):
            self._show(row, one)
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(VALUE, BOX_WIDTH)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def save(self) -> None:
        """Sets what the boxes say."""
        self._try(lambda: self._settings.change({place: box.value() for place, box in self._boxes.items()}), "已保存")

    def restore(self) -> None:
        """Takes back everything that was changed of the list."""
        self._try(lambda: self._settings.restore(self.lists.currentData()), "已恢复原来的分值")

    def _try(self, act: Callable[[], None], done: str) -> None:
        try:
            act()
        except UserError as error:
            set_tone(self.said, "error")
            self.said.setText(f"✗ {error.message}。{error.hint}")
            return
        set_tone(self.said, "ok")
        self.said.setText(f"✓ {done}，只影响以后的评估，已有的评估保留当时的得分。")
        self.refresh()

    def _show(self, row: int, one: Adjustable) -> None:
        texts = (one.place[1], one.name, one.label, "", str(one.usual))
        for column, text in enumerate(texts):
            self.table.setItem(row, column, QTableWidgetItem(text))
        box = NumberBox(one.low, one.high, one.value)
        box.setAccessibleName(f"{one.name} {one.label}")
        self.table.setCellWidget(row, VALUE, box)
        self._boxes[one.place] = box

    def _lay_out(self, *, may_change: bool) -> None:
        row = QHBoxLayout()
        row.addWidget(self.lists)
        row.addStretch(1)
        buttons = (button("恢复原来的分值", self.restore, kind="flat"), button("保存", self.save, kind="main"))
        for one in buttons:
            one.setEnabled(may_change)
            row.addWidget(one)
        layout = QVBoxLayout(self)
        hint = "得分是所选风险因素的分值之和，达到某一等级的得分下限就是这一等级。修改记入日志，需要“管理”权限。"
        layout.addWidget(label(hint, "subtitle"))
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
