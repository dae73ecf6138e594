"""All fields of a form, in sections of two columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from anyue_desktop.core.field import Need
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.register import is_blank
from anyue_desktop.core.types import Ref
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.field_row import FieldRow
from anyue_desktop.ui.paths import Section, value_at, with_value

COLUMNS = 2
WANTED = (Need.DRAFT, Need.REPORT)
ROOM_EMS = 52  # below this width in characters one column is easier to read
GRAVITY = (Kind.ERROR, Kind.WARNING, Kind.MISSING)


class SectionBox(QFrame):
    """A section: its title, which folds it, and its fields."""

    def __init__(self, section: Section, rows: Sequence[FieldRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.rows = rows
        self.title = QToolButton()
        self.title.setObjectName("section_fold")
        self.title.setText(section.title)
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.setCheckable(True)
        self.title.setChecked(True)
        self.title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title.setAccessibleName(f"{section.title}：展开或收起")
        self.title.toggled.connect(self.open)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 6)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        self.arrange(COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._fields)
        self.open(True)

    def arrange(self, columns: int) -> None:
        """Puts the fields that show into so many columns."""
        self.columns = columns
        for row in self.rows:
            self._grid.removeWidget(row)
        for number, row in enumerate(row for row in self.rows if not row.left_out):
            self._grid.addWidget(row, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def leave_out(self, paths: Collection[str]) -> None:
        """Hides the fields at these paths, and itself when none is left."""
        changed = [row for row in self.rows if row.left_out is not (row.path in paths)]
        for row in changed:
            row.leave_out(row.path in paths)
        if changed:
            self.arrange(self.columns)
            self.setHidden(self.is_left_out())

    def is_left_out(self) -> bool:
        """Whether none of its fields shows."""
        return all(row.left_out for row in self.rows)

    def open(self, wanted: bool) -> None:
        """Shows or folds the fields."""
        self.title.setChecked(wanted)
        self.title.setArrowType(Qt.ArrowType.DownArrow if wanted else Qt.ArrowType.RightArrow)
        self._fields.setVisible(wanted)

    def is_open(self) -> bool:
        """Whether the fields show."""
        return not self._fields.isHidden()


class FieldSheet(QScrollArea):
    """The boxes of a form. It knows values and where the cursor goes, nothing of records."""

    changed = Signal(str)
    left = Signal(str)
    entered = Signal(str)
    finished = Signal()  # Enter in the last field

    def __init__(
        self, factory: EditorFactory, register: str, sections: Sequence[Section], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows: dict[str, FieldRow] = {}
        self._columns = COLUMNS
        self.boxes: list[SectionBox] = []
        sheet = QWidget()
        sheet.setObjectName("sheet")
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(10, 6, 14, 10)
        for section in sections:
            rows = [self._row(factory, register, slot.path, slot.field) for slot in section.slots]
            box = SectionBox(section, rows)
            self.boxes.append(box)
            layout.addWidget(box)
        layout.addStretch(1)
        self.setWidget(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shows one column where two would be too narrow."""
        super().resizeEvent(event)
        room = self.viewport().width() / max(1, self.fontMetrics().horizontalAdvance("中"))
        columns = COLUMNS if room >= ROOM_EMS else 1
        if columns != self._columns:
            self._columns = columns
            for box in self.boxes:
                box.arrange(columns)

    def editor(self, path: str) -> Editor:
        """Returns the editor of a path."""
        return self.rows[path].editor

    def values(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """Returns `base` with what stands in the boxes; a text that cannot be read counts as nothing."""
        result = dict(base)
        for path, row in self.rows.items():
            result = with_value(result, path, row.editor.value())
        return result

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Shows values in all boxes but those whose text cannot be read."""
        for path, row in self.rows.items():
            value = value_at(values, path)
            if not (is_blank(value) and row.editor.problem()) and row.editor.value() != value:
                row.editor.set_value(value)

    def set_raw(self, texts: Mapping[str, str]) -> None:
        """Puts texts that could not be read back into their boxes."""
        for path, text in texts.items():
            if path in self.rows:
                self.rows[path].editor.set_raw(text)

    def clear(self) -> None:
        """Empties all boxes."""
        for row in self.rows.values():
            row.editor.set_value(None)
            row.say([])

    def fold_unused(self) -> None:
        """Folds the sections nobody must fill and nothing stands in."""
        for box in self.boxes:
            used = any(row.editor.raw() or not is_blank(row.editor.value()) for row in box.rows)
            box.open(used or not box.section.optional)

    def leave_out(self, paths: Collection[str]) -> None:
        """Hides the boxes at these paths; what stands in them stays."""
        for box in self.boxes:
            box.leave_out(paths)

    def unreadable(self) -> list[Problem]:
        """Returns a problem for each text that cannot be read."""
        found = ((path, row.editor, row.editor.problem()) for path, row in self.rows.items())
        return [
            Problem(Kind.ERROR, sentence, path, editor.raw(), "", f"unreadable_{path}")
            for path, editor, sentence in found
            if sentence
        ]

    def say(self, problems: Iterable[Problem], only: set[str] | None = None) -> None:
        """Puts the problems under their boxes; `only` limits them to these paths."""
        by_path: dict[str, list[Problem]] = {}
        for problem in sorted(problems, key=lambda one: GRAVITY.index(one.kind)):
            by_path.setdefault(problem.field, []).append(problem)
        for path, row in self.rows.items():
            row.say(by_path.get(path, []) if only is None or path in only else [])

    def go_to(self, path: str) -> None:
        """Puts the cursor into the box at a path, opening its section."""
        if path not in self.rows:
            return
        box = next(box for box in self.boxes if self.rows[path] in box.rows)
        box.open(True)
        self.rows[path].editor.take_focus()
        self.ensureWidgetVisible(self.rows[path], 0, 60)

    def go_to_section(self, number: int) -> None:
        """Puts the cursor into the first box of a section."""
        self.go_to(next(row.path for row in self.boxes[number].rows if not row.left_out))
        self.verticalScrollBar().setValue(self.boxes[number].y())

    def current(self) -> str:
        """Returns the path of the box with the cursor, or nothing."""
        for path, row in self.rows.items():
            if row.editor.has_cursor():
                return path
        return ""

    def first_to_fill(self, values: Mapping[str, Any]) -> str:
        """Returns the first field that waits to be filled; the first of all where none does."""
        wanted = (path for path in self.open_paths() if self.rows[path].editor.field.need in WANTED)
        return next((path for path in wanted if is_blank(value_at(values, path))), next(iter(self.rows)))

    def open_paths(self) -> list[str]:
        """Returns the paths the cursor can go to, in order."""
        return [
            row.path
            for box in self.boxes
            if box.is_open()
            for row in box.rows
            if row.editor.isEnabled() and not row.left_out
        ]

    def set_read_only(self, paths: Collection[str]) -> None:
        """Locks the references at these paths, which came with the record, and opens all others."""
        for path, row in self.rows.items():
            if isinstance(row.editor.field.type, Ref):
                row.editor.set_read_only(path in paths)

    def _row(self, factory: EditorFactory, register: str, path: str, field: Any) -> FieldRow:
        editor = factory.editor(register, path, field)
        editor.setEnabled(field.typed)
        editor.changed.connect(lambda: self.changed.emit(path))
        editor.left.connect(lambda: self.left.emit(path))
        editor.entered.connect(lambda: self._came(path))
        editor.forward.connect(lambda: self._move(path, 1))
        editor.back.connect(lambda: self._move(path, -1))
        row = self.rows[path] = FieldRow(path, editor)
        return row

    def _came(self, path: str) -> None:
        self.ensureWidgetVisible(self.rows[path], 0, 40)
        self.entered.emit(path)

    def _move(self, path: str, step: int) -> None:
        order = self.open_paths()
        place = order.index(path) + step
        if place >= len(order):
            self.finished.emit()
        elif place >= 0:
            self.rows[order[place]].editor.take_focus(
                Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            )
