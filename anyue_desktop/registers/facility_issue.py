"""安全隐患: a hazard an inspection found, and how it was done away with (registers.md B.10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Date, Integer, Name, Ref, Text
from anyue_desktop.registers.base import Record, derived, field
from anyue_desktop.registers.facility_inspection import FacilityInspection

MAJOR = "2"  # codelist hazard_level
MAJOR_RESULTS = ("3", "4")  # codelist inspect_result
LONGEST_FOR_MAJOR = timedelta(days=15)
MENDED = "1"  # codelist recheck_result


def usual_due_day(issue: Entry) -> dict[str, Any]:
    """A major hazard is to be gone within 15 days of the inspection."""
    found = (issue.parent("inspection_id") or {}).get("inspected_on")
    return {"due_on": found + LONGEST_FOR_MAJOR} if found and issue["hazard_level"] == MAJOR else {}


def days_in_order(issue: Entry) -> Iterator[Problem]:
    """A hazard is found before it is due and before it is gone."""
    found = (issue.parent("inspection_id") or {}).get("inspected_on")
    for key, label in (("due_on", "整改时限"), ("done_on", "整改完成日期")):
        if found and issue[key] and issue[key] < found:
            yield issue.error(f"{key}_early", f"{label} {issue[key]} 早于排查日期 {found}", key, "请核对两个日期")
    if found and issue["due_on"] and issue["hazard_level"] == MAJOR and issue["due_on"] > found + LONGEST_FOR_MAJOR:
        days = (issue["due_on"] - found).days
        message = f"重大隐患的整改时限是排查后{days}天"
        yield issue.warning("major_too_late", message, "due_on", f"一般不超过{LONGEST_FOR_MAJOR.days}天，请核对")


@only_hints
def overdue(issue: Entry) -> Iterator[Problem]:
    """A hazard that should be gone by now is worth a word."""
    if issue["due_on"] and not issue["done_on"] and issue["due_on"] < issue.context.today:
        days = (issue.context.today - issue["due_on"]).days
        yield issue.warning("overdue", f"已超过整改时限{days}天，还没有完成", "done_on", "请督促整改")


def recheck(issue: Entry) -> Iterator[Problem]:
    """Whoever mended a hazard does not recheck it."""
    if issue["done_on"]:
        for key in ("recheck_by", "recheck_result"):
            if not issue[key]:
                yield issue.missing(key)
    elif issue["recheck_result"] == MENDED:
        yield issue.error("done_on", "复查结论是整改到位，没有填整改完成日期", "done_on", "请填写整改完成日期")
    if issue["recheck_by"] and issue["recheck_by"] == issue["owner"]:
        yield issue.error("own_recheck", "复查人与整改责任人是同一个人", "recheck_by", "请由其他人复查")


@only_hints
def level_fits_the_result(issue: Entry) -> Iterator[Problem]:
    """A major hazard makes a major result."""
    result = (issue.parent("inspection_id") or {}).get("result")
    if issue["hazard_level"] == MAJOR and result and result not in MAJOR_RESULTS:
        message = "登记了重大隐患，排查结论却不是“有重大隐患”或“责令停业整改”"
        yield issue.warning("major_in_minor", message, "hazard_level", "请核对隐患等级和排查结论")


class FacilityIssue(Record):
    """One hazard of one inspection."""

    __tablename__ = "facility_issue"
    TITLE = "设施安全隐患"
    ORDER = ("-inspection.inspected_on", "inspection.facility.name", "due_on")
    NATURAL_KEY = ("inspection_id", "issue")
    CAPTION = "inspection.facility.name"
    FILLINGS = (usual_due_day,)
    RULES = (days_in_order, overdue, recheck, level_fits_the_result)
    SHEET = (
        "inspection.facility.name", "inspection.facility.division_code", "inspection.inspected_on",
        "inspection.inspect_type", "issue", "hazard_level", "measure", "owner", "due_on", "done_on", "recheck_by",
        "recheck_result",
    )  # fmt: skip

    inspection_id: Mapped[str] = field("排查", Ref("facility_inspection"), need=Need.DRAFT, privacy=Privacy.PUBLIC)
    issue: Mapped[str | None] = field(
        "隐患描述", Text(200, multiline=True), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="隐患", headers=("隐患", "存在问题", "问题描述"),
    )  # fmt: skip
    hazard_level: Mapped[str | None] = field(
        "隐患等级", Code("hazard_level"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="隐患", help="重大隐患的整改时限一般不超过15天。",
    )  # fmt: skip
    measure: Mapped[str | None] = field(
        "整改措施", Text(200, multiline=True), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="整改",
    )  # fmt: skip
    owner: Mapped[str | None] = field(
        "整改责任人", Name(), need=Need.REPORT, listed=True, printed=True, section="整改", headers=("责任人",)
    )
    due_on: Mapped[date | None] = field(
        "整改时限", Date(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="整改",
        headers=("整改期限", "时限"),
    )  # fmt: skip
    done_on: Mapped[date | None] = field(
        "整改完成日期", Date(not_after_today=True), privacy=Privacy.PUBLIC, listed=True, printed=True, section="整改",
        headers=("完成日期",),
    )  # fmt: skip
    recheck_by: Mapped[str | None] = field("复查人", Name(), need=Need.CONDITIONAL, printed=True, section="复查")
    recheck_result: Mapped[str | None] = field(
        "复查结论", Code("recheck_result"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="复查",
    )  # fmt: skip


FacilityInspection.hazard_count = derived(
    "隐患数",
    Integer(0, 9_999),
    select(func.count(FacilityIssue.id))
    .where(FacilityIssue.inspection_id == FacilityInspection.id, FacilityIssue.deleted_at.is_(None))
    .correlate_except(FacilityIssue)
    .scalar_subquery(),
    listed=True,
    printed=True,
    privacy=Privacy.PUBLIC,
)
