"""Reads the rows of an ordinary .xlsx straight from its text, a piece at a time.

Most cells hold a text, a number or a day and nothing else; such a sheet needs no second look for formulas, errors and
number formats, and a sheet of any length takes the memory of its different texts. Whatever is written otherwise is
left to the cell reader: the outcome is the same, which a test compares.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.remembered import Remembered
from anyue_desktop.sheets.raw import RawSheet, Span, column_number, plain_cell
from anyue_desktop.sheets.xlsx_row_form import INSIDE, MOST_COLUMNS, row_form
from anyue_desktop.sheets.xlsx_styles import DAY, PLAIN

PIECE = 1 << 20
LONGEST_TAIL = 8 * PIECE  # of what is neither rows nor their cells
REMEMBERED = 20_000  # different contents; each is kept once, however often it stands there
LEARNING = 2  # rows at the top that show how wide the sheet is
LONGEST_GAP = 10_000  # blank rows between two filled ones
MAX_STRINGS = 128 * 1024 * 1024
MAX_GRID = 6_000_000  # cells of the rectangle a sheet spans: 200,000 rows of 30 columns
TOO_BIG = "请删去多余的内容，或把表格分成几个文件再导入"

_FIRST_DAY, _LAST_DAY = 61, 2_958_465  # below lies the day Excel invented, above the year 9999
_DAY_ZERO = 693_594  # of date.fromordinal: 1899-12-30
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]*)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?\s*'
    r'(?:/>|>(?:<v>([^<]*)</v>|<is><t(| xml:space="preserve")>([^<]*)</t></is>)?</c>)'
)
_ROW = re.compile(r'<row\b[^>]*?\br="([0-9]+)"[^>]*>')
_STRING = re.compile(r"<si>(.*?)</si>|<si\s*/>", re.DOTALL)
_SIMPLE = re.compile(r'<t(| xml:space="preserve")>([^<]*)</t>')
_MERGED = re.compile(r'<mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_COLUMN = re.compile(r'<col\b[^>]*?\bmin="([0-9]+)"[^>]*?\bmax="([0-9]+)"[^>]*>')
_HIDDEN = re.compile(r'\bhidden="(?:1|true)"')
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")

Told = tuple[str, str, str]  # kind and style of a cell, and whether blanks around its text are kept


class NotPlainError(Exception):
    """The sheet holds something that only the cell reader understands."""


def pieces(stream: IO[bytes]) -> Iterator[str]:
    """Gives the text of a part in pieces that end with a whole tag.

    Raises:
        NotPlainError: the text is in another encoding, or has what ordinary workbooks never have.
    """
    rest = b""
    while piece := stream.read(PIECE):
        whole, bracket, rest = (rest + piece).rpartition(b">")
        if len(rest) > LONGEST_TAIL or b"<!" in whole or b"\r" in whole:
            raise NotPlainError
        try:
            yield (whole + bracket).decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotPlainError from error


def read_strings(stream: IO[bytes]) -> list[str]:
    """Reads the texts the cells share.

    Raises:
        UserError: they are more than the program can hold.
    """
    found: list[str] = []
    rest, length = "", 0
    for piece in pieces(stream):
        length += len(piece)
        if length > MAX_STRINGS:
            raise UserError("表格里的文字太多，读不了", TOO_BIG)
        text = rest + piece
        end = _behind_last(text, "</si>")
        found.extend(_string(one[1] or "") for one in _STRING.finditer(text, 0, end))
        rest = text[end:]
    return found


def _behind_last(text: str, tag: str) -> int:
    at = text.rfind(tag)
    return at + len(tag) if at >= 0 else 0


def _behind_rows(text: str, count: int) -> int:
    """Returns where so many rows end, or the end of the text."""
    at = 0
    for _ in range(count):
        at = text.find("</row>", at) + 6
        if at < 6:
            return len(text)
    return at


def _told(found: re.Match[str]) -> Told:
    return found["kind"] or "", found["style"] or "", found["kept"] or ""


def _head(head: str) -> Told | None:
    found = INSIDE.fullmatch(f"{head}>")
    return _told(found) if found else None


def _string(inside: str) -> str:
    simple = _SIMPLE.fullmatch(inside)
    if simple is None:
        raise NotPlainError
    return _text(simple[2], kept=bool(simple[1]))


def _text(written: str, *, kept: bool) -> str:
    if written.isalnum():
        return written
    if "_x" in written or "&#" in written or (not kept and written != written.strip(" \t\n")):
        raise NotPlainError
    return html.unescape(written) if "&" in written else written


class PlainSheet:
    """Puts one sheet together while its text goes by."""

    def __init__(self, name: str, strings: list[str], styles: Mapping[int, str], *, hidden: bool) -> None:
        self.sheet = RawSheet(name, [], hidden)
        self._strings = strings
        self._styles = styles
        self._contents = Remembered(self._content, REMEMBERED)  # by kind, style, whether blanks are kept, and the text
        self._insides = Remembered(self._content_inside, REMEMBERED)  # by the inside of a cell
        self._heads = Remembered(_head)
        self._columns: dict[str, int] = {}
        self._hidden: set[int] = set()
        self._width = 0

    def read(self, stream: IO[bytes]) -> RawSheet:
        """Reads the whole part.

        Raises:
            NotPlainError: something in it is not ordinary.
            UserError: the sheet spans more than the program can hold.
        """
        rest, inside = "", False
        for piece in pieces(stream):
            text = rest + piece
            if not inside:
                head, begun, text = text.partition("<sheetData>")
                inside = bool(begun)
                if inside:
                    self._read_head(head)
                else:
                    rest = head
            if inside:
                rest = self._read_rows(text)
            if len(rest) > LONGEST_TAIL:
                raise NotPlainError
        self._read_tail(rest)
        return self._finished()

    def _read_rows(self, text: str) -> str:
        """Takes the whole rows of a text; returns what is behind them."""
        end = _behind_last(text, "</row>")
        if not end and "<c" not in text and "</sheetData>" not in text:
            end = max(0, text.rfind("<row"))  # nothing but blank rows
        rows = text[:end]
        if "hidden=" in rows:
            self._hidden.update(int(one[1]) for one in _ROW.finditer(rows) if _HIDDEN.search(one[0]))
        done = self._take_cells(rows, _behind_rows(rows, LEARNING)) if not self._width else 0
        if not self._take_rows(rows, done):
            self._take_cells(rows, end, done)
        return text[end:]

    def _take_rows(self, text: str, start: int) -> bool:
        """Takes rows as wholes, if all of them have their cells in the columns known so far."""
        if not 0 < self._width <= MOST_COLUMNS:
            return False
        found = row_form(self._width).findall(text, start)
        if len(found) != text.count("<row", start):
            return False
        rows, content = self.sheet.rows, self._insides.__getitem__
        for number, *insides in found:
            row = [*map(content, insides)]
            if row.count(None) == len(row):
                continue
            if int(number) == len(rows):
                raise NotPlainError
            self._row(int(number))
            rows[-1] = row
        return True

    def _take_cells(self, text: str, end: int, start: int = 0) -> int:
        """Takes the cells of rows one by one; returns where they end."""
        cells = _CELL.findall(text, start, end)
        if len(cells) != text.count("<c", start, end):
            raise NotPlainError
        rows, contents, columns = self.sheet.rows, self._contents, self._columns
        last, row = "", rows[-1] if rows else []
        for letters, number, style, kind, value, kept, inline in cells:
            content = contents[kind, style, kept, value or inline]
            if content is None:
                continue
            if number != last:
                last, row = number, self._row(int(number))
            at = columns.get(letters) or self._column(letters)
            gap = at - 1 - len(row)
            if gap < 0:
                raise NotPlainError
            if gap:
                row.extend([None] * gap)
            row.append(content)
        return end

    def _content_inside(self, inside: str) -> object:
        head, _, written = inside.rpartition(">")
        told = self._heads[head]
        if told is None:  # a text with a bracket in it
            found = INSIDE.fullmatch(inside)
            if found is None:
                raise NotPlainError
            told, written = _told(found), found["written"]
        return self._understood(*told, written) if written else None

    def _content(self, told: tuple[str, str, str, str]) -> object:
        kind, style, kept, written = told
        return self._understood(kind, style, kept, written) if written else None

    def _understood(self, kind: str, style: str, kept: str, written: str) -> object:
        if kind == "s" and written.isdecimal() and int(written) < len(self._strings):
            return self._strings[int(written)] or None
        if kind in ("inlineStr", "str"):
            return _text(written, kept=bool(kept) or kind == "str") or None
        if kind == "b" and written in ("0", "1"):
            return written == "1"
        if kind in ("", "n") and _NUMBER.fullmatch(written):
            return self._number(float(written), self._styles.get(int(style or "0"), ""))
        raise NotPlainError

    def _number(self, number: float, style: str) -> object:
        if style == DAY and number.is_integer() and _FIRST_DAY <= number <= _LAST_DAY:
            return date.fromordinal(_DAY_ZERO + int(number))
        if style != PLAIN:
            raise NotPlainError
        return plain_cell(number)

    def _column(self, letters: str) -> int:
        found = self._columns[letters] = column_number(letters)
        self._width = max(self._width, found)
        self._refuse_wide(len(self.sheet.rows))
        return found

    def _row(self, number: int) -> list[object]:
        rows = self.sheet.rows
        if number == len(rows):  # the row goes on in the next piece
            return rows[-1]
        if number < len(rows) or number - len(rows) > LONGEST_GAP:
            raise NotPlainError
        self._refuse_wide(number)
        rows.extend([] for _ in range(number - len(rows)))
        return rows[-1]

    def _refuse_wide(self, rows: int) -> None:
        if rows * self._width > MAX_GRID:
            place = f"第{rows}行第{self._width}列"
            raise UserError(f"工作表“{self.sheet.name}”太大：一直到{place}还有内容", TOO_BIG)

    def _read_head(self, head: str) -> None:
        if "<worksheet" not in head:
            raise NotPlainError
        hidden: set[int] = set()
        for one in _COLUMN.finditer(head):
            if _HIDDEN.search(one[0]) and int(one[2]) - int(one[1]) < 1000:
                hidden.update(range(int(one[1]), int(one[2]) + 1))
        self.sheet.hidden_columns = frozenset(hidden)

    def _read_tail(self, tail: str) -> None:
        before, ended, behind = tail.partition("</sheetData>")
        if not ended or "<c" in before:
            raise NotPlainError
        found = _MERGED.finditer(behind)
        self.sheet.merged = tuple(
            Span(int(one[2]), column_number(one[1]), int(one[4]), column_number(one[3])) for one in found
        )

    def _finished(self) -> RawSheet:
        for row in self.sheet.rows:
            if len(row) < self._width:
                row.extend([None] * (self._width - len(row)))
        self.sheet.hidden_rows = frozenset(self._hidden)
        return self.sheet
