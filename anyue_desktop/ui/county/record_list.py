"""The records of a register as the county reads them: of all townships or of one; any goes back in two clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from anyue_desktop.core.register import OWNER
from anyue_desktop.services.columns import Column
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.ui.county.return_dialog import ReturnDialog
from anyue_desktop.ui.county.returner import Doubt, Returner
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.tasks import Tasks


class RecordList(ListPage):
    """A list to read, with 退回; whose a record is shows where several townships' are listed."""

    def __init__(
        self,
        records: Records,
        returner: Returner,
        tasks: Tasks,
        preferences: Preferences,
        query: Query,
        title: str = "",
        row_height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(records, tasks, preferences, query, title, row_height, read_only=True, parent=parent)
        self._returner, self.notice = returner, Notice()
        returner.setParent(self)
        give_back = button("退回…", self.ask_reason)
        give_back.setIcon(icon("returned"))
        give_back.setToolTip("Ctrl+T 把选中的记录退回乡镇，写明原因")
        self.head.add(give_back)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.notice)
        self.filters.asked.connect(self.notice.be_quiet)
        returner.done.connect(lambda words: self.notice.say("ok", words))

    def doubt(self) -> Doubt:
        """Returns the chosen records, and the field under the cursor where the records themselves have it."""
        index = self.table.currentIndex()
        column = self.model.columns[index.column()] if index.isValid() else None
        ids = tuple(self.selected())
        if column is None or index.column() == 0 or "." in column.path or not column.field.typed:
            return Doubt(self.query.register, ids)
        return Doubt(self.query.register, ids, column.path, column.label)

    def ask_reason(self) -> ReturnDialog | None:
        """Asks why the chosen records go back."""
        doubt = self.doubt()
        if not doubt.ids:
            self.notice.say("note", "请先选中要退回的记录。", "按住 Ctrl 或 Shift 可以选几条。")
            return None
        return self._returner.ask(doubt, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+T gives back."""
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ask_reason()
        else:
            super().keyPressEvent(event)

    def _offer_menu(self, where: QPoint) -> None:
        menu = self.menu.offer(self.table.viewport().mapToGlobal(where), len(self.selected()), deleted=False)
        if self.selected():
            menu.addMenu(self._returner.menu(self.doubt(), self, menu))

    def _show_columns(self, columns: Sequence[Column]) -> None:
        first, *rest = [one for one in columns if one.path != OWNER]
        whose = [] if self.query.where.get(OWNER) else self._records.columns(self.query.register)
        super()._show_columns([first, *(one for one in whose if one.path == OWNER), *rest])
