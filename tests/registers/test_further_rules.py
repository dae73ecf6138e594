"""Rules of registers.md section B at both sides of their limits: people, benefits, assessments, staff, base figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_street import TODAY, TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

PERSON = {
    "id": uuid(1), "name": "周春英", "id_type": "111", "township_code": TOWNSHIP, "birth_date": date(1950, 3, 5),
    "life_status": "1", "residence_division": VILLAGE,
}  # fmt: skip
DEAD = {**PERSON, "life_status": "2", "death_date": date(2026, 9, 3)}
WARNING, ERROR = Kind.WARNING, Kind.ERROR
person = Asked("person", PERSON, Street())


def proposal(asked: Asked, street: Street | None = None, **changes: Any) -> dict[str, dict[str, Any]]:
    found = asked.register.check({**asked.values, **changes}, TODAY, street or asked.street)
    return {problem.code: dict(problem.suggestion) for problem in found if problem.suggestion}


@pytest.mark.parametrize(
    ("born", "status", "expected"),
    [
        (date(2006, 11, 24), "21", {"married_young": WARNING}),
        (date(2006, 11, 23), "21", {}),
        (date(2016, 1, 1), "10", {}),
        (date(2016, 1, 1), "90", {}),
    ],
)
def test_nobody_under_twenty_is_married_unnoticed(born: date, status: str, expected: dict[str, Kind]) -> None:
    assert person.said(birth_date=born, marital_status=status) == expected


def test_the_living_are_not_cremated() -> None:
    assert person.said(disposal_kind="1") == {"alive_with_disposal": ERROR}
    assert person.said(disposal_kind="1", life_status="2", death_date=date(2026, 1, 1)) == {}


def test_type_and_grade_are_those_of_the_certificate() -> None:
    number = "512099195003050026"
    certificate = {"id_number": None, "disability_cert_no": f"{number}42"}
    assert person.said(**certificate, disability_type="4", disability_grade="2") == {}
    assert proposal(person, **certificate, disability_type="4", disability_grade="3") == {
        "disability_grade_disagrees": {"disability_grade": "2"}
    }
    assert {"disability_type", "disability_grade"} <= person.missing(health_status="60")
    assert not {"disability_type", "disability_grade"} & person.missing(health_status="10")


def test_the_wish_for_a_home_is_asked_every_year() -> None:
    asked = {"relief_class": "2", "central_willing": "2"}
    assert person.said(**asked, central_asked_on=date(2025, 11, 23)) == {}
    assert person.said(**asked, central_asked_on=date(2025, 11, 22)) == {"asked_long_ago": WARNING}


def test_whose_birth_was_never_registered_has_no_household_registration() -> None:
    unregistered = {"id_type": "000", "id_missing_reason": "1"}
    assert proposal(person, **unregistered, hukou_class="2") == {"hukou_disagrees": {"hukou_class": "4"}}
    assert person.said(**unregistered, hukou_class="4") == {}
    assert person.said(**{**unregistered, "id_missing_reason": "3"}, hukou_class="2") == {}


def test_benefits_end_with_the_month_of_death() -> None:
    benefit = {"id": uuid(2), "person_id": PERSON["id"], "benefit_type": "01", "start_month": "2026-01"}
    paid, dead = Asked("person_benefit", benefit, Street(person=[PERSON])), Street(person=[DEAD])
    assert paid.said() == {}
    assert proposal(paid, dead) == {"paid_after_death": {"end_month": "2026-09", "stop_reason": "1"}}
    assert paid.said(dead, end_month="2026-10", stop_reason="1") == {"paid_after_death": WARNING}
    assert paid.said(dead, end_month="2026-09", stop_reason="1") == {}


def test_an_assessment_holds_for_a_year() -> None:
    filled = REGISTERS["ability_assessment"].filled({"assessed_on": date(2024, 2, 29)}, TODAY)
    assert filled["valid_until"] == date(2025, 3, 1)
    kept = {"assessed_on": date(2026, 5, 1), "valid_until": date(2026, 12, 31)}
    assert REGISTERS["ability_assessment"].filled(kept, TODAY)["valid_until"] == date(2026, 12, 31)


def test_a_township_is_never_without_a_supervisor() -> None:
    staff = {
        "id": uuid(3), "name": "李强", "role": "1", "duty_division": TOWNSHIP, "township_code": TOWNSHIP,
        "on_date": date(2024, 1, 1), "off_date": date(2026, 11, 1),
    }  # fmt: skip
    following = {**staff, "id": uuid(4), "off_date": None}
    assert Asked("protect_staff", staff, Street()).said() == {"no_supervisor": WARNING}
    assert Asked("protect_staff", staff, Street(protect_staff=[following])).said() == {}
    assert Asked(
        "protect_staff", staff, Street(protect_staff=[{**following, "off_date": date(2026, 1, 1)}])
    ).said() == {"no_supervisor": WARNING}
    assert Asked("protect_staff", following, Street()).said() == {}


def test_people_on_support_are_as_many_as_are_registered() -> None:
    base = {"id": uuid(5), "village_code": VILLAGE, "year": 2026, "township_code": TOWNSHIP}
    living = [{**PERSON, "id": uuid(10 + number), "relief_class": relief} for number, relief in enumerate("232")]
    street = Street(person=[*living, {**DEAD, "id": uuid(20), "relief_class": "2"}])
    figures = Asked("village_year_base", base, street)
    assert figures.said(relief_total=3) == {}
    assert figures.said(relief_total=4) == {"relief_disagrees": WARNING}
    assert figures.said(relief_total=4, year=2025) == {}
    assert figures.said(Street(), relief_total=4) == {}


def test_home_care_ends_by_death_and_in_a_home_by_one_action() -> None:
    service = {"id": uuid(6), "person_id": PERSON["id"], "start_date": date(2026, 1, 5), "township_code": TOWNSHIP}
    care = Asked("homecare_enrolment", service, Street(person=[PERSON]))
    assert proposal(care, Street(person=[DEAD])) == {"dead_but_open": {"end_date": date(2026, 9, 3), "end_reason": "1"}}
    moved = Street(person=[{**PERSON, "residence_status": "4"}])
    assert proposal(care, moved) == {"lives_in_home": {"end_date": date(2026, 11, 23), "end_reason": "2"}}
    ended = {"end_date": date(2026, 9, 3), "end_reason": "1"}
    assert proposal(care, **ended) == {
        "death_not_known": {"person.life_status": "2", "person.death_date": date(2026, 9, 3)}
    }


def test_a_visit_to_somebody_without_a_telephone_is_one_at_home() -> None:
    case = {"id": uuid(7), "person_id": PERSON["id"]}
    street = Street(person=[{**PERSON, "phone_none": True}], elder_case=[case])
    visit = Asked("elder_visit", {"case_id": case["id"], "visit_date": date(2026, 11, 10)}, street)
    assert (visit.filled()["visit_method"], visit.filled()["visit_result"]) == ("1", "1")
    assert visit.filled(visit_method="6")["visit_method"] == "6"
    with_phone = Street(person=[PERSON], elder_case=[case])
    assert visit.filled(with_phone).get("visit_method") is None


def test_the_emergency_contact_can_be_reached() -> None:
    case = {"id": uuid(8), "person_id": PERSON["id"], "township_code": TOWNSHIP}
    known = {**PERSON, "emergency_name": "周强"}
    wanted = Asked("elder_case", case, Street(person=[known])).missing()
    assert {"person.emergency_relation", "person.emergency_phone"} <= wanted
    assert "person.emergency_name" not in wanted
