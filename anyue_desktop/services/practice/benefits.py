"""享受待遇 of a made-up life; the amounts are made up too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from anyue_desktop.core.dates import month_of
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.lives import DIED, ENTERED_HOME, Life

Values = dict[str, Any]

GREAT_AGE, CARE_SUBSIDY = "01", "03"
DISABLED_LIVING, DISABLED_CARE = "05", "06"
HARDSHIP_LIVING, HARDSHIP_CARE, LOW_INCOME = "07", "08", "09"
AMOUNTS = {
    DISABLED_LIVING: "100", DISABLED_CARE: "80", CARE_SUBSIDY: "60", HARDSHIP_LIVING: "819", HARDSHIP_CARE: "200",
    LOW_INCOME: "365",
}  # fmt: skip
GREAT_AGES = ((90, "100"), (80, "30"))
ON_LOW_INCOME, ON_HARDSHIP = "1", "2"
ABLE, DEPENDENT = "1", "3"
BY_CARD = "3"
STOPPED = {DIED: "1", ENTERED_HOME: "5"}


def benefits(draw: Draw, life: Life, person: Values, case: Values) -> list[Values]:
    """Returns one record for each benefit."""
    return [_benefit(draw, life, person, kind, amount, since) for kind, amount, since in _due(draw, life, person, case)]


def amount_of(kind: str) -> Decimal:
    """Returns the made-up amount of a benefit a month."""
    return Decimal(AMOUNTS[kind])


def _due(draw: Draw, life: Life, person: Values, case: Values) -> Iterator[tuple[str, str, date]]:
    """The kind, the monthly amount and the first day of each benefit."""
    for least_age, amount in GREAT_AGES:
        if life.age >= least_age:
            yield GREAT_AGE, amount, life.birth + timedelta(days=int(least_age * 365.25) + 1)
            break
    since = draw.day(life.enrolled - timedelta(days=600), life.enrolled)
    for kind in _kinds(person["relief_class"], case["self_care_level"], disabled=life.difficulty.disabled):
        yield kind, AMOUNTS[kind], since


def _kinds(relief: str, self_care: str, *, disabled: bool) -> Iterator[str]:
    if relief == ON_HARDSHIP:  # excludes the subsidies for the disabled
        yield from (HARDSHIP_LIVING,) if self_care == ABLE else (HARDSHIP_LIVING, HARDSHIP_CARE)
        return
    if relief == ON_LOW_INCOME:
        yield LOW_INCOME
    if relief == ON_LOW_INCOME and self_care == DEPENDENT:
        yield CARE_SUBSIDY
    if disabled:
        yield from (DISABLED_CARE, DISABLED_LIVING) if relief == ON_LOW_INCOME else (DISABLED_CARE,)


def _benefit(draw: Draw, life: Life, person: Values, kind: str, amount: str, since: date) -> Values:
    values: Values = {
        "id": numbers.record_id(draw, life.enrolled),
        "person_id": person["id"],
        "benefit_type": kind,
        "amount_month": Decimal(amount),
        "start_month": month_of(since),
        "payee_name": life.name,
        "payee_relation": "01",
        "pay_method": BY_CARD,
        "approved_on": since,
    }
    reason = STOPPED.get(life.exit_reason or "")
    if life.left and reason and (kind != GREAT_AGE or life.exit_reason == DIED):
        values |= {"end_month": max(month_of(life.left), values["start_month"]), "stop_reason": reason}
    return values
