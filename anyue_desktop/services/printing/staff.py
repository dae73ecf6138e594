"""L11 未保站（点）及人员台账: the stations, and below them the people in post (民发〔2019〕34号)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.dates import first_day
from anyue_desktop.core.divisions import VILLAGE, divisions
from anyue_desktop.core.sheet import Cell, Heading, Sheet
from anyue_desktop.indicators.visit_rate import as_of
from anyue_desktop.registers import Facility, ProtectStaff, StaffTraining
from anyue_desktop.services.printing.facilities import FACILITY, of_types
from anyue_desktop.services.printing.listing import LEFT, RIGHT, ListColumn, Listing, items, people, sheet_of, summed
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import Row, Told, beside, joined, shown

STATION_TYPES = ("C01", "C02", "C03")  # codelist facility_type
NOTE = "说明：专职人数按本表人员登记中在任的专职人员计；参训次数自本年1月1日起算。"


def _in_post(staff: Any, month: str) -> ColumnElement[bool]:
    day = as_of(month)
    return and_(
        staff.deleted_at.is_(None),
        or_(staff.on_date.is_(None), staff.on_date <= day),
        or_(staff.off_date.is_(None), staff.off_date > day),
    )


def _full_time(session: Session, order: LedgerOrder) -> Mapping[str, Mapping[str, Any]]:
    """Returns how many people work at each station alone: those of its village, or of the township for a station."""
    full_time = select(ProtectStaff.duty_division).where(
        _in_post(ProtectStaff, order.month), ProtectStaff.is_full_time.is_(True)
    )
    working = Counter(session.scalars(full_time))
    stations = session.execute(select(Facility.id, Facility.facility_type, Facility.division_code))
    return {station: {"full_time": working[_place(kind, code)]} for station, kind, code in stations}


def _place(kind: str, code: str | None) -> str:
    """A point serves its village, a station the township it stands in."""
    unit = divisions().get(code or "")
    if unit is None:
        return code or ""
    return unit.parent if kind != STATION_TYPES[-1] and unit.level == VILLAGE else unit.code


def _trainings(session: Session, order: LedgerOrder) -> Mapping[str, Mapping[str, Any]]:
    day = as_of(order.month)
    held = select(StaffTraining.attendees).where(
        StaffTraining.deleted_at.is_(None), StaffTraining.trained_on.between(first_day(f"{day.year}-01"), day)
    )
    attended = Counter(one for attendees in session.scalars(held) for one in set(attendees or ()))
    staff = session.scalars(select(ProtectStaff.id))
    return {one: {"trainings": attended[one]} for one in staff}


def _name_and_role(row: Row) -> Cell:
    return f"{row.text('name')}（{row.short('role')}）"


STATIONS = Listing(
    FACILITY,
    (
        ListColumn("名称", 70, shown("name"), LEFT),
        ListColumn("地点", 70, joined("division_code", "address"), LEFT, items("个")),
        ListColumn("设置方式", 50, shown("set_mode")),
        ListColumn("专职人数", 25, beside("full_time"), total=summed("full_time")),
        ListColumn("场地面积", 27, shown("floor_area"), RIGHT, summed("floor_area")),
        ListColumn("是否挂牌", 25, Told(("approval_doc",), lambda row: "是" if row["approval_doc"] else "否")),
    ),
    of_types(*STATION_TYPES),
    "division_code",
    _full_time,
    caption="站点",
)

PEOPLE = Listing(
    "protect_staff",
    (
        ListColumn("村", 50, shown("duty_division")),
        ListColumn("儿童主任/督导员", 70, Told(("name", "role"), _name_and_role), total=people),
        ListColumn("电话", 50, shown("phone")),
        ListColumn("任职日期", 47, shown("on_date")),
        ListColumn("本年参训次数", 50, beside("trainings"), total=summed("trainings")),
    ),
    _in_post,
    "duty_division",
    _trainings,
    caption="人员",
)


def stations_and_staff(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the ledger with its two tables."""
    sections = (*STATIONS.sections(office, order), *PEOPLE.sections(office, order))
    return sheet_of(number, heading, sections, "个、㎡、人、次", (NOTE,), text_size=9.5)
