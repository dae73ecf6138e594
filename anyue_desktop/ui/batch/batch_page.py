"""批量录入: what a month or a year wants of everybody who is due, a few keys a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.core.progress import Progress
from anyue_desktop.services.batches import BATCHES, Batching, DueLine
from anyue_desktop.services.entries import Saved
from anyue_desktop.services.records import Records
from anyue_desktop.ui import column_widths
from anyue_desktop.ui.batch.batch_delegate import BatchDelegate
from anyue_desktop.ui.batch.batch_head import BatchHead
from anyue_desktop.ui.batch.batch_model import BatchModel
from anyue_desktop.ui.batch.batch_row import BatchRow, State
from anyue_desktop.ui.batch.paste_dialog import Pasted, PasteDialog, read_block
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.frozen_table import FrozenTable
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BatchPlace, Place
from anyue_desktop.ui.tasks import Tasks


class BatchGrid(FrozenTable):
    """The table of the grid, with the keys people know from Excel."""

    def __init__(self, facts: int, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)
        self._facts = facts
        self.commands: dict[str, Callable[[], None]] = {}
        for table in (self, self.front):
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Looks for a command first, then lets the table type or move."""
        command = self.commands.get(QKeySequence(event.keyCombination()).toString())
        if command is not None:
            command()
        else:
            super().keyPressEvent(event)

    def step(self, rows: int, columns: int) -> None:
        """Moves the cursor; past the last column it goes to the first answer of the next row."""
        model, now = self.model(), self.currentIndex()
        row, column = now.row() + rows, now.column() + columns
        if column >= model.columnCount():
            row, column = row + 1, self._facts
        elif column < self._facts:
            row, column = row - 1, model.columnCount() - 1
        if 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, column))
        self.setFocus()


class BatchPage(Page):
    """Who is due this month; typed row by row, saved together."""

    def __init__(
        self,
        factory: EditorFactory,
        batching: Batching,
        tasks: Tasks,
        place: BatchPlace,
        row_height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("批量录入", parent)
        self._records: Records = factory.records
        self._batching, self._tasks = batching, tasks
        self._context = factory.context
        self.batch, self.month = BATCHES[place.register], place.month or month_of(clock.today())
        self.model = BatchModel(self._records, batching, self.batch, self)
        self.grid = BatchGrid(len(self.model.facts))
        self.grid.setModel(self.model)
        self.grid.set_row_height(row_height)
        self.grid.setAccessibleName("批量录入表格")
        self._delegate = BatchDelegate(factory, self.model, self)
        self.grid.setItemDelegate(self._delegate)
        self.head = BatchHead(factory, self.batch, self.month, batching.villages(), place.village)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.addWidget(self.head)
        layout.addWidget(self.grid, 1)
        self._connect()
        self._size_columns()
        self.load()

    def _connect(self) -> None:
        self.head.back_pressed.connect(self.back)
        self.head.save_pressed.connect(self.save)
        self.head.changed.connect(self.load)
        self.head.same_pressed.connect(self.repeat_last)
        self.head.date_changed.connect(self._take_date)
        self.model.state_changed.connect(self._count)
        self._delegate.moved.connect(self.grid.step)
        self._delegate.refused.connect(lambda sentence: self.head.say(f"✗ {sentence}", "error"))
        self._take_date()
        self.grid.commands = {
            "Return": lambda: self.grid.step(1, 0),
            "Enter": lambda: self.grid.step(1, 0),
            "Tab": lambda: self.grid.step(0, 1),
            "Backtab": lambda: self.grid.step(0, -1),
            "Shift+Tab": lambda: self.grid.step(0, -1),
            "F3": self.repeat_last,
            "Ctrl+D": self.fill_down,
            "Ctrl+;": self.write_today,
            "Ctrl+C": self.copy,
            "Ctrl+V": self.paste,
            "Ctrl+S": self.save,
            "Del": self.clear_cells,
            "Esc": self.back.emit,
        }

    def load(self) -> None:
        """Asks who is due; rows typed before come back from their drafts."""
        register, month, village, only_due = self.batch.register, self.month, self.head.village(), self.head.only_due()
        self._tasks.run(
            lambda _progress: self._batching.lines(register, month, village=village, only_due=only_due),
            self._show,
            owner=self,
        )

    def save(self) -> None:
        """Saves all rows without a 逻辑错误 as one action."""
        rows = self.model.to_save()
        if not rows:
            self.head.say("没有可以保存的行" if not self.model.count(State.WRONG) else "✗ 请先改正有错误的行", "error")
            return
        values = [dict(row.values) for row in rows]
        self._tasks.run(
            lambda progress: self._save(progress, values),
            lambda results: self._saved(rows, results),
            title="正在保存",
            window=self,
        )

    def repeat_last(self) -> None:
        """同上次: repeats the stable answers of the record before in the chosen rows."""
        without = [self.model.rows[row].due.name for row in self._chosen_rows() if not self.model.like_last(row)]
        if without:
            self.head.say(f"{'、'.join(without[:3])}{'等' if len(without) > 3 else ''}没有上次的记录", "warning")

    def fill_down(self) -> None:
        """Copies the first chosen row's cells down; with one row chosen, the row above it."""
        cells = self._chosen()
        rows, columns = sorted({cell.row() for cell in cells}), sorted({cell.column() for cell in cells})
        source, targets = (rows[0], rows[1:]) if len(rows) > 1 else (rows[0] - 1, rows)
        fields = [self.model.field_at(self.model.index(0, column)) for column in columns]
        if source < 0:
            return
        for row in targets:
            self.model.put(row, {one.key: self.model.rows[source].values.get(one.key) for one in fields if one})

    def write_today(self) -> None:
        """Writes today into the chosen rows."""
        for row in self._chosen_rows() if self.batch.dated else ():
            self.model.put(row, {self.batch.time: clock.today()})

    def clear_cells(self) -> None:
        """Empties the chosen cells."""
        for cell in self._chosen():
            field = self.model.field_at(cell)
            if field is not None and self.model.value(cell) is not None:
                self.model.put(cell.row(), {field.key: None})

    def copy(self) -> None:
        """Copies the chosen cells so that WPS understands them."""
        cells = self._chosen()
        rows, columns = sorted({cell.row() for cell in cells}), sorted({cell.column() for cell in cells})
        lines = ["\t".join(self.model.text(self.model.index(row, column)) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Shows what the copied cells mean, then writes them from the cursor on."""
        start = self.grid.currentIndex()
        if not start.isValid() or start.column() < len(self.model.facts):
            self.head.say("请先点到要粘贴的第一格", "warning")
            return
        fields = self.model.fields[start.column() - len(self.model.facts) :]
        block = read_block(QGuiApplication.clipboard().text(), fields, self._context)
        block = block[: len(self.model.rows) - start.row()]
        names = [row.due.name for row in self.model.rows[start.row() :]]
        dialog = PasteDialog(names, fields, block, self)
        dialog.accepted.connect(lambda: self._write(start.row(), block))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return BatchPlace(self.month, self.head.village(), self.batch.register)

    def arrive(self) -> None:
        """Puts the cursor into the first cell to type."""
        self.grid.setFocus()

    def _show(self, due: list[DueLine]) -> None:
        drafts = self._drafts()
        self.model.show_rows([self._row(one, drafts) for one in due])
        waiting = (number for number, row in enumerate(self.model.rows) if row.state is State.WAITING)
        first = next(waiting, 0)
        if due:
            self.grid.setCurrentIndex(self.model.index(first, len(self.model.facts)))

    def _row(self, due: DueLine, drafts: dict[tuple[object, ...], str]) -> BatchRow:
        register = self.batch.register
        row = BatchRow(due, due.stored or {**self._records.start(register, **due.given), **due.start})
        row.key = str(row.values.get("id") or row.key)
        key = row.key if due.stored else drafts.get(due.key, "")
        kept = self._records.draft(register, key) if key else None
        if kept is not None:
            row.key = key
            kept.pop("raw", None)
            values = {**row.values, **kept}
            row.take(values, self._records.check(register, values))
        return row

    def _drafts(self) -> dict[tuple[object, ...], str]:
        register, found = self.batch.register, {}
        keys = self.batch.given_keys
        for draft in self._records.drafts():
            kept = self._records.draft(register, draft.key) if draft.register == register else None
            if kept and not kept.get("id"):
                found[tuple(kept.get(key) for key in keys)] = draft.key
        return found

    def _save(self, progress: Progress, values: list[dict[str, object]]) -> list[Saved]:
        progress.stage("正在保存", len(values))
        return self._batching.save(self.batch.register, values)

    def _saved(self, rows: list[BatchRow], results: list[Saved]) -> None:
        for row, result in zip(rows, results, strict=True):
            row.problems, row.saved = result.problems, result.saved
            if result.saved:
                self._records.drop_draft(self.batch.register, row.key)
                row.values["id"] = result.id
        count = sum(result.saved for result in results)
        self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(len(self.model.rows) - 1, 0))
        self.model.state_changed.emit()
        self.head.say(f"✓ 已保存 {count} 条", "ok")

    def _write(self, first: int, block: list[list[Pasted]]) -> None:
        for number, cells in enumerate(block):
            changes = {cell.key: cell.value for cell in cells if not cell.sentence}
            if changes:
                self.model.put(first + number, changes)

    def _chosen(self) -> list[QModelIndex]:
        return self.grid.selectionModel().selectedIndexes() or [self.grid.currentIndex()]

    def _chosen_rows(self) -> list[int]:
        return sorted({cell.row() for cell in self._chosen() if cell.isValid()})

    def _take_date(self) -> None:
        self.model.usual_date = self.head.date()

    def _count(self) -> None:
        self.head.show_counts({state: self.model.count(state) for state in State})

    def _size_columns(self) -> None:
        em = self.fontMetrics().horizontalAdvance("中")
        for column, fact in enumerate((self.batch.name, *self.batch.facts)):
            self.grid.setColumnWidth(column, int(fact.ems * em) + (24 if column == 0 else 0))
        for number, field in enumerate(self.model.fields):
            self.grid.setColumnWidth(len(self.model.facts) + number, column_widths.width(field, self.fontMetrics()))
        self.grid.freeze()
