"""Files to take in: chosen by a button or dropped from the desktop."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.plain_label import plain_tip


class FileDrop(QFrame):
    """A list of files; takes what is dropped on it."""

    changed = Signal()

    def __init__(self, hint: str, pattern: str, *, folders: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self._pattern = pattern
        self._folders = folders
        self._list = _Files()
        self._list.setAccessibleName("选好的文件")
        self._list.removed.connect(self._remove)
        row = QHBoxLayout()
        row.addWidget(button("选择文件…(&O)", self._browse))
        if folders:
            row.addWidget(button("选择文件夹…(&F)", self._browse_folder))
        row.addWidget(button("移除", self._remove, kind="flat", name="移除选中的文件"))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(label(hint, "subtitle"))
        layout.addLayout(row)
        layout.addWidget(self._list, 1)

    def files(self) -> list[Path]:
        """Returns the files in the order they came."""
        return [self._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self._list.count())]

    def add(self, paths: Iterable[Path]) -> None:
        """Adds files that are not in the list yet."""
        known = set(self.files())
        for path in paths:
            if path not in known and (self._folders or not path.is_dir()):
                known.add(path)
                item = QListWidgetItem(icons.icon("draft"), f"{path.name}    {path.parent}")
                item.setData(Qt.ItemDataRole.UserRole, path)
                item.setToolTip(plain_tip(str(path)))
                self._list.addItem(item)
        self.changed.emit()

    def clear(self) -> None:
        """Forgets all files."""
        self._list.clear()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcomes files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the files dropped."""
        self.add(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()

    def _browse(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择文件", "", self._pattern)
        self.add(Path(name) for name in names)

    def _browse_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择文件夹")
        if name:
            self.add([Path(name)])

    def _remove(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self.changed.emit()


class _Files(QListWidget):
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
            return
        super().keyPressEvent(event)
