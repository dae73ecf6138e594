"""L5 农村留守儿童（困境儿童）信息台账: children are masked whatever their age (registers.md H.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.masking import mask_date
from anyue_desktop.core.names import mask_name
from anyue_desktop.core.phones import mask_phone
from anyue_desktop.core.sheet import Cell
from anyue_desktop.indicators.visit_rate import as_of
from anyue_desktop.registers import CareEntrustment
from anyue_desktop.services.printing.listing import LEFT, ListColumn, Listing, people
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import NUMBER, Row, Told, age, contact, short, shown

CASE, VILLAGE = "child_case", "person.residence_division"
CHILD = "儿童"


def looked_after_in(case: Any, month: str) -> ColumnElement[bool]:
    """A child's file open on the month's day of judgement; one without a day of enrolment is open."""
    day = as_of(month)
    return and_(
        case.deleted_at.is_(None),
        or_(case.enrol_date.is_(None), case.enrol_date <= day),
        or_(case.exit_date.is_(None), case.exit_date > day),
    )


def school(prefix: str = "") -> Told:
    """The school and the class; the stage alone where they would tell whose child it is (未成年人保护法 art 103)."""
    stage, name, grade = (f"{prefix}{key}" for key in ("school_stage", "school_name", "grade_class"))

    def tell(row: Row) -> Cell:
        known = [row[name] and row.plain(name), row[grade] and row.plain(grade)]
        hidden = row.minor and not row.tell.unmasked
        return row.short(stage) if hidden or not any(known) else " ".join(filter(None, known))

    return Told((stage, name, grade), tell)


def _carers(session: Session, order: LedgerOrder) -> Mapping[str, Mapping[str, Any]]:
    """Returns who looks after each child on the month's day of judgement; the newest agreement counts."""
    day = as_of(order.month)
    found = session.execute(
        select(CareEntrustment.child_case_id, CareEntrustment.carer_name, CareEntrustment.carer_phone)
        .where(
            CareEntrustment.deleted_at.is_(None),
            or_(CareEntrustment.signed_on.is_(None), CareEntrustment.signed_on <= day),
            or_(CareEntrustment.ended_on.is_(None), CareEntrustment.ended_on > day),
        )
        .order_by(CareEntrustment.signed_on, CareEntrustment.id)
    )
    return {child: {"carer": name, "carer_phone": phone} for child, name, phone in found}


def _carer(row: Row) -> Cell:
    name, phone = row["carer"] or "", row["carer_phone"] or ""
    if not row.tell.unmasked:
        name, phone = mask_name(name), mask_phone(phone) if phone else ""
    return " ".join(filter(None, (name, phone)))


def _born(row: Row) -> Cell:
    born = row["person.birth_date"]
    return mask_date(born) if born else ""


def _parents(row: Row) -> Cell:
    told = []
    for who, word in (("father", "父"), ("mother", "母")):
        state, phone = row.short(f"{who}_state"), row.text(f"{who}_phone")
        if state:
            told.append(f"{word}：{' '.join(filter(None, (state, phone)))}")
    return "\n".join(told)


def _boys_and_girls(rows: Sequence[Row]) -> Cell:
    boys, girls = (sum(row["person.sex"] == sex for row in rows) for sex in "12")
    return f"男{boys}人，女{girls}人"


def kinds(path: str = "child_types") -> Told:
    """The kinds of a child without the word every one of them ends in: 农村留守、孤儿."""
    return Told((path,), lambda row: "、".join(one.removesuffix(CHILD) for one in row.short(path).split("、")))


PARENTS = tuple(f"{who}_{what}" for who in ("father", "mother") for what in ("state", "phone"))

CHILDREN = Listing(
    CASE,
    (
        ListColumn("序号", 9, NUMBER),
        ListColumn("村（社区）", 17, shown(VILLAGE)),
        ListColumn("姓名", 14, shown("person.name"), total=people),
        ListColumn("性别", 8, shown("person.sex")),
        ListColumn("出生年月", 14, Told(("person.birth_date",), _born)),
        ListColumn("年龄", 8, age()),
        ListColumn("儿童类别", 21, kinds(), LEFT, _boys_and_girls),
        ListColumn("监护情况", 11, shown("guardianship_level")),
        ListColumn("委托照料人及电话", 21, Told((), _carer)),
        ListColumn("父母外出情况及电话", 38, Told(PARENTS, _parents), LEFT),
        ListColumn("就读学校年级", 19, school()),
        ListColumn("是否寄宿", 10, shown("is_boarding")),
        ListColumn("健康状况", 15, short("person.health_status")),
        ListColumn("救助措施", 19, short("assistance_got"), LEFT),
        ListColumn("风险等级", 10, short("risk_level")),
        ListColumn("儿童主任", 20, contact("director_name", "director_phone")),
        ListColumn("备注", 13, shown("person.remark"), LEFT),
    ),
    looked_after_in,
    VILLAGE,
    _carers,
    of_children=True,
)
