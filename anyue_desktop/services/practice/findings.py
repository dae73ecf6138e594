"""What a made-up visit found, and what was done about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.services.practice import words
from anyue_desktop.services.practice.draw import Draw, Odds

Values = dict[str, Any]

METHODS = Odds({"1": 82, "2": 12, "3": 3, "6": 3})
AT_HOME, BY_TELEPHONE = "1", ("2", "3")
SEEN, SPOKEN = "1", "2"
NOT_MET = Odds({"3": 4, "4": 3, "6": 3})
HEALTH = {"1": Odds({"1": 52, "2": 43, "3": 5}), "2": Odds({"1": 12, "2": 66, "3": 22}), "3": Odds({"2": 45, "3": 55})}
MENTAL = Odds({"1": 66, "2": 28, "3": 5, "4": 1})
SAFETY = Odds({"01": 20, "03": 25, "04": 25, "05": 8, "07": 8, "08": 10, "10": 4})
HYGIENE = Odds({"1": 48, "2": 46, "3": 6})
HOUSING = Odds({"1": 46, "2": 48, "3": 5, "4": 1})
SUPPLIES = Odds({"1": 62, "2": 34, "3": 2, "4": 2})
NEEDS = Odds({"01": 16, "02": 10, "03": 20, "04": 24, "09": 12, "11": 8, "12": 6, "13": 4})
NOTHING = ("00",)
POOR = "3"
REFERRED = {"04": "村卫生站", "06": "镇养老服务中心", "05": "镇民政办"}
SOLVED = Odds({"01": 40, "02": 30, "03": 10, "04": 14, "05": 3, "06": 3})
SIGNED = Odds({"1": 45, "2": 40, "4": 10, "0": 5})
NO_FOLLOW_UP, OPEN, UNDER_WAY, DONE = "0", "1", "2", "3"
RESULTS = ("村医已上门，按医嘱服药", "已联系子女，情况好转", "已送药上门", "已更换老化线路", "已协调解决，本人满意")


def findings(draw: Draw, case: Values, *, met: bool) -> Values:
    """Returns the way of visiting, what came of it and what was seen."""
    if not met:
        return {"visit_method": AT_HOME, "visit_result": draw.of(NOT_MET), "actions": NOTHING}
    method = draw.of(METHODS)
    values: Values = {
        "visit_method": method,
        "visit_result": SPOKEN if method in BY_TELEPHONE else SEEN,
        "health": draw.of(HEALTH[case["self_care_level"]]),
        "mental": draw.of(MENTAL),
        "safety_issues": draw.some(SAFETY, 2) if draw.chance(0.12) else NOTHING,
        "needs": draw.some(NEEDS, 2) if draw.chance(0.2) else NOTHING,
    }
    if draw.chance(0.12):
        values["health_note"] = draw.one(words.HEALTH_NOTES).format(draw.between(108, 178), draw.between(62, 98))
    if values["needs"] != NOTHING and draw.chance(0.3):
        values["needs_note"] = draw.one(words.NEEDS_NOTES).format(draw.between(2, 30))
    if method == AT_HOME:
        values |= _house(draw)
    return values


def _house(draw: Draw) -> Values:
    return {
        "hygiene": draw.of(HYGIENE),
        "housing": draw.of(HOUSING),
        "supplies": draw.of(SUPPLIES),
        "elder_sign": draw.of(SIGNED),
    }


def follow_up(draw: Draw, visit: Values, today: date) -> Values:
    """Returns what was done at once and what is left to do."""
    if "health" not in visit:
        return {"follow_up": NO_FOLLOW_UP}
    worrying = visit["health"] == POOR or visit["safety_issues"] != NOTHING or visit["needs"] != NOTHING
    if not worrying:
        return {"actions": NOTHING if draw.chance(0.7) else ("02",), "follow_up": NO_FOLLOW_UP}
    action = draw.of(SOLVED)
    values: Values = {"actions": (action,), "follow_up": NO_FOLLOW_UP}
    if action in REFERRED:
        values["referral_to"] = REFERRED[action]
        values |= _outcome(draw, visit["visit_date"], today)
    return values


def _outcome(draw: Draw, day: date, today: date) -> Values:
    due = day + timedelta(days=draw.one((7, 10, 15)))
    if due > today:
        return {"follow_up": OPEN, "follow_up_due": due}
    if draw.chance(0.04):
        return {"follow_up": UNDER_WAY, "follow_up_due": due}
    done = draw.day(day, due)
    return {"follow_up": DONE, "follow_up_due": due, "follow_up_done_on": done, "follow_up_result": draw.one(RESULTS)}
