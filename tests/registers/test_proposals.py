"""What the rules propose for a file, which an officer takes over in one action."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_street import TODAY, TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core.problem import Kind, Problem

ELDER = {
    "id": uuid(1), "name": "周春英", "birth_date": date(1950, 3, 5), "hukou_kind": "1", "life_status": "1",
    "residence_division": VILLAGE, "emergency_name": "周强", "emergency_relation": "20",
    "emergency_phone": "13990120001",
}  # fmt: skip
CASE = {
    "id": uuid(2), "person_id": ELDER["id"], "township_code": TOWNSHIP, "categories": ("99",), "main_category": "99",
    "enrol_date": date(2025, 1, 1), "risk_level": "1", "visit_interval_days": 31,
}  # fmt: skip
KID = {
    "id": uuid(3), "name": "周小春", "birth_date": date(2014, 3, 2), "hukou_kind": "1", "life_status": "1",
    "residence_division": VILLAGE,
}  # fmt: skip
CHILD = {
    "id": uuid(4), "person_id": KID["id"], "township_code": TOWNSHIP, "child_types": ("99",), "main_type": "99",
    "guardianship_level": "2", "risk_level": "1", "visit_interval_days": 180, "enrol_date": date(2024, 1, 1),
}  # fmt: skip
elder_case = Asked("elder_case", CASE, Street(person=[ELDER]))
child_case = Asked("child_case", CHILD, Street(person=[KID]))


def proposals(asked: Asked, street: Street | None = None, **changes: Any) -> dict[str, dict[str, Any]]:
    found = asked.register.check({**asked.values, **changes}, TODAY, street or asked.street)
    return {problem.code: dict(problem.suggestion) for problem in found if problem.suggestion}


def elder(**changes: Any) -> Street:
    return Street(person=[{**ELDER, **changes}])


def kid(**changes: Any) -> Street:
    return Street(person=[{**KID, **changes}])


# classes of elders


@pytest.mark.parametrize(
    ("person", "case", "category"),
    [
        ({}, {"living_arrangement": "1"}, "01"),
        ({}, {"living_arrangement": "2", "children_alive": 2}, "02"),
        ({}, {"children_alive": 2, "children_local": 0}, "03"),
        ({"hukou_kind": "2"}, {"children_alive": 2, "children_local": 0}, "02"),
        ({}, {"self_care_level": "2"}, "04"),
        ({}, {"ability_level": "2"}, "04"),
        ({"disability_grade": "2"}, {}, "05"),
        ({"relief_class": "2"}, {}, "07"),
        ({"relief_class": "1", "birth_date": date(1946, 11, 23)}, {}, "08"),
    ],
)
def test_a_class_the_facts_speak_for_is_proposed(person: dict[str, Any], case: dict[str, Any], category: str) -> None:
    found = proposals(elder_case, elder(**person), **case)
    assert found == {f"kind_{category}": {"categories": (category, "99")}}


@pytest.mark.parametrize(
    ("person", "case"),
    [
        ({}, {"living_arrangement": "3"}),
        ({}, {"living_arrangement": "2", "children_alive": 0}),
        ({}, {"children_alive": 2, "children_local": 1}),
        ({}, {"self_care_level": "1"}),
        ({}, {"ability_level": "1"}),
        ({"disability_grade": "3"}, {}),
        ({"relief_class": "3"}, {}),
        ({"relief_class": "1", "birth_date": date(1946, 11, 24)}, {}),
        ({"relief_class": "0", "birth_date": date(1940, 11, 24)}, {}),
    ],
)
def test_a_class_just_beyond_its_limit_is_not_proposed(person: dict[str, Any], case: dict[str, Any]) -> None:
    assert proposals(elder_case, elder(**person), **case) == {}


def test_children_who_are_all_registered_as_away_count_as_away() -> None:
    def relatives(*away: bool) -> Street:
        rows = [
            {"id": uuid(50 + number), "person_id": ELDER["id"], "relation": "20", "is_away": one}
            for number, one in enumerate(away)
        ]
        return Street(person=[ELDER], person_relation=rows)

    assert "kind_03" in proposals(elder_case, relatives(True, True))
    assert "kind_03" not in proposals(elder_case, relatives(True, False))
    assert "kind_03" not in proposals(elder_case, relatives())


def test_the_family_planning_aid_speaks_for_its_class_while_it_is_paid() -> None:
    aid = {"id": uuid(60), "person_id": ELDER["id"], "benefit_type": "15", "end_month": None}
    assert "kind_06" in proposals(elder_case, Street(person=[ELDER], person_benefit=[aid]))
    ended = {**aid, "end_month": "2025-12"}
    assert "kind_06" not in proposals(elder_case, Street(person=[ELDER], person_benefit=[ended]))


@pytest.mark.parametrize(
    ("category", "person", "case"),
    [
        ("01", {}, {"living_arrangement": "2"}),
        ("02", {}, {"living_arrangement": "3"}),
        ("03", {}, {"children_alive": 2, "children_local": 1}),
        ("03", {"hukou_kind": "2"}, {}),
        ("04", {}, {"self_care_level": "1"}),
        ("05", {"disability_grade": "3"}, {}),
        ("07", {"relief_class": "0"}, {}),
        ("08", {"relief_class": "0", "birth_date": date(1940, 1, 1)}, {}),
        ("08", {"relief_class": "1", "birth_date": date(1950, 1, 1)}, {}),
    ],
)
def test_a_class_that_no_longer_holds_is_proposed_for_removal(
    category: str, person: dict[str, Any], case: dict[str, Any]
) -> None:
    chosen = {"categories": (category, "99"), "main_category": category}
    found = proposals(elder_case, elder(**person), **chosen, **case)
    assert found[f"not_kind_{category}"] == {"categories": ("99",), "main_category": "99"}


def test_where_the_only_class_falls_away_leaving_is_proposed() -> None:
    only = {"categories": ("04",), "main_category": "04", "self_care_level": "1"}
    assert proposals(elder_case, **only) == {"not_kind_04": {"exit_date": date(2026, 11, 23), "exit_reason": "06"}}


def test_what_is_not_known_speaks_for_and_against_nothing() -> None:
    everything = tuple(f"{code:02d}" for code in range(1, 9))
    found = elder_case.said(elder(birth_date=None), categories=everything, main_category="01")
    assert not [code for code in found if "kind" in code]


def test_a_file_that_is_closed_is_left_alone() -> None:
    closed = {"exit_date": date(2026, 1, 1), "exit_reason": "03"}
    assert proposals(elder_case, living_arrangement="1", **closed) == {}


# risk and interval of elders


def test_the_interval_is_no_longer_than_the_risk_allows() -> None:
    assert proposals(elder_case, risk_level="3", visit_interval_days=16) == {
        "interval_long": {"visit_interval_days": 15}
    }
    assert proposals(elder_case, risk_level="3", visit_interval_days=15) == {}


def test_who_lives_alone_and_is_old_or_frail_is_better_seen_twice_a_month() -> None:
    alone = {"categories": ("01",), "main_category": "01", "living_arrangement": "1"}
    eighty, younger = elder(birth_date=date(1946, 11, 23)), elder(birth_date=date(1946, 11, 24))
    assert proposals(elder_case, eighty, **alone) == {"twice_a_month": {"visit_interval_days": 15}}
    assert proposals(elder_case, eighty, **alone, visit_interval_days=15) == {}
    assert proposals(elder_case, younger, **alone) == {}
    frail = {**alone, "categories": ("01", "04"), "self_care_level": "3"}
    assert "twice_a_month" in proposals(elder_case, younger, **frail)


def test_nobody_to_care_proposes_the_highest_risk() -> None:
    found = proposals(elder_case, carers=("7",))
    assert found == {"nobody_cares": {"risk_level": "3", "visit_interval_days": 15}}


def test_ability_is_that_of_the_newest_assessment() -> None:
    old = {"id": uuid(70), "person_id": ELDER["id"], "assessed_on": date(2025, 1, 1), "ability_level": "1"}
    new = {**old, "id": uuid(71), "assessed_on": date(2026, 1, 1), "ability_level": "3"}
    street = Street(person=[ELDER], ability_assessment=[new, old])
    assert elder_case.filled(street)["ability_level"] == "3"
    frail = {"categories": ("04",), "main_category": "04"}
    assert proposals(elder_case, street, **frail, ability_level="2") == {
        "ability_level_not_assessed": {"ability_level": "3"}
    }
    assert proposals(elder_case, street, **frail, ability_level="3") == {}


# the sixtieth birthday, death, and being gone


def test_enrolment_before_the_sixtieth_birthday_proposes_the_birthday() -> None:
    young = elder(birth_date=date(1965, 6, 1))
    assert proposals(elder_case, young, enrol_date=date(2025, 5, 31)) == {"too_young": {"enrol_date": date(2025, 6, 1)}}
    assert proposals(elder_case, young, enrol_date=date(2025, 6, 1)) == {}
    not_yet = elder(birth_date=date(1966, 11, 24))
    assert "too_young" in elder_case.said(not_yet)
    assert proposals(elder_case, not_yet) == {}


def test_a_death_proposes_to_close_the_file_on_its_day() -> None:
    died = {"life_status": "2", "death_date": date(2026, 11, 3)}
    assert proposals(elder_case, elder(**died)) == {
        "dead_but_open": {"exit_date": date(2026, 11, 3), "exit_reason": "01"}
    }
    assert proposals(child_case, kid(**died)) == {
        "dead_but_open": {"exit_date": date(2026, 11, 3), "exit_reason": "06"}
    }


def test_leaving_by_death_makes_the_death_known_of_the_person() -> None:
    left = {"exit_date": date(2026, 11, 3), "exit_reason": "01"}
    assert proposals(elder_case, **left) == {
        "death_not_known": {"person.life_status": "2", "person.death_date": date(2026, 11, 3)}
    }
    assert proposals(elder_case, elder(life_status="2"), **left) == {}


@pytest.mark.parametrize(("result", "reason"), [("7", "02"), ("8", "01"), ("9", "03")])
def test_a_last_visit_that_found_nobody_any_more_proposes_to_leave(result: str, reason: str) -> None:
    gone = {"id": uuid(80), "case_id": CASE["id"], "visit_date": date(2026, 11, 10), "visit_result": result}
    seen = {**gone, "id": uuid(81), "visit_date": date(2026, 11, 12), "visit_result": "1"}
    assert proposals(elder_case, Street(person=[ELDER], elder_visit=[gone])) == {
        "found_gone": {"exit_date": date(2026, 11, 10), "exit_reason": reason}
    }
    assert proposals(elder_case, Street(person=[ELDER], elder_visit=[gone, seen])) == {}


def test_a_visit_that_finds_somebody_gone_may_follow_the_exit() -> None:
    closed = Street(person=[ELDER], elder_case=[{**CASE, "exit_date": date(2026, 11, 3), "exit_reason": "01"}])
    visit = {
        "id": uuid(82), "case_id": CASE["id"], "visit_date": date(2026, 11, 10), "visit_method": "1",
        "created_at": "2026-11-10T10:00:00+08:00",
    }  # fmt: skip
    asked = Asked("elder_visit", visit, closed)
    assert asked.said(visit_result="8") == {}
    assert asked.said(visit_result="1") == {"visit_after_exit": Kind.ERROR}


# children


def test_at_sixteen_a_left_behind_child_leaves_on_the_birthday() -> None:
    left = {"child_types": ("01",), "main_type": "01"}
    sixteen = kid(birth_date=date(2010, 11, 23))
    assert proposals(child_case, sixteen, **left) == {"sixteen": {"exit_date": date(2026, 11, 23), "exit_reason": "01"}}
    assert proposals(child_case, kid(birth_date=date(2010, 11, 24)), **left) == {}
    ill = kid(birth_date=date(2010, 11, 23), health_status="22")
    both = {"child_types": ("01", "07"), "main_type": "01"}
    assert proposals(child_case, ill, **both) == {"sixteen": {"child_types": ("07",), "main_type": "07"}}


def test_at_eighteen_a_child_leaves_but_not_before_its_last_visit() -> None:
    grown = {**KID, "birth_date": date(2008, 11, 10)}
    assert proposals(child_case, Street(person=[grown])) == {
        "grown_up": {"exit_date": date(2026, 11, 10), "exit_reason": "02"}
    }
    visit = {"id": uuid(90), "child_case_id": CHILD["id"], "visit_date": date(2026, 11, 15), "visit_result": "1"}
    found = proposals(child_case, Street(person=[grown], child_visit=[visit]))
    assert found["grown_up"]["exit_date"] == date(2026, 11, 15)
    assert proposals(child_case, kid(birth_date=date(2008, 11, 24))) == {}


def test_a_type_is_proposed_and_one_that_no_longer_holds_proposed_for_removal() -> None:
    parents = {"father_state": "09", "mother_state": "05"}
    assert proposals(child_case, **parents) == {"kind_03": {"child_types": ("03", "99")}}
    chosen = {"child_types": ("03", "99"), "main_type": "03", "father_state": "09", "mother_state": "02"}
    assert proposals(child_case, **chosen) == {"not_kind_03": {"child_types": ("99",), "main_type": "99"}}


@pytest.mark.parametrize(
    ("father", "mother", "person", "expected"),
    [
        ("01", "01", {}, True),
        ("01", "15", {}, True),
        ("01", "09", {}, True),
        ("01", "02", {}, False),
        ("01", "13", {}, False),
        ("01", None, {}, False),
        ("01", "01", {"hukou_kind": "2"}, False),
        ("01", "01", {"birth_date": date(2010, 11, 23)}, False),
    ],
)
def test_children_left_behind_are_rural_under_sixteen_and_without_a_guardian_at_home(
    father: str, mother: str | None, person: dict[str, Any], expected: bool
) -> None:
    found = proposals(child_case, kid(**person), father_state=father, mother_state=mother)
    assert ("kind_01" in found) is expected


def test_a_child_whose_parents_are_back_may_leave() -> None:
    back = {"child_types": ("01",), "main_type": "01", "father_state": "02", "mother_state": "02"}
    assert proposals(child_case, **back) == {"not_kind_01": {"exit_date": date(2026, 11, 23), "exit_reason": "03"}}


@pytest.mark.parametrize(
    ("kind", "person", "case"),
    [
        ("02", {}, {"father_state": "09", "mother_state": "02"}),
        ("04", {"relief_class": "0"}, {}),
        ("05", {"relief_class": "4"}, {}),
        ("06", {"relief_class": "1"}, {}),
        ("07", {"health_status": "10"}, {}),
        ("08", {"health_status": "10"}, {}),
        ("09", {}, {"guardianship_type": "1", "guardianship_level": "1"}),
        ("10", {}, {"guardianship_level": "1"}),
    ],
)
def test_each_type_has_facts_that_speak_against_it(kind: str, person: dict[str, Any], case: dict[str, Any]) -> None:
    chosen = {"child_types": (kind, "99"), "main_type": kind}
    assert f"not_kind_{kind}" in proposals(child_case, kid(**person), **chosen, **case)
    assert not [code for code in child_case.said(**chosen) if code.startswith("not_kind")]


def test_poverty_may_also_be_that_of_people_kept_from_falling_back() -> None:
    assert "not_kind_06" not in child_case.said(kid(relief_class="6"), child_types=("06",), main_type="06")


def test_accidents_for_want_of_care_and_duty_refused_ask_for_a_report() -> None:
    poor = {"guardianship_level": "3", "risk_level": "3", "visit_interval_days": 30}
    assert child_case.said(**poor, improper_care=("03",), child_types=("10",), main_type="10") == {
        "report_wanted": Kind.WARNING
    }
    assert child_case.said(**poor, improper_care=("06",)) == {"report_wanted": Kind.WARNING}
    assert child_case.said(**poor, improper_care=("10",)) == {}


def test_an_old_report_says_nothing_of_a_danger_found_now() -> None:
    def found(day: str) -> dict[str, Kind]:
        visit = {
            "id": uuid(91), "child_case_id": CHILD["id"], "visit_date": date(2026, 11, 10), "visit_method": "1",
            "visit_result": "1", "saw_child": True, "danger_found": ("05",), "actions": ("11",),
            "created_at": "2026-11-10T10:00:00+08:00",
        }  # fmt: skip
        report = {"id": uuid(92), "child_case_id": CHILD["id"], "found_at": f"{day} 09:00"}
        street = Street(person=[KID], child_case=[CHILD], child_report=[report])
        return Asked("child_visit", visit, street).said()

    assert found("2026-10-11") == {}
    assert found("2026-10-10") == {"report_wanted": Kind.WARNING}


def test_guardianship_seen_at_the_last_visit_is_proposed_for_the_file() -> None:
    visit = {"id": uuid(93), "child_case_id": CHILD["id"], "visit_date": date(2026, 11, 10), "guardianship_level": "3"}
    seen = Street(person=[KID], child_case=[CHILD], child_visit=[visit])
    assert proposals(child_case, seen) == {"guardianship_seen": {"guardianship_level": "3"}}
    assert proposals(child_case, seen, guardianship_level="3", improper_care=("10",)) == {}


def test_the_guardian_of_a_child_under_fourteen_is_told() -> None:
    almost, fourteen = kid(birth_date=date(2012, 11, 24)), kid(birth_date=date(2012, 11, 23))
    assert child_case.said(almost, consent_kind="3") == {"guardian_untold": Kind.WARNING}
    assert child_case.said(fourteen, consent_kind="3") == {}
    assert child_case.said(fourteen, consent_kind="0") == {"guardian_untold": Kind.WARNING}
    assert child_case.said(almost, consent_kind="4") == {}
    assert elder_case.said(consent_kind="0") == {"not_told": Kind.WARNING}


# copied texts


def test_the_same_words_about_five_people_in_a_month_were_copied() -> None:
    def said(people: int, day: date = date(2026, 11, 3)) -> dict[str, Kind]:
        base = {
            "visit_method": "1", "visit_result": "1", "health_note": "血压正常",
            "created_at": "2026-11-10T10:00:00+08:00",
        }  # fmt: skip
        own = {**base, "id": uuid(100), "case_id": CASE["id"], "visit_date": date(2026, 11, 10)}
        others = [{**base, "id": uuid(101 + n), "case_id": uuid(201 + n), "visit_date": day} for n in range(people)]
        return Asked("elder_visit", own, Street(person=[ELDER], elder_case=[CASE], elder_visit=others)).said()

    assert said(4) == {"copied_health_note": Kind.WARNING}
    assert said(3) == {}
    assert said(4, date(2026, 10, 31)) == {}


def test_the_same_words_about_one_person_are_no_copy() -> None:
    base = {"case_id": CASE["id"], "visit_method": "1", "visit_result": "1", "health_note": "高血压，按时服药"}
    visits = [
        {**base, "id": uuid(110 + day), "visit_date": date(2026, 11, day), "created_at": "2026-11-10T10:00:00+08:00"}
        for day in range(1, 8)
    ]
    asked = Asked("elder_visit", visits[0], Street(person=[ELDER], elder_case=[CASE], elder_visit=visits))
    assert asked.said() == {}


def test_a_problem_of_an_embedded_record_keeps_what_it_proposes() -> None:
    inner = Problem(Kind.WARNING, "…", "life_status", suggestion={"life_status": "2"})
    assert dict(inner.within("person.").suggestion) == {"person.life_status": "2"}
    assert inner.within("person.").field == "person.life_status"
