"""What is to do for children left behind or in difficulty, for women left behind, and for those who look after them.

Ages and intervals follow registers.md A.3; a woman whose risk is rated is due by the days of a child of that risk
(docs/decisions/0018).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, exists, false, func, or_, type_coerce
from sqlalchemy.orm import aliased

from anyue_desktop.core import clock, codes
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.registers import (
    ChildCase,
    ChildRiskAssessment,
    ChildVisit,
    LeftBehindWomanVisit,
    Person,
    StaffTraining,
)
from anyue_desktop.registers.child_kinds import LEFT_BEHIND
from anyue_desktop.registers.day_functions import days_after
from anyue_desktop.registers.person_rules import DEAD
from anyue_desktop.registers.protect_staff import DIRECTOR, SUPERVISOR
from anyue_desktop.services.worklists.worklist import (
    SHOULD_END,
    Worklist,
    follow_ups,
    has_code,
    is_open,
    of_month,
    reaching,
    soon,
    whose,
)

CHILD, VISIT, WOMAN, WOMAN_VISIT = "child_case", "child_visit", "left_behind_woman", "left_behind_woman_visit"
LEFT_BEHIND_UNTIL, CHILD_UNTIL = 16, 18
BIRTHDAY_DAYS, ENTRUSTMENT_DAYS = 60, 30
OVERDUE_VISIT = "超期未走访"
HOLIDAYS = (("01", "02"), ("07", "08"))  # the months of 寒假 and 暑假


def _overdue_child(child: Any, month: str) -> ColumnElement[bool]:
    return and_(is_open(child), child.next_due_date < clock.today())


def _overdue_woman(woman: Any, month: str) -> ColumnElement[bool]:
    levels = codes.code_list("risk_level")
    days = case({one.code: levels.attribute(one.code, "child_days") for one in levels.items}, value=woman.risk_level)
    last = func.coalesce(woman.last_visit_date, woman.enrol_date)
    return and_(is_open(woman), woman.risk_level.is_not(None), days_after(last, days) < clock.today())


def _visited(record: Any, visit: Any, reference: str, month: str) -> ColumnElement[bool]:
    within = visit.visit_date.between(first_day(month), last_day(month))
    return exists().where(getattr(visit, reference) == record.id, visit.deleted_at.is_(None), within)


def _child_waiting(child: Any, month: str) -> ColumnElement[bool]:
    return and_(
        is_open(child), child.next_due_date <= last_day(month), ~_visited(child, ChildVisit, "child_case_id", month)
    )


def _child_due(child: Any, month: str) -> ColumnElement[bool]:
    return or_(_child_waiting(child, month), _visited(child, ChildVisit, "child_case_id", month))


def _woman_waiting(woman: Any, month: str) -> ColumnElement[bool]:
    return and_(is_open(woman), ~_visited(woman, LeftBehindWomanVisit, "case_id", month))


def _unvisited_in_holiday(child: Any, month: str) -> ColumnElement[bool]:
    """Every child is visited once in the 寒假 and once in the 暑假 (registers.md A.3); out of them nobody waits."""
    holiday = next((one for one in HOLIDAYS if month[5:] in one), None)
    if holiday is None:
        return false()
    first, last = (f"{month[:4]}-{one}" for one in holiday)
    within = ChildVisit.visit_date.between(first_day(first), last_day(last))
    seen = exists().where(ChildVisit.child_case_id == child.id, ChildVisit.deleted_at.is_(None), within)
    listed = or_(child.enrol_date.is_(None), child.enrol_date <= last_day(month))
    return and_(is_open(child), listed, ~seen)


def _turning_16(child: Any, month: str) -> ColumnElement[bool]:
    born = whose(
        child,
        Person.birth_date <= reaching(LEFT_BEHIND_UNTIL, BIRTHDAY_DAYS),
        Person.birth_date > reaching(CHILD_UNTIL, BIRTHDAY_DAYS),
    )
    return and_(is_open(child), has_code(child.child_types, LEFT_BEHIND), born)


def _turning_18(child: Any, month: str) -> ColumnElement[bool]:
    return and_(is_open(child), whose(child, Person.birth_date <= reaching(CHILD_UNTIL, BIRTHDAY_DAYS)))


def _child_should_end(child: Any, month: str) -> ColumnElement[bool]:
    of_age = Person.birth_date <= reaching(CHILD_UNTIL)
    too_old = and_(has_code(child.child_types, LEFT_BEHIND), Person.birth_date <= reaching(LEFT_BEHIND_UNTIL))
    return and_(is_open(child), whose(child, or_(Person.life_status.in_(DEAD), of_age, too_old)))


def _woman_should_end(woman: Any, month: str) -> ColumnElement[bool]:
    return and_(is_open(woman), whose(woman, Person.life_status.in_(DEAD)))


def _entrustment_ends(care: Any, month: str) -> ColumnElement[bool]:
    return and_(care.ended_on.is_(None), care.valid_until <= soon(ENTRUSTMENT_DAYS))


def _assessment_due(assessment: Any, month: str) -> ColumnElement[bool]:
    later = aliased(ChildRiskAssessment)
    again = exists().where(
        later.child_case_id == assessment.child_case_id,
        later.deleted_at.is_(None),
        later.assessed_on > assessment.assessed_on,
    )
    still_listed = exists().where(ChildCase.id == assessment.child_case_id, ChildCase.exit_date.is_(None))
    return and_(assessment.next_on < clock.today(), ~again, still_listed)


def _untrained(staff: Any, month: str) -> ColumnElement[bool]:
    year = int(month[:4])
    trained = exists().where(
        StaffTraining.deleted_at.is_(None),
        StaffTraining.trained_on.between(date(year, 1, 1), date(year, 12, 31)),
        func.instr(type_coerce(StaffTraining.attendees, String), staff.id) > 0,
    )
    return and_(staff.off_date.is_(None), staff.role.in_((SUPERVISOR, DIRECTOR)), ~trained)


LISTS = (
    Worklist("late", OVERDUE_VISIT, CHILD, _overdue_child, group="late", urgent=True),
    Worklist("late", OVERDUE_VISIT, WOMAN, _overdue_woman, group="late", urgent=True),
    Worklist("holiday", "假期未走访", CHILD, _unvisited_in_holiday),
    *follow_ups(VISIT),
    *follow_ups(WOMAN_VISIT),
    Worklist("turning_16", "即将满16周岁", CHILD, _turning_16),
    Worklist("turning_18", "即将满18周岁", CHILD, _turning_18),
    Worklist("should_end", SHOULD_END, CHILD, _child_should_end, group="should_end", urgent=True),
    Worklist("should_end", SHOULD_END, WOMAN, _woman_should_end, group="should_end", urgent=True),
    Worklist("ends_soon", "委托照护到期", "care_entrustment", _entrustment_ends),
    Worklist("assess_again", "应再次评估风险", "child_risk_assessment", _assessment_due),
    Worklist("untrained", "本年未参训", "protect_staff", _untrained),
    Worklist("due", "本月应走访", CHILD, _child_due, counted=False),
    Worklist("waiting", "本月应走访未走访", CHILD, _child_waiting, counted=False),
    Worklist("due", "在册", WOMAN, lambda woman, month: is_open(woman), counted=False),
    Worklist("waiting", "本月未走访", WOMAN, _woman_waiting, counted=False),
    Worklist("visits", "本月走访记录", VISIT, of_month("visit_date"), counted=False),
    Worklist("visits", "本月走访记录", WOMAN_VISIT, of_month("visit_date"), counted=False),
)
