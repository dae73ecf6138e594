"""Says that a file was written, and opens the folder it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget


def tell_saved(parent: QWidget, path: Path, sentence: str) -> None:
    """Names the file without waiting for an answer."""
    box = QMessageBox(QMessageBox.Icon.Information, "已保存", sentence, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(str(path))
    folder = box.addButton("打开文件夹", QMessageBox.ButtonRole.ActionRole)
    box.buttonClicked.connect(lambda pressed: open_folder(path) if pressed is folder else None)
    box.finished.connect(box.deleteLater)
    box.open()


def open_folder(path: Path) -> None:
    """Opens the folder of a file in the desktop's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))
