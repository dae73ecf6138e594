"""The line below everything; each figure opens its list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from anyue_desktop.services.dashboard import Dashboard, Status
from anyue_desktop.services.query import Query
from anyue_desktop.ui.month_choice import package_words
from anyue_desktop.ui.places import ListPlace, NamedPlace, Place
from anyue_desktop.ui.tasks import Tasks

FIGURES: tuple[tuple[str, Callable[[Status], str], Place], ...] = (
    ("records", lambda status: f"记录 {status.records:,}", ListPlace(Query("elder_case"), "老年人探访")),
    (
        "today",
        lambda status: f"今天录入 {status.entered_today:,}",
        ListPlace(Query("elder_visit", order="-updated_at"), "最近的探访记录"),
    ),
    ("drafts", lambda status: f"草稿 {status.drafts:,}", NamedPlace("drafts")),
    (
        "returned",
        lambda status: f"退回 {status.returned:,}",
        NamedPlace("home"),
    ),
    ("backup", lambda status: f"上次备份 {_moment(status.last_backup)}", NamedPlace("system")),
    ("package", lambda status: f"上次上报 {package_words(status.last_package) or '还没有'}", NamedPlace("reporting")),
)
OF_A_COUNTY = frozenset({"records", "drafts", "backup"})  # a county enters its own figures only, and reports nothing


class StatusLine(QFrame):
    """Records, entered today by me, drafts, returned, last backup, last package."""

    chosen = Signal(object)  # Place

    def __init__(
        self, dashboard: Dashboard, tasks: Tasks, *, county: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._dashboard, self._tasks = dashboard, tasks
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 1, 6, 1)
        layout.setSpacing(2)
        for key, _words, place in FIGURES:
            button = QPushButton()
            button.clicked.connect(lambda _on=False, one=place: self.chosen.emit(one))
            layout.addWidget(button)
            button.setVisible(not county or key in OF_A_COUNTY)
            self.buttons[key] = button
        layout.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Counts again, on the worker thread."""
        self._tasks.run(lambda _progress: self._dashboard.status(), self._show)

    def _show(self, status: Status) -> None:
        for key, words, _place in FIGURES:
            self.buttons[key].setText(words(status))
        returned = self.buttons["returned"]
        returned.setProperty("tone", "error" if status.returned else "")
        returned.style().unpolish(returned)
        returned.style().polish(returned)


def _moment(stamp: str) -> str:
    return f"{stamp[5:10]} {stamp[11:16]}" if stamp else "还没有"
