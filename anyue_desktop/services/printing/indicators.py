"""L15 指标月报（季报、年报）: the plan's indicators of a month on paper (registers.md G.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anyue_desktop.core.sheet import Align, Column, Heading, Sheet
from anyue_desktop.services.indicator_value import IndicatorValue, on_paper
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import MONTH, QUARTER, YEAR, LedgerOrder

LAST_MONTH = 12
TITLES = {MONTH: "指标月报", QUARTER: "指标季报", YEAR: "指标年报"}
FIRST = {MONTH: "本月", QUARTER: "本季", YEAR: "本年"}
LEGEND = "✓ 达标　△ 达到目标的90%以上　✗ 不到90%；没有符号的不考核本级。"


def indicators_of_month(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns every indicator with its month, its year so far and the line of 2025."""
    measuring = Measuring(office.store, office.unit, office.lists)
    quarter, whole_year = order.period == QUARTER, order.period == YEAR
    values = measuring.values(order.month, order.village, order.township, quarter=quarter, whole_year=whole_year)
    notes = (on_paper(LEGEND), measuring.basis().words())
    named = replace(heading, period=_period(order))
    columns = _columns(order.period)
    return Sheet(
        number, TITLES[order.period], named, columns, _rows(values), measure="见各项", notes=notes, personal=False
    )


def _period(order: LedgerOrder) -> str:
    """The month, the quarter or the year of the month; a quarter or year that lasts ends with the month."""
    year, month = order.month.split("-")
    if order.period == YEAR:
        return f"{year}年（截至{int(month)}月）" if int(month) < LAST_MONTH else f"{year}年"
    if order.period == QUARTER:
        quarter = f"{year}年第{(int(month) - 1) // 3 + 1}季度"
        return quarter if int(month) % 3 == 0 else f"{quarter}（截至{int(month)}月）"
    return f"{year}年{int(month)}月"


def _columns(period: str) -> tuple[Column, ...]:
    return (
        Column("指标", 74, Align.LEFT),
        Column("计量单位", 20),
        Column(FIRST[period], 24),
        Column("年累计", 24),
        Column("2025目标", 30),
        Column("完成率", 26),
        Column("说明", 62, Align.LEFT),
    )


def _rows(values: Sequence[IndicatorValue]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            one.name,
            one.unit,
            one.value,
            one.year_value,
            one.target,
            on_paper(f"{one.sign} {one.share}".strip()),
            "；".join(filter(None, (one.gap, *one.notes))),
        )
        for one in values
    )
