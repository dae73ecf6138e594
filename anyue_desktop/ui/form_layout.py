"""Where the parts of a form stand."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def lay_out(form: QWidget, head: QWidget, index: QWidget, sheet: QWidget, below: QWidget) -> None:
    """Puts the head above, the index of sections beside the boxes, and the problems below."""
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(index)
    middle.addWidget(sheet, 1)
    layout = QVBoxLayout(form)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(head)
    layout.addLayout(middle, 1)
    layout.addWidget(below)
