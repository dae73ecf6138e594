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
from anyue_desktop.core.sheet import Cell, HeadCell
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
LOWEST_HEAD, UPPER_HEAD = 32.0, 18.0  # heights of the header's rows in points
MOST_PLACES = 2
TURNED_SCALE = 65  # per cent: fits also where another font stands in for the workbook's own
PADDING = 1.0  # digits
WIDE_FROM = 0x2E7F


class Page:
    """Writes one sheet from top to bottom."""

    def __init__(
        self,
        book: Workbook,
        name: str,
        widths: Sequence[float],
        *,
        portrait: bool = False,
        footer: str = look.FOOTER,
        least_height: float = 0.0,  # of a row, in points
    ) -> None:
        self._sheet = book.add_worksheet(name.translate(FORBIDDEN_IN_NAME)[:LONGEST_SHEET_NAME])
        self._row = 0
        self._width = self._span = len(widths)
        self._widths = tuple(widths)
        self._least_height = least_height
        self._rooms = tuple(max(1.0, width - PADDING) / 2 for width in widths)  # characters that surely fit on a line
        self._header_row = 0
        self._breaks: list[int] = []
        self._title = book.add_format({"font_name": look.FONT, "font_size": 18, "bold": True, "align": "center"})
        self._line = book.add_format(
            {"font_name": look.FONT, "font_size": 11, "align": "left", "valign": "vcenter", "text_wrap": True}
        )
        self._caption = book.add_format({"font_name": look.FONT, "font_size": 12, "bold": True, "align": "left"})
        self._header = book.add_format(
            {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": f"#{look.HEADER_COLOUR}"}
        )
        self._text = book.add_format({**_BOX, "num_format": TEXT_FORMAT, "text_wrap": True})
        self._number = book.add_format({**_BOX, "align": "right"})
        self._places = {
            places: book.add_format({**_BOX, "align": "right", "num_format": f"0.{'0' * places}"})
            for places in range(1, MOST_PLACES + 1)
        }
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
            lines = _lines(text, sum(self._widths[: self._span]))
            if lines > 1:
                self._sheet.set_row(self._row, lines * LINE_POINTS + GAP_POINTS)
            self._spread(text, self._line)

    def header(self, titles: Sequence[str]) -> None:
        """Writes a header of one row."""
        self.header_cells([HeadCell(title, number, number + 1, 0, 1) for number, title in enumerate(titles)])

    def header_cells(self, cells: Sequence[HeadCell]) -> None:
        """Writes a header of as many rows as its cells have levels; it stands on every printed page."""
        first, depth = self._row, max(cell.bottom for cell in cells)
        for cell in cells:
            self._merge(first + cell.top, cell.first, first + cell.bottom - 1, cell.last - 1, cell.text)
        for level in range(depth):
            self._sheet.set_row(first + level, UPPER_HEAD)
        self._sheet.set_row(first + depth - 1, self._lowest_head(cells))
        self._header_row = first + depth - 1
        self._row = first + depth
        self._sheet.repeat_rows(first, self._header_row)
        self._sheet.freeze_panes(self._row, 1)

    def caption(self, text: str, *, new_page: bool) -> None:
        """Writes a line that says whose the rows below it are."""
        if new_page:
            self._breaks.append(self._row)
        self._spread(text, self._caption)

    def turn_at(self, columns: Sequence[int]) -> None:
        """Prints a wide table on several pages side by side, each with its first column; titles stay on the first."""
        if not columns:
            return
        self._span = columns[0]
        self._sheet.set_v_pagebreaks(list(columns))
        self._sheet.repeat_columns(0)
        self._sheet.fit_page = False  # a page fitted to its width knows no breaks
        self._sheet.set_print_scale(TURNED_SCALE)

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
        height = max(self._least_height, lines * LINE_POINTS + GAP_POINTS if lines > 1 else 0.0)
        if height:
            self._sheet.set_row(self._row, height)
        self._row += 1

    def finish(self, *, with_filter: bool = False) -> None:
        """Sets what depends on the number of rows."""
        if self._breaks:
            self._sheet.set_h_pagebreaks(self._breaks)
        if with_filter and self._row > self._header_row + 1:
            self._sheet.autofilter(self._header_row, 0, self._row - 1, self._width - 1)

    def _cell(self, index: int, cell: Cell) -> None:
        if cell is None:
            self._sheet.write_blank(self._row, index, None, self._text)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, index, datetime(cell.year, cell.month, cell.day), self._date)
        elif isinstance(cell, Decimal) or (isinstance(cell, int) and abs(cell) < LOSSY_FROM):
            self._sheet.write_number(self._row, index, cell, self._number_style(cell))
        else:
            self._sheet.write_string(self._row, index, str(cell), self._text)

    def _number_style(self, cell: Decimal | int) -> Format:
        """A number shows the places it has, as on paper."""
        exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
        return self._places.get(-exponent, self._number) if isinstance(exponent, int) else self._number

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", self._header)
        self._sheet.write_string(top, left, text, self._header)

    def _lowest_head(self, cells: Sequence[HeadCell]) -> float:
        """The height the longest single heading needs."""
        lines = (_lines(cell.text, self._widths[cell.first]) for cell in cells if cell.last == cell.first + 1)
        return max(LOWEST_HEAD, max(lines, default=1) * LINE_POINTS + GAP_POINTS)

    def _spread(self, text: str, style: Format) -> None:
        if self._span > 1:
            self._sheet.merge_range(self._row, 0, self._row, self._span - 1, "", style)
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
