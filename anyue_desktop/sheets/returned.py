"""Gives the officer's own workbook back with the bad cells coloured and a 错误原因 column; nothing is taken away."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.sheets import look, styles
from anyue_desktop.sheets.column import REASON
from anyue_desktop.sheets.entry_rules import DATE_FORMAT, TEXT_FORMAT
from anyue_desktop.sheets.marks import Mark
from anyue_desktop.sheets.raw import Fault, RawSheet, RawWorkbook, Span, column_number, letter
from anyue_desktop.sheets.table import Table

AUTHOR = "安岳民政离线台账"
REASON_WIDTH = 48
COMMENT_WIDTH, COMMENT_HEIGHT = 260, 110
NOTE_PREFIX = "提示："


def write_returned(
    path: Path,
    book: RawWorkbook,
    tables: Sequence[Table],
    marks: Mapping[str, Sequence[Mark]],
    progress: Progress | None = None,
) -> None:
    """Writes a copy of `book` as .xlsx with the marks of each sheet, by sheet name.

    An .xlsx keeps its formatting; of other files the cells are written anew.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the person asked to stop.
    """
    target = _original(book) or _rebuilt(book)
    marked = [table for table in tables if marks.get(table.sheet.name)]
    for table in (progress or Progress()).each(marked, "标出有误的单元格", len(marked)):
        _mark_sheet(target[table.sheet.name], table, marks[table.sheet.name])
    with whole_file(path) as part:
        target.save(part)


def _original(book: RawWorkbook) -> Workbook | None:
    """Opens the officer's file for adding to it, or gives None when it has to be written anew."""
    if book.kind != "xlsx":
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about decorations that do not survive; the cells do
        try:
            with book.path.open("rb") as stream:  # opened here, because the name may end in anything
                found = load_workbook(stream, rich_text=True)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, BadZipFile):
            return None
    names = {sheet.name for sheet in book.sheets}
    return found if names <= {sheet.title for sheet in found.worksheets} else None


def _rebuilt(book: RawWorkbook) -> Workbook:
    target = Workbook()
    target.remove(target.worksheets[0])
    for sheet in book.sheets:
        page = target.create_sheet()
        page.title = sheet.name
        _fill_page(page, sheet)
    return target


def _fill_page(page: Worksheet, sheet: RawSheet) -> None:
    for number, row in sheet.numbered():
        for index, value in enumerate(row, 1):
            if value is not None:
                _put(_cell(page, number, index), value)
    for span in sheet.merged:
        page.merge_cells(start_row=span.top, start_column=span.left, end_row=span.bottom, end_column=span.right)
    for number in sheet.hidden_rows:
        page.row_dimensions[number].hidden = True
    if sheet.hidden:
        page.sheet_state = "hidden"


def _put(cell: Cell, value: object) -> None:
    if isinstance(value, (bool, int, float, date)):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT
        return
    cell.value = value.text if isinstance(value, Fault) else str(value)
    cell.data_type = "s"  # a text that begins with = is no formula
    cell.number_format = TEXT_FORMAT


def _mark_sheet(page: Worksheet, table: Table, marks: Iterable[Mark]) -> None:
    header_row = table.header.bottom if table.header else 1
    column = _earlier_reasons(table.sheet, header_row)
    if column:
        _remove_old_marks(page, column, header_row, len(table.sheet.rows))
    else:
        column = _free_column(table.sheet, header_row)
    _write_reason_header(page, column, header_row)
    by_row: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.row, one.soft)):
        by_row.setdefault(mark.row, []).append(mark)
    for number, row_marks in by_row.items():
        _write_reason(_cell(page, number, column), row_marks)
        _mark_cells(page, number, row_marks, table.sheet.merged)


def _earlier_reasons(sheet: RawSheet, header_row: int) -> int:
    """Returns the number of the 错误原因 column an earlier return added, or 0."""
    header = sheet.rows[header_row - 1] if header_row <= len(sheet.rows) else []
    return header.index(REASON) + 1 if REASON in header else 0


def _free_column(sheet: RawSheet, header_row: int) -> int:
    widest = max((len(row) for row in sheet.rows), default=0)
    return max([widest, *(span.right for span in sheet.merged if span.bottom >= header_row)]) + 1


def _remove_old_marks(page: Worksheet, column: int, header_row: int, last_row: int) -> None:
    """Takes back what an earlier return of the same workbook added."""
    for row in page.iter_rows(min_row=header_row + 1, max_row=max(last_row, header_row + 1)):
        for cell in row:
            if not isinstance(cell, Cell):
                continue
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
            if cell.column == column:
                cell.value = None
                cell.fill = PatternFill()


def _write_reason_header(page: Worksheet, column: int, header_row: int) -> None:
    cell = _cell(page, header_row, column)
    cell.value = REASON
    cell.font, cell.alignment, cell.border = styles.HEADER_FONT, styles.CENTRED, styles.BORDER
    cell.fill = styles.fill(look.BAD_COLOUR)
    page.column_dimensions[letter(column)].width = REASON_WIDTH


def _write_reason(cell: Cell, marks: Sequence[Mark]) -> None:
    cell.value = "\n".join(NOTE_PREFIX + mark.message if mark.soft else mark.message for mark in marks)
    cell.data_type = "s"
    cell.font, cell.alignment, cell.border = styles.BODY_FONT, styles.TOP_LEFT, styles.BORDER
    cell.fill = _colour(marks)


def _mark_cells(page: Worksheet, number: int, marks: Sequence[Mark], merged: Sequence[Span]) -> None:
    by_letter: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.letter:
            by_letter.setdefault(mark.letter, []).append(mark)
    for place, cell_marks in by_letter.items():
        cell = _own_cell(page, number, column_number(place), merged)
        cell.fill = _colour(cell_marks)
        if cell.comment is None:  # the officer's own comment stays; the reason stands at the end of the row
            text = "\n".join(mark.message for mark in cell_marks)
            cell.comment = Comment(text, AUTHOR, height=COMMENT_HEIGHT, width=COMMENT_WIDTH)


def _own_cell(page: Worksheet, row: int, column: int, merged: Sequence[Span]) -> Cell:
    """Returns the cell itself, or the first cell of the merged range it lies in."""
    for span in merged:
        if span.holds(row, column):
            return _cell(page, span.top, span.left)
    return _cell(page, row, column)


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, page.cell(row, column))  # never one that a merged range covers


def _colour(marks: Sequence[Mark]) -> PatternFill:
    return styles.fill(look.NOTE_COLOUR if all(mark.soft for mark in marks) else look.BAD_COLOUR)
