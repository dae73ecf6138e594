"""Facilities as they were on a day: which of them were in use, and how many beds they had (registers.md B.10, F)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, func, or_, select

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import ONE, OfTheTownship, Rows, gives
from anyue_desktop.registers import Facility, FacilityMonth

FACILITY = "facility"
IN_USE, STOPPED, CLOSED = "1", "3", "4"  # codelist facility_status
OF_A_TOWNSHIP = "%000"  # codes of townships end so; only villages are places a facility can be counted for

Condition = Callable[[], ColumnElement[bool]]
village = case((Facility.division_code.not_like(OF_A_TOWNSHIP), Facility.division_code))
area = cast(Facility.floor_area, Float)  # decimals are kept as text


def in_use(scope: Scope) -> ColumnElement[bool]:
    """In use on the day of judgement, as far as 运行状态, 状态变更日期 and 建成年月 tell.

    One closed since was in use until that day; one put to use since was not yet.
    """
    day = scope.as_of
    since = and_(Facility.status == IN_USE, or_(Facility.status_date.is_(None), Facility.status_date <= day))
    until = and_(Facility.status.in_((STOPPED, CLOSED)), Facility.status_date > day)
    built = or_(Facility.built_on.is_(None), Facility.built_on <= month_of(day))
    return and_(Facility.deleted_at.is_(None), built, or_(since, until))


def facilities(scope: Scope, *conditions: Any, amount: Any = ONE) -> Select[Any]:
    """The facilities in use that fulfil the conditions."""
    return gives(Facility.id, Facility.township_code, village, amount).where(in_use(scope), *conditions)


def of_types(types: Iterable[str], *conditions: Any) -> Rows:
    """The facilities in use of some types, each counting one."""
    wanted = tuple(types)
    return Rows(FACILITY, lambda scope: facilities(scope, Facility.facility_type.in_(wanted), *conditions))


def registered(scope: Scope) -> Select[Any]:
    """Every facility anybody has registered, in use or not."""
    return gives(Facility.id, Facility.township_code, village).where(Facility.deleted_at.is_(None))


ANY = OfTheTownship(Rows(FACILITY, registered))  # without any, nobody knows yet what a place has


def of_the_month(scope: Scope, snapshot: Any, now: Any) -> Any:
    """A number of beds: of a past month what its 设施月报 kept, else as registered now."""
    month = month_of(scope.as_of)
    if month >= month_of(clock.today()):
        return now
    kept = select(func.max(snapshot)).where(
        FacilityMonth.facility_id == Facility.id, FacilityMonth.month == month, FacilityMonth.deleted_at.is_(None)
    )
    return func.coalesce(kept.scalar_subquery(), now)
