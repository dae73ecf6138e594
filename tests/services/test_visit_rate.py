"""I04 月探访率 (registers.md A.2), counted again here in plain Python from the plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from service_desk import MONTH, VILLAGE, add_elder, add_visit, indicator, names
from sqlalchemy import text

from anyue_desktop.core import resources
from anyue_desktop.indicators.catalogue import catalogue
from anyue_desktop.indicators.indicator import Measured
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

TODAY = date(2026, 11, 23)
MONTHS = ("2025-10", "2025-11", "2025-12", "2026-02", "2026-06", "2026-10", "2026-11", "2026-12")


def rows(workspace: Workspace, table: str) -> list[Mapping[str, Any]]:
    with workspace.store.read() as session:
        return list(session.execute(text(f"select * from {table} where deleted_at is null")).mappings())


LISTS = resources.load_json("codelists.json")
COUNTING = {
    name: {item["code"] for item in LISTS[name]["items"] if item.get("counts") == 1}
    for name in ("elderly_category", "visit_method", "visit_result")
}


def counted_by_hand(workspace: Workspace, month: str, village: str = "") -> tuple[int, int]:
    """Returns numerator and denominator as the rule of A.2 reads, person by person."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    day = min(last, TODAY).isoformat()
    people = {one["id"]: one for one in rows(workspace, "person")}
    due: set[str] = set()
    person_of_case: dict[str, str] = {}
    for case in rows(workspace, "elder_case"):
        person_of_case[case["id"]] = case["person_id"]
        enrolled, left = case["enrol_date"] or "", case["exit_date"] or "9999"
        classes = set(filter(None, (case["categories"] or "").strip("[]").replace('"', "").replace(" ", "").split(",")))
        lives_there = not village or people[case["person_id"]]["residence_division"] == village
        if enrolled <= day < left and classes & COUNTING["elderly_category"] and lives_there:
            due.add(case["person_id"])
    seen = {
        person_of_case[one["case_id"]]
        for one in rows(workspace, "elder_visit")
        if one["visit_date"][:7] == month
        and one["visit_result"] in COUNTING["visit_result"]
        and one["visit_method"] in COUNTING["visit_method"]
    }
    return len(seen & due), len(due)


def rate(workspace: Workspace, month: str = MONTH, village: str = "") -> tuple[int, int]:
    found = indicator(workspace, "I04", month, village)
    return found.numerator, found.denominator


def people(workspace: Workspace, part: str, month: str = MONTH) -> list[str]:
    return [row["person.name"] for row in workspace.indicators.people("I04", month, part)]


def test_the_data_file_says_that_only_seeing_or_speaking_counts() -> None:
    assert COUNTING["visit_result"] == {"1", "2"}
    assert {"1", "2", "3"} & COUNTING["visit_method"]


@pytest.mark.parametrize("month", MONTHS)
def test_the_practice_townships_rate_is_the_one_counted_by_hand(practice: Workspace, month: str) -> None:
    expected = counted_by_hand(practice, month)
    assert rate(practice, month) == expected
    if "2025-11" < month < "2026-12":
        assert 0 < expected[0] < expected[1]


def test_the_villages_add_up_to_the_township(practice: Workspace) -> None:
    villages = practice.indicators.villages("2026-10")
    assert (sum(one.visited for one in villages), sum(one.due for one in villages)) == rate(practice, "2026-10")
    assert len(villages) == 10
    for one in villages:
        assert (one.visited, one.due) == rate(practice, "2026-10", one.code)
    last = villages[-1]
    assert (last.visited, last.due) == counted_by_hand(practice, "2026-10", last.code)


def test_the_people_behind_the_numbers_are_listed(practice: Workspace) -> None:
    numerator, denominator = rate(practice)
    parts = {part: practice.indicators.people("I04", MONTH, part) for part in ("numerator", "denominator", "missing")}
    assert {part: len(found) for part, found in parts.items()} == {
        "numerator": numerator, "denominator": denominator, "missing": denominator - numerator,
    }  # fmt: skip
    ids = {part: {row["id"] for row in found} for part, found in parts.items()}
    assert ids["denominator"] - ids["numerator"] == ids["missing"]


def test_the_year_line_has_the_twelve_months_to_this_one(practice: Workspace) -> None:
    line = practice.indicators.year_line(MONTH)
    assert [month for month, _ in line][::11] == ["2025-12", "2026-11"]
    assert len(line) == 12
    assert all((one.numerator, one.denominator) == rate(practice, month) for month, one in line)


@pytest.mark.parametrize("late_counts", [True, False])
@pytest.mark.parametrize("last", ["2026-11", "2026-12", "2026-05", "2025-12"])
def test_the_year_line_is_what_each_month_measured_alone_gives(
    practice: Workspace, last: str, late_counts: bool
) -> None:
    practice.indicators.set_basis(practice.indicators.basis().choosing("late_enrolled_counts", late_counts))
    line = {month: (one.numerator, one.denominator) for month, one in practice.indicators.year_line(last)}
    assert line == {month: rate(practice, month) for month in line}
    if late_counts:
        assert line == {month: counted_by_hand(practice, month) for month in line}


def test_the_year_line_follows_who_comes_and_who_leaves(township: Workspace) -> None:
    gone: dict[str, Any] = {
        "exit_date": date(2026, 3, 31),
        "exit_reason": "02",
    }  # no longer there on the day March is judged
    first = add_elder(township, 2, enrol_date=date(2026, 1, 10), **gone)
    add_visit(township, first, date(2026, 2, 5))
    add_visit(township, first, date(2026, 3, 5))
    second = add_elder(township, 3, enrol_date=date(2026, 2, 28))
    add_visit(township, second, date(2026, 3, 1))
    line = dict(township.indicators.year_line("2026-04"))
    assert {month: (line[month].numerator, line[month].denominator) for month in sorted(line)[-5:]} == {
        "2025-12": (0, 0), "2026-01": (0, 1), "2026-02": (1, 2), "2026-03": (1, 1), "2026-04": (0, 1),
    }  # fmt: skip


def test_the_workbench_shows_the_values_of_the_plan_without_their_notes(practice: Workspace) -> None:
    values = [one for one in practice.indicators.values("2026-10") if one.main]
    cards = practice.indicators.cards("2026-10")
    shown = ("id", "value", "numerator", "denominator", "target", "state", "gap", "share")
    assert [[getattr(one, key) for key in shown] for one in cards] == [
        [getattr(one, key) for key in shown] for one in values
    ]
    assert any(one.state for one in cards)


def test_nobody_enrolled_means_no_rate(township: Workspace) -> None:
    found = indicator(township)
    assert (found.value, found.met, found.gap) == ("—", None, "")


def test_a_class_that_does_not_count_or_none_at_all_is_no_duty(township: Workspace) -> None:
    add_elder(township, 2, categories=None)
    assert rate(township) == (0, 0)
    every = [item["code"] for item in LISTS["elderly_category"]["items"]]
    idle = [code for code in every if code not in COUNTING["elderly_category"]]
    for serial, code in enumerate(idle, start=2):
        add_elder(township, serial * 2, categories=(code,))
    assert rate(township) == (0, 0)
    add_elder(township, 80, categories=tuple(every))
    assert rate(township) == (0, 1)


def test_a_person_in_several_classes_with_several_visits_counts_once(township: Workspace) -> None:
    case = add_elder(township, 2, categories=("01", "02", "04"))
    for day in (3, 9):
        add_visit(township, case, date(2026, 11, day))
    assert rate(township) == (1, 1)


def test_those_enrolled_after_the_25th_are_due_and_listed_apart(township: Workspace) -> None:
    for serial, day in ((2, 25), (4, 26), (6, 31)):
        add_elder(township, serial, f"周十{'一二三'[serial // 2 - 1]}", enrol_date=date(2026, 10, day))
    assert rate(township, "2026-10") == (0, 3)
    late = township.records.ids(Query("elder_case", worklist="new", month="2026-10"))
    assert sorted(names(township, late)) == ["周十三", "周十二"]
    assert rate(township, "2026-09") == (0, 0)


def test_enrolment_counts_from_its_day_and_exit_from_its_day_on(township: Workspace) -> None:
    add_elder(township, 2, enrol_date=date(2026, 10, 31))
    add_elder(township, 4, exit_date=date(2026, 10, 31), exit_reason="02")
    add_elder(township, 6, exit_date=date(2026, 11, 1), exit_reason="02")
    assert rate(township, "2026-10") == (0, 2)
    assert rate(township, "2026-11") == (0, 1)


def test_a_case_without_enrolment_date_is_due(township: Workspace) -> None:
    add_elder(township, 2, enrol_date=None)
    assert rate(township, "2026-02") == (0, 1)


def test_the_month_that_lasts_is_judged_by_today(township: Workspace) -> None:
    add_elder(township, 2, enrol_date=TODAY)
    add_elder(township, 4, exit_date=TODAY, exit_reason="02")
    assert rate(township) == (0, 1)


def test_whoever_died_or_moved_in_the_month_is_not_due_though_visited(township: Workspace) -> None:
    case = add_elder(township, 2)
    add_visit(township, case, date(2026, 11, 3))
    assert rate(township) == (1, 1)
    assert township.records.set("elder_case", case, {"exit_date": date(2026, 11, 10), "exit_reason": "02"}).saved
    assert rate(township) == (0, 0)
    assert rate(township, "2026-10") == (0, 1)


NOT_REACHED = sorted({item["code"] for item in LISTS["visit_result"]["items"]} - {"1", "2"})


@pytest.mark.parametrize("result", NOT_REACHED)
def test_whoever_was_not_reached_stays_due_and_is_never_dropped(township: Workspace, result: str) -> None:
    add_visit(township, add_elder(township, 2, "周春英"), visit_result=result)
    assert rate(township) == (0, 1)
    assert people(township, "missing") == ["周春英"]


def test_a_late_entry_counts_for_the_month_of_the_visit(township: Workspace) -> None:
    add_visit(township, add_elder(township, 2), date(2026, 10, 31))
    assert (rate(township, "2026-10"), rate(township, "2026-11")) == ((1, 1), (0, 1))


def test_a_way_of_visiting_that_does_not_count_is_no_visit(township: Workspace) -> None:
    every = {item["code"] for item in LISTS["visit_method"]["items"]}
    case = add_elder(township, 2)
    for code in sorted(every - COUNTING["visit_method"]):
        add_visit(township, case, visit_method=code, visit_result="1")
    assert rate(township) == (0, 1)
    add_visit(township, case, visit_method=min(COUNTING["visit_method"]), visit_result="1")
    assert rate(township) == (1, 1)


def test_deleted_visits_and_deleted_cases_do_not_count(township: Workspace) -> None:
    case = add_elder(township, 2)
    seen = add_visit(township, case)
    township.records.delete("elder_visit", seen)
    assert rate(township) == (0, 1)
    township.records.delete("elder_case", case)
    assert rate(township) == (0, 0)


def test_a_visit_before_a_person_left_and_came_back_in_the_same_month_counts(township: Workspace) -> None:
    first = add_elder(township, 2)
    add_visit(township, first, date(2026, 11, 3))
    township.records.set("elder_case", first, {"exit_date": date(2026, 11, 5), "exit_reason": "02"})
    add_elder(township, 2, enrol_date=date(2026, 11, 20))
    assert rate(township) == counted_by_hand(township, MONTH) == (1, 1)
    assert [row.visited for row in township.visits.month(MONTH)] == [True]


def test_a_village_has_its_own_rate(township: Workspace) -> None:
    add_visit(township, add_elder(township, 2))
    add_elder(township, 4, person={"residence_division": "512021206201"})
    assert (rate(township, village=VILLAGE), rate(township, village="512021206201")) == ((1, 1), (0, 1))


ROUNDED: Sequence[tuple[int, int, str]] = (
    (0, 3, "0.0%"), (3, 3, "100.0%"), (2, 3, "66.7%"), (1, 3, "33.3%"), (1999, 2000, "99.9%"), (9999, 10000, "99.9%"),
    (1998, 2000, "99.9%"), (1, 10000, "0.1%"), (1, 2000, "0.1%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (0, 0, "—"),
)  # fmt: skip


@pytest.mark.parametrize(("numerator", "denominator", "shown"), ROUNDED)
def test_a_rate_has_one_decimal_and_is_never_rounded_onto_all_or_nobody(
    numerator: int, denominator: int, shown: str
) -> None:
    assert Measured(catalogue()["I04"], numerator, denominator).text == shown


def test_the_gap_says_how_many_are_missing(township: Workspace) -> None:
    cases = [add_elder(township, serial) for serial in (2, 4, 6)]
    add_visit(township, cases[0])
    found = indicator(township)
    assert (found.value, found.target, found.met, found.gap) == ("33.3%", "100%", False, "还差2人")
    assert catalogue()["I04"].target == Decimal(100)
