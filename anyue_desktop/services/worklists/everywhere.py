"""What every register may have: records the county returned, and records that are not complete."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.core.field import Need
from anyue_desktop.core.types import Date, Integer, Month
from anyue_desktop.registers import REGISTERS, ReportPackage
from anyue_desktop.services.worklists.worklist import Worklist, is_open

RETURNED = "3"  # codelist report_state
TIMES = {  # what happened once is completed in its own month or year, or not at all
    "elder_visit": "visit_date",
    "child_visit": "visit_date",
    "left_behind_woman_visit": "visit_date",
    "homecare_log": "month",
    "facility_month": "month",
    "staff_training": "trained_on",
    "village_year_base": "year",
    "county_manual": "year",
}


def _returned(record: Any, month: str) -> Any:
    return record.report_state == RETURNED


def _incomplete(record: Any, month: str) -> ColumnElement[bool]:
    known = REGISTERS[record.__tablename__]
    wanted = [one.key for one in known.fields if one.need is Need.REPORT]
    return and_(is_open(record), _of_its_time(record, month), or_(*(getattr(record, key).is_(None) for key in wanted)))


def _of_its_time(record: Any, month: str) -> Any:
    key = TIMES.get(record.__tablename__)
    if key is None:
        return True
    column, kind = getattr(record, key), REGISTERS[record.__tablename__].field(key).type
    if isinstance(kind, Date):
        return column.between(first_day(month), last_day(month))
    return column == {Month: month, Integer: int(month[:4])}[type(kind)]


def _lists(name: str) -> tuple[Worklist, ...]:
    returned = Worklist("returned", "退回待改", name, _returned, group="returned", urgent=True)
    if all(one.need is not Need.REPORT for one in REGISTERS[name].fields):
        return (returned,)
    return (returned, Worklist("incomplete", "信息不全", name, _incomplete, group="incomplete"))


LISTS = tuple(one for name in REGISTERS if name != ReportPackage.__tablename__ for one in _lists(name))
