"""How well a made-up township keeps its registers: townships differ, and a county has all kinds."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.services.practice.draw import Draw, Odds


@dataclass(frozen=True)
class Character:
    """The shares and the gaps a township is drawn with."""

    visited: float = 0.965  # of the elders, in a whole month
    children_late: float = 0.06  # whose last visit is longer ago than their interval
    has_station: bool = True  # 未保站 (indicator I03)
    has_regional_center: bool = True  # 农村区域性养老服务中心 (I25)
    has_social_work: bool = True  # 乡镇社工站 (I30)
    villages_without_figures: int = 1  # of this year
    vacant_posts: int = 1  # villages without 儿童主任 at present
    volunteering: float = 0.9  # of the community facilities, with 志愿服务站点 (I09)
    homecare: float = 0.6  # of the villages, with home care under way (I05)
    cremated: float = 0.36  # of the dead (I14)


USUAL = Character()
GOOD, FAIR, POOR = "good", "fair", "poor"
KINDS = Odds({GOOD: 40, FAIR: 40, POOR: 20})
VISITED = {GOOD: (0.97, 1.0), FAIR: (0.9, 0.97), POOR: (0.55, 0.85)}
STATION_SHARE = {GOOD: 0.55, FAIR: 0.3, POOR: 0.1}
GAPS = {GOOD: 0, FAIR: 1, POOR: 3}


def character(draw: Draw) -> Character:
    """Draws the character of one township of the county."""
    kind = draw.of(KINDS)
    low, high = VISITED[kind]
    return Character(
        visited=low + (high - low) * draw.fraction(),
        children_late={GOOD: 0.02, FAIR: 0.08, POOR: 0.3}[kind],
        has_station=draw.chance(STATION_SHARE[kind]),
        has_regional_center=draw.chance(0.3),
        has_social_work=draw.chance(0.9 if kind == GOOD else 0.6),
        villages_without_figures=draw.between(0, GAPS[kind]),
        vacant_posts=draw.between(0, GAPS[kind]),
        volunteering={GOOD: 1.0, FAIR: 0.9, POOR: 0.6}[kind],
        homecare=draw.fraction() * 0.4 + (0.2 if kind == POOR else 0.5),
        cremated=0.24 + draw.fraction() * 0.22,
    )
