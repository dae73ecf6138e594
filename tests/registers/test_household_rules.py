"""What is said about households and who belongs to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_street import TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

WANG = {
    "id": uuid(1), "name": "王强", "sex": "1", "life_status": "1", "relief_class": "0", "residence_division": VILLAGE,
    "group_name": "3组",
}  # fmt: skip
WIFE = {"id": uuid(2), "name": "周芳", "sex": "2", "life_status": "1", "relief_class": "1"}
HOUSE = {
    "id": uuid(10), "head_person_id": uuid(1), "village_code": VILLAGE, "township_code": TOWNSHIP, "member_count": 2,
}  # fmt: skip
HEAD = {"id": uuid(20), "household_id": uuid(10), "person_id": uuid(1), "relation_to_head": "02"}
SPOUSE = {"id": uuid(21), "household_id": uuid(10), "person_id": uuid(2), "relation_to_head": "12"}


def street(**registers: list[dict[str, Any]]) -> Street:
    return Street(**{"person": [WANG, WIFE], "household": [HOUSE], "household_member": [HEAD, SPOUSE], **registers})


household = Asked("household", HOUSE, street())
member = Asked("household_member", SPOUSE, street())


def test_a_whole_household_has_no_fault() -> None:
    assert household.said() == {}
    assert member.said() == {}
    assert Asked("household_member", HEAD, street()).said() == {}


def test_fewer_people_than_living_members_is_worth_a_look() -> None:
    assert household.said(member_count=1) == {"fewer_than_linked": Kind.WARNING}
    dead = street(person=[WANG, {**WIFE, "life_status": "2"}])
    assert household.said(dead, member_count=1) == {}
    left = street(household_member=[HEAD, {**SPOUSE, "left_on": date(2026, 1, 1)}])
    assert household.said(left, member_count=1) == {}


@pytest.mark.parametrize("key", ["resident_count", "migrant_count"])
def test_who_is_at_home_and_who_is_away_are_some_of_all(key: str) -> None:
    assert household.said(**{key: 3}) == {f"{key}_above": Kind.WARNING}
    assert household.said(**{key: 2}) == {}


def test_the_head_is_the_member_registered_as_head() -> None:
    assert household.said(head_person_id=uuid(2)) == {"other_head": Kind.WARNING}


def test_nobody_heads_two_households() -> None:
    second = {**HOUSE, "id": uuid(11)}
    assert household.said(street(household=[HOUSE, second])) == {"second_household": Kind.ERROR}


def test_a_household_lives_where_its_head_does_and_is_of_its_heaviest_relief_class() -> None:
    filled = household.filled(village_code=None, household_kind=None)
    assert (filled["village_code"], filled["group_name"], filled["household_kind"]) == (VILLAGE, "3组", "1")
    supported = street(person=[{**WANG, "relief_class": "3"}, WIFE])
    assert household.filled(supported)["household_kind"] == "3"


def test_a_household_number_names_the_village() -> None:
    numbering = REGISTERS["household"].numbering
    assert numbering is not None
    assert numbering.prefix(HOUSE) == f"{VILLAGE}-"
    assert numbering.prefix({**HOUSE, "village_code": None}) == f"{TOWNSHIP}-"


def test_nobody_belongs_to_two_households_at_once() -> None:
    elsewhere = {**SPOUSE, "id": uuid(22), "household_id": uuid(11)}
    assert member.said(street(household_member=[elsewhere])) == {"second_membership": Kind.ERROR}
    left = {**elsewhere, "left_on": date(2025, 1, 1)}
    assert member.said(street(household_member=[left])) == {}
    assert member.said(street(household_member=[elsewhere]), left_on=date(2025, 1, 1)) == {}


def test_a_household_has_one_head() -> None:
    assert member.said(relation_to_head="02") == {"second_head": Kind.ERROR}
    alone = street(household_member=[SPOUSE])
    assert member.said(alone, relation_to_head="02") == {"other_head": Kind.WARNING}
    gone = street(
        household_member=[{**HEAD, "left_on": date(2025, 1, 1)}], household=[{**HOUSE, "head_person_id": None}]
    )
    assert member.said(gone, relation_to_head="02") == {}


def test_the_head_is_no_relative_of_the_head() -> None:
    assert Asked("household_member", HEAD, street()).said(relation_to_head="20") == {"head_as_relative": Kind.ERROR}


@pytest.mark.parametrize(("relation", "fits"), [("12", True), ("11", False), ("20", False), ("31", True), ("10", True)])
def test_relation_and_sex_agree(relation: str, fits: bool) -> None:
    assert member.said(relation_to_head=relation) == ({} if fits else {"relation_sex": Kind.WARNING})


def test_nobody_leaves_before_joining() -> None:
    days = {"joined_on": date(2026, 2, 1), "left_on": date(2026, 1, 1)}
    assert member.said(**days) == {"left_before_joining": Kind.ERROR}
