"""历史: who changed what, when and why; one field can be put back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.services.histories import FieldChange, Revision
from anyue_desktop.services.records import Records
from anyue_desktop.ui.plain_label import PlainLabel

HEADINGS = ("时间 / 项目", "谁 / 原来", "做了什么 / 改为", "原因")
BLANK = "（空）"
FILE, PERSON = "档案", "人员"  # one entry makes both, at the same moment


@dataclass(frozen=True)
class Former:
    """A value a field had before a change."""

    register: str
    identity: str
    field: str
    label: str
    revision: int
    text: str


class HistoryTab(QWidget):
    """Changes of the case and of the person together, the newest first."""

    put_back = Signal()

    def __init__(self, records: Records, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._sources: tuple[tuple[str, str], ...] = ()
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(HEADINGS)
        self.tree.setAccessibleName("修改历史")
        self.tree.setAlternatingRowColors(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(self._chosen)
        self.button = QPushButton("恢复这一项原来的内容")
        self.button.setEnabled(False)
        self.button.clicked.connect(self.restore)
        self._said = PlainLabel("选中一项改动，可以恢复原来的内容；恢复也会记入历史。")
        self._said.setObjectName("subtitle")
        head = QHBoxLayout()
        head.addWidget(self._said, 1)
        head.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(head)
        self._said.setHidden(read_only)
        self.button.setHidden(read_only)
        layout.addWidget(self.tree)

    def show_records(self, *sources: tuple[str, str]) -> None:
        """Shows the history of records, each given by register and id."""
        self._sources = sources
        self.tree.clear()
        found = [
            (revision, register, identity)
            for register, identity in sources
            for revision in self._records.history(register, identity)
        ]
        for revision, register, identity in sorted(found, key=lambda one: one[0].at, reverse=True):
            self.tree.addTopLevelItem(self._item(revision, register, identity))
        self.tree.expandToDepth(0)

    def restore(self) -> None:
        """Puts the chosen field back."""
        former = self._former()
        if former is None:
            return
        saved = self._records.put_back(former.register, former.identity, former.field, former.revision)
        if saved.saved:
            self._said.setText(f"✓ “{former.label}”已恢复为“{former.text or BLANK}”")
            self.show_records(*self._sources)
            self.put_back.emit()
        else:
            self._said.setText("✗ " + "；".join(problem.message for problem in saved.problems))

    def _item(self, revision: Revision, register: str, identity: str) -> QTreeWidgetItem:
        moment = revision.at[:19].replace("T", " ")
        action = revision.action or ("新建" if revision.revision == 1 else "")
        if revision.revision == 1:
            action = f"{action}{PERSON if register == 'person' else FILE}"
        item = QTreeWidgetItem([moment, revision.operator, action, revision.reason])
        for change in revision.changes if revision.revision > 1 else ():
            item.addChild(self._change(change, register, identity, revision.revision))
        return item

    def _change(self, change: FieldChange, register: str, identity: str, revision: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([change.label, change.old or BLANK, change.new or BLANK])
        former = Former(register, identity, change.field, change.label, revision - 1, change.old)
        item.setData(0, Qt.ItemDataRole.UserRole, former)
        return item

    def _former(self) -> Former | None:
        item = self.tree.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None

    def _chosen(self) -> None:
        former = self._former()
        self.button.setEnabled(former is not None)
        self.button.setText(f"恢复“{former.label}”为“{former.text or BLANK}”" if former else "恢复这一项原来的内容")
