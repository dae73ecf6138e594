"""What a worklist is, and the conditions several of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, exists, select, type_coerce

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.registers import REGISTERS, Person

Condition = Callable[[Any, str], Any]  # (record class or alias, YYYY-MM) → SQL condition
FOLLOW_UP_OPEN = ("1", "2")  # codelist follow_up_status
FOLLOW_UP, OVERDUE_FOLLOW_UP, SHOULD_END = "待跟进", "超期未跟进", "应核对退出"


@dataclass(frozen=True)
class Worklist:
    """A named part of a register that waits for somebody."""

    key: str  # its name within the register
    title: str
    register: str
    condition: Condition
    group: str = ""  # lists of one kind in several registers stand on one line
    urgent: bool = False
    counted: bool = True  # stands among what to do; others only narrow a list
    offered: bool = True  # can be chosen over a list

    @property
    def name(self) -> str:
        """Its name among all worklists."""
        return f"{self.register}.{self.key}"


def has_code(column: Any, *codes: str) -> ColumnElement[bool]:
    """Whether a set of codes holds one of these."""
    text = type_coerce(column, String)
    first, *others = (text.contains(f'"{code}"') for code in codes)
    for one in others:
        first = first | one
    return first


def is_open(record: Any) -> Any:
    """A record without a last day is open."""
    span = REGISTERS[record.__tablename__].span
    return getattr(record, span[1]).is_(None) if span else True


def whose(record: Any, *conditions: Any) -> ColumnElement[bool]:
    """Whether the person of a record is of a kind."""
    return exists().where(Person.id == record.person_id, *conditions)


def one_of(record: Any, *conditions: Any) -> ColumnElement[bool]:
    """As `whose`, for registers so large that the people of a kind are found faster than each record's person."""
    return record.person_id.in_(select(Person.id).where(*conditions))  # type: ignore[no-any-return]


def reaching(age: int, within_days: int = 0) -> date:
    """The latest birthday of people who are of an age within so many days."""
    day = clock.today() + timedelta(days=within_days)
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # a 29th of February
        return day.replace(year=day.year - age, day=28)


def soon(days: int) -> date:
    """The day so many days from now."""
    return clock.today() + timedelta(days=days)


def of_month(column: str) -> Condition:
    """Records of a day within the month."""
    return lambda record, month: getattr(record, column).between(first_day(month), last_day(month))


def to_follow_up(visit: Any, month: str) -> Any:
    """Visits that left something to do."""
    return visit.follow_up.in_(FOLLOW_UP_OPEN)


def late_to_follow_up(visit: Any, month: str) -> ColumnElement[bool]:
    """Visits that left something to do, which should be done by now."""
    return and_(to_follow_up(visit, month), visit.follow_up_due < clock.today())


def follow_ups(register: str) -> tuple[Worklist, Worklist]:
    """The two lists of visits that left something to do; what is late stands on both."""
    return (
        Worklist("overdue", OVERDUE_FOLLOW_UP, register, late_to_follow_up, group="overdue", urgent=True),
        Worklist("follow_up", FOLLOW_UP, register, to_follow_up, group="follow_up"),
    )
