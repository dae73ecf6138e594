"""强制报告: danger to a child, when it was found and when and to whom it was reported (未成年人保护法 art 11; B.8).

Only the operator in charge of protecting minors sees it; it travels in a package of its own and is never printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Mapped

from anyue_desktop.core import clock
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry
from anyue_desktop.core.types import Code, Codes, Date, Minutes, Moment, Name, Ref, Text
from anyue_desktop.registers.base import Record, derived, field
from anyue_desktop.registers.child_case import of_child
from anyue_desktop.registers.day_functions import minutes_between

NONE = "00"
POLICE = "1"
TO_POLICE_AT_ONCE = {"01", "02", "03", "04", "05", "06", "07"}  # 国发〔2016〕13号: “第一时间”向公安机关报告
CLOSED = "5"
STAGES = (("2", "emergency_action"), ("3", "evaluation"), ("4", "intervention"))
AT_ONCE = timedelta(hours=24)
LONGEST = 99_999_999  # minutes
FOUND, HANDLED = "发现与报告", "办理"


def moments_agree(report: Entry) -> Iterator[Problem]:
    """Found, then reported, then now; at once means within a day."""
    found, reported = report["found_at"], report["reported_at"]
    now = clock.stamp()[:16].replace("T", " ")
    for key, label, at in (("found_at", "发现时间", found), ("reported_at", "报告时间", reported)):
        if at[:10] == report.context.today.isoformat() and at > now:
            yield report.error(f"{key}_future", f"{label} {at} 晚于现在（{now}）", key, "请核对几点几分")
    if reported < found:
        message = f"报告时间 {reported} 早于发现时间 {found}"
        yield report.error("reported_before_found", message, "reported_at", "请核对两个时间")
    elif datetime.fromisoformat(reported) - datetime.fromisoformat(found) > AT_ONCE:
        hint = "未成年人保护法第11条：应当立即报告，请写明原因"
        yield report.warning("reported_late", "发现后超过24小时才报告", "reported_at", hint)


def told_the_police(report: Entry) -> Iterator[Problem]:
    """What the State Council names goes to the police at once; other grave harm does too."""
    types = set(report["report_types"])
    if NONE in types:
        yield report.error("no_type", "强制报告的情形不能选“无”", "report_types", "请选择发现的情形")
        return
    if POLICE in report["reported_to"]:
        return
    if types & TO_POLICE_AT_ONCE:
        said = report.register.show("report_types", tuple(sorted(types & TO_POLICE_AT_ONCE)))
        message = f"“{said}”应当第一时间报告公安机关，报告对象里没有公安机关"
        yield report.error("police_missing", message, "reported_to", "国发〔2016〕13号，请立即报告公安机关后补填")
    else:
        yield report.warning("police_missing", "报告对象里没有公安机关", "reported_to", "涉嫌犯罪的请立即报案")


def stages_are_told(report: Entry) -> Iterator[Problem]:
    """Each stage that was reached says what was done."""
    stage, closed = report["stage"], report["closed_on"]
    for reached, key in STAGES[: 2 if stage == CLOSED else 3]:
        if stage and stage >= reached and not report[key]:
            yield report.missing(key)
    if stage == CLOSED and not closed:
        yield report.missing("closed_on")
    if closed and stage != CLOSED:
        yield report.error("closed_early", "填了结案日期，办理阶段不是“结案”", "stage", "请改正其中一项")
    if closed and closed.isoformat() < report["reported_at"][:10]:
        message = f"结案日期 {closed} 早于报告时间"
        yield report.error("closed_before_report", message, "closed_on", "请核对两个日期")


class ChildReport(Record):
    """One report of danger to one child, registered here or not."""

    __tablename__ = "child_report"
    TITLE = "强制报告"
    ROLE = "protect"
    ORDER = ("-found_at",)
    NATURAL_KEY = ("child_case_id", "found_at")
    CAPTION = "found_at"
    RULES = (moments_agree, told_the_police, stages_are_told)
    SHEET = (
        "child_case.person.name", "child_case.person.id_number", "child_case.person.residence_division", "found_at",
        "report_types", "reported_at", "minutes_to_report", "reported_to", "stage", "closed_on", "report_state",
    )  # fmt: skip

    child_case_id: Mapped[str | None] = field(
        "儿童", Ref("child_case"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section=FOUND,
        help="没有建档的儿童可以空着，在情况说明里写明。",
    )  # fmt: skip
    found_at: Mapped[str] = of_child("发现时间", Moment(not_after_today=True), FOUND, need=Need.DRAFT, listed=True)
    report_types: Mapped[tuple[str, ...]] = of_child(
        "报告情形", Codes("child_report_type", exclusive=NONE), FOUND, need=Need.DRAFT, listed=True
    )
    detail: Mapped[str | None] = of_child(
        "情况说明", Text(500, multiline=True), FOUND, need=Need.REPORT, help="只写事实，不写推测，不附照片。"
    )
    reported_at: Mapped[str] = of_child("报告时间", Moment(not_after_today=True), FOUND, need=Need.DRAFT, listed=True)
    reported_to: Mapped[tuple[str, ...]] = of_child(
        "报告对象", Codes("report_target"), FOUND, need=Need.DRAFT, listed=True
    )
    reporter: Mapped[str | None] = of_child("报告人", Name(), FOUND, need=Need.REPORT)
    receipt_no: Mapped[str | None] = of_child("接报回执/警情编号", Text(40), FOUND)
    emergency_action: Mapped[str | None] = of_child(
        "应急处置", Text(300, multiline=True), HANDLED, need=Need.CONDITIONAL
    )
    evaluation: Mapped[str | None] = of_child("评估帮扶", Text(300, multiline=True), HANDLED, need=Need.CONDITIONAL)
    intervention: Mapped[str | None] = of_child(
        "监护干预", Text(300, multiline=True), HANDLED, need=Need.CONDITIONAL, help="临时监护、训诫、撤销监护资格等。"
    )
    stage: Mapped[str | None] = of_child(
        "办理阶段", Code("report_stage"), HANDLED, need=Need.REPORT, listed=True, default="1"
    )
    closed_on: Mapped[date | None] = of_child(
        "结案日期", Date(not_after_today=True), HANDLED, need=Need.CONDITIONAL, listed=True
    )


ChildReport.minutes_to_report = derived(
    "发现到报告用时",
    Minutes(0, LONGEST),
    minutes_between(ChildReport.found_at, ChildReport.reported_at),
    listed=True,
    privacy=Privacy.SENSITIVE,
    section=FOUND,
    help="按发现时间和报告时间算出；未成年人保护法第11条要求立即报告。",
)
