"""What is said about cases, visits, benefits, assessments and relations, rule by rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

ONE = {
    name: f"01a20000-0000-7000-8000-{number:012d}"
    for number, name in enumerate(("p1", "c1", "v1", "b1", "a1", "r1", "k1", "c2", "v2", "b2"), start=1)
}
TODAY = Context(date(2026, 11, 23), "512021206000")
WANG = {
    "id": ONE["p1"],
    "name": "王芳",
    "birth_date": date(1941, 3, 5),
    "emergency_name": "王强",
    "life_status": "1",
    "residence_division": "512021206200",
    "id_number": "512099194103051225",
}
CASE = {
    "id": ONE["c1"],
    "person_id": ONE["p1"],
    "township_code": "512021206000",
    "categories": ("02",),
    "main_category": "02",
    "enrol_date": date(2025, 1, 1),
}
VISIT = {
    "id": ONE["v1"],
    "case_id": ONE["c1"],
    "visit_date": date(2026, 11, 10),
    "visit_method": "1",
    "visit_result": "1",
    "visitor_name": "刘军",
    "actions": ("00",),
    "created_at": "2026-11-10T10:00:00+08:00",
}


class Street:
    """Neighbours given in the test."""

    def __init__(self, **registers: list[dict[str, Any]]) -> None:
        self.registers = {"person": [WANG], "elder_case": [CASE], **registers}

    def parent(self, register: str, identity: str) -> dict[str, Any] | None:
        return next((row for row in self.registers.get(register, []) if row["id"] == identity), None)

    def others(self, register: str, match: dict[str, Any]) -> list[dict[str, Any]]:
        rows = self.registers.get(register, [])
        return [row for row in rows if all(row.get(key) == value for key, value in match.items())]


def said(register: str, base: dict[str, Any], street: Street | None = None, **changes: Any) -> dict[str, Kind]:
    found = REGISTERS[register].check({**base, **changes}, TODAY, street or Street())
    return {problem.code: problem.kind for problem in found if problem.kind is not Kind.MISSING}


def missing(register: str, base: dict[str, Any], street: Street | None = None, **changes: Any) -> set[str]:
    found = REGISTERS[register].check({**base, **changes}, TODAY, street or Street())
    return {problem.field for problem in found if problem.kind is Kind.MISSING}


# cases


def test_a_good_case_has_no_fault() -> None:
    assert said("elder_case", CASE) == {}


def test_sixty_years_are_counted_on_the_day_of_enrolment() -> None:
    young = Street(person=[{**WANG, "birth_date": date(1965, 1, 2)}])
    assert said("elder_case", CASE, young) == {"too_young": Kind.ERROR}
    assert said("elder_case", CASE, young, enrol_date=date(2025, 1, 2)) == {}


def test_without_an_enrolment_date_today_decides() -> None:
    young = Street(person=[{**WANG, "birth_date": date(1966, 11, 24)}])
    assert said("elder_case", CASE, young, enrol_date=None) == {"too_young": Kind.ERROR}


def test_one_person_has_one_open_case() -> None:
    other = {**CASE, "id": ONE["c2"]}
    assert said("elder_case", CASE, Street(elder_case=[other])) == {"second_case": Kind.ERROR}
    closed = {**other, "exit_date": date(2026, 1, 1)}
    assert said("elder_case", CASE, Street(elder_case=[closed])) == {}


def test_the_main_category_is_one_of_the_categories() -> None:
    assert said("elder_case", CASE, main_category="03") == {"main_category": Kind.ERROR}


@pytest.mark.parametrize(
    ("living", "categories", "code"),
    [("1", ("02",), "kind_01"), ("2", ("01",), "not_kind_01")],
    ids=["lives alone", "said to live alone"],
)
def test_living_alone_and_the_category_agree(living: str, categories: tuple[str, ...], code: str) -> None:
    found = said("elder_case", CASE, living_arrangement=living, categories=categories, main_category=categories[0])
    assert found == {code: Kind.WARNING}


def test_somebody_disabled_cannot_manage_alone() -> None:
    changes = {"categories": ("04",), "main_category": "04", "self_care_level": "1"}
    assert said("elder_case", CASE, **changes) == {"not_kind_04": Kind.WARNING}
    assert said("elder_case", CASE, **{**changes, "self_care_level": "3"}) == {}


def test_severe_disability_is_of_the_first_two_grades() -> None:
    light = Street(person=[{**WANG, "disability_grade": "3"}])
    changes = {"categories": ("05",), "main_category": "05"}
    assert said("elder_case", CASE, light, **changes) == {"not_kind_05": Kind.WARNING}


def test_children_in_the_county_are_among_the_living_ones() -> None:
    assert said("elder_case", CASE, children_alive=2, children_local=3) == {"children": Kind.ERROR}


def test_children_all_away_suggest_a_category() -> None:
    changes = {"children_alive": 2, "children_local": 0}
    assert said("elder_case", CASE, **changes, categories=("06",), main_category="06") == {"kind_02": Kind.WARNING}
    assert said("elder_case", CASE, **changes) == {}


def test_nobody_to_care_means_high_risk() -> None:
    assert said("elder_case", CASE, carers=("7",), risk_level="1") == {"nobody_cares": Kind.WARNING}
    assert said("elder_case", CASE, carers=("7",), risk_level="3") == {}


def test_an_open_case_wants_somebody_to_call() -> None:
    alone = Street(person=[{**WANG, "emergency_name": None}])
    assert "person.emergency_name" in missing("elder_case", CASE, alone)


def test_leaving_has_a_date_a_reason_and_comes_after_enrolment() -> None:
    assert said("elder_case", CASE, exit_date=date(2026, 1, 1)) == {"exit_reason": Kind.ERROR}
    assert said("elder_case", CASE, exit_reason="03") == {"exit_date": Kind.ERROR}
    early = said("elder_case", CASE, exit_date=date(2024, 1, 1), exit_reason="03")
    assert early == {"exit_before_enrolment": Kind.ERROR}
    assert said("elder_case", CASE, exit_date=date(2026, 1, 1), exit_reason="99") == {"exit_note": Kind.ERROR}


def test_the_dead_do_not_stay_on_the_list() -> None:
    dead = Street(person=[{**WANG, "life_status": "2"}])
    assert said("elder_case", CASE, dead) == {"dead_but_open": Kind.ERROR}
    assert said("elder_case", CASE, dead, exit_date=date(2026, 1, 1), exit_reason="01") == {}


def test_who_lives_in_a_home_is_asked_about() -> None:
    assert said("elder_case", CASE, living_arrangement="6") == {"lives_in_home": Kind.WARNING}


def test_enrolled_people_live_in_the_township() -> None:
    moved = Street(person=[{**WANG, "residence_division": "512021101200"}])
    assert said("elder_case", CASE, moved) == {"lives_elsewhere": Kind.WARNING}


def test_a_single_category_is_the_main_one_and_risk_gives_the_interval() -> None:
    filled = REGISTERS["elder_case"].filled({"categories": ("03",), "risk_level": "3"}, TODAY)
    assert (filled["main_category"], filled["visit_interval_days"]) == ("03", 15)


def test_the_case_number_names_township_and_year() -> None:
    numbering = REGISTERS["elder_case"].numbering
    assert numbering is not None
    assert numbering.prefix(CASE) == "AY206E2025"


# visits


def test_a_whole_visit_has_no_fault() -> None:
    assert said("elder_visit", VISIT) == {}


def test_a_visit_lies_between_enrolment_and_exit() -> None:
    assert said("elder_visit", VISIT, visit_date=date(2024, 12, 31), created_at=None).keys() >= {
        "visit_before_enrolment"
    }
    left = Street(elder_case=[{**CASE, "exit_date": date(2026, 11, 1)}])
    assert said("elder_visit", VISIT, left) == {"visit_after_exit": Kind.ERROR}


def test_a_visit_is_never_in_the_future() -> None:
    assert said("elder_visit", VISIT, visit_date=date(2026, 11, 24)) == {"bad_visit_date": Kind.ERROR}


def test_a_visit_keyed_more_than_45_days_later_is_late_then_and_for_ever() -> None:
    assert said("elder_visit", VISIT, visit_date=date(2026, 9, 26)) == {}
    assert said("elder_visit", VISIT, visit_date=date(2026, 9, 25)) == {"keyed_late": Kind.WARNING}


def test_whoever_was_seen_at_home_was_asked_and_looked_around() -> None:
    assert missing("elder_visit", VISIT) >= {"health", "mental", "safety_issues", "needs", "hygiene", "housing"}
    by_phone = missing("elder_visit", VISIT, visit_method="2", visit_result="2")
    assert "health" in by_phone
    assert "hygiene" not in by_phone
    assert "health" not in missing("elder_visit", VISIT, visit_result="4")


def test_nobody_is_seen_over_the_telephone() -> None:
    assert said("elder_visit", VISIT, visit_method="2") == {"seen_by_telephone": Kind.WARNING}


@pytest.mark.parametrize("result", ["7", "8", "9"])
def test_a_visit_that_finds_somebody_gone_asks_about_the_case(result: str) -> None:
    assert said("elder_visit", VISIT, visit_result=result) == {"ask_exit": Kind.WARNING}


def test_what_is_left_to_do_has_a_day_and_what_is_done_an_outcome() -> None:
    assert "follow_up_due" in missing("elder_visit", VISIT, follow_up="1")
    assert "follow_up_result" in missing("elder_visit", VISIT, follow_up="3")
    assert said("elder_visit", VISIT, follow_up="1", follow_up_due=date(2026, 11, 9)) == {
        "follow_up_due_early": Kind.ERROR
    }


def test_a_referral_says_to_whom() -> None:
    assert "referral_to" in missing("elder_visit", VISIT, actions=("04",))


def test_the_same_visit_is_not_keyed_twice() -> None:
    again = {**VISIT, "id": ONE["v2"]}
    assert said("elder_visit", VISIT, Street(elder_visit=[VISIT, again])) == {"twice_a_day": Kind.WARNING}


def test_five_visits_with_the_same_sentence_were_copied() -> None:
    def others(count: int) -> Street:
        rows = [{**VISIT, "id": f"v{n}", "case_id": f"c{n}", "health_note": "血压正常"} for n in range(count)]
        return Street(elder_visit=rows)

    assert said("elder_visit", VISIT, others(4), health_note="血压正常") == {"copied_health_note": Kind.WARNING}
    assert said("elder_visit", VISIT, others(3), health_note="血压正常") == {}


def test_the_visitor_is_the_one_responsible_and_the_method_tells_the_result() -> None:
    street = Street(elder_case=[{**CASE, "responsible_name": "刘军", "responsible_type": "01"}])
    at_home = REGISTERS["elder_visit"].filled({"case_id": ONE["c1"], "visit_method": "1"}, TODAY, street)
    assert (at_home["visitor_name"], at_home["visitor_type"], at_home["visit_result"]) == ("刘军", "01", "1")
    assert REGISTERS["elder_visit"].filled({"case_id": ONE["c1"], "visit_method": "3"}, TODAY)["visit_result"] == "2"
    assert "visit_result" not in REGISTERS["elder_visit"].filled({"case_id": ONE["c1"], "visit_method": "5"}, TODAY)


# benefits

BENEFIT = {
    "id": ONE["b1"],
    "person_id": ONE["p1"],
    "benefit_type": "01",
    "start_month": "2026-01",
    "amount_month": Decimal("50"),
}


def test_a_benefit_ends_after_it_begins_and_says_why() -> None:
    assert said("person_benefit", BENEFIT, end_month="2025-12") == {"end_before_start": Kind.ERROR}
    assert "stop_reason" in missing("person_benefit", BENEFIT, end_month="2026-05")


@pytest.mark.parametrize(
    ("first", "overlaps"),
    [({"end_month": None}, True), ({"end_month": "2026-01"}, True), ({"end_month": "2025-12"}, False)],
)
def test_the_same_benefit_is_not_paid_twice(first: dict[str, Any], overlaps: bool) -> None:
    other = {**BENEFIT, "id": ONE["b2"], "start_month": "2025-06", **first}
    found = said("person_benefit", BENEFIT, Street(person_benefit=[other]))
    assert found == ({"same_benefit": Kind.ERROR} if overlaps else {})


def test_some_benefits_exclude_each_other() -> None:
    other = {**BENEFIT, "id": ONE["b2"], "benefit_type": "07"}
    street = Street(person_benefit=[other])
    assert said("person_benefit", BENEFIT, street, benefit_type="06") == {"excluded_benefit": Kind.WARNING}


def test_an_account_number_is_digits_that_check() -> None:
    assert said("person_benefit", BENEFIT, bank_account="62x") == {"account_digits": Kind.ERROR}
    assert said("person_benefit", BENEFIT, bank_account="6200000000000000001") == {"account_check": Kind.WARNING}
    assert said("person_benefit", BENEFIT, bank_account="6200000000000005") == {}


# assessments

ASSESSED = {"id": ONE["a1"], "person_id": ONE["p1"], "assessed_on": date(2026, 5, 1), "method": "1"}


@pytest.mark.parametrize(
    ("total", "level"), [(90, "0"), (89, "1"), (66, "1"), (65, "2"), (46, "2"), (45, "3"), (30, "3"), (29, "4")]
)
def test_the_score_gives_the_level(total: int, level: str) -> None:
    assert REGISTERS["ability_assessment"].filled({**ASSESSED, "score_total": total}, TODAY)["ability_level"] == level


def test_the_total_is_the_sum_of_the_four() -> None:
    parts = {"score_self_care": 20, "score_mobility": 10, "score_mental": 10, "score_perception": 10}
    assert REGISTERS["ability_assessment"].filled({**ASSESSED, **parts}, TODAY)["score_total"] == 50
    assert said("ability_assessment", ASSESSED, **parts, score_total=51) == {"total": Kind.ERROR}


def test_a_level_may_be_heavier_than_the_score_with_a_reason_but_not_lighter() -> None:
    assert said("ability_assessment", ASSESSED, score_total=70, ability_level="2") == {"level_raised": Kind.WARNING}
    assert said("ability_assessment", ASSESSED, score_total=70, ability_level="0") == {"level_too_light": Kind.ERROR}


@pytest.mark.parametrize(("failed", "level"), [(0, "1"), (1, "2"), (3, "2"), (4, "3"), (6, "3")])
def test_the_six_items_give_the_level(failed: int, level: str) -> None:
    keys = ("six_eat", "six_dress", "six_bed", "six_toilet", "six_walk", "six_bath")
    answers = {key: number >= failed for number, key in enumerate(keys)}
    six = {**ASSESSED, "method": "2", **answers}
    assert REGISTERS["ability_assessment"].filled(six, TODAY)["self_care_level"] == level
    other = "1" if level != "1" else "3"
    assert said("ability_assessment", six, self_care_level=other) == {"six_items": Kind.ERROR}


def test_the_standard_is_for_people_of_sixty() -> None:
    young = Street(person=[{**WANG, "birth_date": date(1980, 1, 1)}])
    assert said("ability_assessment", ASSESSED, young, score_total=90) == {"too_young": Kind.ERROR}


# relations


def test_a_relative_is_somebody_else() -> None:
    base = {"id": ONE["r1"], "person_id": ONE["p1"], "relative_name": "王强", "relation": "20", "role": ("5",)}
    assert said("person_relation", base, relative_id_number=WANG["id_number"]) == {"same_number": Kind.ERROR}
    assert said("person_relation", base, relation="01") == {"self": Kind.ERROR}
    assert "phone" in missing("person_relation", base)


def test_one_person_signing_twice_is_worth_a_look() -> None:
    base = {"id": ONE["k1"], "month": "2026-11", "filler": "王芳", "auditor": "王芳"}
    assert said("report_package", base) == {"same_signer": Kind.WARNING}
