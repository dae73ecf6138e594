"""月服务记录: what home care a person had in a month (registers.md B.9)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import month_of
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Integer, Month, Name, Number, Ref, Text
from anyue_desktop.registers.base import Record, field

TIMES_OVER_PLAN = 2
UNSATISFIED = "4"  # codelist satisfaction


def within_the_service(log: Entry) -> Iterator[Problem]:
    """Services are rendered while the person is enrolled, in a month that has begun."""
    enrolment, month = log.parent("enrolment_id") or {}, log["month"]
    began, ended = enrolment.get("start_date"), enrolment.get("end_date")
    if month > month_of(log.context.today):
        yield log.error("future_month", f"服务月份 {month} 还没有到", "month", "请核对月份")
    if began and month < month_of(began):
        yield log.error("month_before_start", f"服务月份 {month} 早于服务开始日期 {began}", "month", "请核对月份")
    if ended and month > month_of(ended):
        yield log.error("month_after_end", f"服务月份 {month} 晚于服务终止日期 {ended}", "month", "请核对月份")


def once_a_month(log: Entry) -> Iterator[Problem]:
    """One line for each service of a month."""
    if log.others(enrolment_id=log["enrolment_id"], month=log["month"], service_type=log["service_type"]):
        shown = log.register.show("service_type", log["service_type"])
        message = f"{log['month']} 已有“{shown}”的记录"
        yield log.error("second_line", message, "service_type", "同月同一项目只填一条，请修改原记录")


@only_hints
def as_planned(log: Entry) -> Iterator[Problem]:
    """A service that was not planned, or twice as often as planned, is worth a look."""
    enrolment = log.parent("enrolment_id") or {}
    planned, times = enrolment.get("plan_times_month"), log["times"]
    if planned and times is not None and times > planned * TIMES_OVER_PLAN:
        message = f"服务人次 {times} 超过计划月服务次数 {planned} 的{TIMES_OVER_PLAN}倍"
        yield log.warning("times_above_plan", message, "times", "请核对")
    services = enrolment.get("plan_services") or ()
    if services and log["service_type"] not in services:
        yield log.warning("not_planned", "这项服务不在登记的服务项目之中", "service_type", "请核对服务项目")


@only_hints
def subsidy_within_standard(log: Entry) -> Iterator[Problem]:
    """All subsidies of a month stay within the standard."""
    standard = (log.parent("enrolment_id") or {}).get("subsidy_standard")
    if standard is None or log["subsidy_amount"] is None:
        return
    lines = log.others(enrolment_id=log["enrolment_id"], month=log["month"])
    total = log["subsidy_amount"] + sum(one.get("subsidy_amount") or 0 for one in lines)
    if total > standard:
        message = f"{log['month']} 各项补贴合计 {total} 元，超过补贴标准 {standard} 元"
        yield log.warning("subsidy_above_standard", message, "subsidy_amount", "请核对补贴金额")


@only_hints
def answers_are_whole(log: Entry) -> Iterator[Problem]:
    """Hours without a service, and dissatisfaction without a word, are incomplete."""
    if log["times"] == 0 and (log["hours"] or log["subsidy_amount"]):
        yield log.warning("nothing_done", "服务人次是0，却填了时长或补贴", "times", "请核对")
    if log["satisfaction"] == UNSATISFIED and not log["complaint"]:
        yield log.missing("complaint")


class HomecareLog(Record):
    """One service of one person in one month."""

    __tablename__ = "homecare_log"
    TITLE = "居家养老月服务记录"
    ORDER = ("-month", "enrolment.person.residence_division", "enrolment.person.name_pinyin", "service_type")
    NATURAL_KEY = ("enrolment_id", "month", "service_type")
    CAPTION = "enrolment.person.name"
    RULES = (within_the_service, once_a_month, as_planned, subsidy_within_standard, answers_are_whole)
    SHEET = (
        "enrolment.person.name", "enrolment.person.id_number", "enrolment.person.residence_division", "month",
        "service_type", "times", "hours", "subsidy_amount", "self_pay_amount", "server_name", "satisfaction",
    )  # fmt: skip

    enrolment_id: Mapped[str] = field("服务对象", Ref("homecare_enrolment"), need=Need.DRAFT, listed=True, printed=True)
    month: Mapped[str] = field(
        "服务月份", Month(), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="服务",
        index=True, headers=("月份",),
    )  # fmt: skip
    service_type: Mapped[str] = field(
        "服务项目", Code("service_type"), need=Need.DRAFT, listed=True, printed=True, section="服务",
        headers=("服务内容", "项目"),
    )  # fmt: skip
    times: Mapped[int | None] = field(
        "服务人次", Integer(0, 310), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="服务", headers=("人次", "次数", "服务次数"),
    )  # fmt: skip
    hours: Mapped[Decimal | None] = field(
        "服务时长（小时）", Number(6, 1, 0, 744), privacy=Privacy.PUBLIC, listed=True, printed=True, section="服务",
        headers=("服务时长", "时长", "小时"),
    )  # fmt: skip
    subsidy_amount: Mapped[Decimal | None] = field(
        "本月补贴金额（元）", Number(10, 2, 0, 20_000), listed=True, printed=True, section="费用",
        headers=("补贴金额", "补贴"),
    )  # fmt: skip
    self_pay_amount: Mapped[Decimal | None] = field(
        "自付金额（元）", Number(10, 2, 0, 20_000), section="费用", headers=("自付金额", "自付")
    )
    server_name: Mapped[str | None] = field("服务人员", Name(), printed=True, section="服务")
    satisfaction: Mapped[str | None] = field(
        "满意度", Code("satisfaction"), privacy=Privacy.PUBLIC, printed=True, section="评价"
    )
    complaint: Mapped[str | None] = field(
        "投诉及处理", Text(200, multiline=True), need=Need.CONDITIONAL, section="评价"
    )
