"""Which columns, in which order, and under which name they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.column_sets import ColumnSets
from anyue_desktop.services.columns import Column
from anyue_desktop.ui.importing.words import button, label, set_tone

PATH = Qt.ItemDataRole.UserRole


class ColumnOrderDialog(QDialog):
    """Ticked columns show, from top to bottom; they may be dragged or moved with the buttons."""

    chosen = Signal(list)

    def __init__(
        self,
        register: str,
        columns: Sequence[Column],
        order: Sequence[str],
        sets: ColumnSets,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._register, self._sets = register, sets
        self.setWindowTitle("排列与保存列")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 560)
        self.list = QListWidget()
        self.list.setAccessibleName("列的顺序")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        labels = {one.path: one.label for one in columns}
        for path in [*order, *(path for path in labels if path not in order)]:
            self._add(path, labels[path], on=path in order)
        self.name = QLineEdit()
        self.name.setPlaceholderText("名称，如 县局月报格式")
        self.name.setAccessibleName("常用列的名称")
        self.said = label(name="结果")
        self._lay_out()

    def order(self) -> list[str]:
        """Returns the paths of the ticked columns, from top to bottom."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(PATH) for item in items if item.checkState() == Qt.CheckState.Checked]

    def move_row(self, step: int) -> None:
        """Moves the row with the cursor up (-1) or down (1)."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def keep(self) -> None:
        """Keeps the columns under the name."""
        try:
            self._sets.keep_columns(self._register, self.name.text(), self.order())
        except UserError as error:
            set_tone(self.said, "error")
            self.said.setText(f"✗ {error.message}。{error.hint}")
            return
        set_tone(self.said, "ok")
        self.said.setText(f"✓ 已保存为“{self.name.text().strip()}”，列表和导出都可以选用。")

    def use(self) -> None:
        """Shows the columns so."""
        self.chosen.emit(self.order())
        self.accept()

    def _add(self, path: str, text: str, *, on: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(PATH, path)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _lay_out(self) -> None:
        moving = QHBoxLayout()
        moving.addWidget(button("上移(&U)", lambda: self.move_row(-1)))
        moving.addWidget(button("下移(&D)", lambda: self.move_row(1)))
        moving.addStretch(1)
        keeping = QHBoxLayout()
        keeping.addWidget(self.name, 1)
        keeping.addWidget(button("保存为常用列(&S)", self.keep))
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(button("这样显示", self.use, kind="main"))
        layout = QVBoxLayout(self)
        layout.addWidget(label("勾选要显示的列，拖动或用按钮排列；导出的表格也用这个顺序。", "caption"))
        layout.addWidget(self.list, 1)
        layout.addLayout(moving)
        layout.addLayout(keeping)
        layout.addWidget(self.said)
        layout.addLayout(footer)
