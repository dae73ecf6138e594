"""What every page of the window is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from anyue_desktop.ui.places import Place


class Page(QWidget):
    """A page asks to go to places; it never opens another page itself."""

    go = Signal(object)  # a Place
    back = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)

    def refresh(self, changed: frozenset[str]) -> None:
        """Looks again after records of these registers changed; empty means everything."""

    def begin(self) -> None:
        """Shows its first view; is called when the page is chosen in the navigation."""

    def show_at(self, at: str) -> None:
        """Brings into view what a place asks for, such as an indicator by its number."""

    def arrive(self) -> None:
        """Puts the cursor where work begins."""
        self.setFocus()

    def leave(self) -> None:
        """Is called before another page shows."""

    def resume(self) -> Place | None:
        """Returns where to come back to after the workspace was locked."""
        return None

    def start_search(self) -> bool:
        """Puts the cursor into the page's own search box; False when it has none."""
        return False
