"""The list of any register: search, narrow, sort, choose, act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMessageBox, QStackedLayout, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.core.register import TOWNSHIP
from anyue_desktop.services.batches import batch_of
from anyue_desktop.services.columns import Column
from anyue_desktop.services.printing import PRINTED_REGISTERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.suggesting import Suggested
from anyue_desktop.services.worklists import WORKLISTS
from anyue_desktop.ui import column_widths
from anyue_desktop.ui.column_chooser import ColumnChooser
from anyue_desktop.ui.empty_state import EmptyState
from anyue_desktop.ui.frozen_table import FrozenTable
from anyue_desktop.ui.list_actions import RowMenu
from anyue_desktop.ui.list_filters import ListFilters
from anyue_desktop.ui.list_head import ListHead
from anyue_desktop.ui.list_model import ListModel
from anyue_desktop.ui.list_places import in_bin, place_of, record_place
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import ListPlace, Place
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.proposals_dialog import ProposalsDialog
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.undo_bar import UndoBar

ASK_FROM = 2  # this many rows at once are deleted only after a question
ELDERS = "elder_case"


class ListPage(Page):
    """The records that answer a question to one register."""

    def __init__(
        self,
        records: Records,
        tasks: Tasks,
        preferences: Preferences,
        query: Query,
        title: str = "",
        row_height: int = 32,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.register = records.register(query.register)
        super().__init__(title or self.register.title, parent)
        self._records, self._tasks = records, tasks
        self.query = query
        self._asking = 0
        self._read_only = read_only
        self.head = self._head()
        self.filters = ListFilters(records, query)
        self.model = ListModel(records, query.register, self)
        self.chooser = ColumnChooser(query.register, self.model.columns, preferences, records)
        self.table = FrozenTable()
        self.table.setModel(self.model)
        self.table.set_row_height(row_height)
        self.table.setAccessibleName(self.title)
        self.empty = EmptyState()
        self.undo_bar = UndoBar()
        self.menu = RowMenu(query.register, self, read_only=read_only)
        self._lay_out()
        self._connect()
        self._show_columns(self.chooser.current())
        self.ask(query)

    def _head(self) -> ListHead:
        name = self.register.name
        return ListHead(
            self.title,
            elders=name == ELDERS,
            batch=batch_of(name) is not None,
            read_only=self._read_only,
            printed=name in PRINTED_REGISTERS,
            related=self.register.keeper == TOWNSHIP,  # the pages of subjects are a township's
        )

    def _lay_out(self) -> None:
        self.head.add(self.chooser)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addWidget(self.filters)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.undo_bar)

    def _connect(self) -> None:
        self.filters.asked.connect(self.ask)
        self.filters.done.connect(self.enter_table)
        self.chooser.chosen.connect(self._show_columns)
        self.head.pressed.connect(self.do)
        self.empty.pressed.connect(self.do)
        self.menu.chosen.connect(self.do)
        self.table.opened.connect(self._open)
        for header in (self.table.horizontalHeader(), self.table.front.horizontalHeader()):
            header.sectionClicked.connect(self._sort)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._offer_menu)
        self.table.selectionModel().selectionChanged.connect(self._count)

    def ask(self, query: Query) -> None:
        """Asks a question; the answer shows as soon as it is there, unless a later question overtook it."""
        turned, self.query = query.deleted != self.query.deleted, query
        if turned:
            self._show_columns(self.chooser.current())
        self.filters.show_query(query)
        self.head.show_part(self._part())
        self.head.show_bin(query.deleted)
        self._asking += 1
        number = self._asking
        self._tasks.run(
            lambda progress: self._find(progress, query, number), lambda ids: self._answer(number, ids), owner=self
        )

    def selected(self) -> list[str]:
        """Returns the ids of the chosen rows, in the order shown."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.ids[row] for row in rows]

    def refresh(self, changed: frozenset[str]) -> None:
        """Asks again after something changed."""
        if changed and not changed & {self.query.register, "person", "elder_case", "elder_visit"}:
            return
        self.ask(self.query)

    def start_search(self) -> bool:
        """Puts the cursor into the search box."""
        self.arrive()
        return True

    def arrive(self) -> None:
        """Puts the cursor into the search box."""
        if not self.filters.begin_search():
            self.enter_table()

    def enter_table(self) -> None:
        """Puts the cursor onto the first row."""
        self.table.setFocus()
        if self.model.ids and not self.selected():
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    def do(self, action: str) -> None:
        """Does what a button, a key or the menu asks for."""
        ids = self.selected()
        acts: dict[str, Callable[[], None]] = {
            "delete": self._delete,
            "restore": self._restore,
            "bin": self._toggle_bin,
            "adopt": lambda: self._propose(ids),
        }
        if action in acts:
            acts[action]()
        elif (place := place_of(action, self.query, ids, self.chooser.order())) is not None:
            self.go.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys do what the right-click menu does."""
        action = self.menu.action_of(event, deleted=self.query.deleted)
        if action:
            self.do(action)
        elif event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _find(self, progress: Progress, query: Query, number: int) -> list[str]:
        return self._records.ids(query) if number == self._asking else []

    def _answer(self, number: int, ids: list[str]) -> None:
        if number != self._asking:
            return
        kept = self.selected()[:1]
        self.model.show_ids(ids)
        if kept and kept[0] in ids:
            self.table.setCurrentIndex(self.model.index(ids.index(kept[0]), 0))
        self._show_order()
        self._count()
        self._stack.setCurrentIndex(0 if ids else 1)
        if not ids:
            self._explain_emptiness()

    def _part(self) -> str:
        if self.query.deleted:
            return "回收站"
        worklist = WORKLISTS[self.query.register].get(self.query.worklist)
        return worklist.title if worklist is not None else ""

    def _count(self) -> None:
        chosen = len(self.table.selectionModel().selectedRows())
        self.head.show_count(len(self.model.ids), chosen, deleted=self.query.deleted)

    def _explain_emptiness(self) -> None:
        if self.query.deleted:
            self.empty.say("回收站是空的", "删除的记录会放在这里，可以恢复。", {"bin": "返回列表"})
        elif self.filters.narrowed():
            ways = {} if self._read_only else {"new": "新增"}
            self.empty.say("没有符合条件的记录", "换一个说法，或清除上面的筛选条件。", ways)
        elif self._read_only:
            self.empty.say("还没有记录", "接收乡镇的上报包以后，记录就在这里。", {})
        else:
            hint = "可以导入村里的表格，也可以一条一条录入。"
            self.empty.say("还没有记录", hint, {"import": "导入表格", "new": "新增", "template": "导出空白模板"})

    def _show_columns(self, columns: list[Column]) -> None:
        self.model.show_columns(in_bin(columns, self.register) if self.query.deleted else columns)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnWidth(number, column_widths.width(column.field, self.fontMetrics()))
        self.table.freeze()
        self._show_order()

    def _sort(self, section: int) -> None:
        path = self.model.columns[section].path
        order = f"-{path}" if self.query.order == path else path
        self.ask(replace(self.query, order=order))

    def _show_order(self) -> None:
        paths = [column.path for column in self.model.columns]
        shown = self.query.order.removeprefix("-")
        down = self.query.order.startswith("-")
        way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        for header in (self.table.horizontalHeader(), self.table.front.horizontalHeader()):
            header.setSortIndicatorShown(shown in paths)
            if shown in paths:
                header.setSortIndicator(paths.index(shown), way)

    def _open(self, index: QModelIndex) -> None:
        if not self.query.deleted:
            self.go.emit(record_place(self.query.register, self.model.ids[index.row()]))

    def _offer_menu(self, where: QPoint) -> None:
        self.menu.offer(self.table.viewport().mapToGlobal(where), len(self.selected()), deleted=self.query.deleted)

    def _delete(self) -> None:
        ids = self.selected()
        if not ids or (len(ids) >= ASK_FROM and not self._agreed(len(ids))):
            return
        for identity in ids:
            self._records.delete(self.query.register, identity)
        self.undo_bar.offer(f"已把 {len(ids)} 条记录放进回收站", lambda: self._bring_back(ids))
        self.refresh(frozenset())

    def _agreed(self, count: int) -> bool:
        words = f"要把选中的 {count} 条记录放进回收站吗？\n可以用下方的“撤销”或在回收站里恢复。"
        return QMessageBox.question(self, "删除", words) == QMessageBox.StandardButton.Yes

    def _restore(self) -> None:
        ids = self.selected()
        self._bring_back(ids)
        self.head.say(f"已恢复 {len(ids)} 条")

    def _bring_back(self, ids: Sequence[str]) -> None:
        for identity in ids:
            self._records.restore(self.query.register, identity)
        self.refresh(frozenset())

    def _propose(self, ids: Sequence[str]) -> None:
        found = self._records.suggestions(self.query.register, ids)
        if not found:
            self.head.say("选中的记录没有可采用的建议")
            return
        dialog = ProposalsDialog(found, self)
        dialog.taken.connect(self._adopt)
        dialog.open()

    def _adopt(self, chosen: Sequence[Suggested]) -> None:
        codes: dict[str, list[str]] = {}
        for one in chosen:
            codes.setdefault(one.id, []).append(one.problem.code)
        results = [self._records.adopt(self.query.register, identity, wanted) for identity, wanted in codes.items()]
        done = sum(result.saved for result in results)
        left = f"，{len(results) - done} 条还有逻辑错误，请打开更正" if done < len(results) else ""
        self.refresh(frozenset())
        self.head.say(f"已采用 {done} 条记录的建议{left}")

    def _toggle_bin(self) -> None:
        self.ask(Query(self.query.register, month=self.query.month, deleted=not self.query.deleted))

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return ListPlace(self.query, self.title)
