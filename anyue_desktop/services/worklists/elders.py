"""What is to do for elders in special difficulty (registers.md A.2, G.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.core import clock
from anyue_desktop.indicators.visit_rate import active_in, counting_visit, enrolled_late
from anyue_desktop.registers import Person
from anyue_desktop.registers.elder_case_rules import LIVES_IN_HOME
from anyue_desktop.registers.homecare_enrolment import IN_A_HOME
from anyue_desktop.registers.person_rules import DEAD
from anyue_desktop.services.worklists.worklist import (
    SHOULD_END,
    Worklist,
    follow_ups,
    is_open,
    of_month,
    one_of,
    soon,
)

CASE, VISIT = "elder_case", "elder_visit"
REMIND_DAYS = 30


def _unvisited(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), ~counting_visit(case, month))


def _visited(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), counting_visit(case, month))


def _due(case: Any, month: str) -> ColumnElement[bool]:
    return active_in(case, month)


def _new(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), enrolled_late(case, month))


def _should_end(case: Any, month: str) -> ColumnElement[bool]:
    gone = one_of(case, or_(Person.life_status.in_(DEAD), Person.residence_status == IN_A_HOME))
    return and_(is_open(case), or_(case.living_arrangement == LIVES_IN_HOME, gone))


def _benefit_should_end(benefit: Any, month: str) -> ColumnElement[bool]:
    return and_(benefit.end_month.is_(None), one_of(benefit, Person.life_status.in_(DEAD)))


def _assessment_ends(assessment: Any, month: str) -> ColumnElement[bool]:
    return assessment.valid_until.between(clock.today(), soon(REMIND_DAYS))  # type: ignore[no-any-return]


LISTS = (
    Worklist("unvisited", "本月未探访", CASE, _unvisited),
    *follow_ups(VISIT),
    Worklist("should_end", SHOULD_END, CASE, _should_end, group="should_end", urgent=True),
    Worklist("should_end", SHOULD_END, "person_benefit", _benefit_should_end, group="should_end", urgent=True),
    Worklist("ends_soon", "能力评估到期", "ability_assessment", _assessment_ends),
    Worklist("due", "本月应探访", CASE, _due, counted=False),
    Worklist("waiting", "本月未探访", CASE, _unvisited, counted=False, offered=False),
    Worklist("visited", "本月已探访", CASE, _visited, counted=False),
    Worklist("new", "当月25日后新增", CASE, _new, counted=False),
    Worklist("visits", "本月探访记录", VISIT, of_month("visit_date"), counted=False),
)
