"""What is said about child workers, their training, and the figures of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from register_street import FAR_VILLAGE, OTHER_VILLAGE, TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core.problem import Kind

STAFF = {
    "id": uuid(1), "name": "刘芳", "role": "2", "duty_division": VILLAGE, "township_code": TOWNSHIP,
    "phone": "13800001111", "on_date": date(2024, 3, 1),
}  # fmt: skip
staff = Asked("protect_staff", STAFF, Street())


def test_a_whole_entry_has_no_fault() -> None:
    assert staff.said() == {}
    assert staff.missing() == set()


def test_a_village_has_one_director_in_post() -> None:
    other = {**STAFF, "id": uuid(2), "name": "李军"}
    assert staff.said(Street(protect_staff=[other])) == {"second_director": Kind.ERROR}
    assert staff.said(Street(protect_staff=[{**other, "off_date": date(2024, 2, 1)}])) == {}
    assert staff.said(Street(protect_staff=[{**other, "duty_division": OTHER_VILLAGE}])) == {}
    assert staff.said(Street(protect_staff=[other]), off_date=date(2025, 1, 1)) == {}


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        ("2", TOWNSHIP, "duty_level"), ("1", VILLAGE, "duty_level"), ("1", TOWNSHIP, None), ("4", VILLAGE, None),
        ("2", FAR_VILLAGE, "duty_elsewhere"),
    ],
)  # fmt: skip
def test_the_range_of_duty_fits_the_post(role: str, place: str, code: str | None) -> None:
    assert staff.said(role=role, duty_division=place) == ({code: Kind.ERROR} if code else {})


def test_nobody_leaves_a_post_before_taking_it() -> None:
    assert staff.said(off_date=date(2024, 2, 1)) == {"off_before_on": Kind.ERROR}


TRAINING = {
    "id": uuid(10), "title": "儿童主任业务培训", "place": "乡政府", "trained_on": date(2026, 5, 1),
    "content": "强制报告", "attendees": (uuid(1),),
}  # fmt: skip
training = Asked("staff_training", TRAINING, Street(protect_staff=[STAFF]))


def test_a_whole_training_has_no_fault() -> None:
    assert training.said() == {}
    assert training.missing() == set()


def test_whoever_was_trained_was_in_post() -> None:
    assert training.said(trained_on=date(2024, 2, 1)) == {"not_in_post": Kind.WARNING}
    gone = Street(protect_staff=[{**STAFF, "off_date": date(2026, 4, 1)}])
    assert training.said(gone) == {"not_in_post": Kind.WARNING}


def test_the_same_training_is_not_keyed_twice() -> None:
    again = Street(protect_staff=[STAFF], staff_training=[{**TRAINING, "id": uuid(11)}])
    assert training.said(again) == {"same_training": Kind.WARNING}


def test_attendees_are_named_once_each() -> None:
    assert training.said(attendees=(uuid(1), uuid(1))) == {"bad_attendees": Kind.ERROR}
    assert training.said(attendees=("刘芳",)) == {"bad_attendees": Kind.ERROR}


BASE = {
    "id": uuid(20), "village_code": VILLAGE, "township_code": TOWNSHIP, "year": 2026, "area_kind": "3",
    "households_reg": 500, "households_res": 300, "pop_reg": 1600, "pop_res": 900, "pop60_reg": 420,
    "pop60_res": 380, "pop65_reg": 300, "pop80_reg": 60, "pop0_17": 250, "pop0_15": 220, "deaths": 14,
    "cremations": 6, "filler": "王强", "audited_by": "李芳",
}  # fmt: skip
base = Asked("village_year_base", BASE, Street())


def test_a_whole_year_has_no_fault() -> None:
    assert base.said() == {}


def test_a_village_has_one_line_a_year_of_this_township_and_not_of_the_future() -> None:
    again = Street(village_year_base=[{**BASE, "id": uuid(21)}])
    assert base.said(again) == {"second_line": Kind.ERROR}
    assert base.said(village_code=FAR_VILLAGE) == {"elsewhere": Kind.ERROR}
    assert base.said(year=2027) == {"future_year": Kind.ERROR}


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("pop60_reg", "pop_reg"), ("pop65_reg", "pop60_reg"), ("pop80_reg", "pop65_reg"), ("pop60_res", "pop_res"),
        ("pop0_15", "pop0_17"), ("cremations", "deaths"),
    ],
)  # fmt: skip
def test_a_part_is_no_larger_than_its_whole(part: str, whole: str) -> None:
    assert base.said(**{part: BASE[whole]}).get(f"{part}_above_{whole}") is None
    assert base.said(**{part: BASE[whole] + 1})[f"{part}_above_{whole}"] is Kind.ERROR  # type: ignore[operator]


def test_without_those_of_65_the_old_are_compared_with_those_of_60() -> None:
    assert base.said(pop65_reg=None, pop80_reg=421) == {"pop80_reg_above_pop60_reg": Kind.ERROR}


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("relief_willing", "relief_total"), ("relief_central", "relief_total"),
        ("disabled_hard_got", "disabled_hard_should"), ("disabled_severe_got", "disabled_severe_should"),
    ],
)  # fmt: skip
def test_nobody_gets_what_nobody_should(part: str, whole: str) -> None:
    assert base.said(**{part: 6, whole: 5}) == {f"{part}_above_{whole}": Kind.ERROR}


def test_people_are_no_fewer_than_households_and_children_some_of_them() -> None:
    assert "pop_reg_below_households_reg" in base.said(households_reg=1601)
    assert "pop_res_below_households_res" in base.said(households_res=901)
    assert "pop0_17_above_all" in base.said(pop0_17=1601)


def test_the_denominators_of_last_year_are_worth_a_look() -> None:
    last = {**BASE, "id": uuid(21), "year": 2025}
    assert base.said(Street(village_year_base=[last])) == {"as_last_year": Kind.WARNING}
    assert base.said(Street(village_year_base=[{**last, "pop_res": 899}])) == {}
    assert base.said(Street(village_year_base=[{**last, "year": 2024}])) == {}


def test_the_director_is_the_registered_one() -> None:
    assert base.said(has_child_director=True) == {"director_disagrees": Kind.WARNING}
    assert base.said(Street(protect_staff=[STAFF]), has_child_director=True) == {}
    assert base.said(Street(protect_staff=[STAFF]), has_child_director=False) == {"director_disagrees": Kind.WARNING}
    assert base.said(year=2025, has_child_director=True) == {}


def test_two_people_look_at_the_figures() -> None:
    assert base.said(audited_by="王强") == {"same_signer": Kind.WARNING}


MANUAL = {"id": uuid(30), "year": 2026, "std_dibao_urban": Decimal("800"), "std_dibao_rural": Decimal("600")}
manual = Asked("county_manual", MANUAL, Street())


def test_the_county_has_one_line_a_year() -> None:
    assert manual.said() == {}
    assert manual.said(Street(county_manual=[{**MANUAL, "id": uuid(31)}])) == {"second_line": Kind.ERROR}
    assert manual.said(year=2027) == {"future_year": Kind.ERROR}


def test_whoever_was_brought_home_was_identified() -> None:
    assert manual.said(rescue_identified=3, rescue_returned=4) == {"returned_above_identified": Kind.ERROR}


@pytest.mark.parametrize(("place", "least"), [("urban", "1040"), ("rural", "780")])
def test_tekun_stands_at_least_a_third_above_dibao(place: str, least: str) -> None:
    key = f"std_relief_{place}"
    assert manual.said(**{key: Decimal(least)}) == {}
    assert manual.said(**{key: Decimal(least) - 1}) == {f"relief_too_low_{place}": Kind.WARNING}


def test_standards_do_not_fall() -> None:
    last = {**MANUAL, "id": uuid(31), "year": 2025, "std_dibao_rural": Decimal("601")}
    assert manual.said(Street(county_manual=[last])) == {"std_dibao_rural_fell": Kind.WARNING}


def test_the_ratio_is_that_of_the_standards() -> None:
    assert manual.filled()["dibao_rural_ratio"] == Decimal("75.00")
    assert manual.said(dibao_rural_ratio=Decimal("75.1")) == {"ratio_disagrees": Kind.ERROR}
