"""L4 未探访人员名单."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from anyue_desktop.core.sheet import Align, Column, Heading, Sheet
from anyue_desktop.ledgers.catalogue import LEDGERS

NUMBER = "L4"
COLUMNS = (
    Column("序号", 12),
    Column("村", 24),
    Column("姓名", 24),
    Column("年龄", 12),
    Column("类别", 48, Align.LEFT),
    Column("上次探访日期", 26),
    Column("天数", 14),
    Column("责任人", 40),
    Column("未探访原因", 65, Align.LEFT),
)


@dataclass(frozen=True)
class UnvisitedRow:
    """One person not yet visited this month; the reason is left to be written by hand unless it is known."""

    village: str
    name: str
    age: int | None
    categories: str
    last_visit: date | None
    days: int | None
    responsible: str
    reason: str = ""


def unvisited(rows: Iterable[UnvisitedRow], heading: Heading) -> Sheet:
    """Returns the list of people not yet visited, in the order given."""
    numbered = tuple((number, *astuple(row)) for number, row in enumerate(rows, start=1))
    totals = ("合计", "", f"{len(numbered)}人", *[""] * (len(COLUMNS) - 3))
    return Sheet(NUMBER, LEDGERS[NUMBER], heading, COLUMNS, numbered, totals)
