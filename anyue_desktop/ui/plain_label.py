"""A label that shows what it is given: a name that looks like HTML is a name, and no picture is fetched for it."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """Qt guesses whether a text is HTML; what came in a package or a workbook must not decide that."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """Returns a text so that a tool tip, which guesses like a label and cannot be told, shows it letter by letter."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if "<" in text else text
