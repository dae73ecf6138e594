"""L8 居家养老服务对象花名册."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.indicators.visit_rate import as_of
from anyue_desktop.services.printing.listing import LEFT, RIGHT, ListColumn, Listing, people, summed
from anyue_desktop.services.printing.telling import NUMBER, age, short, shown

VILLAGE = "person.residence_division"


def served_in(enrolment: Any, month: str) -> ColumnElement[bool]:
    """An enrolment open on the month's day of judgement."""
    day = as_of(month)
    return and_(
        enrolment.deleted_at.is_(None),
        or_(enrolment.start_date.is_(None), enrolment.start_date <= day),
        or_(enrolment.end_date.is_(None), enrolment.end_date > day),
    )


SERVED = Listing(
    "homecare_enrolment",
    (
        ListColumn("序号", 10, NUMBER),
        ListColumn("村", 22, shown(VILLAGE)),
        ListColumn("姓名", 20, shown("person.name"), total=people),
        ListColumn("性别", 10, shown("person.sex")),
        ListColumn("年龄", 10, age()),
        ListColumn("对象类别", 34, short("object_class")),
        ListColumn("自理能力", 20, short("ability_level")),
        ListColumn("服务机构", 40, shown("provider_facility.name"), LEFT),
        ListColumn("服务项目", 42, short("plan_services"), LEFT),
        ListColumn("补贴标准", 20, shown("subsidy_standard"), RIGHT, summed("subsidy_standard")),
        ListColumn("起始日期", 22, shown("start_date")),
        ListColumn("备注", 20, shown("person.remark"), LEFT),
    ),
    served_in,
    VILLAGE,
    measure="人、元/月",
)
