"""A ledger as plain values: what stands in which column, before anyone decides on paper or workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

Cell = str | int | Decimal | date | None

MASKED_NOTICE = "已脱敏"
NO_SHARE = "—"


class Align(StrEnum):
    """Where text stands in its cell."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width and, for headings of several levels, what stands above it."""

    title: str
    width_mm: float
    align: Align = Align.CENTER
    groups: tuple[str, ...] = ()  # the outermost first
    turns: bool = False  # too wide a table: on paper a further one begins here, with the first column again

    @property
    def heads(self) -> tuple[str, ...]:
        """Everything that stands above the values, the outermost first."""
        return (*self.groups, self.title)


@dataclass(frozen=True)
class HeadCell:
    """One box of a header: what it says, the columns and the levels it covers; the ends are not included."""

    text: str
    first: int
    last: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Slot:
    """A label with its value, or with room to write one by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Heading:
    """What one printing says about itself: who reports, for when, under which number, and how it was masked."""

    unit: str  # 填报单位
    period: str  # 2026年11月
    print_number: str
    notice: str = MASKED_NOTICE
    leader: str = ""
    checker: str = ""
    filler: str = ""
    phone: str = ""
    filled_on: date | None = None

    @property
    def signing(self) -> tuple[Slot, ...]:
        """The line every ledger is signed on."""
        return (
            Slot("单位负责人", self.leader),
            Slot("审核人", self.checker),
            Slot("填表人", self.filler),
            Slot("联系电话", self.phone),
            Slot("填报日期", day_text(self.filled_on)),
        )


@dataclass(frozen=True)
class Section:
    """One table of a sheet, under a line that says whose it is where there are several."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()  # the 合计 row, as long as a row
    caption: str = ""
    new_page: bool = False

    def __post_init__(self) -> None:
        _refuse_other_lengths(self.caption, self.columns, (*self.rows, *filter(None, [self.totals])))

    def bands(self) -> tuple[Section, ...]:
        """Returns the narrower tables it is printed as: the first column stands in each."""
        turns = [place for place, column in enumerate(self.columns) if column.turns]
        if not turns:
            return (self,)
        edges = [1, *turns, len(self.columns)]
        return tuple(self._part(*edge) for edge in pairwise(edges))

    def _part(self, first: int, last: int) -> Section:
        def cut(row: tuple[Any, ...]) -> tuple[Any, ...]:
            return (*row[:1], *row[first:last])

        totals = cut(self.totals) if self.totals else ()
        rows = tuple(map(cut, self.rows))
        return Section(cut(self.columns), rows, totals, self.caption, self.new_page and first == 1)


@dataclass(frozen=True)
class Sheet:
    """One ledger, complete: every surface that prints or exports it draws these values and nothing else."""

    ledger: str  # its number in the catalogue, L1
    title: str
    heading: Heading
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()  # the 合计 row, as long as a row
    caption: str = ""
    more: tuple[Section, ...] = ()  # further tables
    measure: str = "人"  # 单位：人、次
    facts: tuple[Slot, ...] = ()  # stand above the table
    notes: tuple[str, ...] = ()  # stand below it
    signing: tuple[Slot, ...] = ()  # instead of the usual signing line
    qr: str = ""  # instead of print number and digest
    portrait: bool = False
    personal: bool = True  # names people
    text_size: float = 9.0  # points, on paper

    def __post_init__(self) -> None:
        _refuse_other_lengths(self.ledger, self.columns, (*self.rows, *filter(None, [self.totals])))

    @property
    def sections(self) -> tuple[Section, ...]:
        """All its tables, in print order."""
        return (Section(self.columns, self.rows, self.totals, self.caption), *self.more)


def _refuse_other_lengths(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    wrong = [row for row in rows if len(row) != len(columns)]
    if wrong:
        raise ValueError(f"{name}: a row of {len(wrong[0])} cells for {len(columns)} columns")


def head_cells(columns: Sequence[Column]) -> list[HeadCell]:
    """Returns the boxes of a header: a group above its columns, a lone heading down to the lowest level."""
    depth = max(len(column.heads) for column in columns)
    return list(_head_cells(columns, 0, depth, 0))


def _head_cells(columns: Sequence[Column], first: int, depth: int, level: int) -> Iterator[HeadCell]:
    place = first
    for text, found in groupby(columns, key=lambda column: column.heads[level]):
        members = list(found)
        deeper = [column for column in members if len(column.heads) > level + 1]
        if deeper:
            yield HeadCell(text, place, place + len(members), level, level + 1)
            yield from _head_cells(members, place, depth, level + 1)
        else:
            for number in range(place, place + len(members)):
                yield HeadCell(text, number, number + 1, level, depth)
        place += len(members)


def cell_text(cell: Cell) -> str:
    """Returns a cell as it is read on paper."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def day_text(day: date | None) -> str:
    """Returns 2026年11月23日, or room to write it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "      年    月    日"


def share_text(part: int, whole: int) -> str:
    """Returns a percentage with one decimal; no share of nothing, and 100.0% only where nobody is missing."""
    if whole == 0:
        return NO_SHARE
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if share == 100 and part != whole:
        share += Decimal("-0.1") if part < whole else Decimal("0.1")
    return f"{share}%"


def fingerprint(content: object) -> str:
    """Returns the SHA-256 in hexadecimal of a dataclass's values: equal for equal content, whoever prints it."""
    text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, default=str)  # type: ignore[call-overload]
    return hashlib.sha256(text.encode()).hexdigest()
