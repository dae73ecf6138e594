"""The practice township is plausible, whole, and nobody in it exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import pytest

from anyue_desktop.core.dates import age_on, last_day, month_of
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.resident_id import FORCED, read_id
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, PracticeTownship, files, people

Values = Mapping[str, Any]
TODAY = date(2026, 11, 23)
MET = ("1", "2")  # 见到本人, 与本人通话
CONTEXT = Context(TODAY, PRACTICE_TOWNSHIP)


class Township:
    """Neighbours of the made-up records."""

    def __init__(self, made: PracticeTownship) -> None:
        self.records = made.records
        self.by_id = {row["id"]: row for rows in made.records.values() for row in rows}

    def parent(self, register: str, identity: str) -> Values | None:
        return self.by_id.get(identity)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        return [row for row in self.records[register] if match.items() <= row.items()]


@pytest.fixture(scope="module")
def made() -> PracticeTownship:
    return people(PRACTICE_TOWNSHIP, TODAY)


def open_cases(made: PracticeTownship, month: str) -> set[str]:
    day = min(last_day(month), TODAY)
    return {
        case["id"]
        for case in made.records["elder_case"]
        if case.get("enrol_date", day) <= day and not (case.get("exit_date") and case["exit_date"] <= day)
    }


def rate(made: PracticeTownship, month: str) -> float:
    seen = {
        visit["case_id"]
        for visit in made.records["elder_visit"]
        if month_of(visit["visit_date"]) == month and visit["visit_result"] in MET
    }
    due = open_cases(made, month)
    return len(seen & due) / len(due)


def problems(made: PracticeTownship) -> Iterator[Problem]:
    neighbours = Township(made)
    for name, rows in made.records.items():
        for row in rows[:400]:
            yield from REGISTERS[name].check(row, CONTEXT, neighbours)


def test_every_village_has_people(made: PracticeTownship) -> None:
    lived_in = {row["residence_division"] for row in made.records["person"]}
    assert lived_in == {one.code for one in divisions().children(PRACTICE_TOWNSHIP)}
    assert len(made.records["person"]) == len(made.records["elder_case"]) == 420


def test_no_number_is_a_real_persons_and_each_is_issued_once(made: PracticeTownship) -> None:
    numbers = [row["id_number"] for row in made.records["person"] if row.get("id_number")]
    assert len(set(numbers)) == len(numbers) > 400
    for row in made.records["person"]:
        if row.get("id_number"):
            assert row["id_number"].startswith("512099")
            known = read_id(row["id_number"], TODAY, forced=row["id_verified"] == FORCED)
            assert (known.birth_date, known.sex) == (row["birth_date"], row["sex"])


def test_some_hold_a_number_with_a_wrong_check_digit_and_the_reason_is_written_down(made: PracticeTownship) -> None:
    forced = [row for row in made.records["person"] if row["id_verified"] == FORCED]
    assert len(forced) >= 2
    for row in forced:
        assert row["id_force_note"]
        with pytest.raises(BadValue, match="校验位不对"):
            read_id(row["id_number"], TODAY)


def test_people_are_sixty_to_ninety_eight(made: PracticeTownship) -> None:
    ages = [age_on(row["birth_date"], TODAY) for row in made.records["person"]]
    assert min(ages) >= 60
    assert max(ages) <= 98


def test_files_have_gaps_but_no_logic_errors(made: PracticeTownship) -> None:
    found = list(problems(made))
    assert [problem for problem in found if problem.kind is Kind.ERROR] == []
    assert {Kind.MISSING, Kind.WARNING} == {problem.kind for problem in found}
    assert len(found) < 60


def test_nearly_everybody_was_visited_each_whole_month_and_six_in_ten_this_month(made: PracticeTownship) -> None:
    for month in ("2025-12", "2026-06", "2026-10"):
        assert 0.9 < rate(made, month) < 1
    assert 0.5 < rate(made, "2026-11") < 0.7


def test_visits_cover_twelve_whole_months_and_never_tomorrow(made: PracticeTownship) -> None:
    days = [row["visit_date"] for row in made.records["elder_visit"]]
    assert month_of(min(days)) == "2025-11"
    assert max(days) <= TODAY


def test_some_left_the_list_by_death_and_into_a_home(made: PracticeTownship) -> None:
    assert {"01", "02"} <= {row.get("exit_reason") for row in made.records["elder_case"]}


def test_names_hard_to_type_and_print_are_among_them(made: PracticeTownship) -> None:
    written = "".join(row["name"] for row in made.records["person"])
    assert [char for char in "䶮㛃𣲗𬌗𠅤喆玥犇𪚥·" if char not in written] == []


def test_the_same_seed_makes_the_same_township_and_a_larger_one_begins_with_it(made: PracticeTownship) -> None:
    again = list(islice(files(PRACTICE_TOWNSHIP, TODAY, 100_000), 60))
    assert [one.person for one in again] == made.records["person"][:60]
    assert [one.case for one in again] == made.records["elder_case"][:60]
    other = next(files(PRACTICE_TOWNSHIP, TODAY, 1, seed="另一个"))
    assert other.person["id_number"] != made.records["person"][0]["id_number"]


def test_two_townships_share_neither_people_nor_records(made: PracticeTownship) -> None:
    other = people("512021206000", TODAY, 100)
    for key in ("id", "id_number"):
        mine = {row.get(key) for row in made.records["person"]} - {None}
        assert not mine & {row.get(key) for row in other.records["person"]}


def test_it_can_be_made_on_any_day_of_the_year() -> None:
    for day in (date(2026, 1, 1), date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31)):
        visits = people(PRACTICE_TOWNSHIP, day, 30).records["elder_visit"]
        assert visits
        assert max(row["visit_date"] for row in visits) <= day
