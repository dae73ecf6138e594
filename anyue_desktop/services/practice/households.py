"""家庭和家庭成员: the households of those elders and children who live at home (registers.md B.2).

Linked are people with a file and those who care for a child; whoever else lives there is merely counted. A child nobody
cares for has no household here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from anyue_desktop.registers.household import HEAD, WEIGHT_OF_RELIEF
from anyue_desktop.services.practice.childhoods import GRANDPARENTS, ONE_PARENT
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.families import Family
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.township import PersonFile

Values = dict[str, Any]
Members = list[tuple[Values, str]]  # person and relation to the head

ALONE, WITH_SPOUSE = "1", "2"  # codelist living_arrangement
CHILD_OF = {GRANDPARENTS: ("41", "42"), ONE_PARENT: ("20", "30")}  # codelist family_relation, boys and girls
NEPHEW_OR_NIECE = ("93", "94")
INCOMES = {"1": (4200, 7800), "2": (6000, 9800), "3": (6000, 9800)}
USUAL_INCOME = (9000, 24000)
SOURCES = {True: Odds({"2": 25, "5": 45, "7": 30}), False: Odds({"1": 35, "2": 30, "5": 20, "7": 15})}  # alone or not
HOUSING = Odds({"1": 40, "2": 45, "3": 5, "9": 10})


def write_households(setting: Setting, elders: Sequence[PersonFile], made: Sequence[Family]) -> None:
    """Writes one household for every elder at home, and for every family that is not an elder's."""
    raising = {family.carer["id"]: family for family in made if family.carer}
    for number, one in enumerate(elders):
        if one.life.left:
            continue
        draw = setting.draw("household", number)
        family = raising.pop(one.person["id"], None)
        members = [(one.person, HEAD), *(_children(family) if family else ())]
        opened = one.life.enrolled
        _write(setting, draw, opened, members, others=_others(draw, one.case.get("living_arrangement"), family))
    for number, family in enumerate(raising.values()):
        draw = setting.draw("family's household", number)
        head = family.carer or {}
        opened = date.fromisoformat(head["created_at"][:10])
        away = sum(one.state == "01" for one in (family.father, family.mother))
        _write(setting, draw, opened, [(head, HEAD), *_children(family)], others=away, away=away)


def _children(family: Family) -> Members:
    relations = CHILD_OF.get(family.kind.carer, NEPHEW_OR_NIECE)
    return [(one, relations[one["sex"] == "2"]) for one in family.children]


def _others(draw: Draw, living: str | None, family: Family | None) -> int:
    """How many live in an elder's household beside those who are linked."""
    if living == ALONE or family:
        return 0
    return 1 if living == WITH_SPOUSE else draw.between(1, 3)


def _write(setting: Setting, draw: Draw, day: date, members: Members, *, others: int, away: int = 0) -> None:
    head = members[0][0]
    kinds = {person.get("relief_class") for person, _ in members}
    kind = next(code for code in WEIGHT_OF_RELIEF if code in kinds)
    count = len(members) + others
    values: Values = {
        "head_person_id": head["id"],
        "member_count": count,
        "resident_count": count - away,
        "migrant_count": away,
        "household_kind": kind,
        "annual_income": Decimal(draw.between(*INCOMES.get(kind, USUAL_INCOME))),
        "income_sources": draw.some(SOURCES[count == 1], 3),
        "housing_safety": draw.of(HOUSING),
    }
    household = setting.book.write("household", draw, day, values)
    for person, relation in members:
        member: Values = {"household_id": household["id"], "person_id": person["id"], "relation_to_head": relation}
        if relation != HEAD:
            member["joined_on"] = person["birth_date"]
        setting.book.write("household_member", draw, day, member)
