"""A ledger as plain values: what stands in which column, before anyone decides on paper or workbook."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

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
    """One column: its heading, its width and, for headings of two levels, what stands above it."""

    title: str
    width_mm: float
    align: Align = Align.CENTER
    group: str = ""


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
class Sheet:
    """One ledger, complete: every surface that prints or exports it draws these values and nothing else."""

    ledger: str  # its number in the catalogue, L1
    title: str
    heading: Heading
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()  # the 合计 row, as long as a row
    measure: str = "人"  # 单位：人、次
    facts: tuple[Slot, ...] = ()  # stand above the table
    notes: tuple[str, ...] = ()  # stand below it
    signing: tuple[Slot, ...] = ()  # instead of the usual signing line
    qr: str = ""  # instead of print number and digest
    portrait: bool = False
    personal: bool = True  # names people
    text_size: float = 9.0  # points, on paper

    def __post_init__(self) -> None:
        wrong = [row for row in (*self.rows, *filter(None, [self.totals])) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"{self.ledger}: a row of {len(wrong[0])} cells for {len(self.columns)} columns")


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
