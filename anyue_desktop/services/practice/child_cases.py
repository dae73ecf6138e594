"""留守（困境）儿童档案, 风险评估 and 委托照护 of a made-up family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import month_of
from anyue_desktop.registers.child_risk_assessment import level_of, score_of
from anyue_desktop.services.practice import schools
from anyue_desktop.services.practice.childhoods import AWAY, GRANDPARENTS, LOST, NOBODY, RELATIVES
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.families import Family, Parent
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.staff import director_of

Values = dict[str, Any]

MIDDLE, HIGH = "2", "3"
SOURCES = Odds({"1": 60, "2": 15, "4": 15, "3": 10})
CONSENTS = Odds({"4": 60, "2": 25, "1": 15})
EXIT_SHARE, RETURNED_HOME, MOVED = 0.04, "03", "07"
ADVICE = {"01": ("2", "9"), "05": ("1", "4"), "06": ("1", "4"), "07": ("5",), "08": ("5",)}
USUAL_ADVICE = ("2", "3")
ILL = ("22", "30", "60")
PAIRED_SHARE = 0.5
RAISED_SHARE = 0.05  # an officer may always say that the risk is high
INFO_WHOLE, INFO_INCOMPLETE = "1", "2"


@dataclass
class ChildFile:
    """A child's case with what its further records need."""

    family: Family
    person: Values
    case: Values
    enrolled: date
    left: date | None


def write_case(setting: Setting, draw: Draw, family: Family, person: Values, *, stays: bool) -> ChildFile:
    """Writes the case of one child; the risk level is what an assessment would give, or heavier."""
    enrolled = _enrolled(setting, draw, person["birth_date"])
    left = None if stays else _exit(setting, draw, family, enrolled)
    director = director_of(setting, family.home.village)
    values: Values = {
        "person_id": person["id"],
        "child_types": family.kind.types,
        "main_type": family.kind.types[0],
        "assistance_got": family.kind.assistance,
        "support_advice": ADVICE.get(family.kind.types[-1], USUAL_ADVICE),
        "director_name": director["name"],
        "director_phone": director["phone"],
        "consent_kind": draw.of(CONSENTS),
        "enrol_date": enrolled,
        "enrol_source": draw.of(SOURCES),
    }
    values |= _parents(family) | _care(draw, family, enrolled) | schools.school(setting, draw, person["birth_date"])
    if family.kind.evidence:
        values["orphan_evidence"] = family.kind.evidence.format(draw.between(100, 999))
    if draw.chance(PAIRED_SHARE):
        values["helper_name"] = draw.one(family.home.village.visitors).name
    values["risk_level"] = risk_of(setting, draw, family, values["guardianship_level"])
    if left:
        values |= {"exit_date": left, "exit_reason": RETURNED_HOME if family.kind.left_behind else MOVED}
    return ChildFile(family, person, setting.book.write("child_case", draw, enrolled, values), enrolled, left)


def risk_of(setting: Setting, draw: Draw, family: Family, guarded: str) -> str:
    """Returns the level the factors give, or a heavier one: an ill carer or lost parents make it the middle one."""
    context = setting.book.context
    level = level_of(score_of(factors_of(draw, family, guarded), context), context)
    ill = family.carer is not None and family.carer.get("health_status") in ILL
    grave = family.kind.types[0] in ("02", "03", "04")
    if draw.chance(RAISED_SHARE):
        return HIGH
    return max(level, MIDDLE) if ill or grave else level


def factors_of(draw: Draw, family: Family, guarded: str) -> tuple[str, ...]:
    """Returns the risk factors that are known of a family."""
    kind, carer = family.kind, family.carer
    known = {
        "A01": kind.carer == NOBODY,
        "A02": bool(kind.danger) and kind.carer != NOBODY,
        "B01": carer is not None and carer.get("health_status") in ILL,
        "B03": guarded == "3",
        "B05": guarded == "2",
        "B07": LOST in (kind.father, kind.mother),
        "B08": bool(kind.health),
        "B09": bool({"04", "05"} & set(kind.types)),
        "B11": draw.chance(0.08),
    }
    return tuple(code for code, holds in known.items() if holds)


def _enrolled(setting: Setting, draw: Draw, birth: date) -> date:
    earliest = min(max(birth + timedelta(days=45), setting.today - timedelta(days=365 * 3)), setting.today)
    before_milestone = birth + timedelta(days=int(15.5 * 365))
    return draw.day(earliest, max(earliest, min(setting.today - timedelta(days=12), before_milestone)))


def _exit(setting: Setting, draw: Draw, family: Family, enrolled: date) -> date | None:
    soonest = max(enrolled + timedelta(days=60), setting.today - timedelta(days=300))
    leaves = not family.kind.danger and not family.kind.evidence and draw.chance(EXIT_SHARE)
    return draw.day(soonest, setting.today) if leaves and soonest < setting.today else None


def _parents(family: Family) -> Values:
    values: Values = {}
    for key, one in (("father", family.father), ("mother", family.mother)):
        values |= _parent(key, one)
    if family.kind.single:
        values["single_parent_reason"] = family.kind.single
    return values | {"single_parent": bool(family.kind.single)}


def _parent(key: str, one: Parent) -> Values:
    values = {
        f"{key}_name": one.name,
        f"{key}_state": one.state,
        f"info_{key}": INFO_INCOMPLETE if one.state == LOST else INFO_WHOLE,
    }
    if one.reachable:
        values[f"{key}_phone"] = one.phone
    if one.state == AWAY:
        values[f"{key}_work_place"] = one.place
    return values


def _care(draw: Draw, family: Family, enrolled: date) -> Values:
    kind = family.kind
    types = {GRANDPARENTS: "2", RELATIVES: "3", NOBODY: "6"}
    values: Values = {
        "actual_carer_kind": kind.carer,
        "guardianship_level": draw.of(kind.guarded),
        "guardianship_type": types.get(kind.carer, "1"),
    }
    if kind.improper:
        values["improper_care"] = kind.improper
    if kind.left_behind:
        values |= {"entrust_reason": kind.reason, "has_entrusted": kind.carer != NOBODY}
        if kind.father == kind.mother == AWAY:
            values["both_away_since"] = month_of(enrolled - timedelta(days=draw.between(60, 700)))
    return values
