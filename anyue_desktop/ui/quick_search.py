"""The one search box above everything (Ctrl+K)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.editors.lookup import RecordLookup
from anyue_desktop.ui.editors.popup import ChoicePopup
from anyue_desktop.ui.places import ListPlace, PersonPlace
from anyue_desktop.ui.search_box import SearchBox
from anyue_desktop.ui.tasks import Tasks

ELDERS = "elder_case"
OFFERED = 10


class QuickSearch(QWidget):
    """Offers people while one types; Enter opens the highlighted one, or the list of all that fit."""

    chosen = Signal(object)  # Place

    def __init__(self, records: Records, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._lookup = RecordLookup(records, ELDERS)
        self.box = SearchBox("找人：姓名、拼音、首字母、身份证号、电话（Ctrl+K）")
        self.box.asked.connect(self._ask)
        self.box.installEventFilter(self)
        self._popup: ChoicePopup | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)

    def begin(self) -> None:
        """Puts the cursor into the box."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Walks through the offered people."""
        if event.type() == QEvent.Type.FocusOut:
            self._close()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        popup, key = self._popup, event.key()
        is_open = popup is not None and popup.isVisible()
        if popup is not None and is_open and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            popup.move_highlight(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.box.text().strip():
            choice = popup.highlighted() if popup is not None else None
            if choice is not None:
                self._pick(choice)
            else:
                self._finish(ListPlace(Query(ELDERS, search=self.box.text().strip()), "查找结果"))
            return True
        if key == Qt.Key.Key_Escape and is_open:
            self._close()
            return True
        return False

    def _ask(self, text: str) -> None:
        if text:
            self._tasks.run(
                lambda progress: self._find(progress, text), lambda found: self._offer(text, found), owner=self
            )
        else:
            self._close()

    def _find(self, progress: Progress, text: str) -> list[Choice]:
        return list(self._lookup.find(text))[:OFFERED]

    def _offer(self, text: str, found: list[Choice]) -> None:
        if text != self.box.text().strip() or not self.box.hasFocus():
            return
        if self._popup is None:
            self._popup = ChoicePopup(self.box)
            self._popup.picked.connect(self._pick)
        self._popup.offer(found)

    def _pick(self, choice: Choice) -> None:
        self._finish(PersonPlace(choice.code))

    def _finish(self, place: ListPlace | PersonPlace) -> None:
        self._close()
        self.box.clear()
        self.chosen.emit(place)

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()
