"""L15 指标月报（季报、年报）: the plan's indicators of a month on paper (registers.md G.2)."""

from __future__ import annotations

from collections.abc import Sequence

from anyue_desktop.core.sheet import Align, Column, Heading, Sheet
from anyue_desktop.services.indicator_value import IndicatorValue, on_paper
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder

COLUMNS = (
    Column("指标", 74, Align.LEFT),
    Column("计量单位", 20),
    Column("本月", 24),
    Column("年累计", 24),
    Column("2025目标", 30),
    Column("完成率", 26),
    Column("说明", 62, Align.LEFT),
)
LEGEND = "✓ 达标　△ 达到目标的90%以上　✗ 不到90%；没有符号的不考核本级。"


def indicators_of_month(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns every indicator with its month, its year so far and the line of 2025."""
    measuring = Measuring(office.store, office.unit, office.lists)
    values = measuring.values(order.month, order.village, order.township)
    notes = (on_paper(LEGEND), measuring.basis().words())
    return Sheet(number, "指标月报", heading, COLUMNS, _rows(values), measure="见各项", notes=notes, personal=False)


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
