"""What is to do for people served at home (registers.md B.9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.registers import HomecareLog, Person
from anyue_desktop.registers.homecare_enrolment import IN_A_HOME
from anyue_desktop.registers.person_rules import DEAD
from anyue_desktop.services.worklists.worklist import SHOULD_END, Worklist, is_open, whose

ENROLMENT, LOG = "homecare_enrolment", "homecare_log"


def served_in(enrolment: Any, month: str) -> ColumnElement[bool]:
    """A service that ran in the month."""
    return and_(
        or_(enrolment.start_date.is_(None), enrolment.start_date <= last_day(month)),
        or_(enrolment.end_date.is_(None), enrolment.end_date >= first_day(month)),
    )


def _unlogged(enrolment: Any, month: str) -> ColumnElement[bool]:
    logged = exists().where(
        HomecareLog.enrolment_id == enrolment.id, HomecareLog.deleted_at.is_(None), HomecareLog.month == month
    )
    return and_(served_in(enrolment, month), ~logged)


def _should_end(enrolment: Any, month: str) -> ColumnElement[bool]:
    gone = or_(Person.life_status.in_(DEAD), Person.residence_status == IN_A_HOME)
    return and_(is_open(enrolment), whose(enrolment, gone))


LISTS = (
    Worklist("waiting", "本月未登记服务", ENROLMENT, _unlogged),
    Worklist("should_end", SHOULD_END, ENROLMENT, _should_end, group="should_end", urgent=True),
    Worklist("due", "本月应服务", ENROLMENT, served_in, counted=False),
    Worklist("logs", "本月服务记录", LOG, lambda log, month: log.month == month, counted=False),
)
