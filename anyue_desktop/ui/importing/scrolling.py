"""Lets a panel scroll where large text makes it higher than the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(panel: QWidget) -> QScrollArea:
    """Returns a frame that is as small as the window asks and scrolls to what does not fit."""
    panel.setObjectName(panel.objectName() or "page")
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.setWidget(panel)
    return frame
