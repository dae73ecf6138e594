"""Writes records as a workbook or CSV that opens in WPS and Excel without a change of any digit."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from anyue_desktop.core import types
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Cell
from anyue_desktop.sheets.column import Column
from anyue_desktop.sheets.entry_rules import entry_rule
from anyue_desktop.sheets.page import Page, open_workbook

LAST_ROW = 1_048_000
PROGRESS_EVERY = 100
REMEMBERED = 2_000  # different values kept per column

Show = Callable[[Column, Any], Cell]
Row = Mapping[str, Any]

_FORMULA_LIKE = re.compile(r"[=+\-@\t\r]")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")


def plain(column: Column, value: Any) -> Cell:
    """Returns what a cell shows of a value that nobody has to hide: dates and numbers stay what they are."""
    if value is None or value == ():
        return None
    kind = column.field.type
    if isinstance(kind, (types.Date, types.Integer, types.Number)) and not isinstance(kind, types.Minutes):
        return value  # type: ignore[no-any-return]
    return kind.show(value)


class Cells:
    """What the cells of a row show; the same value in the same column is worked out once."""

    def __init__(self, columns: Sequence[Column], show: Show) -> None:
        self._show = show
        self._columns: list[tuple[str, Column, dict[Any, Cell]]] = [(column.path, column, {}) for column in columns]

    def of(self, row: Row) -> list[Cell]:
        """Returns the cells of a row of values by path."""
        return [
            known[value] if (value := row.get(path)) in known else self._shown(column, known, value)
            for path, column, known in self._columns
        ]

    def _shown(self, column: Column, known: dict[Any, Cell], value: Any) -> Cell:
        cell = self._show(column, value)
        if len(known) < REMEMBERED and not isinstance(value, Decimal):  # 1.0 and 1.00 are equal, but not shown alike
            known[value] = cell
        return cell


def write_export(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    show: Show = plain,
    notice: str = "",
    progress: Progress | None = None,
) -> int:
    """Writes records, values by column path, as .xlsx; returns how many.

    `show` decides what a cell shows of a value, so that masking stays with the caller; `notice` stands under the title.

    Raises:
        UserError: the file cannot be written, or there are more records than a sheet holds.
        Cancelled: the person asked to stop; no file is left.
    """
    counted = progress or Progress()
    counted.stage("导出")
    cells = Cells(columns, show)
    with whole_file(path) as part, open_workbook(part) as book:
        page = Page(book, title, [entry_rule(column.field.type, ()).width for column in columns])
        page.heading([title, *([notice] if notice else [])])
        page.header([column.label for column in columns])
        count = 0
        for count, row in enumerate(rows, 1):
            if count > LAST_ROW:
                raise UserError(f"记录超过{LAST_ROW}条，一张表放不下", "请按村或按年份分开导出")
            page.row(cells.of(row))
            if count % PROGRESS_EVERY == 0:
                counted.step(PROGRESS_EVERY)
        page.finish(with_filter=True)
    return count


def write_export_csv(
    path: Path, columns: Sequence[Column], rows: Iterable[Row], *, show: Show = plain, progress: Progress | None = None
) -> int:
    """Writes records as CSV (UTF-8 with its mark, as WPS and Excel want it); returns how many.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the person asked to stop; no file is left.
    """
    count, cells = 0, Cells(columns, show)
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([guarded(column.label) for column in columns])
        for row in (progress or Progress()).each(rows, "导出"):
            writer.writerow([guarded(_text(cell)) for cell in cells.of(row)])
            count += 1
    return count


def guarded(text: str) -> str:
    """Returns a text that no spreadsheet takes for a formula; reading it back removes the apostrophe."""
    return f"'{text}" if _FORMULA_LIKE.match(text) and not _NEGATIVE.fullmatch(text) else text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
