"""L1, L4 and the list to take along: elders in special difficulty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.dates import last_day
from anyue_desktop.core.sheet import Cell
from anyue_desktop.indicators.visit_rate import active_in, counting_visit
from anyue_desktop.services.printing.listing import LEFT, ListColumn, Listing, people
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.summary import reasons_by_case
from anyue_desktop.services.printing.telling import NUMBER, Row, Told, age, beside, contact, joined, short, shown

CASE, VILLAGE = "elder_case", "person.residence_division"
ONE_OF_THEM = "老年人"


def _unvisited(case: Any, month: str) -> ColumnElement[bool]:
    return and_(active_in(case, month), ~counting_visit(case, month))


def _reasons(session: Session, order: LedgerOrder) -> Mapping[str, Mapping[str, Any]]:
    return {identity: {"reason": reason} for identity, reason in reasons_by_case(session, order.month).items()}


def _until_today(month: str) -> date:
    return min(last_day(month), clock.today())


def _days_since(row: Row) -> Cell:
    last = row["last_visit_date"]
    return (row.tell.as_of - last).days if last else None


def _men_and_women(rows: Sequence[Row]) -> Cell:
    men, women = (sum(row["person.sex"] == sex for row in rows) for sex in "12")
    return f"男{men}人，女{women}人"


def categories(path: str = "categories") -> Told:
    """The categories without the word every one of them ends in: 独居、失能."""
    return Told((path,), lambda row: short_categories(row, path))


def short_categories(row: Row, path: str = "categories") -> str:
    """Returns 独居、失能 for 独居老年人、失能老年人."""
    return "、".join(one.removesuffix(ONE_OF_THEM) for one in row.short(path).split("、"))


RESPONSIBLE = contact("responsible_name", "responsible_phone")

ROSTER = Listing(
    CASE,
    (
        ListColumn("序号", 9, NUMBER),
        ListColumn("村（社区）", 17, shown(VILLAGE)),
        ListColumn("组（社）", 11, shown("person.group_name")),
        ListColumn("姓名", 15, shown("person.name"), total=people),
        ListColumn("性别", 8, shown("person.sex")),
        ListColumn("年龄", 8, age()),
        ListColumn("身份证号", 31, shown("person.id_number")),
        ListColumn("困难类别", 25, categories(), LEFT, _men_and_women),
        ListColumn("自理能力", 14, short("self_care_level")),
        ListColumn("残疾类别等级", 14, joined("person.disability_type", "person.disability_grade")),
        ListColumn("居住状况", 19, shown("living_arrangement")),
        ListColumn("联系电话", 20.5, shown("person.phone")),
        ListColumn("紧急联系人及电话", 20.5, contact("person.emergency_name", "person.emergency_phone")),
        ListColumn("探访责任人及电话", 20.5, RESPONSIBLE),
        ListColumn("纳入日期", 17.5, shown("enrol_date")),
        ListColumn("备注", 17, shown("person.remark"), LEFT),
    ),
    active_in,
    VILLAGE,
)

UNVISITED = Listing(
    CASE,
    (
        ListColumn("序号", 12, NUMBER),
        ListColumn("村", 24, shown(VILLAGE)),
        ListColumn("姓名", 24, shown("person.name"), total=people),
        ListColumn("年龄", 12, age()),
        ListColumn("类别", 48, categories(), LEFT),
        ListColumn("上次探访日期", 26, shown("last_visit_date")),
        ListColumn("天数", 14, Told(("last_visit_date",), _days_since)),
        ListColumn("责任人", 40, RESPONSIBLE),
        ListColumn("未探访原因", 65, beside("reason"), LEFT),
    ),
    _unvisited,
    VILLAGE,
    _reasons,
    as_of=_until_today,
    text_size=9.0,
)
