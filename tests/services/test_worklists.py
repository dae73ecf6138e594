"""Worklists: hand-made records on both sides of each limit; today is 2026-11-23."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from every_register import made, pointers, saved, whole
from service_desk import MONTH, OTHER_VILLAGE, VILLAGE, add_elder, id_number

from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.worklists import ALL, WORKLISTS
from anyue_desktop.services.workspace import Workspace

serials = iter(range(100, 900, 2))


def person(born: date, **values: Any) -> dict[str, Any]:
    """A woman or girl of her own, whole but for what a test changes."""
    own = {"name": "龚小明", "id_number": id_number(next(serials), born), "birth_date": born, "sex": "2"}
    return {**whole(REGISTERS["person"]), **own, "emergency_phone": "13990127777", **values}


def child(town: Workspace, *, born: date = date(2016, 3, 2), **values: Any) -> str:
    return saved(town, "child_case", {**whole(REGISTERS["child_case"]), "person": person(born), **values})


def elder(town: Workspace, about: dict[str, Any] | None = None) -> str:
    someone = person(date(1946, 3, 2), **(about or {}))
    return saved(town, "elder_case", {**whole(REGISTERS["elder_case"]), "person": someone})


def woman(town: Workspace, **values: Any) -> str:
    case = {**whole(REGISTERS["left_behind_woman"]), "exit_date": None, "exit_reason": None, "exit_note": None}
    return saved(town, "left_behind_woman", {**case, "person": person(date(1986, 3, 2)), **values})


def of(town: Workspace, register: str, **values: Any) -> str:
    """A whole record with what it points to."""
    given = {key for key in values if key.endswith("_id")}
    pointing = {} if given else pointers(town, REGISTERS[register], {})
    return saved(town, register, {**whole(REGISTERS[register]), **pointing, **values})


def change(town: Workspace, register: str, identity: str, **values: Any) -> str:
    """Writes values as they may have come to stand in the file, past the rules of today."""
    with town.store.work("测试") as work:
        record = work.session.get(RECORDS[register], identity)
        for key, value in values.items():
            setattr(record, key, value)
    return identity


def on(town: Workspace, register: str, key: str, month: str = MONTH) -> set[str]:
    return set(town.records.ids(Query(register, worklist=key, month=month)))


def test_every_list_can_be_asked_and_counted(township: Workspace) -> None:
    seen = {one.name for one in township.records.registers()}
    for one in (one for one in ALL if one.register in seen):
        query = Query(one.register, worklist=one.key, month=MONTH)
        assert township.records.count(query) == len(township.records.ids(query)) == 0, one.name


def test_every_register_an_officer_fills_can_be_returned(township: Workspace) -> None:
    assert {name for name, lists in WORKLISTS.items() if "returned" in lists} == set(REGISTERS) - {"report_package"}
    case = change(township, "child_case", child(township), report_state="3")
    child(township)
    assert on(township, "child_case", "returned") == {case}


def test_children_turning_16_and_18_are_told_60_days_before(township: Workspace) -> None:
    """60 days from 2026-11-23 is 2027-01-22."""
    soon = child(township, born=date(2011, 1, 22), school_stage="4")
    child(township, born=date(2011, 1, 23), school_stage="4")
    past = change(township, "child_case", child(township, born=date(2010, 11, 25), school_stage="5"))
    poor = child(township, born=date(2010, 12, 1), child_types=("06",), main_type="06", school_stage="5")
    assert on(township, "child_case", "turning_16") == {soon, past}
    grown = child(township, born=date(2009, 1, 22), child_types=("06",), main_type="06", school_stage="6")
    child(township, born=date(2009, 1, 23), child_types=("06",), main_type="06", school_stage="6")
    assert on(township, "child_case", "turning_18") == {grown}
    assert on(township, "child_case", "turning_16") == {soon, past}
    assert poor not in on(township, "child_case", "should_end")


def test_children_who_passed_their_age_should_leave_the_list(township: Workspace) -> None:
    case = child(township, born=date(2011, 3, 2), school_stage="4", enrol_date=date(2026, 1, 5))
    assert on(township, "child_case", "should_end") == set()
    born = {"birth_date": date(2010, 11, 23)}  # 16 today
    change(township, "person", township.records.get("child_case", case)["person_id"], **born)
    assert on(township, "child_case", "should_end") == {case}
    change(township, "child_case", case, exit_date=date(2026, 11, 23))
    assert on(township, "child_case", "should_end") == set()


def test_a_child_is_late_the_day_after_the_interval_ends(township: Workspace) -> None:
    """30 days after 2026-10-23 is 2026-11-22, after 2026-10-24 it is today."""
    late, today = (child(township, risk_level="3", visit_interval_days=30) for _ in range(2))
    for case, day in ((late, date(2026, 10, 23)), (today, date(2026, 10, 24))):
        of(township, "child_visit", child_case_id=case, visit_date=day)
    assert on(township, "child_case", "late") == {late}


def test_a_woman_is_late_by_her_risk_and_never_without_one(township: Workspace) -> None:
    """High 30 days, low 180: 2026-05-26 and 180 days are 2026-11-22."""
    early = {"enrol_date": date(2026, 1, 5)}
    high, low, fresh = (woman(township, risk_level=risk, **early) for risk in ("3", "1", "1"))
    woman(township, risk_level=None, **early)
    for case, day in ((high, date(2026, 10, 23)), (low, date(2026, 5, 26)), (fresh, date(2026, 5, 27))):
        of(township, "left_behind_woman_visit", case_id=case, visit_date=day)
    assert on(township, "left_behind_woman", "late") == {high, low}


def test_every_child_is_visited_once_in_each_holiday(township: Workspace) -> None:
    winter, summer, nobody = (child(township, enrol_date=date(2025, 12, 1)) for _ in range(3))
    child(township, enrol_date=date(2026, 9, 1))  # listed after both
    of(township, "child_visit", child_case_id=winter, visit_date=date(2026, 1, 1))
    of(township, "child_visit", child_case_id=summer, visit_date=date(2026, 8, 31))
    of(township, "child_visit", child_case_id=nobody, visit_date=date(2026, 3, 1))
    waiting = {
        month: on(township, "child_case", "holiday", f"2026-{month}") for month in ("01", "02", "03", "07", "08")
    }
    assert waiting == {
        "01": {summer, nobody}, "02": {summer, nobody}, "03": set(), "07": {winter, nobody}, "08": {winter, nobody},
    }  # fmt: skip


@pytest.mark.parametrize("register", ["elder_visit", "child_visit", "left_behind_woman_visit"])
def test_what_is_left_to_do_after_a_visit_is_late_after_its_day(township: Workspace, register: str) -> None:
    visit = of(township, register)
    todo = change(township, register, visit, follow_up="1", follow_up_due=date(2026, 11, 23))
    assert (on(township, register, "follow_up"), on(township, register, "overdue")) == ({todo}, set())
    change(township, register, todo, follow_up_due=date(2026, 11, 22))
    assert on(township, register, "overdue") == {todo}
    change(township, register, todo, follow_up="3")
    assert (on(township, register, "follow_up"), on(township, register, "overdue")) == (set(), set())


def test_elders_who_died_or_moved_into_a_home_should_leave(township: Workspace) -> None:
    at_home, inside, dead, registered = (elder(township) for _ in range(4))
    change(township, "elder_case", inside, living_arrangement="6")
    for case, about in ((dead, {"life_status": "2"}), (registered, {"residence_status": "4"})):
        change(township, "person", township.records.get("elder_case", case)["person_id"], **about)
    assert on(township, "elder_case", "should_end") == {inside, dead, registered}
    assert at_home not in on(township, "elder_case", "should_end")


def test_entrustments_are_told_30_days_before_they_end(township: Workspace) -> None:
    """30 days from 2026-11-23 is 2026-12-23."""
    ends, later, past, over = (
        of(township, "care_entrustment", child_case_id=child(township), signed_on=date(2026, 2, 1)) for _ in range(4)
    )
    days = {ends: date(2026, 12, 23), later: date(2026, 12, 24), past: date(2026, 11, 1), over: date(2026, 11, 1)}
    for care, day in days.items():
        change(township, "care_entrustment", care, valid_until=day)
    change(township, "care_entrustment", over, ended_on=date(2026, 11, 2))
    assert on(township, "care_entrustment", "ends_soon") == {ends, past}


def test_hazards_are_soon_due_and_then_late(township: Workspace) -> None:
    inspection = made(township, "facility_inspection")
    days = (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1))
    late, today, week, later = (
        change(
            township,
            "facility_issue",
            of(township, "facility_issue", inspection_id=inspection, issue=f"隐患{day}"),
            due_on=day,
            done_on=None,
        )
        for day in days
    )
    assert on(township, "facility_issue", "late") == {late}
    assert on(township, "facility_issue", "due_soon") == {today, week}
    change(township, "facility_issue", late, done_on=date(2026, 11, 20))
    assert on(township, "facility_issue", "late") == set()
    assert later not in on(township, "facility_issue", "due_soon")


def test_food_licences_are_told_60_days_before_they_end(township: Workspace) -> None:
    """60 days from 2026-11-23 is 2027-01-22."""
    home = made(township, "facility")
    change(township, "facility", home, status="1", food_license="1", food_license_until=date(2027, 1, 23))
    assert on(township, "facility", "licence_ends") == set()
    change(township, "facility", home, food_license_until=date(2027, 1, 22))
    assert on(township, "facility", "licence_ends") == {home}
    change(township, "facility", home, status="3")
    assert on(township, "facility", "licence_ends") == set()


def test_months_are_wanted_of_homes_in_use(township: Workspace) -> None:
    home = made(township, "facility")
    assert on(township, "facility", "waiting") == {home}
    of(township, "facility_month", facility_id=home, month=MONTH)
    assert on(township, "facility", "waiting") == set()
    assert on(township, "facility", "waiting", "2026-10") == {home}
    change(township, "facility", home, facility_type="E12")  # neither beds nor graves
    assert on(township, "facility", "waiting", "2026-10") == set()


def test_services_are_wanted_while_they_run(township: Workspace) -> None:
    enrolment = made(township, "homecare_enrolment")
    change(township, "homecare_enrolment", enrolment, start_date=date(2026, 10, 31), end_date=date(2026, 11, 1))
    asked = {
        month: bool(on(township, "homecare_enrolment", "waiting", month))
        for month in ("2026-09", "2026-10", MONTH, "2026-12")
    }
    assert asked == {"2026-09": False, "2026-10": True, MONTH: True, "2026-12": False}
    of(township, "homecare_log", enrolment_id=enrolment, month=MONTH)
    assert on(township, "homecare_enrolment", "waiting") == set()


def test_people_on_support_are_asked_anew_every_year(township: Workspace) -> None:
    case = elder(township, {"relief_class": "2", "central_willing": "1", "central_asked_on": date(2026, 1, 1)})
    someone = township.records.get("elder_case", case)["person_id"]
    assert on(township, "person", "unasked") == set()
    assert on(township, "person", "unasked", "2027-01") == {someone}
    change(township, "person", someone, central_asked_on=date(2025, 12, 31))
    assert on(township, "person", "unasked") == {someone}
    change(township, "person", someone, central_willing="9", central_asked_on=date(2026, 11, 1))
    assert on(township, "person", "unasked") == {someone}
    change(township, "person", someone, life_status="2")
    assert on(township, "person", "unasked") == set()


def test_people_without_papers_and_numbers_vouched_for_are_listed(township: Workspace) -> None:
    someone = township.records.get("elder_case", elder(township))["person_id"]
    assert (on(township, "person", "undocumented"), on(township, "person", "unverified")) == (set(), set())
    change(township, "person", someone, id_type="000", id_verified="2")
    assert (on(township, "person", "undocumented"), on(township, "person", "unverified")) == ({someone}, {someone})


def test_staff_who_had_no_training_this_year_are_listed(township: Workspace) -> None:
    trained, untrained = (
        saved(
            township,
            "protect_staff",
            {"name": name, "role": "2", "duty_division": village, "phone": "13990120001", "on_date": date(2025, 1, 5)},
        )
        for name, village in (("龚志明", VILLAGE), ("陈志远", OTHER_VILLAGE))
    )
    lesson = {"title": "业务培训", "attendees": (trained,), "place": "会议室", "content": "探访"}
    saved(township, "staff_training", {**lesson, "trained_on": date(2026, 1, 1)})
    saved(township, "staff_training", {**lesson, "attendees": (untrained,), "trained_on": date(2025, 12, 31)})
    assert on(township, "protect_staff", "untrained") == {untrained}


def test_a_risk_is_assessed_again_when_its_day_has_come(township: Workspace) -> None:
    case = child(township)
    first = of(township, "child_risk_assessment", child_case_id=case, assessed_on=date(2026, 2, 1), risk_level="3")
    change(township, "child_risk_assessment", first, next_on=date(2026, 11, 23))
    assert on(township, "child_risk_assessment", "assess_again") == set()
    change(township, "child_risk_assessment", first, next_on=date(2026, 11, 22))
    assert on(township, "child_risk_assessment", "assess_again") == {first}
    of(township, "child_risk_assessment", child_case_id=case, assessed_on=date(2026, 11, 20), risk_level="3")
    assert on(township, "child_risk_assessment", "assess_again") == set()


def test_incomplete_records_are_told_in_their_own_time(township: Workspace) -> None:
    whole_case, case = elder(township), elder(township)
    change(township, "elder_case", case, responsible_name=None)
    assert on(township, "elder_case", "incomplete") == {case}
    assert whole_case not in on(township, "elder_case", "incomplete")
    change(township, "elder_case", case, exit_date=date(2026, 11, 1))
    assert on(township, "elder_case", "incomplete") == set()
    visit = change(township, "elder_visit", of(township, "elder_visit", case_id=whole_case), visitor_type=None)
    assert on(township, "elder_visit", "incomplete") == {visit}
    assert on(township, "elder_visit", "incomplete", "2026-10") == set()


def test_villages_without_figures_of_the_year_or_without_a_director(township: Workspace) -> None:
    everywhere = [one.code for one in township.records.villages()]
    base, director = "village_year_base.without_base", "protect_staff.without_director"

    def left(name: str, month: str = MONTH) -> list[str]:
        return [one.code for one in township.dashboard.villages(name, month)]

    assert left(base) == left(director) == everywhere
    saved(township, "village_year_base", {"village_code": VILLAGE, "year": 2026, "pop_reg": 900})
    staff = {"name": "龚志明", "role": "2", "duty_division": VILLAGE, "on_date": date(2025, 1, 5)}
    post = saved(township, "protect_staff", staff)
    others = [code for code in everywhere if code != VILLAGE]
    assert left(base) == left(director) == others
    assert left(base, "2025-11") == everywhere
    change(township, "protect_staff", post, off_date=date(2026, 11, 1))
    assert left(director) == everywhere
    assert township.dashboard.counts(MONTH)[base] == len(others)


def test_counts_may_be_limited_to_some_registers(township: Workspace) -> None:
    add_elder(township, 2)
    counts = township.dashboard.counts(MONTH, ("elder_case",))
    assert counts["elder_case.unvisited"] == 1
    assert {name.split(".")[0] for name in counts} == {"elder_case", "drafts"}
