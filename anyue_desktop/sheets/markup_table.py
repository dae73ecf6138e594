"""Reads web pages and SpreadsheetML saved under the name of a workbook, as web systems export them."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser

from anyue_desktop.sheets.raw import Fault, RawSheet, Span, plain_cell
from anyue_desktop.sheets.text_table import decoded
from anyue_desktop.sheets.xlsx_marks import ERROR_VALUE

LONGEST_SPAN = 10_000
WIDEST_SPAN = 1_000

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_GB = {"gb2312", "gbk", "gb18030", "cp936"}


def read_markup(content: bytes) -> tuple[str, list[RawSheet]]:
    """Reads the tables of a marked-up text; returns "xml" or "html", and one sheet a table."""
    text = _text(content)
    is_spreadsheet = "schemas-microsoft-com:office:spreadsheet" in text[:4096]
    parser = SpreadsheetMarkup() if is_spreadsheet else TableMarkup()
    parser.feed(text)
    parser.close()
    return "xml" if is_spreadsheet else "html", parser.finished()


def _text(content: bytes) -> str:
    named = _CHARSET.search(content[:2048])
    encoding = named[1].decode("ascii").lower() if named else ""
    if encoding in ("utf-8", "utf8"):
        return content.decode("utf-8-sig", "replace")
    if encoding in _GB:
        return content.decode("gb18030", "replace")
    return decoded(content)


class _Grid:
    """Fills a sheet cell by cell; a spanning cell keeps its place in the rows below."""

    def __init__(self, name: str) -> None:
        self.sheet = RawSheet(name, [])
        self._spans: list[Span] = []
        self._hidden: set[int] = set()
        self._taken: dict[int, set[int]] = {}
        self.row = 0
        self._column = 0

    def start_row(self, number: int = 0, *, hidden: bool = False) -> None:
        self.row = max(number, self.row + 1) if number <= LONGEST_SPAN * 20 else self.row + 1
        self._column = 1
        self._taken.pop(self.row - 1, None)
        if hidden:
            self._hidden.add(self.row)

    def put(self, value: object, down: int, across: int, column: int = 0) -> None:
        """Places a value, `down` rows high and `across` columns wide, in the next free or the given column."""
        taken = self._taken.get(self.row, set())
        self._column = column if 0 < column < WIDEST_SPAN * 20 else self._column
        while self._column in taken:
            self._column += 1
        while len(self.sheet.rows) < self.row:
            self.sheet.rows.append([])
        cells = self.sheet.rows[self.row - 1]
        cells.extend([None] * (self._column - len(cells)))
        cells[self._column - 1] = value
        self._span(min(down, LONGEST_SPAN), min(across, WIDEST_SPAN))
        self._column += min(across, WIDEST_SPAN)

    def _span(self, down: int, across: int) -> None:
        if down == 1 and across == 1:
            return
        self._spans.append(Span(self.row, self._column, self.row + down - 1, self._column + across - 1))
        for row in range(self.row + 1, self.row + down):
            self._taken.setdefault(row, set()).update(range(self._column, self._column + across))

    def finished(self) -> RawSheet:
        self.sheet.merged = tuple(self._spans)
        self.sheet.hidden_rows = frozenset(self._hidden)
        return self.sheet


class TableMarkup(HTMLParser):
    """The tables of a web page; a table inside a cell is part of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._grids: list[_Grid] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._size = (1, 1)

    def finished(self) -> list[RawSheet]:
        """Returns the sheets read."""
        return [grid.finished() for grid in self._grids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens tables, rows and cells."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._grids.append(_Grid(f"表{len(self._grids) + 1}"))
        elif self._depth == 1:
            self._open(tag, dict(attrs))
        if tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Closes tables and cells."""
        if tag == "table":
            if self._depth == 1:
                self._close_cell()
            self._depth = max(0, self._depth - 1)
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Collects the text of the open cell."""
        if self._cell is not None:
            self._cell.append(" ".join(data.split()) if data.strip() else "")

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            self._close_cell()
            style = (attributes.get("style") or "").replace(" ", "").lower()
            self._grids[-1].start_row(hidden="display:none" in style)
        elif tag in ("td", "th") and self._grids[-1].row:
            self._close_cell()
            self._cell = []
            self._size = _count(attributes.get("rowspan")), _count(attributes.get("colspan"))

    def _close_cell(self) -> None:
        if self._cell is not None:
            self._grids[-1].put("".join(self._cell).strip() or None, *self._size)
            self._cell = None


class SpreadsheetMarkup(HTMLParser):
    """The worksheets of a SpreadsheetML 2003 file (“XML 表格 2003”)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._grids: list[_Grid] = []
        self._cell: dict[str, str | None] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._value: object = None

    def finished(self) -> list[RawSheet]:
        """Returns the sheets read."""
        return [grid.finished() for grid in self._grids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens sheets, rows, cells and their data."""
        attributes = {name.rpartition(":")[2]: value for name, value in attrs}
        tag = tag.rpartition(":")[2]
        if tag == "worksheet":
            self._grids.append(_Grid(attributes.get("name") or f"表{len(self._grids) + 1}"))
        elif tag == "row" and self._grids:
            self._grids[-1].start_row(_count(attributes.get("index"), 0), hidden=attributes.get("hidden") == "1")
        elif tag == "cell":
            self._cell, self._value = attributes, None
        elif tag == "data":
            self._type, self._text = attributes.get("type") or "String", []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes an empty element as opened and closed."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes data and cells."""
        tag = tag.rpartition(":")[2]
        if tag == "data" and self._text is not None:
            self._value = _typed("".join(self._text), self._type)
            self._text = None
        elif tag == "cell" and self._grids and self._grids[-1].row:
            down = _count(self._cell.get("mergedown"), 0) + 1
            across = _count(self._cell.get("mergeacross"), 0) + 1
            self._grids[-1].put(self._value, down, across, _count(self._cell.get("index"), 0))

    def handle_data(self, data: str) -> None:
        """Collects the text of the open cell."""
        if self._text is not None:
            self._text.append(data)


def _count(text: str | None, default: int = 1) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else default


def _typed(text: str, kind: str) -> object:
    try:
        if kind == "Number":
            return plain_cell(float(text))
        if kind == "DateTime":
            return plain_cell(datetime.fromisoformat(text.removesuffix("Z")))
    except ValueError:
        return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return Fault(text, ERROR_VALUE.format(text))
    return text or None
