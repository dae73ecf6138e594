"""安全排查: an inspection of a facility (registers.md B.10; 专栏8 of the county's plan)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Date, Ref, Text
from anyue_desktop.registers.base import Record, field

PASSED, CLOSED_DOWN = "1", "4"  # codelist inspect_result
LEAST_INSPECTORS = 2  # 行政处罚法 art 42: officials act in twos

_BETWEEN_NAMES = re.compile("[、，,；;/ ]+")


@only_hints
def in_twos(inspection: Entry) -> Iterator[Problem]:
    """An inspection is made by two people at least."""
    names = [name for name in _BETWEEN_NAMES.split(inspection["inspectors"] or "") if name]
    if names and len(names) < LEAST_INSPECTORS:
        yield inspection.warning("one_inspector", f"排查人员只有{len(names)}人", "inspectors", "正式检查不少于2人")


@only_hints
def result_fits_the_hazards(inspection: Entry) -> Iterator[Problem]:
    """Where hazards were found, the inspection was not passed."""
    if not inspection["id"] or inspection["result"] != PASSED:
        return
    found = inspection.others("facility_issue", inspection_id=inspection["id"])
    if found:
        message = f"排查结论是合格，却登记了{len(found)}条隐患"
        yield inspection.warning("passed_with_hazards", message, "result", "请核对排查结论")


@only_hints
def closing_has_a_document(inspection: Entry) -> Iterator[Problem]:
    """Whoever is closed down gets it in writing."""
    if inspection["result"] == CLOSED_DOWN and not inspection["issued_doc"]:
        yield inspection.missing("issued_doc")


@only_hints
def once_a_day(inspection: Entry) -> Iterator[Problem]:
    """The same inspection is not keyed twice."""
    match = {key: inspection[key] for key in ("facility_id", "inspected_on", "inspect_type")}
    if inspection.others(**match):
        message = f"该设施 {inspection['inspected_on']} 已有一次同类排查"
        yield inspection.warning("twice_a_day", message, "inspected_on", "请核对是否重复录入")


class FacilityInspection(Record):
    """One inspection of one facility."""

    __tablename__ = "facility_inspection"
    TITLE = "设施安全排查"
    ORDER = ("-inspected_on", "facility.name")
    NATURAL_KEY = ("facility_id", "inspected_on", "inspect_type")
    CAPTION = "facility.name"
    RULES = (in_twos, result_fits_the_hazards, closing_has_a_document, once_a_day)
    SHEET = (
        "facility.name", "facility.facility_type", "facility.division_code", "inspected_on", "inspect_type",
        "inspectors", "joint_units", "result", "hazard_count", "issued_doc",
    )  # fmt: skip

    facility_id: Mapped[str] = field(
        "设施", Ref("facility"), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True
    )
    inspected_on: Mapped[date] = field(
        "排查日期", Date(not_after_today=True), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="排查", index=True, headers=("检查日期", "检查时间"),
    )  # fmt: skip
    inspect_type: Mapped[str | None] = field(
        "排查类型", Code("inspect_type"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="排查", headers=("检查类型",),
    )  # fmt: skip
    inspectors: Mapped[str | None] = field(
        "排查人员", Text(100), need=Need.REPORT, listed=True, printed=True, section="排查", headers=("检查人员",),
        help="写明姓名，用“、”分开。",
    )  # fmt: skip
    joint_units: Mapped[str | None] = field("联合部门", Text(100), privacy=Privacy.PUBLIC, printed=True, section="排查")
    result: Mapped[str | None] = field(
        "排查结论", Code("inspect_result"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="结论", headers=("检查结论", "检查结果"),
    )  # fmt: skip
    issued_doc: Mapped[str | None] = field(
        "整改通知书编号", Text(40), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True, section="结论"
    )
