"""能力评估 of a made-up life (GB/T 42195-2022; the six items of 特困人员认定办法)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from anyue_desktop.core.codes import code_list
from anyue_desktop.registers.ability_assessment import FULL_SCORE, SCORES, SIX, SIX_ITEMS, STANDARD
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.lives import Life

Values = dict[str, Any]

FULL_SCORES = (32, 16, 22, 20)  # of the four dimensions in the order of SCORES
FAILED_ITEMS = {"1": (0, 0), "2": (1, 3), "3": (4, 6)}
ASSESSED_SHARE = 0.2
ASSESSORS = ("镇卫生院评估小组", "县养老服务评估中心", "镇民政办、村委会联合评估")


def assessments(draw: Draw, life: Life, person: Values, case: Values) -> list[Values]:
    """Returns the assessment of those who were assessed."""
    needed = case["self_care_level"] != "1" or person["relief_class"] == "2"
    if not needed and not draw.chance(ASSESSED_SHARE):
        return []
    day = draw.day(max(life.enrolled, life.today - timedelta(days=360)), life.left or life.today)
    values: Values = {
        "id": numbers.record_id(draw, day),
        "person_id": person["id"],
        "assessed_on": day,
        "ability_level": case["ability_level"],
        "self_care_level": case["self_care_level"],
        "assessor": draw.one(ASSESSORS),
        "valid_until": day + timedelta(days=365),
    }
    six = person["relief_class"] == "2"
    return [values | (six_items(draw, case["self_care_level"]) if six else _scores(draw, case))]


def _scores(draw: Draw, case: Values) -> Values:
    item = code_list("ability_level")
    low, high = (int(item.attribute(case["ability_level"], key)) for key in ("min", "max"))
    total = draw.between(low, high)
    parts = [full * total // FULL_SCORE for full in FULL_SCORES]
    left = total - sum(parts)
    for position, full in enumerate(FULL_SCORES):
        more = min(left, full - parts[position])
        parts[position] += more
        left -= more
    return {"method": STANDARD, "score_total": total, **dict(zip(SCORES, parts, strict=True))}


def six_items(draw: Draw, self_care: str) -> Values:
    """Returns the six answers that give a level of self-care."""
    failed = draw.between(*FAILED_ITEMS[self_care])
    first = draw.below(len(SIX))
    able = {key: (position - first) % len(SIX) >= failed for position, key in enumerate(SIX)}
    return {"method": SIX_ITEMS, **able}
