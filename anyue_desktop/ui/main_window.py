"""The window: it navigates and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from anyue_desktop.ui.key_card import KeyCard
from anyue_desktop.ui.navigation import Entry, Navigation
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import Place
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.status_line import StatusLine
from anyue_desktop.ui.top_bar import TopBar

Opener = Callable[[Place], Page | None]
LEAST = (1024, 640)
USUAL = (1366, 728)


class MainWindow(QMainWindow):
    """Navigation at the left, a page, bars above and below; pages of the navigation are kept, others come and go."""

    lock_asked = Signal()
    closing = Signal()

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        top: TopBar,
        status: StatusLine,
        opener: Opener,
        *,
        practice: bool = False,
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(*LEAST)
        self.resize(*USUAL)
        self.navigation = Navigation(entries)
        self.top, self.status = top, status
        self._opener = opener
        self._lasting = {entry.place for entry in entries}
        self._kept: dict[Place, Page] = {}
        self._trail: list[tuple[Place, Page]] = []
        self.stack = QStackedWidget()
        self._lay_out(practice)
        self._connect()
        if entries:
            self.open(entries[0].place)

    def _lay_out(self, practice: bool) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        if practice:
            layout.addWidget(_practice_banner())
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.open)
        self.top.search.chosen.connect(self.open)
        self.status.chosen.connect(self.open)
        self.top.lock_pressed.connect(self.lock_asked)
        self.top.help_pressed.connect(self.show_keys)
        for keys, action in (
            ("Ctrl+K", self.top.search.begin),
            ("Ctrl+L", self.lock_asked.emit),
            ("Alt+Left", self.go_back),
            ("Ctrl+F", self._find),
            ("F5", lambda: self.refresh(frozenset())),
            ("?", self.show_keys),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def open(self, place: Place) -> None:
        """Opens a place, remembering the way back."""
        page = self._kept.get(place) or self._opener(place)
        if page is None:
            return
        current = self.page()
        if current is not None:
            current.leave()
        if place in self._lasting:
            self._forget_trail(keep=page)
            self._keep(place, page)
            page.begin()
        self._trail.append((place, page))
        self._show(page)

    def go_back(self) -> None:
        """Goes back to where one came from."""
        if len(self._trail) < 2:
            return
        place, page = self._trail.pop()
        page.leave()
        self._show(self._trail[-1][1])
        self._drop(place, page)

    def page(self) -> Page | None:
        """Returns the page shown."""
        return self._trail[-1][1] if self._trail else None

    def place(self) -> Place | None:
        """Returns the place shown."""
        return self._trail[-1][0] if self._trail else None

    def refresh(self, changed: frozenset[str]) -> None:
        """Lets the pages look again after something changed."""
        self.status.refresh()
        for page in {id(page): page for page in (*self._kept.values(), *(page for _, page in self._trail))}.values():
            page.refresh(changed)

    def show_keys(self) -> None:
        """Shows the key card."""
        KeyCard(self).open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closes without a question: what was typed is a draft."""
        page = self.page()
        if page is not None:
            page.leave()
        self.closing.emit()
        super().closeEvent(event)

    def _show(self, page: Page) -> None:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
            page.go.connect(self.open)
            page.back.connect(self.go_back)
        self.stack.setCurrentWidget(page)
        self.navigation.show_place(self._trail[-1][0])
        page.arrive()

    def _keep(self, place: Place, page: Page) -> None:
        self._kept[place] = page

    def _forget_trail(self, keep: Page) -> None:
        while self._trail:
            place, page = self._trail.pop()
            if page is not keep:
                self._drop(place, page)

    def _drop(self, place: Place, page: Page) -> None:
        if place not in self._kept and all(page is not one for _, one in self._trail):
            self.stack.removeWidget(page)
            page.deleteLater()

    def _find(self) -> None:
        page = self.page()
        if page is None or not page.start_search():
            self.top.search.begin()


def _practice_banner() -> QFrame:
    banner = QFrame()
    banner.setObjectName("banner")
    words = PlainLabel("练习台账：人员都是编造的，可以放心操作；真的县局不会接收")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = QHBoxLayout(banner)
    layout.setContentsMargins(8, 3, 8, 3)
    layout.addWidget(words)
    return banner
