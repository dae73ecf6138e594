"""居家养老: where it runs (I05, in one reading or the other) and whom it serves (I06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, union
from sqlalchemy.orm import Session

from anyue_desktop.indicators.base_figures import VILLAGES, figures, years_used
from anyue_desktop.indicators.basis import PERSONS, Basis
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import COUNT
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Counted, Given, OfTheTownship, Rows, gives
from anyue_desktop.registers import HomecareEnrolment, HomecareLog, Person

ENROLMENT = "homecare_enrolment"
RUNNING = "homecare_running"


def is_open(scope: Scope) -> ColumnElement[bool]:
    """Enrolled on the day of judgement; from the day the service ends on no more."""
    enrolment, day = HomecareEnrolment, scope.as_of
    began = or_(enrolment.start_date.is_(None), enrolment.start_date <= day)
    lasts = or_(enrolment.end_date.is_(None), enrolment.end_date > day)
    return enrolment.deleted_at.is_(None) & began & lasts


def served(scope: Scope) -> Select[Any]:
    """Open enrolments with a service in one of the months."""
    months = scope.months
    had_service = exists().where(
        HomecareLog.enrolment_id == HomecareEnrolment.id,
        HomecareLog.deleted_at.is_(None),
        HomecareLog.month.between(months[0], months[-1]),
        HomecareLog.times > 0,
    )
    enrolment = HomecareEnrolment
    found = gives(enrolment.id, enrolment.township_code, Person.residence_division, person=enrolment.person_id)
    return found.join(Person, Person.id == enrolment.person_id).where(is_open(scope), had_service)


def enrolled(scope: Scope) -> Select[Any]:
    """Everybody ever enrolled; without any, nobody knows yet whom a place serves."""
    enrolment = HomecareEnrolment
    found = gives(enrolment.id, enrolment.township_code, Person.residence_division)
    return found.join(Person, Person.id == enrolment.person_id).where(enrolment.deleted_at.is_(None))


def served_this_year(scope: Scope) -> Select[Any]:
    """Open enrolments with a service in the year so far."""
    return served(scope.this_year)


def running(scope: Scope) -> Select[Any]:
    """Villages that say it runs, and villages where somebody is served."""
    return _villages(figures(scope, (RUNNING,), homecare_running=True), served_this_year(scope))


def answered(scope: Scope) -> Select[Any]:
    """Villages of which it is known whether it runs."""
    return _villages(figures(scope, (RUNNING,)), served_this_year(scope))


def _villages(*found: Select[Any]) -> Select[Any]:
    both = union(*(one.with_only_columns(*_places(one)) for one in found)).subquery()
    return gives(both.c.village, both.c.township, both.c.village).where(both.c.village.is_not(None))


def _places(found: Select[Any]) -> tuple[Any, Any]:
    return found.selected_columns.township, found.selected_columns.village


def no_target(session: Session, scope: Scope) -> Iterator[str]:
    """Whom the county wants served is said for a unit as a whole, if at all."""
    if not scope.basis.homecare_target:
        yield "没有居家养老目标人数，算不出覆盖率"


IN_PLACES = Formula(
    Rows("", running, Counted.VILLAGES), VILLAGES, gap="个村（社区）", known=Rows("", answered),
    notes=(years_used(RUNNING, word="用的"),),
)  # fmt: skip
OF_PERSONS = Formula(
    Rows(ENROLMENT, served_this_year, Counted.PERSONS),
    Given(lambda scope: scope.basis.homecare_target),
    notes=(no_target,),
)
SERVED = Formula(
    Rows(ENROLMENT, served, Counted.PERSONS), kind=COUNT, known=OfTheTownship(Rows(ENROLMENT, enrolled)),
    flow=True, by_year=True, of_the_county=True,
)  # fmt: skip


def formulas(basis: Basis) -> dict[str, Formula]:
    """Returns the formulas in the reading the county decided for."""
    return {"I05": OF_PERSONS if basis.homecare_reading == PERSONS else IN_PLACES, "I06": SERVED}
