"""I04 特殊困难老人月探访率: the conditions of registers.md A.2, as SQL.

denominator  distinct persons with an open case of a counting category on the month's last day (or today)
numerator    those with at least one visit in the month by a counting method with a counting result
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    column,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import Date as SqlDate
from sqlalchemy import values as sql_values
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


@dataclass(frozen=True)
class Days:
    """The days a month is judged by: dates, or the columns of a table of months."""

    first: Any
    last: Any
    as_of: Any
    late: Any  # enrolled from here on is enrolled late


def days_of(month: str) -> Days:
    """Returns the days of one month."""
    return Days(first_day(month), last_day(month), as_of(month), date.fromisoformat(f"{month}-{LATE_FROM_DAY}"))


def in_counting_category(case: Any) -> ColumnElement[bool]:
    """A case of at least one category that counts; one without any stands on the list 信息不全."""
    text = type_coerce(case.categories, String)
    return or_(*(text.contains(f'"{code}"') for code in counting_codes("elderly_category")))


def open_on(case: Any, day: Any) -> ColumnElement[bool]:
    """A case open on a day; without an enrolment date it is, for the roster of a village often lacks it."""
    return and_(
        or_(case.enrol_date.is_(None), case.enrol_date <= day),
        or_(case.exit_date.is_(None), case.exit_date > day),
    )


def active_in(case: Any, month: str) -> ColumnElement[bool]:
    """A case open on the month's day of judgement, in at least one category that counts."""
    return and_(case.deleted_at.is_(None), open_on(case, as_of(month)), in_counting_category(case))


def counting_visit(case: Any, month: str) -> ColumnElement[bool]:
    """At least one visit of the month saw or spoke with the person; also one under a case closed since."""
    return _seen_within(case, days_of(month))


def _seen_within(case: Any, days: Days) -> ColumnElement[bool]:
    any_case = aliased(ElderCase)
    return exists(ElderVisit.case_id).where(  # of the index alone; of all columns SQLite would fetch every visit
        any_case.person_id == case.person_id,
        ElderVisit.case_id == any_case.id,
        ElderVisit.deleted_at.is_(None),
        ElderVisit.visit_date.between(days.first, days.last),
        ElderVisit.visit_method.in_(counting_codes("visit_method")),
        ElderVisit.visit_result.in_(counting_codes("visit_result")),
    )


def enrolled_late(case: Any, month: str) -> ColumnElement[bool]:
    """Enrolled after the 25th of the month."""
    return _late_within(case, days_of(month))


def _late_within(case: Any, days: Days) -> ColumnElement[bool]:
    return and_(case.enrol_date.is_not(None), case.enrol_date >= days.late, case.enrol_date <= days.last)


def is_due(case: Any, scope: Scope) -> ColumnElement[bool]:
    """A case of the denominator; whether one enrolled late counts is a matter of the 口径."""
    active = active_in(case, scope.month)
    return active if scope.basis.late_enrolled_counts else and_(active, ~enrolled_late(case, scope.month))


def of_months(session: Session, months: Sequence[str], scope: Scope) -> dict[str, tuple[int, int]]:
    """Returns visited and due of many months, each as if it alone were asked for, in one query.

    As everywhere, a person counts once in each township.
    """
    counted, table = _counted_cases(scope), _table_of(months)
    days = Days(table.c.first, table.c.last, table.c.as_of, table.c.late)
    seen = case((_seen_within(counted.c, days), counted.c.number))
    due = open_on(counted.c, days.as_of)
    if not scope.basis.late_enrolled_counts:
        due = and_(due, ~_late_within(counted.c, days))
    each = (
        select(
            table.c.month,
            func.count(seen.distinct()).label("seen"),
            func.count(counted.c.number.distinct()).label("due"),
        )
        .select_from(table.join(counted, due))
        .group_by(table.c.month, counted.c.township_code)
    ).subquery()
    sums = session.execute(select(each.c.month, func.sum(each.c.seen), func.sum(each.c.due)).group_by(each.c.month))
    found = {month: (seen, due) for month, seen, due in sums}
    return {month: found.get(month, (0, 0)) for month in months}


def _counted_cases(scope: Scope) -> CTE:
    """The cases that may be due in any month, each with a number for its person; found once: categories read slowly."""
    number = func.dense_rank().over(order_by=ElderCase.person_id).label("number")  # told apart faster than by their ids
    columns = ElderCase.person_id, ElderCase.township_code, ElderCase.enrol_date, ElderCase.exit_date
    cases = select(number, *columns).where(ElderCase.deleted_at.is_(None), in_counting_category(ElderCase))
    if scope.township:
        cases = cases.where(ElderCase.township_code == scope.township)
    return cases.cte("counted").prefix_with("MATERIALIZED")


def _table_of(months: Sequence[str]) -> CTE:
    days: list[ColumnClause[date]] = [column(name, SqlDate()) for name in ("first", "last", "as_of", "late")]
    rows = [(month, one.first, one.last, one.as_of, one.late) for month in months for one in (days_of(month),)]
    return sql_values(column("month", String), *days, name="months").data(rows).cte("months")


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
