"""What is said about women left behind and the visits to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_street import TOWNSHIP, Asked, Street, uuid

from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

LI = {
    "id": uuid(1), "name": "李芳", "sex": "2", "birth_date": date(1988, 3, 2), "life_status": "1", "hukou_kind": "1",
    "phone": "13800001111",
}  # fmt: skip
CASE = {
    "id": uuid(10), "person_id": uuid(1), "township_code": TOWNSHIP, "spouse_away_since": "2025-02",
    "enrol_date": date(2026, 1, 5), "difficulties": ("00",), "responsible_name": "刘军", "responsible_type": "01",
}  # fmt: skip
VISIT = {
    "id": uuid(20), "case_id": uuid(10), "visit_date": date(2026, 11, 10), "visit_method": "1", "visit_result": "1",
    "difficulties_found": ("00",), "needs": ("00",), "supports": ("00",),
}  # fmt: skip


def street(**registers: list[dict[str, Any]]) -> Street:
    return Street(**{"person": [LI], "left_behind_woman": [CASE], **registers})


case, visit = Asked("left_behind_woman", CASE, street()), Asked("left_behind_woman_visit", VISIT, street())


def person(**changes: Any) -> Street:
    return street(person=[{**LI, **changes}])


def test_a_whole_file_and_a_whole_visit_have_no_fault() -> None:
    assert case.said() == visit.said() == {}


def test_she_is_a_woman_of_full_age_from_the_countryside() -> None:
    assert case.said(person(sex="1")) == {"not_a_woman": Kind.ERROR}
    assert case.said(person(birth_date=date(2008, 1, 6))) == {"too_young": Kind.ERROR}
    assert case.said(person(birth_date=date(2008, 1, 5))) == {}
    assert case.said(person(hukou_kind="2")) == {"not_rural": Kind.WARNING}


@pytest.mark.parametrize(("since", "long"), [("2025-07", True), ("2025-08", False)])
def test_her_husband_has_been_away_for_half_a_year(since: str, long: bool) -> None:
    assert case.said(spouse_away_since=since) == ({} if long else {"not_away_long": Kind.WARNING})


def test_he_has_a_telephone_of_his_own() -> None:
    assert case.said(spouse_phone="13800001111") == {"same_phone": Kind.WARNING}


def test_one_person_has_one_open_file() -> None:
    other = {**CASE, "id": uuid(11)}
    assert case.said(street(left_behind_woman=[other])) == {"second_case": Kind.ERROR}
    assert case.said(street(left_behind_woman=[{**other, "exit_date": date(2025, 1, 1)}])) == {}


def test_what_is_hard_agrees_with_what_is_known() -> None:
    assert case.said(person(disability_grade="2")) == {"difficulty_03": Kind.WARNING}
    assert case.said(person(relief_class="1")) == {"difficulty_01": Kind.WARNING}
    assert case.said(person(relief_class="1"), difficulties=("01",)) == {}
    assert "needs_standing" in case.missing(difficulties=("01",))
    assert "needs_standing" not in case.missing()


def test_leaving_is_whole_and_the_dead_leave() -> None:
    assert case.said(exit_date=date(2026, 5, 1)) == {"exit_reason": Kind.ERROR}
    assert case.said(person(life_status="2")) == {"dead_but_open": Kind.ERROR}
    assert case.said(person(life_status="2"), exit_date=date(2026, 5, 1), exit_reason="01") == {}


def test_the_file_number_names_township_and_year() -> None:
    numbering = REGISTERS["left_behind_woman"].numbering
    assert numbering is not None
    assert numbering.prefix(CASE) == "AY206W2026"


def test_a_visit_lies_between_enrolment_and_exit() -> None:
    assert visit.said(visit_date=date(2026, 1, 4)) == {"visit_before_enrolment": Kind.ERROR}
    left = street(left_behind_woman=[{**CASE, "exit_date": date(2026, 11, 1)}])
    assert visit.said(left) == {"visit_after_exit": Kind.ERROR}


def test_whoever_was_reached_was_asked() -> None:
    silent = {"difficulties_found": None, "needs": None, "supports": None}
    assert visit.missing(**silent) >= set(silent)
    assert not visit.missing(**silent, visit_result="4") & set(silent)


@pytest.mark.parametrize("found", ["09", "10"])
def test_violence_is_answered_with_more_than_a_talk(found: str) -> None:
    assert visit.said(difficulties_found=(found,), supports=("01",)) == {"violence_unanswered": Kind.WARNING}
    assert visit.said(difficulties_found=(found,), supports=("01", "11")) == {}


def test_what_is_left_to_do_has_a_day_and_a_referral_an_address() -> None:
    assert "follow_up_due" in visit.missing(follow_up="1")
    assert "follow_up_result" in visit.missing(follow_up="3")
    assert "referral_to" in visit.missing(supports=("06",))
    early = {"follow_up_due": date(2026, 11, 9), "follow_up_done_on": date(2026, 11, 9)}
    assert visit.said(**early) == {"follow_up_due_early": Kind.ERROR, "follow_up_done_on_early": Kind.ERROR}


def test_the_same_visit_is_not_keyed_twice() -> None:
    again = street(left_behind_woman_visit=[{**VISIT, "id": uuid(21)}])
    assert visit.said(again) == {"twice_a_day": Kind.WARNING}


def test_the_visitor_is_the_one_responsible() -> None:
    filled = visit.filled()
    assert (filled["visitor_name"], filled["visitor_type"]) == ("刘军", "01")
