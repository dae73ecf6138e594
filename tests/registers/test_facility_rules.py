"""What is said about facilities, their months, inspections and hazards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from register_street import FAR_VILLAGE, TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core import codes
from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.facility_blocks import BLOCKS, asked, blocks_of, wanted

HOME = {
    "id": uuid(1), "name": "天马乡敬老院", "facility_type": "E01", "level": "3", "division_code": VILLAGE,
    "township_code": TOWNSHIP, "address": "土桥村3组", "org_nature": "1", "status": "1", "operation_mode": "1",
    "founder": "1", "is_filed": True, "filed_on": date(2020, 1, 1), "meets_gbt35796": True, "beds_total": 50,
    "beds_full": 45, "beds_day": 5, "beds_nursing": 20, "head_name": "王强", "head_phone": "13800001111",
    "fire_ok": "1", "food_license": "1", "food_license_until": date(2028, 1, 1),
}  # fmt: skip
CENTRE = {
    "id": uuid(2), "name": "土桥村党群服务中心", "facility_type": "S01", "level": "3", "division_code": VILLAGE,
    "township_code": TOWNSHIP, "status": "1", "floor_area": Decimal("320"), "households_served": 500,
    "has_volunteer_site": True, "fire_ok": "1",
}  # fmt: skip

home, centre = Asked("facility", HOME, Street()), Asked("facility", CENTRE, Street())


def test_a_whole_facility_has_no_fault_and_lacks_nothing() -> None:
    assert home.said() == centre.said() == {}
    assert home.missing() == set()


# blocks


def test_every_block_a_type_names_exists_and_every_field_of_a_block_is_one_of_the_register() -> None:
    kinds = codes.code_list("facility_type").codes
    assert {block for kind in kinds for block in blocks_of(kind)} == set(BLOCKS)
    fields = {key for block in BLOCKS.values() for key in (*block.fields, *block.wanted)}
    assert fields <= set(REGISTERS["facility"].by_key)


@pytest.mark.parametrize(
    ("kind", "key", "is_asked"),
    [
        ("E01", "beds_total", True), ("E08", "beds_total", True), ("E10", "beds_total", False),
        ("S01", "has_volunteer_site", True), ("E01", "has_volunteer_site", False), ("C02", "has_protect_staff", True),
        ("C01", "has_protect_staff", False), ("F04", "capacity_other", True), ("E04", "meets_gbt35796", True),
        ("E09", "meets_gbt35796", False), ("E11", "food_license", True), ("S02", "food_license", False),
    ],
)  # fmt: skip
def test_the_type_decides_what_is_asked(kind: str, key: str, is_asked: bool) -> None:
    assert (key in asked(kind)) is is_asked


@pytest.mark.parametrize("kind", ["E01", "E09", "C02", "S01", "F03"])
def test_what_a_type_is_asked_for_is_missing_until_it_is_said(kind: str) -> None:
    bare = {"id": uuid(3), "name": "某设施", "facility_type": kind, "status": "1"}
    assert set(wanted(kind)) <= Asked("facility", bare, Street()).missing()


def test_a_facility_being_planned_is_not_asked_for_beds() -> None:
    assert "beds_total" not in home.missing(status="5", beds_total=None, beds_full=None, beds_day=None)


def test_beds_of_a_community_building_are_worth_a_look() -> None:
    assert centre.said(beds_total=5) == {"of_other_types": Kind.WARNING}
    assert centre.said(is_smart=False) == {}


# beds and areas


def test_all_beds_are_those_around_the_clock_and_by_day() -> None:
    assert home.filled(beds_total=None)["beds_total"] == 50
    assert home.said(beds_total=49) == {"beds_above_total": Kind.ERROR}
    assert home.said(beds_total=51) == {"other_beds": Kind.WARNING}


def test_nursing_beds_are_some_of_all() -> None:
    assert home.said(beds_nursing=50) == {}
    assert home.said(beds_nursing=51) == {"nursing_above_total": Kind.ERROR}


@pytest.mark.parametrize(
    ("area", "code"),
    [("299.99", "area_below_target"), ("300", None), ("5000", None), ("5000.01", "area_unit")],
)
def test_the_area_of_a_community_building_has_its_bounds(area: str, code: str | None) -> None:
    assert centre.said(floor_area=Decimal(area)) == ({code: Kind.WARNING} if code else {})


def test_a_home_may_be_as_large_as_it_is() -> None:
    assert home.said(floor_area=Decimal("8000")) == {}


# licences, numbers, places


def test_what_did_not_pass_the_fire_inspection_says_why() -> None:
    assert home.said(fire_ok="0") == {"fire_note": Kind.ERROR}
    assert home.said(fire_ok="0", fire_note="疏散通道不足") == {}


def test_a_canteen_has_a_licence_that_lasts() -> None:
    assert home.said(food_license="0") == {"no_food_licence": Kind.WARNING}
    assert home.said(food_license="9", food_license_until=None) == {}
    assert "food_license_until" in home.missing(food_license_until=None)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2026, 11, 22), "food_licence_over"), (date(2026, 11, 23), "food_licence_ends"),
        (date(2027, 1, 22), "food_licence_ends"), (date(2027, 1, 23), None),
    ],
)  # fmt: skip
def test_a_licence_is_called_to_mind_sixty_days_before_it_ends(until: date, code: str | None) -> None:
    assert home.said(food_license_until=until) == ({code: Kind.WARNING} if code else {})


def test_a_credit_code_checks_and_is_not_shared_unnoticed() -> None:
    assert home.said(uscc="91350100M000100Y43") == {}
    assert home.said(uscc="91350100M000100Y44") == {"uscc_wrong": Kind.ERROR}
    other = {**CENTRE, "uscc": "91350100M000100Y43"}
    assert home.said(Street(facility=[other]), uscc="91350100M000100Y43") == {"same_uscc": Kind.WARNING}


def test_the_same_place_is_registered_once() -> None:
    twin = {**HOME, "id": uuid(9)}
    assert home.said(Street(facility=[twin])) == {"same_facility": Kind.ERROR}
    assert home.said(Street(facility=[{**twin, "facility_type": "E09"}])) == {}


def test_a_facility_lies_in_the_township_and_a_villages_in_a_village() -> None:
    assert home.said(division_code=FAR_VILLAGE) == {"elsewhere": Kind.ERROR}
    assert home.said(division_code=TOWNSHIP) == {"needs_village": Kind.ERROR}
    assert home.said(division_code=TOWNSHIP, level="2") == {}
    assert home.filled(level=None)["level"] == "3"
    assert home.filled(level=None, division_code=TOWNSHIP)["level"] == "2"


def test_coordinates_outside_anyue_are_worth_a_look() -> None:
    assert home.said(longitude=Decimal("105.3"), latitude=Decimal("30.1")) == {}
    assert home.said(longitude=Decimal("104.0")) == {"longitude_outside": Kind.WARNING}
    assert home.said(latitude=Decimal("31.0")) == {"latitude_outside": Kind.WARNING}


def test_who_holds_a_certificate_is_one_of_the_staff() -> None:
    assert home.said(staff_total=5, staff_cert=6) == {"staff_cert_above": Kind.ERROR}


def test_a_closed_facility_and_a_filed_one_say_since_when() -> None:
    assert "status_date" in home.missing(status="4")
    assert "filed_on" in home.missing(filed_on=None)
    assert home.said(is_filed=False) == {"not_filed": Kind.ERROR}


def test_a_facility_number_names_the_township() -> None:
    numbering = REGISTERS["facility"].numbering
    assert numbering is not None
    assert numbering.prefix(HOME) == "AY206F"


# months

MONTH = {
    "id": uuid(30), "facility_id": uuid(1), "month": "2026-10", "residents_end": 40, "residents_relief": 30,
    "beds_snapshot": 50,
}  # fmt: skip
month = Asked("facility_month", MONTH, Street(facility=[HOME]))


def test_a_whole_month_has_no_fault() -> None:
    assert month.said() == {}


def test_a_month_has_begun_and_is_reported_once() -> None:
    assert month.said(month="2026-12") == {"future_month": Kind.ERROR}
    again = Street(facility=[HOME], facility_month=[{**MONTH, "id": uuid(31)}])
    assert month.said(again) == {"second_report": Kind.ERROR}


def test_residents_fit_into_the_beds_and_parts_into_the_whole() -> None:
    assert month.said(residents_end=51) == {"residents_above_beds": Kind.WARNING}
    assert month.said(residents_relief=41) == {"residents_relief_above": Kind.ERROR}
    assert month.said(residents_disabled=41) == {"residents_disabled_above": Kind.ERROR}


def test_homes_say_who_lives_there_and_burial_places_who_was_buried() -> None:
    assert month.missing(residents_end=None) == {"residents_end"}
    graves = Street(facility=[{**HOME, "facility_type": "F03"}])
    assert month.missing(graves, residents_end=None) == {"burials"}


def test_the_beds_of_a_month_are_copied_and_stay_as_they_were() -> None:
    larger = Street(facility=[{**HOME, "beds_total": 80}])
    first = month.filled(beds_snapshot=None)
    assert (first["beds_snapshot"], first["nursing_snapshot"]) == (50, 20)
    assert month.filled(larger)["beds_snapshot"] == 50
    assert month.filled(larger, month="2026-11")["beds_snapshot"] == 80


# inspections and hazards

INSPECTION = {
    "id": uuid(40), "facility_id": uuid(1), "inspected_on": date(2026, 11, 2), "inspect_type": "01",
    "inspectors": "王强、李芳", "result": "1",
}  # fmt: skip
ISSUE = {
    "id": uuid(50), "inspection_id": uuid(40), "issue": "灭火器过期", "hazard_level": "1", "measure": "更换",
    "owner": "王强", "due_on": date(2026, 12, 1),
}  # fmt: skip
FOUND = {**INSPECTION, "result": "3"}
inspection = Asked("facility_inspection", INSPECTION, Street(facility=[HOME]))
issue = Asked("facility_issue", ISSUE, Street(facility_inspection=[FOUND]))


def test_a_whole_inspection_and_a_whole_hazard_have_no_fault() -> None:
    assert inspection.said() == issue.said() == {}


@pytest.mark.parametrize(("names", "fits"), [("王强", False), ("王强、李芳", True), ("王强 李芳", True)])
def test_inspectors_come_in_twos(names: str, fits: bool) -> None:
    assert inspection.said(inspectors=names) == ({} if fits else {"one_inspector": Kind.WARNING})


def test_an_inspection_with_hazards_was_not_passed() -> None:
    assert inspection.said(Street(facility_issue=[ISSUE])) == {"passed_with_hazards": Kind.WARNING}
    assert inspection.said(Street(facility_issue=[ISSUE]), result="2") == {}


def test_whoever_is_closed_down_gets_it_in_writing() -> None:
    assert "issued_doc" in inspection.missing(result="4")


def test_the_same_inspection_is_not_keyed_twice() -> None:
    again = Street(facility_inspection=[{**INSPECTION, "id": uuid(41)}])
    assert inspection.said(again) == {"twice_a_day": Kind.WARNING}


def test_a_major_hazard_is_due_within_fifteen_days() -> None:
    assert issue.filled(hazard_level="2", due_on=None)["due_on"] == date(2026, 11, 17)
    late = {"hazard_level": "2", "due_on": date(2026, 11, 18), "done_on": date(2026, 11, 20)}
    assert issue.said(**late) == {"major_too_late": Kind.WARNING}
    assert "due_on" not in issue.filled(due_on=None) or issue.filled(due_on=None)["due_on"] is None


@pytest.mark.parametrize("key", ["due_on", "done_on"])
def test_a_hazard_is_found_before_it_is_due_and_before_it_is_gone(key: str) -> None:
    done = {"done_on": date(2026, 11, 3), key: date(2026, 11, 1)}
    assert issue.said(**done) == {f"{key}_early": Kind.ERROR}


def test_a_hazard_that_should_be_gone_by_now_is_noticed() -> None:
    assert issue.said(due_on=date(2026, 11, 22)) == {"overdue": Kind.WARNING}
    assert issue.said(due_on=date(2026, 11, 23)) == {}


def test_a_mended_hazard_is_rechecked_by_somebody_else() -> None:
    done = {"done_on": date(2026, 11, 10)}
    assert issue.missing(**done) == {"recheck_by", "recheck_result"}
    assert issue.said(**done, recheck_by="王强", recheck_result="1") == {"own_recheck": Kind.ERROR}
    assert issue.said(**done, recheck_by="李芳", recheck_result="1") == {}
    assert issue.said(recheck_by="李芳", recheck_result="1") == {"done_on": Kind.ERROR}


def test_a_major_hazard_makes_a_major_result() -> None:
    minor = Street(facility_inspection=[{**FOUND, "result": "2"}])
    found = issue.said(minor, hazard_level="2", due_on=date(2026, 11, 17), done_on=date(2026, 11, 10))
    assert found == {"major_in_minor": Kind.WARNING}


def said_of(register: str, **values: Any) -> set[str]:
    return set(Asked(register, {"id": uuid(60), **values}, Street()).said())


def test_months_and_inspections_belong_to_a_facility() -> None:
    assert "needs_facility_id" in said_of("facility_month", month="2026-10")
    assert "needs_facility_id" in said_of("facility_inspection", inspected_on=date(2026, 11, 2))
    assert "needs_inspection_id" in said_of("facility_issue", issue="灭火器过期")
