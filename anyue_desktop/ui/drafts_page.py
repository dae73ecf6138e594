"""草稿: entries that were not finished."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.services.drafting import Draft
from anyue_desktop.services.records import Records
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import DraftPlace
from anyue_desktop.ui.plain_label import PlainLabel


class DraftsPage(Page):
    """One line a draft; Enter goes on with it, Delete gives it up."""

    def __init__(self, records: Records, parent: QWidget | None = None) -> None:
        super().__init__("草稿", parent)
        self._records = records
        title = PlainLabel("没有录完的草稿")
        title.setObjectName("title")
        self._count = PlainLabel()
        self._count.setObjectName("subtitle")
        self.list = QListWidget()
        self.list.setAccessibleName("草稿")
        self.list.itemActivated.connect(self._go_on)
        resume, drop = QPushButton("继续录入"), QPushButton("放弃这份草稿")
        resume.setProperty("kind", "main")
        resume.clicked.connect(lambda: self._go_on(self.list.currentItem()))
        drop.clicked.connect(self._drop)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        head.addWidget(resume)
        head.addWidget(drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addWidget(self.list)
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Looks which drafts there are."""
        self.list.clear()
        for draft in self._records.drafts():
            moment = draft.saved_at[:16].replace("T", " ")
            item = QListWidgetItem(icon("draft"), f"{draft.caption}　　存于 {moment}")
            item.setData(Qt.ItemDataRole.UserRole, draft)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._count.setText(f"共 {self.list.count()} 份" if self.list.count() else "✓ 没有")

    def arrive(self) -> None:
        """Puts the cursor onto the list."""
        self.refresh(frozenset())
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete gives a draft up; Escape goes back."""
        if event.key() == Qt.Key.Key_Delete:
            self._drop()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _go_on(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            draft: Draft = item.data(Qt.ItemDataRole.UserRole)
            self.go.emit(DraftPlace(draft.register, draft.key))

    def _drop(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            draft: Draft = item.data(Qt.ItemDataRole.UserRole)
            self._records.drop_draft(draft.register, draft.key)
            self.refresh(frozenset())
