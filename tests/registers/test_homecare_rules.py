"""What is said about home care and its months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from register_street import TOWNSHIP, Asked, Street, uuid

from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

ZHOU = {"id": uuid(1), "name": "周芳", "birth_date": date(1946, 3, 2), "life_status": "1", "residence_status": "0"}
STATION = {"id": uuid(5), "name": "土桥村日间照料中心", "facility_type": "E08"}
ENROLMENT = {
    "id": uuid(10), "person_id": uuid(1), "township_code": TOWNSHIP, "object_class": "05", "pay_kind": "1",
    "subsidy_standard": Decimal("100"), "provider_facility_id": uuid(5), "plan_services": ("01", "03"),
    "plan_times_month": 4, "start_date": date(2026, 3, 10),
}  # fmt: skip
LOG = {
    "id": uuid(20), "enrolment_id": uuid(10), "month": "2026-10", "service_type": "01", "times": 8,
    "subsidy_amount": Decimal("60"),
}  # fmt: skip


def street(**registers: list[dict[str, Any]]) -> Street:
    return Street(**{"person": [ZHOU], "facility": [STATION], "homecare_enrolment": [ENROLMENT], **registers})


enrolment, log = Asked("homecare_enrolment", ENROLMENT, street()), Asked("homecare_log", LOG, street())


def test_a_whole_enrolment_and_a_whole_month_have_no_fault() -> None:
    assert enrolment.said() == {}
    assert log.said() == {}
    assert enrolment.missing() == set()


def test_sixty_years_are_counted_on_the_day_the_service_began() -> None:
    young = street(person=[{**ZHOU, "birth_date": date(1966, 3, 11)}])
    assert enrolment.said(young, object_class="10") == {"too_young": Kind.ERROR}
    assert enrolment.said(young, object_class="10", start_date=date(2026, 3, 11)) == {}


def test_somebody_under_eighty_is_not_of_high_age() -> None:
    assert enrolment.said(start_date=date(2026, 3, 1)) == {"not_of_high_age": Kind.WARNING}


def test_who_lives_in_a_home_or_is_dead_is_not_served_at_home() -> None:
    ended = {"end_date": date(2026, 5, 1), "end_reason": "2"}
    housed = street(person=[{**ZHOU, "residence_status": "4"}])
    assert enrolment.said(housed) == {"lives_in_home": Kind.ERROR}
    assert enrolment.said(housed, **ended) == {}
    dead = street(person=[{**ZHOU, "life_status": "2"}])
    assert enrolment.said(dead) == {"dead_but_open": Kind.ERROR}
    assert enrolment.said(dead, **ended) == {}


def test_one_person_is_enrolled_once_at_a_time() -> None:
    other = {**ENROLMENT, "id": uuid(11)}
    assert enrolment.said(street(homecare_enrolment=[other])) == {"second_enrolment": Kind.ERROR}
    assert enrolment.said(street(homecare_enrolment=[{**other, "end_date": date(2026, 1, 1)}])) == {}


def test_a_subsidised_service_has_a_standard_and_a_private_one_none() -> None:
    assert "subsidy_standard" in enrolment.missing(subsidy_standard=None)
    assert enrolment.said(pay_kind="3") == {"subsidy_not_due": Kind.WARNING}
    assert enrolment.said(pay_kind="3", subsidy_standard=None) == {}


def test_a_burial_place_serves_nobody_at_home() -> None:
    assert enrolment.said(street(facility=[{**STATION, "facility_type": "F03"}])) == {"odd_provider": Kind.WARNING}
    assert enrolment.said(street(facility=[{**STATION, "facility_type": "S01"}])) == {}


def test_a_modified_home_says_when_and_only_a_modified_one() -> None:
    assert "modified_on" in enrolment.missing(home_modified=True)
    assert enrolment.said(modified_cost=Decimal("3000")) == {"not_modified": Kind.ERROR}


def test_a_service_ends_with_a_date_and_a_reason_after_it_began() -> None:
    assert enrolment.said(end_date=date(2026, 5, 1)) == {"end_reason": Kind.ERROR}
    assert enrolment.said(end_reason="3") == {"end_date": Kind.ERROR}
    assert enrolment.said(end_date=date(2026, 3, 1), end_reason="3") == {"end_before_start": Kind.ERROR}


def test_the_newest_assessment_tells_the_ability() -> None:
    assessed = [
        {"id": uuid(30 + number), "person_id": uuid(1), "assessed_on": date(2025, month, 1), "ability_level": level}
        for number, (month, level) in enumerate(((3, "1"), (9, "2"), (6, "4")))
    ]
    assert enrolment.filled(street(ability_assessment=assessed))["ability_level"] == "2"


def test_the_service_number_names_township_and_year() -> None:
    numbering = REGISTERS["homecare_enrolment"].numbering
    assert numbering is not None
    assert numbering.prefix(ENROLMENT) == "AY206H2026"


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-03", None), ("2026-02", "month_before_start"), ("2026-11", None), ("2026-12", "future_month")],
)
def test_a_month_of_service_has_begun_and_lies_within_the_enrolment(month: str, code: str | None) -> None:
    assert log.said(month=month) == ({code: Kind.ERROR} if code else {})


def test_nothing_is_served_after_the_end() -> None:
    over = street(homecare_enrolment=[{**ENROLMENT, "end_date": date(2026, 9, 30)}])
    assert log.said(over) == {"month_after_end": Kind.ERROR}
    assert log.said(over, month="2026-09") == {}


def test_a_service_of_a_month_has_one_line() -> None:
    other = {**LOG, "id": uuid(21)}
    assert log.said(street(homecare_log=[other]), subsidy_amount=None) == {"second_line": Kind.ERROR}
    assert log.said(street(homecare_log=[{**other, "service_type": "03"}]), subsidy_amount=None) == {}


def test_more_than_twice_the_plan_is_worth_a_look() -> None:
    assert log.said(times=8) == {}
    assert log.said(times=9) == {"times_above_plan": Kind.WARNING}


def test_a_service_nobody_planned_is_worth_a_look() -> None:
    assert log.said(service_type="02") == {"not_planned": Kind.WARNING}


def test_the_subsidies_of_a_month_stay_within_the_standard() -> None:
    other = {**LOG, "id": uuid(21), "service_type": "03", "subsidy_amount": Decimal("40")}
    assert log.said(street(homecare_log=[other])) == {}
    dearer = {**other, "subsidy_amount": Decimal("40.01")}
    assert log.said(street(homecare_log=[dearer])) == {"subsidy_above_standard": Kind.WARNING}
    assert log.said(street(homecare_log=[{**dearer, "month": "2026-09"}])) == {}


def test_hours_without_a_service_and_silence_after_a_complaint_are_noticed() -> None:
    assert log.said(times=0) == {"nothing_done": Kind.WARNING}
    assert "complaint" in log.missing(satisfaction="4")
