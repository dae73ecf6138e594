"""特殊困难老年人档案 of a made-up life."""

from __future__ import annotations

from typing import Any

from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.difficulty import AWAY, NONE
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.lives import SPOUSE, Life
from anyue_desktop.services.practice.places import Visitor

Values = dict[str, Any]

ABILITIES = {"1": Odds({"0": 60, "1": 40}), "2": Odds({"2": 100}), "3": Odds({"3": 70, "4": 30})}
ENROL_SOURCES = Odds({"1": 60, "5": 20, "2": 12, "3": 6, "4": 2})
CONSENTS = Odds({"1": 35, "2": 45, "3": 20})
DEVICES = Odds({"0": 80, "1": 12, "2": 6, "3": 2})
NEEDS = Odds({"01": 20, "03": 20, "04": 25, "09": 15, "11": 10, "13": 10})
LOW, MIDDLE, HIGH = "1", "2", "3"
NOBODY = "7"


def case(draw: Draw, life: Life, person: Values) -> Values:
    """Returns what an officer would type of the case; the register fills in the rest."""
    difficulty = life.difficulty
    self_care = draw.of(difficulty.self_care)
    visitor = draw.one(life.village.visitors)
    values: Values = {
        "id": numbers.record_id(draw, life.enrolled),
        "person_id": person["id"],
        "categories": difficulty.categories,
        "main_category": difficulty.main,
        "living_arrangement": difficulty.living,
        "carers": difficulty.carers,
        "ability_level": draw.of(ABILITIES[self_care]),
        "self_care_level": self_care,
        "risk_level": _risk(draw, life, self_care),
        "consent_kind": draw.of(CONSENTS),
        "enrol_date": life.enrolled,
        "enrol_source": draw.of(ENROL_SOURCES),
    }
    values |= _responsible(visitor) | _family(life)
    if draw.chance(0.3):
        values["smart_device"] = (draw.of(DEVICES),)
    if self_care != "1":
        values["needs_standing"] = draw.some(NEEDS, 2)
    if values["risk_level"] == HIGH:
        values["key_risk_note"] = draw.one(("夜间无人在身边", "曾在家跌倒", "用药复杂，需提醒", "厨房用柴火，需防火"))
    if life.left:
        values |= {"exit_date": life.left, "exit_reason": life.exit_reason}
    return values


def _risk(draw: Draw, life: Life, self_care: str) -> str:
    if NOBODY in life.difficulty.carers or self_care == "3":
        return HIGH
    if self_care == "2" or life.age >= 80:
        return HIGH if draw.chance(0.25) else MIDDLE
    return MIDDLE if draw.chance(0.3) else LOW


def _responsible(visitor: Visitor) -> Values:
    return {
        "responsible_name": visitor.name,
        "responsible_type": visitor.kind,
        "responsible_phone": visitor.phone,
    }


def _family(life: Life) -> Values:
    children = [one for one in life.relatives if one.relation != SPOUSE]
    if life.difficulty.children == NONE:
        return {"children_alive": 0, "children_local": 0}
    near = 0 if life.difficulty.children == AWAY else sum(not one.away for one in children)
    supporter = children[0]
    return {
        "children_alive": len(children),
        "children_local": near,
        "supporter_name": supporter.name,
        "supporter_phone": supporter.phone,
    }
