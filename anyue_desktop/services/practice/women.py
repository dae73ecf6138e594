"""农村留守妇女档案 and the visits to them (民发〔2019〕86号; docs/decisions/0011)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import month_of
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.plain_persons import Body, born, home_in, write_person
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

WOMAN, AGES = "2", (25, 52)
CONTACT, OCCUPATION = Odds({"1": 40, "2": 40, "3": 16, "4": 4}), Odds({"27": 70, "51": 15, "54": 10, "70": 5})
DIFFICULTIES = Odds({"01": 15, "04": 45, "05": 8, "08": 14, "12": 18})
NEEDS = Odds({"01": 24, "02": 18, "03": 20, "04": 14, "05": 10, "06": 14})
CONSENTS, SOURCES = Odds({"1": 40, "2": 30, "3": 30}), Odds({"1": 70, "2": 20, "3": 10})
SKILLS = ("家政服务", "柠檬种植管护", "电商直播", "缝纫", "养老护理")
NOTHING = ("00",)
EVERY = (50, 95)  # days between visits
METHODS = Odds({"1": 80, "2": 20})
RESULTS = {"1": "1", "2": "2"}  # seen at home, spoken to by telephone
SUPPORTS = Odds({"01": 40, "02": 30, "03": 15, "06": 10, "10": 5})
REFERRED = {"03": "就业服务站", "06": "乡镇妇联"}
DONE = {"03": ("已参加县上技能培训", "已介绍到附近园区务工"), "06": ("已由乡镇妇联上门谈心",)}
VIOLENCE, POLICE = ("09",), ("11",)
EXIT_SHARE, HUSBAND_BACK = 0.05, "02"


def write_women(setting: Setting) -> None:
    """Writes the women's files and a year of visits; of the first one a visit found violence, and helped."""
    for number in range(setting.size.women):
        draw = setting.draw("woman", number)
        village = setting.village(draw, number)
        body = Body(words.full_name(draw, WOMAN, young=True), WOMAN, born(draw, setting.today, *AGES))
        enrolled = setting.today - timedelta(days=draw.between(60, 900))
        phone = numbers.phone(draw, numbers.FAMILY)
        person = write_person(
            setting, draw, body, home_in(draw, village), enrolled, phone=phone, marital_status="21", health_status="10"
        )
        case = _write_case(setting, draw, person, enrolled, draw.one(village.visitors).name)
        _write_visits(setting, draw, case, hurt=number == 0)


def _write_case(setting: Setting, draw: Draw, person: Values, enrolled: date, responsible: str) -> Values:
    difficulties = draw.some(DIFFICULTIES, 2) if draw.chance(0.6) else NOTHING
    children = draw.between(0, 2) if "05" not in difficulties else 3
    values: Values = {
        "person_id": person["id"],
        "spouse_name": words.full_name(draw, "1", young=True),
        "spouse_phone": numbers.phone(draw, numbers.FAMILY),
        "spouse_work_place": draw.one(words.WORK_PLACES),
        "spouse_away_since": month_of(enrolled - timedelta(days=draw.between(220, 1500))),
        "spouse_contact": draw.of(CONTACT),
        "children_at_home": children,
        "elders_at_home": draw.between(0, 2),
        "occupation": draw.of(OCCUPATION),
        "income_sources": ("1", "2"),
        "difficulties": difficulties,
        "needs_standing": draw.some(NEEDS, 2) if difficulties != NOTHING else NOTHING,
        "risk_level": "2" if "08" in difficulties else "1",
        "responsible_name": responsible,
        "responsible_type": "01",
        "responsible_phone": numbers.phone(draw, numbers.VISITOR),
        "consent_kind": draw.of(CONSENTS),
        "enrol_date": enrolled,
        "enrol_source": draw.of(SOURCES),
    }
    if draw.chance(0.4):
        values["skills_wanted"] = draw.one(SKILLS)
    if draw.chance(EXIT_SHARE):
        values |= {"exit_date": setting.today - timedelta(days=draw.between(1, 40)), "exit_reason": HUSBAND_BACK}
    return setting.book.write("left_behind_woman", draw, enrolled, values)


def _write_visits(setting: Setting, draw: Draw, case: Values, *, hurt: bool) -> None:
    day = max(case["enrol_date"], setting.today - timedelta(days=365)) + timedelta(days=draw.between(1, 30))
    last = case.get("exit_date") or setting.today
    while day <= last:
        method = draw.of(METHODS)
        values: Values = {"case_id": case["id"], "visit_date": day, "visit_method": method}
        values |= {"visit_result": RESULTS[method], "health": draw.one("112"), "mental": draw.one("1123")}
        values |= _violence(draw, day, setting.today) if hurt else _findings(draw, case, day, setting.today)
        hurt = False
        setting.book.write("left_behind_woman_visit", draw, day, values)
        day += timedelta(days=draw.between(*EVERY))


def _findings(draw: Draw, case: Values, day: date, today: date) -> Values:
    needs = draw.some(NEEDS, 2) if draw.chance(0.4) else NOTHING
    support = draw.of(SUPPORTS) if needs != NOTHING else "00"
    values: Values = {"difficulties_found": case["difficulties"], "needs": needs, "supports": (support,)}
    if support not in REFERRED:
        return values | {"follow_up": "0"}
    due = day + timedelta(days=20)
    values |= {"referral_to": REFERRED[support], "follow_up_due": due}
    if due > today or draw.chance(0.15):
        return values | {"follow_up": "1"}
    return values | {"follow_up": "3", "follow_up_done_on": due, "follow_up_result": draw.one(DONE[support])}


def _violence(draw: Draw, day: date, today: date) -> Values:
    return {
        "difficulties_found": VIOLENCE,
        "needs": ("08",),
        "supports": POLICE,
        "follow_up": "3",
        "follow_up_due": day + timedelta(days=1),
        "follow_up_done_on": min(day + timedelta(days=1), today),
        "follow_up_result": "派出所已出具告诫书，村妇联每周回访",
    }
