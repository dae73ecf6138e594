"""指标报告: the month's indicators on paper, and how far each village is with its visits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Align, Column, Heading, Sheet, share_text
from anyue_desktop.indicators.basis import Basis
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.table_printer import print_sheet
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.measuring import Measuring, VillageVisits
from anyue_desktop.services.unit import Unit

TITLE, NUMBER, NOTICE = "指标报告", "ZB", "不含个人信息"
COLUMNS = (
    Column("指标", 70, Align.LEFT),
    Column("值", 25),
    Column("分子", 25),
    Column("分母", 25),
    Column("目标", 25),
    Column("性质", 25),
    Column("差额", 35),
)


def print_indicators(
    unit: Unit, measuring: Measuring, month: str, target: Path, *, progress: Progress | None = None
) -> Printed:
    """Prints the indicators of a month as PDF.

    Raises:
        UserError: the file cannot be written.
    """
    values, villages = measuring.values(month), measuring.villages(month)
    sheet = indicator_sheet(unit, month, values, villages, measuring.basis())
    return print_sheet(sheet, target, progress=progress)


def indicator_sheet(
    unit: Unit, month: str, values: Sequence[IndicatorValue], villages: Sequence[VillageVisits], basis: Basis
) -> Sheet:
    """Returns the report as plain values."""
    year, number = month.split("-")
    heading = Heading(unit.name, f"{year}年{int(number)}月", f"{unit.code[6:9]}-{NUMBER}-{year}{number}", NOTICE)
    rows = [(one.name, one.value, one.numerator, one.denominator, one.target, one.attribute, one.gap) for one in values]
    rows += [
        (f"其中：{one.name}月探访率", share_text(one.visited, one.due), one.visited, one.due, "", "", _left(one))
        for one in villages
    ]
    return Sheet(NUMBER, TITLE, heading, COLUMNS, tuple(rows), notes=(basis.words(),), personal=False)


def _left(village: VillageVisits) -> str:
    left = village.due - village.visited
    return f"还差{left}人" if left else ""
