"""Villages for which a record is still wanted; choosing one begins it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.services.batches import BATCHES
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.dashboard import Dashboard
from anyue_desktop.services.worklists import VILLAGE_LISTS
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.month_choice import month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BatchPlace, NewPlace, Place, VillagesPlace
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks


class VillagesPage(Page):
    """One line a village; Enter opens the blank record of the village."""

    def __init__(self, dashboard: Dashboard, tasks: Tasks, place: VillagesPlace, parent: QWidget | None = None) -> None:
        self._known = VILLAGE_LISTS[place.name]
        super().__init__(self._known.title, parent)
        self._dashboard, self._tasks, self._place = dashboard, tasks, place
        title = PlainLabel(f"{self._known.title} · {month_words(place.month)}")
        title.setObjectName("title")
        self._count = PlainLabel()
        self._count.setObjectName("subtitle")
        self.list = QListWidget()
        self.list.setAccessibleName(self._known.title)
        self.list.itemActivated.connect(self._begin)
        enter = QPushButton(icon("add_white"), "录入这个村（社区）")
        enter.setProperty("kind", "main")
        enter.clicked.connect(lambda: self._begin(self.list.currentItem()))
        grid = QPushButton(icon("grid"), "批量录入，一村一行")
        grid.setVisible(self._known.register in BATCHES)
        grid.clicked.connect(lambda: self.go.emit(BatchPlace(place.month, register=self._known.register)))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        head.addWidget(grid)
        head.addWidget(enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addWidget(self.list)
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Looks again which villages are left."""
        if not changed or self._known.register in changed:
            name, month = self._place.name, self._place.month
            self._tasks.run(lambda _progress: self._dashboard.villages(name, month), self._show, owner=self)

    def arrive(self) -> None:
        """Puts the cursor onto the list."""
        self.list.setFocus()

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return self._place

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, villages: list[Choice]) -> None:
        self.list.clear()
        for one in villages:
            item = QListWidgetItem(icon("towns"), one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.code)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._count.setText(f"　共 {len(villages)} 个" if villages else "　✓ 没有")

    def _begin(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            given = self._known.given(item.data(Qt.ItemDataRole.UserRole), self._place.month)
            self.go.emit(NewPlace(self._known.register, given))
