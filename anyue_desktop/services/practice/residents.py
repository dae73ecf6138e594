"""特困人员 who live in the township's home: persons, assessments and benefits (indicators I01, I18).

They are on no list of elders to be visited; a home keeps them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.assessments import six_items
from anyue_desktop.services.practice.benefits import BY_CARD, HARDSHIP_CARE, HARDSHIP_LIVING, amount_of
from anyue_desktop.services.practice.cases import ABILITIES
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.facility_plans import HOME
from anyue_desktop.services.practice.lives import NEPHEW
from anyue_desktop.services.practice.plain_persons import Body, Home, born, write_person
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

IN_CARE, IN_A_HOME, WILLING, NEVER_MARRIED = "3", "4", "1", "10"
AGES = (63, 89)
SELF_CARE = Odds({"1": 52, "2": 28, "3": 20})
ABLE = "1"
LARGEST_SHARE = 0.4  # of the beds: those who are registered here, among all who live there


def write_residents(setting: Setting) -> None:
    """Writes the people on 特困 support in the home; where there is none, nobody."""
    homes = setting.book.others("facility", {"facility_type": HOME})
    if not homes:
        return
    for number in range(min(setting.size.residents, int(homes[0]["beds_full"] * LARGEST_SHARE))):
        draw = setting.draw("resident", number)
        entered = setting.today - timedelta(days=draw.between(100, 1800))
        person = _person(setting, draw, homes[0], entered)
        self_care = draw.of(SELF_CARE)
        _write_assessment(setting, draw, person, self_care)
        for kind in (HARDSHIP_LIVING,) if self_care == ABLE else (HARDSHIP_LIVING, HARDSHIP_CARE):
            _write_benefit(setting, draw, person, kind, entered)


def _person(setting: Setting, draw: Draw, home: Values, entered: date) -> Values:
    sex = draw.one("1112")
    body = Body(words.full_name(draw, sex), sex, born(draw, setting.today, *AGES))
    more: Values = {
        "relief_class": IN_CARE,
        "residence_status": IN_A_HOME,
        "central_willing": WILLING,
        "central_asked_on": setting.today - timedelta(days=draw.between(10, 320)),
        "marital_status": NEVER_MARRIED,
        "phone_none": True,
        "emergency_name": body.name[0] + words.given_name(draw, "1", young=True),
        "emergency_relation": NEPHEW,
        "emergency_phone": numbers.phone(draw, numbers.FAMILY),
    }
    village = setting.villages[0]
    place = Home(village, f"{draw.between(1, village.groups)}{village.unit}", f"{home['name']}（{home['address']}）")
    return write_person(setting, draw, body, place, entered, **more)


def _write_assessment(setting: Setting, draw: Draw, person: Values, self_care: str) -> None:
    day = setting.today - timedelta(days=draw.between(5, 300))
    values: Values = {
        "person_id": person["id"],
        "assessed_on": day,
        "ability_level": draw.of(ABILITIES[self_care]),
        "self_care_level": self_care,
        "assessor": "镇卫生院评估小组",
        "valid_until": day + timedelta(days=365),
    }
    setting.book.write("ability_assessment", draw, day, values | six_items(draw, self_care))


def _write_benefit(setting: Setting, draw: Draw, person: Values, kind: str, since: date) -> None:
    values: Values = {
        "person_id": person["id"],
        "benefit_type": kind,
        "amount_month": amount_of(kind),
        "start_month": f"{since:%Y-%m}",
        "payee_name": person["name"],
        "payee_relation": "01",
        "pay_method": BY_CARD,
        "approved_on": since,
    }
    setting.book.write("person_benefit", draw, since, values)
