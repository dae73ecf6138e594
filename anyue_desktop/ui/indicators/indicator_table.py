"""The indicators as rows: 专栏1 first, then the other targets of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anyue_desktop.indicators.indicator import BELOW, MET, NEARLY
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.ui.importing.value_table import ValueColumn

MAIN, OTHERS = "专栏1 主要指标（17项）", "其他有目标的指标"
TONES = {MET: "ok", NEARLY: "warning", BELOW: "error"}
WORDS = {MET: "✓ 达标", NEARLY: "△ 接近", BELOW: "✗ 未达标"}
BY_COUNTY = "由县局填报"


@dataclass(frozen=True)
class Line:
    """One row of the table: an indicator, or the heading of those below it."""

    value: IndicatorValue | None = None
    heading: str = ""

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.value.state, "") if self.value else ""


def lines(values: Sequence[IndicatorValue]) -> list[Line]:
    """Returns the rows; what the plan says beside a row of 专栏1 stays beside it."""
    last = max((place for place, one in enumerate(values) if one.main), default=-1)
    main, others = values[: last + 1], values[last + 1 :]
    rows = [Line(heading=MAIN), *map(Line, main), Line(heading=OTHERS), *map(Line, others)]
    return rows if values else []


def state_words(value: IndicatorValue) -> str:
    """Returns sign and word of its state, or who fills it in."""
    if value.state:
        return WORDS[value.state]
    return BY_COUNTY if BY_COUNTY in value.notes else "不单独考核" if value.value != "—" else "还没有数据"


def _of(line: Line, key: str) -> str:
    return str(getattr(line.value, key)) if line.value else ""


COLUMNS = (
    ValueColumn(
        "指标",
        lambda line: line.heading or f"　{_of(line, 'name')}",
        tone=lambda line: "muted" if line.heading else "",
    ),
    ValueColumn("本月", lambda line: _of(line, "value"), number=True),
    ValueColumn("年累计", lambda line: _of(line, "year_value"), number=True),
    ValueColumn("分子/分母", lambda line: _of(line, "parts"), number=True),
    ValueColumn("目标", lambda line: _of(line, "target"), number=True),
    ValueColumn("属性", lambda line: _of(line, "attribute")),
    ValueColumn("差额", lambda line: _of(line, "gap"), tone=lambda line: line.tone),
    ValueColumn(
        "达标情况",
        lambda line: state_words(line.value) if line.value else "",
        icon=lambda line: {"ok": "ok", "warning": "warning", "error": "error"}.get(line.tone, ""),
        tone=lambda line: line.tone or "muted",
    ),
)
