"""The question before an act that takes something away: it names the count and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_first(parent: QWidget, sentence: str, hint: str, act_text: str, act: Callable[[], object]) -> QMessageBox:
    """Asks without waiting; `act` is done only when its own button is pressed."""
    box = QMessageBox(QMessageBox.Icon.Question, "请确认", sentence, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(hint)
    yes = box.addButton(act_text, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton("不做", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.buttonClicked.connect(lambda pressed: act() if pressed is yes else None)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
