"""人员基础信息 of people who have no elder's file: children, heads of households, women, residents of a home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.resident_id import RESIDENT
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.persons import HAN, YI
from anyue_desktop.services.practice.places import Village
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

RURAL = "1"
GROWN_UP = 18
HEALTH = Odds({"10": 45, "20": 40, "30": 15})
EDUCATION_OLD, EDUCATION_YOUNG = Odds({"80": 60, "70": 30, "95": 10}), Odds({"70": 60, "80": 20, "60": 14, "40": 6})
YOUNG_UNTIL = 50


@dataclass(frozen=True)
class Home:
    """Where a family lives."""

    village: Village
    group: str
    address: str


@dataclass(frozen=True)
class Body:
    """Who somebody is before anything is written down."""

    name: str
    sex: str
    birth: date


def home_in(draw: Draw, village: Village) -> Home:
    """Returns a made-up home in a village."""
    return Home(village, f"{draw.between(1, village.groups)}{village.unit}", village.address(draw))


def born(draw: Draw, today: date, low: int, high: int) -> date:
    """Returns a birthday of somebody who is now of an age from low to high."""
    days = draw.between(int(low * 365.25) + 1, int((high + 1) * 365.25) - 1)
    return today - timedelta(days=days)


def write_person(setting: Setting, draw: Draw, body: Body, home: Home, day: date, **more: Any) -> Values:
    """Writes a person's record; `more` takes the place of the usual answers."""
    age = age_on(body.birth, setting.today)
    values: Values = {
        "name": body.name,
        "id_type": RESIDENT,
        "sex": body.sex,
        "birth_date": body.birth,
        "ethnicity": YI if "·" in body.name else HAN,
        "residence_division": home.village.code,
        "group_name": home.group,
        "residence_address": home.address,
        "residence_status": "0",
        "same_address": True,
        "hukou_kind": RURAL,
        "hukou_class": "2",
        "relief_class": "0",
        "life_status": "1",
    }
    if age >= GROWN_UP:
        values["education"] = draw.of(EDUCATION_YOUNG if age < YOUNG_UNTIL else EDUCATION_OLD)
    if "health_status" not in more:
        values["health_status"] = draw.of(HEALTH) if age >= GROWN_UP else "10"
    if "id_number" not in more:
        values["id_number"] = setting.issued.next(body.birth, body.sex)
    return setting.book.write("person", draw, day, values | more)
