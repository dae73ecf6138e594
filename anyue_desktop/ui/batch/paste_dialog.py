"""A block of cells from WPS, looked at before it goes into the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.ui import colours
from anyue_desktop.ui.plain_label import PlainLabel, plain_tip


@dataclass(frozen=True)
class Pasted:
    """One cell: what was copied, what it means, and why it cannot be read."""

    text: str
    key: str
    value: Any
    sentence: str


def read_block(text: str, fields: Sequence[Field], context: Context) -> list[list[Pasted]]:
    """Reads the rows of copied cells against the fields they will go to; surplus columns are left out."""
    rows = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
    return [[_read(cell, field, context) for cell, field in zip(cells, fields, strict=False)] for cells in rows]


def _read(text: str, field: Field, context: Context) -> Pasted:
    try:
        return Pasted(text, field.key, field.type.parse(text, context).value, "")
    except BadValue as error:
        return Pasted(text, field.key, None, str(error))


class PasteDialog(QDialog):
    """Shows what goes where; cells that cannot be read are marked and left out."""

    def __init__(
        self, names: Sequence[str], fields: Sequence[Field], block: list[list[Pasted]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴前看一下")
        self.resize(820, 420)
        bad = sum(bool(cell.sentence) for cells in block for cell in cells)
        good = sum(not cell.sentence for cells in block for cell in cells)
        words = PlainLabel(f"将填入 {len(block)} 人、{good} 格" + (f"；✗ {bad} 格看不懂，不会填" if bad else ""))
        words.setProperty("tone", "error" if bad else "ok")
        self.table = QTableWidget(len(block), 1 + max((len(cells) for cells in block), default=0))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName("将要粘贴的内容")
        self.table.setHorizontalHeaderLabels(["姓名", *(field.label for field in fields)])
        for row, (name, cells) in enumerate(zip(names, block, strict=False)):
            self.table.setItem(row, 0, QTableWidgetItem(name))
            for column, cell in enumerate(cells, start=1):
                self.table.setItem(row, column, _item(cell, fields[column - 1]))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("粘贴")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.table)
        layout.addWidget(buttons)


def _item(cell: Pasted, field: Field) -> QTableWidgetItem:
    if cell.sentence:
        item = QTableWidgetItem(f"✗ {cell.text}")
        item.setToolTip(plain_tip(cell.sentence))
        item.setBackground(QBrush(QColor(colours.RED_LIGHT)))
        return item
    return QTableWidgetItem("" if cell.value is None else field.type.show(cell.value))
