"""The lists that say what to do: each has a name, a register and a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.core.field import Need
from anyue_desktop.indicators.visit_rate import active_in, counting_visit, enrolled_late
from anyue_desktop.registers import REGISTERS

RETURNED = "3"
Condition = Callable[[Any, str], Any]  # (record class or alias, YYYY-MM) → SQL condition


@dataclass(frozen=True)
class Worklist:
    """A named part of a register that waits for somebody."""

    title: str
    register: str
    condition: Condition


def _unvisited(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), ~counting_visit(case, month))


def _visited(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), counting_visit(case, month))


def _due(case: Any, month: str) -> ColumnElement[bool]:
    return active_in(case, month)


def _new(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), enrolled_late(case, month))


def _follow_up(visit: Any, month: str) -> Any:
    return visit.follow_up.in_(("1", "2"))


def _overdue(visit: Any, month: str) -> ColumnElement[bool]:
    return and_(_follow_up(visit, month), visit.follow_up_due < clock.today())


def _returned(record: Any, month: str) -> Any:
    return record.report_state == RETURNED


def _incomplete(case: Any, month: str) -> ColumnElement[bool]:
    wanted = [one.key for one in REGISTERS["elder_case"].fields if one.need is Need.REPORT]
    return and_(case.exit_date.is_(None), or_(*(getattr(case, key).is_(None) for key in wanted)))


def _of_month(visit: Any, month: str) -> Any:
    return visit.visit_date.between(first_day(month), last_day(month))


WORKLISTS: dict[str, Worklist] = {
    "unvisited": Worklist("本月未探访", "elder_case", _unvisited),
    "returned": Worklist("退回待改（档案）", "elder_case", _returned),
    "returned_visits": Worklist("退回待改（探访）", "elder_visit", _returned),
    "follow_up": Worklist("待跟进", "elder_visit", _follow_up),
    "overdue": Worklist("超期未跟进", "elder_visit", _overdue),
    "incomplete": Worklist("信息不全", "elder_case", _incomplete),
    "due": Worklist("本月应探访", "elder_case", _due),
    "visited": Worklist("本月已探访", "elder_case", _visited),
    "new": Worklist("当月25日后新增", "elder_case", _new),
    "visits": Worklist("本月探访记录", "elder_visit", _of_month),
}
