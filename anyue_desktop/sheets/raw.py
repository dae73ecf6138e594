"""What a workbook holds before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from anyue_desktop.core.cells import LOSSY_FROM

LETTERS = 26
BLANKS = " \t\r\n\u3000\xa0\u200b\ufeff"


@dataclass(frozen=True)
class Fault:
    """A cell whose content cannot be used: an error value, or a formula without a result."""

    text: str  # what the cell shows
    message: str  # what the officer should know and do


@dataclass(frozen=True)
class Span:
    """A merged range; rows and columns count from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Tells whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass
class RawSheet:
    """One sheet: `rows[0]` is row 1, and a blank cell is None."""

    name: str
    rows: list[list[object]]
    hidden: bool = False
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> object:
        """Returns the content of a cell counted from 1; outside the sheet there is nothing."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def numbered(self, first: int = 1) -> Iterator[tuple[int, list[object]]]:
        """Yields the rows from `first` on with their numbers."""
        for number in range(first, len(self.rows) + 1):
            yield number, self.rows[number - 1]


@dataclass(frozen=True)
class RawWorkbook:
    """A file as read."""

    path: Path
    kind: str  # "xlsx", "xls", "html", "xml" or "csv": what the content is, whatever the file is called
    sheets: tuple[RawSheet, ...]
    epoch_1904: bool = False


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """Returns the letters of a column counted from 1: 1 → A, 28 → AB."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, LETTERS)
        text = chr(ord("A") + rest) + text
    return text


def column_number(letters: str) -> int:
    """Returns the number of a column named by letters: A → 1."""
    number = 0
    for one in letters:
        number = number * LETTERS + ord(one) - ord("A") + 1
    return number


def is_blank(cell: object) -> bool:
    """Tells whether a cell shows nothing."""
    return cell is None or (cell.__class__ is str and not cell.strip(BLANKS))


def shown(cell: object) -> str:
    """Returns the text of a raw cell for a person."""
    if cell is None:
        return ""
    if isinstance(cell, Fault):
        return cell.text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return " ".join(str(cell).split())


def plain_cell(cell: object) -> object:
    """Returns whole numbers as int, as long as no digit is lost; times as text; blanks as None."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < LOSSY_FROM else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time.min else cell
    if isinstance(cell, date):
        return cell
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return cell
