"""人员基础信息 of a made-up life."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from anyue_desktop.core.resident_id import RESIDENT
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.lives import DIED, ENTERED_HOME, Life, has_children

Values = dict[str, Any]

EDUCATION = Odds({"95": 38, "80": 44, "70": 14, "60": 4})
SINGLE_STATUS = Odds({"30": 82, "40": 12, "10": 6})
HEALTH = Odds({"10": 16, "20": 32, "30": 44, "22": 5, "80": 3})
CHRONIC = Odds({"42": 40, "43": 22, "31": 12, "37": 10, "33": 8, "32": 8})
DISABILITY = Odds({"4": 50, "1": 18, "2": 14, "5": 8, "6": 10})
SERIOUS, CHRONICALLY_ILL, DISABLED = "22", "30", "60"
HAN, YI = "01", "07"
MARRIED, NEVER_MARRIED = "21", "10"
EXTREME_HARDSHIP_AT_HOME = "2"
IN_A_HOME = "4"


def person(draw: Draw, life: Life, number: str) -> Values:
    """Returns what an officer would type of the person; the register fills in the rest."""
    values: Values = {
        "id": numbers.record_id(draw, life.enrolled),
        "name": life.name,
        "id_type": RESIDENT,
        "id_number": number,
        "sex": life.sex,
        "birth_date": life.birth,
        "ethnicity": YI if "·" in life.name else HAN,
        "education": draw.of(EDUCATION),
        "marital_status": _marital_status(draw, life),
        "residence_division": life.village.code,
        "group_name": f"{draw.between(1, life.village.groups)}{life.village.unit}",
        "residence_address": life.village.address(draw),
        "residence_status": IN_A_HOME if life.exit_reason == ENTERED_HOME else "0",
        "same_address": True,
        "hukou_kind": "2" if life.village.urban and draw.chance(0.7) else "1",
        "hukou_class": "2",
        "is_party_member": draw.chance(0.05),
        "life_status": "1",
    }
    values |= _telephones(draw, life) | _health(draw, life, number) | _relief(draw, life)
    if life.exit_reason == DIED:
        values |= {"life_status": "2", "death_date": life.left, "disposal_kind": draw.one("1112")}
    return values


def _marital_status(draw: Draw, life: Life) -> str:
    if life.difficulty.living == "2":
        return MARRIED
    status = draw.of(SINGLE_STATUS)
    return "30" if status == NEVER_MARRIED and has_children(life) else status


def _telephones(draw: Draw, life: Life) -> Values:
    contact = draw.one(life.relatives)
    own = {"phone": numbers.phone(draw, numbers.ELDER)} if draw.chance(0.72) else {"phone_none": True}
    return {
        **own,
        "emergency_name": contact.name,
        "emergency_relation": contact.relation,
        "emergency_phone": contact.phone,
    }


def _health(draw: Draw, life: Life, number: str) -> Values:
    status = DISABLED if life.difficulty.disabled else draw.of(HEALTH)
    values: Values = {"health_status": status}
    if status == CHRONICALLY_ILL:
        values["chronic_diseases"] = draw.some(CHRONIC, 3)
    elif status == SERIOUS:
        values["serious_illness"] = draw.one(words.ILLNESSES)
    elif status == DISABLED:
        values["disability_cert_no"] = f"{number}{draw.of(DISABILITY)}{draw.one('12')}"
    return values


def _relief(draw: Draw, life: Life) -> Values:
    relief = draw.of(life.difficulty.relief)
    if relief != EXTREME_HARDSHIP_AT_HOME:
        return {"relief_class": relief}
    asked = draw.day(max(life.enrolled, life.today - timedelta(days=300)), life.left or life.today)
    return {"relief_class": relief, "central_willing": draw.one("1222"), "central_asked_on": asked}
