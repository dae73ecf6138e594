"""One photograph, large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

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
        if photo.here:
            shown = QPixmap()
            shown.loadFromData(album.shown(photo.sha256, LARGE_SIDE))
            ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self.picture.setPixmap(shown.scaled(LARGE_SIDE, HEIGHT, *ways))
        else:
            self.picture.setText("这张照片没有随上报包带来，不在本机")
        row = QHBoxLayout()
        row.addWidget(label(f"{photo.name}　{photo.size // 1024 + 1} KB", "caption"))
        row.addStretch(1)
        if remove is not None:
            row.addWidget(button("移除(&R)", lambda: self._remove(remove), kind="danger"))
        row.addWidget(button("关闭", self.accept))
        layout = QVBoxLayout(self)
        layout.addWidget(self.picture, 1)
        layout.addLayout(row)

    def _remove(self, remove: Callable[[], None]) -> None:
        remove()
        self.accept()
