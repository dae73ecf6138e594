"""设施 of a made-up township."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from anyue_desktop.core import credit_code
from anyue_desktop.registers.facility_blocks import blocks_of
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.facility_plans import COMMUNITY, PLANS, TOWN, Plan
from anyue_desktop.services.practice.places import Village
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

IN_USE, BEING_BUILT, OUT_OF_USE = "1", "2", "3"
YES, NO, NOT_APPLICABLE = "1", "0", "9"
BUILDING, IDLE = 17, 29  # of the facilities in order: one is being built, one stands empty
LICENCE_ENDS = 27  # days until the first licence runs out
ORGANISATION = {"1": "12", "3": "52"}  # first two signs of a credit code by codelist org_nature


def write_facilities(setting: Setting) -> None:
    """Writes the facilities of the township and of its villages."""
    draw = setting.draw("facilities")
    licensed = 0
    for number, (plan, village) in enumerate(_planned(setting, draw)):
        values = _facility(setting, draw, plan, village, number)
        if values.get("food_license") == YES:
            ahead = LICENCE_ENDS if licensed == 0 else draw.between(90, 1500)
            values["food_license_until"] = setting.today + timedelta(days=ahead)
            licensed += 1
        built = setting.today - timedelta(days=draw.between(400, 700))
        setting.book.write("facility", draw, built, values)


def _planned(setting: Setting, draw: Draw) -> Iterator[tuple[Plan, Village | None]]:
    for plan in PLANS:
        if plan.needs and not getattr(setting.character, plan.needs):
            continue
        if plan.where == TOWN:
            if draw.chance(plan.share):
                yield plan, None
            continue
        for village in setting.villages:
            if (plan.where != COMMUNITY or village.urban) and draw.chance(plan.share):
                yield plan, village


def _facility(setting: Setting, draw: Draw, plan: Plan, village: Village | None, number: int) -> Values:
    blocks = blocks_of(plan.kind)
    area = Decimal(draw.between(*plan.area))
    values: Values = {
        "name": plan.name.format(village.name if village else setting.name),
        "facility_type": plan.kind,
        "division_code": village.code if village else setting.township,
        "address": _address(draw, village),
        "org_nature": plan.nature,
        "status": IN_USE,
        "built_on": f"{draw.between(2012, 2024)}-{draw.between(1, 12):02d}",
        "floor_area": area,
        "staff_total": draw.between(*plan.staff),
        "head_name": words.full_name(draw, draw.one("112"), young=True),
        "head_phone": numbers.phone(draw, numbers.VISITOR),
    }
    values["staff_cert"] = draw.below(min(3, values["staff_total"]) + 1)
    for block, fill in FILLS.items():
        if block in blocks:
            values |= fill(setting, draw, plan, values)
    if "institution" in blocks:
        values["uscc"] = _credit_code(draw, plan)
    return values | _state(setting, draw, number)


def _address(draw: Draw, village: Village | None) -> str:
    return village.address(draw) if village else f"场镇{draw.one(words.STREETS)}{draw.between(1, 120)}号"


def _credit_code(draw: Draw, plan: Plan) -> str:
    """A code of the right form of an organisation that does not exist."""
    letters = "".join(draw.one(credit_code.CHARACTERS) for _ in range(9))
    body = f"{ORGANISATION[plan.nature]}{numbers.PREFIX}{letters}"
    return body + credit_code.check_character(body)


def _state(setting: Setting, draw: Draw, number: int) -> Values:
    if number == IDLE:
        since = setting.today - timedelta(days=draw.between(30, 200))
        return {"status": OUT_OF_USE, "status_date": since, "remark": "房屋维修，暂停使用"}
    return {"status": BEING_BUILT, "built_on": None} if number == BUILDING else {}


def _care(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    return {"operation_mode": plan.mode, "founder": plan.founder}


def _institution(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    filed = draw.chance(0.9)
    values: Values = {
        "is_filed": filed,
        "meets_gbt35796": draw.chance(0.7),
        "star_level": draw.one("0012"),
        "is_relief_home": plan.kind == "E01",
        "is_regional_center": plan.kind == "E06",
        "medical_mode": draw.one("233"),
        "liability_insured": draw.chance(0.7),
    }
    if filed:
        values["filed_on"] = date(draw.between(2019, 2024), draw.between(1, 12), draw.between(1, 28))
    return values


def _beds(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    full, day = draw.between(*plan.full), draw.between(*plan.day)
    return {"beds_total": full + day, "beds_full": full, "beds_day": day, "beds_nursing": int(full * plan.nursing)}


def _fire(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    if plan.where != TOWN and not plan.meals:
        return {"fire_ok": YES if draw.chance(0.9) else NOT_APPLICABLE}
    if draw.chance(0.93):
        return {"fire_ok": YES}
    return {"fire_ok": NO, "fire_note": "未设自动喷淋，正在整改"}


def _food(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    cooks = plan.where == TOWN or draw.chance(0.4)
    return {"food_license": YES if cooks and draw.chance(0.93) else NO if plan.where == TOWN else NOT_APPLICABLE}


def _community(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    return {
        "households_served": draw.between(420, 1150),
        "has_volunteer_site": draw.chance(setting.character.volunteering),
        "renovated": draw.chance(0.7),
        "has_child_home": draw.chance(0.7),
        "service_scope": "本村（社区）居民",
    }


def _protect(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    mode = draw.one(("03", "06", "02")) if plan.where == TOWN else "07"
    return {"set_mode": mode, "funding": ("01", "04") if plan.where == TOWN else ("01",)}


def _post(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    return {"has_protect_staff": plan.where == TOWN or draw.chance(0.8)}


def _capacity(setting: Setting, draw: Draw, plan: Plan, known: Values) -> Values:
    return {"capacity_other": draw.between(*plan.capacity)}


FILLS = {
    "care": _care,
    "institution": _institution,
    "beds": _beds,
    "fire": _fire,
    "food": _food,
    "community": _community,
    "protect": _protect,
    "post": _post,
    "capacity": _capacity,
}
