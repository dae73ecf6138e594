"""The records of another register that belong to one person."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui import column_widths
from anyue_desktop.ui.elders.dossiers import Tab
from anyue_desktop.ui.frozen_table import FrozenTable
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.list_model import ListModel
from anyue_desktop.ui.places import NewPlace, RecordPlace
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.undo_bar import UndoBar


class RelatedTab(QWidget):
    """A small list with 新增, 修改, 删除."""

    go = Signal(object)  # Place

    def __init__(
        self,
        records: Records,
        tab: Tab,
        row_height: int,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records, self._register, self._tab = records, tab.register, tab
        self._owner = ""
        self._read_only = read_only
        self.model = ListModel(records, tab.register, self)
        self.model.show_columns([one for one in self.model.columns if "." not in one.path])
        self.table = FrozenTable()
        self.table.setModel(self.model)
        self.table.set_row_height(row_height)
        self.table.setAccessibleName(records.register(tab.register).title)
        self.table.opened.connect(self._open)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnWidth(number, column_widths.width(column.field, self.fontMetrics()))
        self._count = PlainLabel()
        self._count.setObjectName("subtitle")
        self.undo_bar = UndoBar()
        self._lay_out()

    def _lay_out(self) -> None:
        add, edit, remove = QPushButton(icon("add"), "新增"), QPushButton(icon("edit"), "修改"), QPushButton("删除")
        add.clicked.connect(self.add)
        edit.clicked.connect(lambda: self._open(self.table.currentIndex()))
        remove.clicked.connect(self.remove)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        add.setVisible(self._tab.entered)
        for button in () if self._read_only else (add, edit, remove):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_bar)

    def show_owner(self, identity: str) -> None:
        """Shows the records that belong to this one."""
        self._owner = identity
        query = Query(self._register, where={self._tab.reference: identity}, order=self._tab.order)
        self.model.show_ids(self._records.ids(query))
        closed = self._read_only or not self._tab.entered
        nothing = "还没有记录" if closed else "还没有记录，点右边的“新增”录入"
        self._count.setText(f"共 {len(self.model.ids)} 条" if self.model.ids else nothing)

    def add(self) -> None:
        """Opens a blank form for this person."""
        self.go.emit(NewPlace(self._register, {self._tab.reference: self._owner}))

    def remove(self) -> None:
        """Moves the chosen records to the recycle bin."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        ids = [self.model.ids[row] for row in rows]
        for identity in ids:
            self._records.delete(self._register, identity)
        if ids:
            self.undo_bar.offer(f"已把 {len(ids)} 条记录放进回收站", lambda: self._bring_back(ids))
            self.show_owner(self._owner)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete removes the chosen records."""
        if event.key() == Qt.Key.Key_Delete and not self._read_only:
            self.remove()
        else:
            super().keyPressEvent(event)

    def _bring_back(self, ids: list[str]) -> None:
        for identity in ids:
            self._records.restore(self._register, identity)
        self.show_owner(self._owner)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go.emit(RecordPlace(self._register, self.model.ids[index.row()]))
