"""One photograph, large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.photos import LARGE_SIDE, Album, Photo
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.plain_label import PlainLabel

HEIGHT = 560  # pixels: fits the smallest office screen with the buttons


class PhotoView(QDialog):
    """Shows a photograph from memory; nothing of it is written to the disk."""

    def __init__(
        self, album: Album, photo: Photo, remove: Callable[[], None] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(photo.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = PlainLabel()
        self.picture.setAccessibleName(photo.name)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        try:
            shown = QPixmap()
            shown.loadFromData(album.shown(photo.sha256, LARGE_SIDE))
            ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self.picture.setPixmap(shown.scaled(LARGE_SIDE, HEIGHT, *ways))
        except UserError as error:  # it did not come, or is no picture
            self.picture.setText(f"{error.message}。{error.hint}")
        row = QHBoxLayout()
        row.addWidget(label(f"{photo.name}　{photo.size // 1024 + 1} KB", "caption"))
        row.addStretch(1)
        if remove is not None:
            row.addWidget(button("移除(&R)", lambda: self._remove(remove), kind="danger"))
        close = button("关闭", self.accept)
        close.setDefault(True)
        close.setFocus()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.picture, 1)
        layout.addLayout(row)

    def _remove(self, remove: Callable[[], None]) -> None:
        remove()
        self.accept()
