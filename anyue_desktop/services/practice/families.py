"""The families of made-up children: parents, whoever cares for them, and the children themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.childhoods import (
    ALL,
    ALONE,
    AT_HOME,
    AWAY,
    CHILDHOODS,
    DEAD,
    GRANDPARENTS,
    HURT,
    LEFT_BEHIND,
    LOST,
    ON_ALLOWANCE,
    ONE_PARENT,
    PRISON,
    RELATIVES,
    UNATTENDED,
    WITH_DISABILITY,
    Childhood,
)
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.lives import SONS, Life
from anyue_desktop.services.practice.places import Village
from anyue_desktop.services.practice.plain_persons import Body, Home, born, home_in, write_person
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.township import PersonFile

Values = dict[str, Any]

WITH_GRANDCHILDREN = "5"  # codelist living_arrangement
ABLE, VERIFIED = "1", "1"
OLDEST_CARER = 70
UNCLE, AUNT, GRANDFATHER, GRANDMOTHER, FATHER, MOTHER = "83", "90", "61", "62", "51", "52"
SIBLING_SHARE, LARGEST = 0.35, 2
CARE_AGES = {GRANDPARENTS: (52, 69), ONE_PARENT: (27, 48)}
RELATIVE_AGES = (32, 58)
ON_SUPPORT = "2"  # codelist relief_class
ILLNESSES = ("急性白血病", "先天性心脏病", "重型地中海贫血")


@dataclass(frozen=True)
class Milestone:
    """A childhood a larger township surely has, and when the child reaches an age that matters."""

    kind: Childhood
    years: int = 0
    in_days: int = 0  # negative: so long ago


FIRST = (
    Milestone(LEFT_BEHIND, 16, 41),  # leaves the list soon
    Milestone(LEFT_BEHIND, 16, -26),  # should have left it
    Milestone(ON_ALLOWANCE, 18, 33),
    Milestone(ON_ALLOWANCE, 18, -9),
    Milestone(UNATTENDED),
    Milestone(ALONE),
    Milestone(HURT),
    Milestone(LEFT_BEHIND, 16, 13),
)
ONE_OF = 12  # children for each of the first


def first(setting: Setting, number: int) -> Milestone | None:
    """Returns what is decided of the first children of a township with enough of them."""
    return FIRST[number] if number < min(len(FIRST), setting.size.children // ONE_OF) else None


@dataclass(frozen=True)
class Parent:
    """A father or a mother."""

    name: str
    state: str
    phone: str
    place: str

    @property
    def reachable(self) -> bool:
        """Whether anybody knows a telephone."""
        return self.state not in (DEAD, LOST, PRISON)


@dataclass
class Family:
    """One household with children on the list."""

    kind: Childhood
    home: Home
    surname: str
    father: Parent
    mother: Parent
    carer: Values | None  # the person's record; None where nobody cares
    carer_relation: str  # what the carer is to the child
    children: list[Values] = field(default_factory=list)  # their persons' records


def families(setting: Setting, files: list[PersonFile]) -> Iterator[Family]:
    """Writes the persons of all families; a grandparent who is on the elders' list is that very person."""
    grandparents = deque(one for one in files if _raises_grandchildren(one))
    number = 0
    while number < setting.size.children:
        draw = setting.draw("family", number)
        known = first(setting, number)
        kind = known.kind if known else CHILDHOODS[int(draw.of(ALL))]
        elder = grandparents.popleft() if kind is LEFT_BEHIND and grandparents and not known else None
        made = _with_elder(setting, draw, kind, elder) if elder else _family(setting, draw, kind, number)
        several = kind.several and not known and draw.chance(SIBLING_SHARE)
        for _ in range(min(LARGEST if several else 1, setting.size.children - number)):
            made.children.append(_child(setting, draw, made, number))
            number += 1
        yield made


def _raises_grandchildren(one: PersonFile) -> bool:
    life = one.life
    return (
        not life.left
        and life.age < OLDEST_CARER
        and one.case.get("living_arrangement") == WITH_GRANDCHILDREN
        and one.case["self_care_level"] == ABLE
        and one.person["id_verified"] == VERIFIED
        and "group_name" in one.person
        and any(relative.away and relative.relation in SONS for relative in life.relatives)
    )


def _with_elder(setting: Setting, draw: Draw, kind: Childhood, one: PersonFile) -> Family:
    life: Life = one.life
    son = next(relative for relative in life.relatives if relative.away and relative.relation in SONS)
    home = Home(life.village, one.person["group_name"], one.person["residence_address"])
    father = Parent(son.name, AWAY, son.phone, son.place)
    relation = GRANDFATHER if life.sex == "1" else GRANDMOTHER
    return Family(kind, home, son.name[0], father, _parent(draw, kind.mother, "2"), one.person, relation)


def _family(setting: Setting, draw: Draw, kind: Childhood, number: int) -> Family:
    village: Village = setting.village(draw, number)
    home, surname = home_in(draw, village), draw.one(words.SURNAMES)
    father = _parent(draw, kind.father, "1", surname)
    mother = _parent(draw, kind.mother, "2")
    made = Family(kind, home, surname, father, mother, None, "")
    if kind.carer == ONE_PARENT:
        at_home = father if father.state == AT_HOME else mother
        sex = "1" if at_home is father else "2"
        made.carer = _carer(setting, draw, Body(at_home.name, sex, _born(setting, draw, kind)), home, at_home.phone)
        made.carer_relation = FATHER if sex == "1" else MOTHER
    elif kind.carer in CARE_AGES or kind.carer == RELATIVES:
        sex = draw.one("12")
        of_family = kind.carer == GRANDPARENTS and sex == "2"
        name = words.full_name(draw, sex) if of_family else surname + words.given_name(draw, sex)
        phone = numbers.phone(draw, numbers.FAMILY)
        made.carer = _carer(setting, draw, Body(name, sex, _born(setting, draw, kind)), home, phone)
        older, younger = (GRANDFATHER, GRANDMOTHER), (UNCLE, AUNT)
        made.carer_relation = (older if kind.carer == GRANDPARENTS else younger)[sex == "2"]
    return made


def _born(setting: Setting, draw: Draw, kind: Childhood) -> date:
    return born(draw, setting.today, *CARE_AGES.get(kind.carer, RELATIVE_AGES))


def _carer(setting: Setting, draw: Draw, body: Body, home: Home, phone: str) -> Values:
    day = setting.today - timedelta(days=draw.between(300, 1200))
    return write_person(setting, draw, body, home, day, phone=phone)


def _parent(draw: Draw, state: str, sex: str, surname: str = "") -> Parent:
    name = surname + words.given_name(draw, sex, young=True) if surname else words.full_name(draw, sex, young=True)
    place = draw.one(words.WORK_PLACES) if state == AWAY else ""
    return Parent(name, state, numbers.phone(draw, numbers.FAMILY), place)


def _child(setting: Setting, draw: Draw, made: Family, number: int) -> Values:
    kind = made.kind
    sex = draw.one("12")
    body = Body(made.surname + words.given_name(draw, sex, young=True), sex, _birthday(setting, draw, kind, number))
    age = age_on(body.birth, setting.today)
    more: Values = {
        "id_number": setting.issued.next(body.birth, sex),
        "relief_class": draw.of(kind.relief),
        "phone_none": True,
        "marital_status": "10",
        "education": "91" if age < 6 else "80" if age < 13 else "70",
    }
    if more["relief_class"] == ON_SUPPORT:
        more |= {"central_willing": "2", "central_asked_on": setting.today - timedelta(days=draw.between(20, 300))}
    if made.carer:
        more |= _contact(made, made.carer)
    if kind.health:
        more |= _health(draw, kind.health, more["id_number"])
    day = max(setting.today - timedelta(days=draw.between(40, 900)), body.birth + timedelta(days=30))
    return write_person(setting, draw, body, made.home, min(day, setting.today), **more)


def _birthday(setting: Setting, draw: Draw, kind: Childhood, number: int) -> date:
    milestone = first(setting, number)
    if milestone is None or not milestone.years:
        return born(draw, setting.today, *kind.ages)
    day = setting.today + timedelta(days=milestone.in_days)
    return day.replace(year=day.year - milestone.years, day=min(day.day, 28))


def _contact(made: Family, carer: Values) -> Values:
    reachable = made.father if made.father.reachable else made.mother
    return {
        "emergency_name": carer["name"],
        "emergency_relation": made.carer_relation,
        "emergency_phone": carer.get("phone") or reachable.phone,
    }


def _health(draw: Draw, status: str, number: str) -> Values:
    if status == WITH_DISABILITY:
        return {"health_status": status, "disability_cert_no": f"{number}{draw.one('1456')}{draw.one('1234')}"}
    return {"health_status": status, "serious_illness": draw.one(ILLNESSES)}
