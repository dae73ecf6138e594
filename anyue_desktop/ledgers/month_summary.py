"""L3 月探访汇总表."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace

from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Sheet, share_text
from anyue_desktop.ledgers.catalogue import LEDGERS

NUMBER = "L3"
VILLAGES = "村（社区）"
OF_WHICH = ("其中",)
NOTE = "说明：应探访人数按人计，一人有多种类别的只计一次，“其中”各栏分别计数，相加可以大于应探访人数。"
COLUMNS = (
    Column(VILLAGES, 24),
    Column("应探访人数", 18),
    Column("独居", 11, groups=OF_WHICH),
    Column("空巢", 11, groups=OF_WHICH),
    Column("留守", 11, groups=OF_WHICH),
    Column("失能", 11, groups=OF_WHICH),
    Column("重残", 11, groups=OF_WHICH),
    Column("计生特殊", 15, groups=OF_WHICH),
    Column("已探访人数", 18),
    Column("探访率", 15),
    Column("上门次数", 15),
    Column("电话视频次数", 21.5),
    Column("未探访人数", 18),
    Column("未探访原因", 35, Align.LEFT),
    Column("发现问题数", 18),
    Column("已处置数", 15),
)


@dataclass(frozen=True)
class VillageMonth:
    """What a village has to visit in a month and what it did; persons unless said otherwise."""

    village: str
    due: int
    living_alone: int
    empty_nest: int
    left_behind: int
    disabled: int
    severely_disabled: int
    bereaved_only_child: int  # 计划生育特殊家庭
    visited: int
    home_visits: int  # times
    remote_visits: int  # times, telephone and video
    unvisited_reason: str
    problems: int
    handled: int

    def cells(self) -> tuple[Cell, ...]:
        """Returns the values in print order; rate and remainder follow from the others."""
        *before, visited, at_home, remote, reason, problems, handled = astuple(self)
        return (
            *before,
            visited,
            share_text(self.visited, self.due),
            at_home,
            remote,
            self.due - self.visited,
            reason,
            problems,
            handled,
        )


def month_summary(
    rows: Iterable[VillageMonth], heading: Heading, places: str = VILLAGES, notes: tuple[str, ...] = ()
) -> Sheet:
    """Returns the summary of visits, one row a village or township, with the sum over all."""
    villages = tuple(rows)
    return Sheet(
        NUMBER,
        LEDGERS[NUMBER],
        heading,
        (replace(COLUMNS[0], title=places), *COLUMNS[1:]),
        tuple(row.cells() for row in villages),
        _sum(villages).cells(),
        measure="人、次",
        notes=(NOTE, *notes),
        personal=False,
    )


def _sum(villages: tuple[VillageMonth, ...]) -> VillageMonth:
    counts = [field.name for field in fields(VillageMonth) if field.name not in ("village", "unvisited_reason")]
    totals = {name: sum(getattr(row, name) for row in villages) for name in counts}
    return VillageMonth(village="合计", unvisited_reason="", **totals)
