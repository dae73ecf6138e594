"""What is to do for facilities: months, licences, hazards (registers.md B.10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from anyue_desktop.core import clock, codes
from anyue_desktop.registers import FacilityMonth
from anyue_desktop.registers.facility_rules import IN_USE, REMIND, YES
from anyue_desktop.services.worklists.worklist import Worklist, soon

FACILITY, MONTH, ISSUE = "facility", "facility_month", "facility_issue"
MONTHLY_BLOCKS = {"beds", "burial"}  # homes say how many live there, burial places how many were buried
DUE_DAYS = 7


def reporting(facility: Any, month: str) -> ColumnElement[bool]:
    """A facility in use whose type tells its figures every month."""
    known = codes.code_list("facility_type")
    kinds = [one.code for one in known.items if MONTHLY_BLOCKS & set(known.attribute(one.code, "blocks", ()))]
    return and_(facility.status == IN_USE, facility.facility_type.in_(kinds))


def _unreported(facility: Any, month: str) -> ColumnElement[bool]:
    told = exists().where(
        FacilityMonth.facility_id == facility.id, FacilityMonth.deleted_at.is_(None), FacilityMonth.month == month
    )
    return and_(reporting(facility, month), ~told)


def _licence_ends(facility: Any, month: str) -> ColumnElement[bool]:
    until = clock.today() + REMIND
    return and_(facility.status == IN_USE, facility.food_license == YES, facility.food_license_until <= until)


def _overdue(issue: Any, month: str) -> ColumnElement[bool]:
    return and_(issue.done_on.is_(None), issue.due_on < clock.today())


def _due_soon(issue: Any, month: str) -> ColumnElement[bool]:
    return and_(issue.done_on.is_(None), issue.due_on.between(clock.today(), soon(DUE_DAYS)))


LISTS = (
    Worklist("late", "超期整改", ISSUE, _overdue, urgent=True),
    Worklist("due_soon", "即将到期整改", ISSUE, _due_soon),
    Worklist("licence_ends", "食品许可到期", FACILITY, _licence_ends),
    Worklist("waiting", "本月未填月报", FACILITY, _unreported),
    Worklist("due", "本月应填月报", FACILITY, reporting, counted=False),
    Worklist("months", "本月设施月报", MONTH, lambda report, month: report.month == month, counted=False),
)
