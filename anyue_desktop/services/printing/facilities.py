"""L10 养老服务设施台账, L12 社区综合服务设施台账, L13 设施安全隐患排查台账."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.core.sheet import Cell
from anyue_desktop.indicators.visit_rate import as_of
from anyue_desktop.registers import FacilityInspection, FacilityMonth
from anyue_desktop.services.printing.listing import (
    LEFT,
    RIGHT,
    Condition,
    ListColumn,
    Listing,
    answered,
    items,
    summed,
)
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import NUMBER, Row, Told, beside, contact, short, shown

FACILITY, VILLAGE = "facility", "division_code"
CLOSED = "4"  # codelist facility_status
COMMUNITY = "S01"  # codelist facility_type
LEAST_AREA = 300  # ㎡, 专栏8 of the county's plan
BEDS = ("床位",)
TENTH = Decimal("0.1")


def of_types(*beginnings: str) -> Condition:
    """Facilities of these types that are not closed for good by the month's end; those being built belong to them."""

    def condition(facility: Any, month: str) -> ColumnElement[bool]:
        open_then = or_(facility.status.is_(None), facility.status != CLOSED, facility.status_date > as_of(month))
        return and_(or_(*(facility.facility_type.startswith(one) for one in beginnings)), open_then)

    return condition


def _of_month(issue: Any, month: str) -> ColumnElement[bool]:
    """Found in the month, or found before and not yet gone when it began."""
    inspected = select(FacilityInspection.id).where(FacilityInspection.deleted_at.is_(None))
    found = inspected.where(FacilityInspection.inspected_on.between(first_day(month), last_day(month)))
    before = inspected.where(FacilityInspection.inspected_on < first_day(month))
    lasting = or_(issue.done_on.is_(None), issue.done_on >= first_day(month))
    return or_(issue.inspection_id.in_(found), and_(issue.inspection_id.in_(before), lasting))


def _residents(session: Session, order: LedgerOrder) -> Mapping[str, Mapping[str, Any]]:
    month = select(FacilityMonth.facility_id, FacilityMonth.residents_end).where(
        FacilityMonth.month == order.month, FacilityMonth.deleted_at.is_(None)
    )
    return {facility: {"residents": count} for facility, count in session.execute(month)}


def _per_hundred(area: Decimal | None, households: int | None) -> Cell:
    if area is None or not households:
        return ""
    return (area * 100 / households).quantize(TENTH, ROUND_HALF_UP)


def _area_per_hundred(rows: Sequence[Row]) -> Cell:
    """The area for a hundred households of all those that say both."""
    told = [row for row in rows if row["floor_area"] is not None and row["households_served"]]
    area = sum((row["floor_area"] for row in told), Decimal(0))
    return _per_hundred(area if told else None, sum(row["households_served"] for row in told))


def _large_enough(row: Row) -> Cell:
    area = row["floor_area"]
    return "" if area is None else "是" if area >= LEAST_AREA else "否"


def _how_many_large(rows: Sequence[Row]) -> Cell:
    return sum(_large_enough(row) == "是" for row in rows)


ELDER_CARE = Listing(
    FACILITY,
    (
        ListColumn("序号", 10, NUMBER),
        ListColumn("名称", 48, shown("name"), LEFT, items("个")),
        ListColumn("类型", 32, short("facility_type")),
        ListColumn("所在村", 22, shown(VILLAGE)),
        ListColumn("建筑面积", 20, shown("floor_area"), RIGHT, summed("floor_area")),
        ListColumn("总", 12, shown("beds_total"), total=summed("beds_total"), groups=BEDS),
        ListColumn("全托", 12, shown("beds_full"), total=summed("beds_full"), groups=BEDS),
        ListColumn("日托", 12, shown("beds_day"), total=summed("beds_day"), groups=BEDS),
        ListColumn("护理型", 13, shown("beds_nursing"), total=summed("beds_nursing"), groups=BEDS),
        ListColumn("收住人数", 14, beside("residents"), total=summed("residents")),
        ListColumn("负责人及电话", 27, contact("head_name", "head_phone")),
        ListColumn("消防", 14, shown("fire_ok")),
        ListColumn("食品", 14, shown("food_license")),
        ListColumn("运行状态", 17, short("status")),
    ),
    of_types("E"),
    VILLAGE,
    _residents,
    measure="个、㎡、张、人",
    notes=("说明：收住人数按本月设施月报；床位总数＝全托＋日托＋其他，护理型包含在总数之中。",),
    text_size=8.5,
)

COMMUNITY_SERVICE = Listing(
    FACILITY,
    (
        ListColumn("村（社区）", 32, shown(VILLAGE)),
        ListColumn("设施名称", 70, shown("name"), LEFT, items("个")),
        ListColumn("建筑面积", 27, shown("floor_area"), RIGHT, summed("floor_area")),
        ListColumn("服务户数", 26, shown("households_served"), total=summed("households_served")),
        ListColumn(
            "每百户面积", 28,
            Told(("floor_area", "households_served"),
                 lambda row: _per_hundred(row["floor_area"], row["households_served"])),
            RIGHT, _area_per_hundred,
        ),
        ListColumn("是否达300㎡", 28, Told(("floor_area",), _large_enough), total=_how_many_large),
        ListColumn("志愿服务站点", 28, shown("has_volunteer_site"), total=answered("has_volunteer_site")),
        ListColumn("儿童之家", 28, shown("has_child_home"), total=answered("has_child_home")),
    ),
    of_types(COMMUNITY),
    VILLAGE,
    measure="个、㎡、户",
    text_size=9.5,
)  # fmt: skip

HAZARDS = Listing(
    "facility_issue",
    (
        ListColumn("序号", 9, NUMBER),
        ListColumn("设施", 34, shown("inspection.facility.name"), LEFT, items("条")),
        ListColumn("排查日期", 19, shown("inspection.inspected_on")),
        ListColumn("类型", 22, short("inspection.inspect_type")),
        ListColumn("隐患描述", 48, shown("issue"), LEFT),
        ListColumn("等级", 17, shown("hazard_level")),
        ListColumn("整改措施", 44, shown("measure"), LEFT),
        ListColumn("责任人", 16, shown("owner")),
        ListColumn("时限", 19, shown("due_on")),
        ListColumn("完成日期", 19, shown("done_on")),
        ListColumn("复查人", 16, shown("recheck_by")),
        ListColumn("复查结论", 22, short("recheck_result")),
    ),
    _of_month,
    "inspection.facility.division_code",
    measure="条",
    notes=("说明：列本月排查发现的隐患，以及以前发现、本月初尚未整改完成的隐患。",),
)
