"""The practice township has something in every register, and something on every list of what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from practice_neighbours import Found

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.types import Ref, Refs
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, PracticeTownship, people, whole_township

Values = Mapping[str, Any]
TODAY = date(2026, 11, 23)
CONTEXT = Context(TODAY, PRACTICE_TOWNSHIP)
IN_A_MONTH, IN_SIXTY_DAYS = TODAY + timedelta(days=30), TODAY + timedelta(days=60)
LEFT_BEHIND = "01"
INTERVALS = {"1": 180, "2": 90, "3": 30}


@pytest.fixture(scope="module")
def made() -> PracticeTownship:
    return whole_township(PRACTICE_TOWNSHIP, TODAY)


@pytest.fixture(scope="module")
def problems(made: PracticeTownship) -> list[tuple[str, Problem]]:
    return list(found(made, TODAY))


def found(made: PracticeTownship, day: date) -> Iterator[tuple[str, Problem]]:
    neighbours, context = Found(made.records), Context(day, made.township)
    for name, rows in made.records.items():
        for row in rows if name != "elder_visit" else rows[:600]:
            yield from ((name, one) for one in REGISTERS[name].check(row, context, neighbours))


def birthday(child: Values, years: int) -> date:
    born: date = child["birth_date"]
    return born.replace(year=born.year + years)


def open_children(made: PracticeTownship) -> list[tuple[Values, Values]]:
    persons = {one["id"]: one for one in made.records["person"]}
    return [(one, persons[one["person_id"]]) for one in made.records["child_case"] if not one.get("exit_date")]


def last_visit(made: PracticeTownship, case: Values) -> date | None:
    return max(
        (one["visit_date"] for one in made.records["child_visit"] if one["child_case_id"] == case["id"]), default=None
    )


def rows_of(made: PracticeTownship, register: str) -> Sequence[Values]:
    return made.records[register]


def test_nothing_is_a_logic_error(problems: list[tuple[str, Problem]]) -> None:
    assert [(name, one.message) for name, one in problems if one.kind is Kind.ERROR] == []


def test_gaps_and_hints_are_few_enough_to_work_through(problems: list[tuple[str, Problem]]) -> None:
    counted = Counter(name for name, _ in problems)
    assert 40 < sum(counted.values()) < 160
    assert max(counted.values()) < 60


def test_every_reference_leads_to_a_record(made: PracticeTownship) -> None:
    ids = {name: {row["id"] for row in rows} for name, rows in made.records.items()}
    for name, rows in made.records.items():
        for one in REGISTERS[name].fields:
            if isinstance(one.type, Ref | Refs):
                named = [row[one.key] for row in rows if row.get(one.key)]
                wanted = set(named) if isinstance(one.type, Ref) else {each for several in named for each in several}
                assert wanted <= ids[one.type.target], (name, one.key)


def test_what_the_programme_fills_in_is_filled_in(made: PracticeTownship) -> None:
    neighbours = Found(made.records)
    for name in ("child_case", "child_visit", "child_risk_assessment", "facility", "facility_month"):
        for row in made.records[name][:80]:
            again = REGISTERS[name].filled(row, CONTEXT, neighbours)
            assert {key: value for key, value in again.items() if row.get(key) != value} == {}


def test_the_elders_are_the_same_whatever_else_is_made(made: PracticeTownship) -> None:
    elders = people(PRACTICE_TOWNSHIP, TODAY)
    for name in ("elder_case", "elder_visit", "person_relation"):
        assert made.records[name] == elders.records[name]
    assert made.records["person"][:420] == elders.records["person"]


def test_children_reach_the_ages_that_end_a_file_and_some_have_passed_them(made: PracticeTownship) -> None:
    left_behind = [child for case, child in open_children(made) if LEFT_BEHIND in case["child_types"]]
    others = [child for case, child in open_children(made) if LEFT_BEHIND not in case["child_types"]]
    for children, years in ((left_behind, 16), (others, 18)):
        assert any(TODAY < birthday(one, years) <= IN_SIXTY_DAYS for one in children)
        assert any(birthday(one, years) <= TODAY for one in children)


def test_every_risk_is_met_and_some_children_were_not_visited_in_time(made: PracticeTownship) -> None:
    risks = Counter(case["risk_level"] for case, _ in open_children(made))
    assert min(risks["1"], risks["2"], risks["3"]) >= 3
    overdue = 0
    for case, _ in open_children(made):
        last, interval = last_visit(made, case), INTERVALS[case["risk_level"]]
        due = last + timedelta(days=interval) if last else case["enrol_date"] + timedelta(days=min(30, interval))
        overdue += due < TODAY
    assert 2 <= overdue <= 30


def test_entrustments_run_out(made: PracticeTownship) -> None:
    ends = [one["valid_until"] for one in made.records["care_entrustment"] if not one.get("ended_on")]
    assert sum(TODAY <= one <= IN_A_MONTH for one in ends) >= 2
    assert any(one < TODAY for one in ends)


def test_visits_to_children_wait_to_be_followed_up(made: PracticeTownship) -> None:
    waiting = [one for one in made.records["child_visit"] if one["follow_up"] in ("1", "2")]
    assert any(one["follow_up_due"] < TODAY for one in waiting)


def test_a_licence_runs_out_within_sixty_days(made: PracticeTownship) -> None:
    ends = [one["food_license_until"] for one in made.records["facility"] if one.get("food_license") == "1"]
    assert any(TODAY <= one <= IN_SIXTY_DAYS for one in ends)


def test_the_township_has_the_facilities_the_plan_counts(made: PracticeTownship) -> None:
    kinds = Counter(one["facility_type"] for one in made.records["facility"])
    assert {"E01", "E06", "E08", "E09", "E10", "C02", "C03", "C04", "S01", "S02", "S03", "F03"} <= set(kinds)
    assert kinds["S01"] == 10
    assert 50 <= kinds.total() <= 70


def test_one_village_has_no_director_at_present(made: PracticeTownship) -> None:
    directors = [one for one in made.records["protect_staff"] if one["role"] == "2"]
    assert len({one["duty_division"] for one in directors}) == 10
    assert sum(bool(one.get("off_date")) for one in directors) == 1


def test_the_same_day_and_seed_make_the_same_township(made: PracticeTownship) -> None:
    assert whole_township(PRACTICE_TOWNSHIP, TODAY).records == made.records
    other = whole_township(PRACTICE_TOWNSHIP, TODAY, seed="另一个")
    assert other.records["child_case"] != made.records["child_case"]


def test_identity_numbers_are_made_up_and_each_is_issued_once(made: PracticeTownship) -> None:
    numbers = [one["id_number"] for one in made.records["person"] if one.get("id_number")]
    assert len(set(numbers)) == len(numbers) > 600
    assert all(one.startswith("512099") for one in numbers)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31)], ids=str)
def test_it_is_without_logic_errors_on_any_day(day: date) -> None:
    made = whole_township("512021206000", day)
    assert [(name, one.message) for name, one in found(made, day) if one.kind is Kind.ERROR] == []


def test_every_register_has_records_but_the_countys_and_the_reports(made: PracticeTownship) -> None:
    assert {name for name, rows in made.records.items() if not rows} == {"county_manual", "report_package"}


def test_sizes_are_those_of_a_township_of_ten_villages(made: PracticeTownship) -> None:
    counted = {name: len(made.records[name]) for name in ("elder_case", "child_case", "left_behind_woman")}
    assert counted == {"elder_case": 420, "child_case": 120, "left_behind_woman": 20}
    assert 70 <= len(made.records["homecare_enrolment"]) <= 80


def test_every_household_has_one_head_who_is_its_member(made: PracticeTownship) -> None:
    heads = Counter(one["household_id"] for one in made.records["household_member"] if one["relation_to_head"] == "02")
    assert set(heads.values()) == {1}
    assert set(heads) == {one["id"] for one in made.records["household"]}


def test_children_live_with_elders_of_the_list(made: PracticeTownship) -> None:
    elders = {one["person_id"] for one in made.records["elder_case"]}
    children = {one["person_id"] for one in made.records["child_case"]}
    household_of = {one["person_id"]: one["household_id"] for one in made.records["household_member"]}
    homes = {household_of[one] for one in children & household_of.keys()}
    assert len(homes & {household_of[one] for one in elders & household_of.keys()}) >= 3


def test_hazards_are_open_overdue_and_grave(made: PracticeTownship) -> None:
    waiting = [one for one in made.records["facility_issue"] if not one.get("done_on")]
    assert [one["hazard_level"] for one in waiting].count("2") == 1
    assert sum(one["due_on"] < TODAY for one in waiting) == 1
    assert len(waiting) == 3
    assert len(made.records["facility_issue"]) > 10


def test_one_village_has_not_given_this_years_figures(made: PracticeTownship) -> None:
    villages = {
        year: {one["village_code"] for one in made.records["village_year_base"] if one["year"] == year}
        for year in (2025, 2026)
    }
    assert (len(villages[2025]), len(villages[2026])) == (10, 9)
    everybody = sum(one["pop_reg"] for one in made.records["village_year_base"] if one["year"] == 2025)
    assert 15_000 < everybody < 40_000


def test_home_care_was_rendered_in_each_of_the_twelve_months(made: PracticeTownship) -> None:
    months = Counter(one["month"] for one in made.records["homecare_log"])
    assert {f"2025-{month:02d}" for month in (11, 12)} | {f"2026-{month:02d}" for month in range(1, 12)} == set(months)
    assert min(months.values()) > 20


def test_some_people_on_hardship_support_live_in_the_home(made: PracticeTownship) -> None:
    there = [one for one in made.records["person"] if one["relief_class"] == "3"]
    assert there
    assert {one["central_willing"] for one in there} == {"1"}
    (home,) = [one for one in made.records["facility"] if one["facility_type"] == "E01"]
    assert len(there) < home["beds_full"]


def test_the_largest_township_is_without_logic_errors_too() -> None:
    made = whole_township("512021110000", TODAY, months=1)
    assert len(made.records["elder_case"]) == 29 * 42
    assert [(name, one.message) for name, one in found(made, TODAY) if one.kind is Kind.ERROR] == []


def test_nothing_was_typed_in_tomorrow(made: PracticeTownship) -> None:
    typed = [row["created_at"][:10] for rows in made.records.values() for row in rows]
    assert max(typed) <= TODAY.isoformat()


def test_the_present_month_has_begun_in_every_register_that_is_kept_by_the_month(made: PracticeTownship) -> None:
    assert any(one["month"] == "2026-11" for one in made.records["facility_month"])
    assert any(one["month"] == "2026-11" for one in made.records["homecare_log"])
    assert any(f"{one['visit_date']:%Y-%m}" == "2026-11" for one in made.records["child_visit"])


def test_a_left_behind_child_is_told_of_in_one_story(made: PracticeTownship) -> None:
    """A carer who is on the elders' list has the same number there; the child's father is the carer's son."""
    persons = {one["id_number"]: one for one in made.records["person"] if one.get("id_number")}
    cases = {one["id"]: one for one in made.records["child_case"]}
    sons = {(one["person_id"], one["relative_name"], one.get("phone")) for one in made.records["person_relation"]}
    elders = {one["person_id"] for one in made.records["elder_case"]}
    told = 0
    for care in made.records["care_entrustment"]:
        carer, case = persons[care["carer_id_number"]], cases[care["child_case_id"]]
        assert carer["name"] == care["carer_name"]
        if carer["id"] in elders:
            assert (carer["id"], case["father_name"], case["father_phone"]) in sons
            told += 1
    assert told >= 3
