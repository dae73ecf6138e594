"""设施月报: who a facility housed and served in a month (registers.md B.10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import month_of
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Integer, Month, Ref
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.facility_blocks import blocks_of

SNAPSHOTS = {"beds_snapshot": "beds_total", "nursing_snapshot": "beds_nursing"}


def beds_of_the_month(report: Entry) -> dict[str, Any]:
    """The facility's beds while the month lasts; afterwards the numbers stay as they were then."""
    facility = report.parent("facility_id") or {}
    lasts = bool(report["month"]) and report["month"] >= month_of(report.context.today)
    return {key: facility.get(source) for key, source in SNAPSHOTS.items() if lasts or report[key] is None}


def of_its_time(report: Entry) -> Iterator[Problem]:
    """A month that has begun, reported once."""
    if report["month"] > month_of(report.context.today):
        yield report.error("future_month", f"月份 {report['month']} 还没有到", "month", "请核对月份")
    if report.others(facility_id=report["facility_id"], month=report["month"]):
        yield report.error("second_report", f"该设施 {report['month']} 已有月报", "month", "请修改原来的月报")


def residents(report: Entry) -> Iterator[Problem]:
    """Residents fit into the beds; those on 特困 support and the disabled are some of them."""
    housed, beds = report["residents_end"], report["beds_snapshot"]
    if housed is None:
        return
    if beds is not None and housed > beds:
        message = f"月末收住 {housed} 人，多于床位总数 {beds} 张"
        yield report.warning("residents_above_beds", message, "residents_end", "请核对人数和床位数")
    for key in ("residents_relief", "residents_disabled"):
        part = report[key]
        if part is not None and part > housed:
            label = report.register.field(key).label
            message = f"{label} {part} 人，多于月末收住 {housed} 人"
            yield report.error(f"{key}_above", message, key, "请核对")


@only_hints
def asked_of_the_type(report: Entry) -> Iterator[Problem]:
    """Homes say how many live there, burial places how many were buried."""
    blocks = blocks_of((report.parent("facility_id") or {}).get("facility_type"))
    for block, key in (("beds", "residents_end"), ("burial", "burials")):
        if block in blocks and report[key] is None:
            yield report.missing(key)


class FacilityMonth(Record):
    """One month of one facility."""

    __tablename__ = "facility_month"
    TITLE = "设施月报"
    ORDER = ("-month", "facility.facility_type", "facility.name")
    NATURAL_KEY = ("facility_id", "month")
    CAPTION = "facility.name"
    FILLINGS = (beds_of_the_month,)
    RULES = (of_its_time, residents, asked_of_the_type)
    SHEET = (
        "facility.name", "facility.facility_type", "facility.division_code", "month", "residents_end",
        "residents_relief", "residents_disabled", "beds_snapshot", "nursing_snapshot", "day_service_times",
        "meal_times", "home_visit_times", "activity_times", "activity_persons", "burials",
    )  # fmt: skip

    facility_id: Mapped[str] = field("设施", Ref("facility"), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True)
    month: Mapped[str] = field(
        "月份", Month(), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="月报",
        index=True, headers=("统计月份", "年月"),
    )  # fmt: skip
    residents_end: Mapped[int | None] = field(
        "月末收住老年人数", Integer(0, 2_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="收住", headers=("收住人数", "入住人数"),
    )  # fmt: skip
    residents_relief: Mapped[int | None] = field(
        "其中特困人员", Integer(0, 2_000), privacy=Privacy.PUBLIC, listed=True, printed=True, section="收住"
    )
    residents_disabled: Mapped[int | None] = field(
        "其中失能（半失能）", Integer(0, 2_000), privacy=Privacy.PUBLIC, listed=True, printed=True, section="收住",
        headers=("其中失能", "失能人数"),
    )  # fmt: skip
    day_service_times: Mapped[int | None] = field(
        "日间照料人次", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="服务"
    )
    meal_times: Mapped[int | None] = field(
        "助餐人次", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="服务"
    )
    home_visit_times: Mapped[int | None] = field(
        "上门服务人次", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="服务"
    )
    activity_times: Mapped[int | None] = field(
        "活动场次", Integer(0, 1_000), privacy=Privacy.PUBLIC, printed=True, section="服务"
    )
    activity_persons: Mapped[int | None] = field(
        "参与人次", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="服务"
    )
    burials: Mapped[int | None] = field(
        "本月安葬（放）数", Integer(0, 10_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True,
        section="服务", headers=("安葬数",),
    )  # fmt: skip
    beds_snapshot: Mapped[int | None] = field("月末床位总数", Integer(0, 2_000), need=Need.AUTO, privacy=Privacy.PUBLIC)
    nursing_snapshot: Mapped[int | None] = field(
        "月末护理型床位", Integer(0, 2_000), need=Need.AUTO, privacy=Privacy.PUBLIC
    )
