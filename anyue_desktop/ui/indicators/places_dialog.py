"""Townships or villages behind a number, where places are counted and no records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.divisions import divisions
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label

COLUMNS = (
    ValueColumn("乡镇（街道）、村（社区）", lambda code: divisions().full_name(code)),
    ValueColumn("代码", lambda code: str(code)),
)


class PlacesDialog(QDialog):
    """A list of places by their codes."""

    def __init__(self, title: str, codes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 520)
        self.table = ValueTable("乡镇、村", COLUMNS, "没有。")
        self.table.put(codes)
        footer = QHBoxLayout()
        footer.addWidget(label(f"共 {len(codes)} 个", "caption"), 1)
        footer.addWidget(button("关闭", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(label(title, "section"))
        layout.addWidget(self.table, 1)
        layout.addLayout(footer)
