"""One worksheet in the making: heading lines, header, rows, set up for printing on A4."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from anyue_desktop.core.cells import LOSSY_FROM
from anyue_desktop.core.sheet import Cell
from anyue_desktop.sheets import look
from anyue_desktop.sheets.entry_rules import DATE_FORMAT, TEXT_FORMAT

LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
MARGIN = 0.7  # inch, room for binding
_BOX = {
    "font_name": look.FONT,
    "font_size": 11,
    "border": 1,
    "border_color": f"#{look.LINE_COLOUR}",
    "valign": "vcenter",
}


@contextlib.contextmanager
def open_workbook(path: Path, *, row_by_row: bool = True) -> Iterator[Workbook]:
    """Gives a workbook to write; what it keeps meanwhile lies beside `path` and is removed.

    No copy of personal data stays in the system's folder for temporary files. With `row_by_row` the rows leave memory
    at once, and no cell can be written above the last one.
    """
    with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
        book = xlsxwriter.Workbook(path, {"constant_memory": row_by_row, "tmpdir": folder})
        book.use_zip64()
        try:
            yield book
        finally:
            _close(book)


def _close(book: Workbook) -> None:
    try:
        book.close()
    except FileCreateError as error:  # it wraps the failure of the disk
        raise (error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))) from error


LINE_POINTS, GAP_POINTS = 14.0, 4.0
PADDING = 1.0  # digits
WIDE_FROM = 0x2E7F


class Page:
    """Writes one sheet from top to bottom."""

    def __init__(
        self, book: Workbook, name: str, widths: Sequence[float], *, portrait: bool = False, footer: str = look.FOOTER
    ) -> None:
        self._sheet = book.add_worksheet(name.translate(FORBIDDEN_IN_NAME)[:LONGEST_SHEET_NAME])
        self._row = 0
        self._width = len(widths)
        self._widths = tuple(widths)
        self._rooms = tuple(max(1.0, width - PADDING) / 2 for width in widths)  # characters that surely fit on a line
        self._header_row = 0
        self._title = book.add_format({"font_name": look.FONT, "font_size": 18, "bold": True, "align": "center"})
        self._line = book.add_format({"font_name": look.FONT, "font_size": 11, "align": "left"})
        self._header = book.add_format(
            {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": f"#{look.HEADER_COLOUR}"}
        )
        self._text = book.add_format({**_BOX, "num_format": TEXT_FORMAT, "text_wrap": True})
        self._number = book.add_format({**_BOX, "align": "right"})
        self._date = book.add_format({**_BOX, "num_format": DATE_FORMAT, "align": "center"})
        for index, width in enumerate(widths):
            self._sheet.set_column(index, index, width)
        self._set_page(portrait=portrait, footer=footer)

    def heading(self, lines: Sequence[str]) -> None:
        """Writes the title and the lines below it."""
        self._sheet.set_row(self._row, 30)
        self._spread(lines[0], self._title)
        for line in lines[1:]:
            self._spread(line, self._line)

    def lines(self, texts: Sequence[str]) -> None:
        """Writes lines of text across the whole width."""
        for text in texts:
            self._spread(text, self._line)

    def header(self, titles: Sequence[str], groups: Sequence[str] = ()) -> None:
        """Writes the header, of two rows when some columns stand in groups."""
        first = self._row
        if any(groups):
            self._groups(groups, titles)
        for index, title in enumerate(titles):
            if not any(groups) or groups[index]:
                self._sheet.write_string(self._row, index, title, self._header)
        self._sheet.set_row(self._row, 32)
        self._header_row = self._row
        self._row += 1
        self._sheet.repeat_rows(first, self._header_row)
        self._sheet.freeze_panes(self._row, 1)

    def row(self, cells: Sequence[Cell]) -> None:
        """Writes one row; texts stay texts, whatever they begin with.

        The height is set here because not every program makes a row higher for text on several lines.
        """
        lines, row = 1, self._row
        write_string, text = self._sheet.write_string, self._text
        for index, (cell, room) in enumerate(zip(cells, self._rooms, strict=True)):
            if isinstance(cell, str):
                if (len(cell) > room and not (cell.isascii() and len(cell) <= 2 * room)) or "\n" in cell:
                    lines = max(lines, _lines(cell, self._widths[index]))
                write_string(row, index, cell, text)
            else:
                self._cell(index, cell)
        if lines > 1:
            self._sheet.set_row(self._row, lines * LINE_POINTS + GAP_POINTS)
        self._row += 1

    def finish(self, *, with_filter: bool = False) -> None:
        """Sets what depends on the number of rows."""
        if with_filter and self._row > self._header_row + 1:
            self._sheet.autofilter(self._header_row, 0, self._row - 1, self._width - 1)

    def _cell(self, index: int, cell: Cell) -> None:
        if cell is None:
            self._sheet.write_blank(self._row, index, None, self._text)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, index, datetime(cell.year, cell.month, cell.day), self._date)
        elif isinstance(cell, Decimal) or (isinstance(cell, int) and abs(cell) < LOSSY_FROM):
            self._sheet.write_number(self._row, index, cell, self._number)
        else:
            self._sheet.write_string(self._row, index, str(cell), self._text)

    def _groups(self, groups: Sequence[str], titles: Sequence[str]) -> None:
        """Writes the upper header row: a group above its columns, a column without group over both rows."""
        start = 0
        while start < len(groups):
            end = start
            while groups[start] and end + 1 < len(groups) and groups[end + 1] == groups[start]:
                end += 1
            lower = self._row if groups[start] else self._row + 1
            self._merge(start, lower, end, groups[start] or titles[start])
            start = end + 1
        self._row += 1

    def _merge(self, left: int, bottom: int, right: int, text: str) -> None:
        if (self._row, left) == (bottom, right):
            self._sheet.write_string(self._row, left, text, self._header)
        else:
            self._sheet.merge_range(self._row, left, bottom, right, "", self._header)
            self._sheet.write_string(self._row, left, text, self._header)

    def _spread(self, text: str, style: Format) -> None:
        if self._width > 1:
            self._sheet.merge_range(self._row, 0, self._row, self._width - 1, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._row += 1

    def _set_page(self, *, portrait: bool, footer: str) -> None:
        if not portrait:
            self._sheet.set_landscape()
        self._sheet.set_paper(look.A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=MARGIN, right=0.4, top=0.5, bottom=0.6)
        self._sheet.center_horizontally()
        self._sheet.set_footer(f"&C{footer}")


@lru_cache(maxsize=4096)
def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column of so many digits; a Han character is two digits wide."""
    if not isinstance(cell, str):
        return 1
    room = max(1.0, width - PADDING)
    widths = (sum(2 if ord(char) > WIDE_FROM else 1 for char in line) for line in cell.split("\n"))
    return sum(max(1, math.ceil(needed / room)) for needed in widths)
