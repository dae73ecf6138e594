"""探访记录 of a made-up case: twelve whole months and the present one so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import first_day, last_day, month_of, shifted
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.findings import findings, follow_up
from anyue_desktop.services.practice.lives import Life

Values = dict[str, Any]

VISITED_SHARE, PRESENT_SHARE = 0.965, 0.6
SECOND_VISIT_SHARE = 0.85  # of those at high risk, who are due every fifteen days
NOT_MET_SHARE, MET_LATER_SHARE = 0.03, 0.7
SHORTEST_STAY = 5  # days on the list in a month below which a visit is left to chance
KEYED_WITHIN = 3  # days
HIGH_RISK = "3"
FROM_GRID, BY_HAND = "5", "1"


def visits(draw: Draw, life: Life, case: Values, months: int, visited: float = VISITED_SHARE) -> list[Values]:
    """Returns the visits of the last `months` whole months and of the present month, in order of date."""
    present = month_of(life.today)
    last = min(life.today, life.left or life.today)
    records: list[Values] = []
    for back in range(months, -1, -1):
        month = shifted(present, -back)
        first, end = max(first_day(month), life.enrolled), min(last_day(month), last)
        if first <= end:
            share = visited if back else PRESENT_SHARE * visited / VISITED_SHARE
            records.extend(_visit(draw, life, case, day, met) for day, met in _month(draw, case, first, end, share))
    return records


def _month(draw: Draw, case: Values, first: date, end: date, share: float) -> Iterator[tuple[date, bool]]:
    """The days of one month's visits, and whether the person was met."""
    short = (end - first).days < SHORTEST_STAY
    if not draw.chance(share / 2 if short else share):
        return
    day = draw.day(first, end)
    met = not draw.chance(NOT_MET_SHARE)
    yield day, met
    again = draw.chance(SECOND_VISIT_SHARE if case.get("risk_level") == HIGH_RISK else 0.0)
    if (again or (not met and draw.chance(MET_LATER_SHARE))) and day < end:
        yield draw.day(day + timedelta(days=1), end), True


def _visit(draw: Draw, life: Life, case: Values, day: date, met: bool) -> Values:
    keyed = min(day + timedelta(days=draw.below(KEYED_WITHIN + 1)), life.today)
    values: Values = {
        "id": numbers.record_id(draw, keyed),
        "created_at": numbers.moment_of(draw, keyed),
        "source": FROM_GRID if draw.chance(0.7) else BY_HAND,
        "case_id": case["id"],
        "visit_date": day,
        "visit_time": f"{draw.between(8, 17):02d}:{draw.one('0134')}0",
        "visitor_name": case.get("responsible_name") or life.village.visitors[0].name,
        "visitor_type": case.get("responsible_type") or life.village.visitors[0].kind,
    }
    values |= findings(draw, case, met=met)
    values |= follow_up(draw, values, life.today)
    return values
