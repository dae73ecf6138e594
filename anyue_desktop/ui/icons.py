"""The small pictures beside words."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QIcon, QPixmap

from anyue_desktop.core import resources
from anyue_desktop.core.problem import Kind

OF_KIND = {Kind.ERROR: "error", Kind.WARNING: "warning", Kind.MISSING: "missing"}


@lru_cache(maxsize=128)
def icon(name: str) -> QIcon:
    """Returns the icon of this name."""
    path = str(resources.path("icons", f"{name}.svg"))
    made = QIcon(path)
    made.addFile(path, mode=QIcon.Mode.Selected)  # a chosen row must not tint what the colour says
    return made


def picture(name: str, size: int = 16) -> QPixmap:
    """Returns the icon as a picture of `size` pixels."""
    return icon(name).pixmap(size, size)


def of_kind(kind: Kind) -> QIcon:
    """Returns the icon that goes with a kind of problem."""
    return icon(OF_KIND[kind])
