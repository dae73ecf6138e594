"""I04 特殊困难老人月探访率: the conditions of registers.md A.2, as SQL.

denominator  distinct persons with an open case of a counting category on the month's last day (or today)
numerator    those with at least one visit in the month by a counting method with a counting result
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, exists, or_, type_coerce
from sqlalchemy.orm import Session, aliased

from anyue_desktop.core import clock, codes
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Counted, Rows, gives
from anyue_desktop.registers import ElderCase, ElderVisit, Person

LATE_FROM_DAY = 26  # enrolled after the 25th: in the denominator, listed apart as 当月新增


def as_of(month: str) -> date:
    """Returns the day the month is judged on: its last day, or today while it lasts."""
    return min(last_day(month), clock.today())


def counting_codes(name: str) -> tuple[str, ...]:
    """Returns the codes of a list that enter the rate."""
    known = codes.code_list(name)
    return tuple(item.code for item in known.items if str(known.attribute(item.code, "counts")) == "1")


def active_in(case: Any, month: str) -> ColumnElement[bool]:
    """A case open on the month's day of judgement, in at least one category that counts.

    A case without an enrolment date is active: the roster of a village often lacks it. One without any category is
    not counted; it stands on the list 信息不全.
    """
    day = as_of(month)
    text = type_coerce(case.categories, String)
    return and_(
        case.deleted_at.is_(None),
        or_(case.enrol_date.is_(None), case.enrol_date <= day),
        or_(case.exit_date.is_(None), case.exit_date > day),
        or_(*(text.contains(f'"{code}"') for code in counting_codes("elderly_category"))),
    )


def counting_visit(case: Any, month: str) -> ColumnElement[bool]:
    """At least one visit of the month saw or spoke with the person; also one under a case closed since."""
    any_case = aliased(ElderCase)
    return exists().where(
        any_case.person_id == case.person_id,
        ElderVisit.case_id == any_case.id,
        ElderVisit.deleted_at.is_(None),
        ElderVisit.visit_date.between(first_day(month), last_day(month)),
        ElderVisit.visit_method.in_(counting_codes("visit_method")),
        ElderVisit.visit_result.in_(counting_codes("visit_result")),
    )


def enrolled_late(case: Any, month: str) -> ColumnElement[bool]:
    """Enrolled after the 25th of the month."""
    late = date.fromisoformat(f"{month}-{LATE_FROM_DAY}")
    return and_(case.enrol_date.is_not(None), case.enrol_date >= late, case.enrol_date <= last_day(month))


def is_due(case: Any, scope: Scope) -> ColumnElement[bool]:
    """A case of the denominator; whether one enrolled late counts is a matter of the 口径."""
    active = active_in(case, scope.month)
    return active if scope.basis.late_enrolled_counts else and_(active, ~enrolled_late(case, scope.month))


def to_be_visited(scope: Scope) -> Select[Any]:
    """The cases of the denominator."""
    return _cases(scope)


def visited(scope: Scope) -> Select[Any]:
    """The cases of the numerator."""
    return _cases(scope, counting_visit(ElderCase, scope.month))


def _cases(scope: Scope, *conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        gives(ElderCase.id, ElderCase.township_code, Person.residence_division, person=ElderCase.person_id)
        .join(Person, Person.id == ElderCase.person_id)
        .where(is_due(ElderCase, scope), *conditions)
    )


def late(scope: Scope) -> Select[Any]:
    """The cases listed apart as 当月新增."""
    return _cases(scope, enrolled_late(ElderCase, scope.month))


LATE = Rows("elder_case", late, Counted.PERSONS)


def newcomers(session: Session, scope: Scope) -> Iterator[str]:
    """How many of those due were enrolled late in the month."""
    late_ones = LATE.total(session, scope).amount
    if late_ones:
        yield f"其中当月{LATE_FROM_DAY - 1}日后新增{late_ones}人"


FORMULAS = {
    "I04": Formula(
        Rows("elder_case", visited, Counted.PERSONS),
        Rows("elder_case", to_be_visited, Counted.PERSONS),
        flow=True,
        averaged=True,
        notes=(newcomers,),
    ),
}
