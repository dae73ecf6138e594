"""探访记录: what was seen at an elder's door (民发〔2022〕73号; registers.md B.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date as SqlDate
from sqlalchemy import Index, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from anyue_desktop.core import codes
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Values, is_blank, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Integer, Name, Photos, Ref, Text, TimeOfDay
from anyue_desktop.registers.base import Record, derived, field
from anyue_desktop.registers.elder_case import ElderCase
from anyue_desktop.registers.visiting import finds_gone, within_the_case, written_not_copied

SEEN, SPOKEN = "1", "2"
BY_TELEPHONE = ("2", "3")
AT_HOME = "1"
LATE_AFTER = timedelta(days=45)
REFERRALS = {"04", "05", "06", "07", "08"}
SEEN_AT_HOME = ("hygiene", "housing")
ASKED_OF_EVERYBODY = ("health", "mental", "safety_issues", "needs")


def usual_answers(visit: Entry) -> dict[str, Any]:
    """The visitor is the one responsible; the way of visiting tells what came of it."""
    responsible = visit.parent("case_id") or {}
    answers = {
        "visitor_name": responsible.get("responsible_name"),
        "visitor_type": responsible.get("responsible_type"),
    }
    answers["visit_method"] = visit["visit_method"] or _without_telephone(visit, responsible)
    if answers["visit_method"] == AT_HOME:
        answers["visit_result"] = SEEN
    elif visit["visit_method"] in BY_TELEPHONE:
        answers["visit_result"] = SPOKEN
    answers["photo_count"] = len(visit["photos"] or ()) or visit["photo_count"]
    return {key: value for key, value in answers.items() if value}


def _without_telephone(visit: Entry, file: Values) -> str | None:
    """Who has no telephone is visited at home (registers.md D.6)."""
    identity = file.get("person_id")
    person = (visit.neighbours.parent("person", identity) or {}) if identity else {}
    return AT_HOME if person.get("phone_none") else None


def counts(visit: Entry) -> bool:
    """Whether the visit enters the monthly rate (registers.md A.2)."""
    result = codes.code_list("visit_result").attribute(visit["visit_result"] or "", "counts")
    method = codes.code_list("visit_method").attribute(visit["visit_method"] or "", "counts")
    return bool(result == method == 1)


@only_hints
def keyed_late(visit: Entry) -> Iterator[Problem]:
    """A visit keyed more than 45 days later is said to be late (补录)."""
    keyed = date.fromisoformat(visit["created_at"][:10]) if visit["created_at"] else visit.context.today
    if keyed - visit["visit_date"] > LATE_AFTER:
        days, label = (keyed - visit["visit_date"]).days, visit.register.field("visit_date").label
        yield visit.warning("keyed_late", f"{label} {visit['visit_date']} 距录入已{days}天，属于补录", "visit_date")


@only_hints
def answers_are_whole(visit: Entry) -> Iterator[Problem]:
    """Whoever was reached was asked; whoever was seen at home had the house looked at."""
    result = codes.code_list("visit_result").attribute(visit["visit_result"] or "", "counts")
    if result != 1:
        return
    at_home = visit["visit_method"] == AT_HOME
    for key in (*ASKED_OF_EVERYBODY, *(SEEN_AT_HOME if at_home else ())):
        if is_blank(visit[key]):
            yield visit.missing(key)


@only_hints
def method_and_result(visit: Entry) -> Iterator[Problem]:
    """Nobody is seen over the telephone."""
    if visit["visit_method"] == "2" and visit["visit_result"] == SEEN:
        method, result = (visit.register.field(key).label for key in ("visit_method", "visit_result"))
        yield visit.warning("seen_by_telephone", f"{method}是电话，{result}却是见到本人", "visit_result", "请核对")


@only_hints
def should_leave(visit: Entry) -> Iterator[Problem]:
    """A visit that finds somebody gone asks about the case."""
    file = visit.parent("case_id") or {}
    if finds_gone(visit["visit_result"]) and file and not file.get("exit_date"):
        said = visit.register.show("visit_result", visit["visit_result"])
        yield visit.warning("ask_exit", f"探访结果是“{said}”，档案还没有退出", "visit_result", "请核对是否应办理退出")


def follow_up(visit: Entry) -> Iterator[Problem]:
    """What is left to do has a day; what is done has an outcome."""
    state, due, done = visit["follow_up"], visit["follow_up_due"], visit["follow_up_done_on"]
    if state in ("1", "2") and not due:
        yield visit.missing("follow_up_due")
    if state in ("3", "4") and not visit["follow_up_result"]:
        yield visit.missing("follow_up_result")
    for key, label, day in (("follow_up_due", "跟进期限", due), ("follow_up_done_on", "办结日期", done)):
        if day and day < visit["visit_date"]:
            message = f"{label} {day} 早于{visit.register.field('visit_date').label} {visit['visit_date']}"
            yield visit.error(f"{key}_early", message, key, "请核对两个日期")


@only_hints
def referral(visit: Entry) -> Iterator[Problem]:
    """Whoever is referred is referred to somebody."""
    if REFERRALS & set(visit["actions"] or ()) and not visit["referral_to"]:
        yield visit.missing("referral_to")


@only_hints
def twice_a_day(visit: Entry) -> Iterator[Problem]:
    """The same visit is not keyed twice."""
    if visit.others(case_id=visit["case_id"], visit_date=visit["visit_date"], visit_method=visit["visit_method"]):
        message = f"{visit['visit_date']} 已有一条同样方式的探访记录"
        yield visit.warning("twice_a_day", message, "visit_date", "请核对是否重复录入")


class ElderVisit(Record):
    """One visit to one elder."""

    __tablename__ = "elder_visit"
    __table_args__ = (
        Index("ix_elder_visit_case_date", "case_id", "visit_date", "visit_method", "visit_result", "deleted_at"),
        Index("ix_elder_visit_follow_up", "follow_up", "follow_up_due"),
        Index("ix_elder_visit_date", "visit_date"),
    )
    TITLE = "探访记录"
    ORDER = ("-visit_date", "case.person.residence_division")
    NATURAL_KEY = ("case_id", "visit_date", "visit_method")
    CAPTION = "case.person.name"
    FILLINGS = (usual_answers,)
    RULES = (
        within_the_case("case_id"),
        keyed_late,
        answers_are_whole,
        method_and_result,
        should_leave,
        follow_up,
        referral,
        twice_a_day,
        written_not_copied("case_id", "health_note", "needs_note"),
    )
    SHEET = (
        "case.person.name", "case.person.id_number", "case.person.residence_division", "visit_date", "visit_method",
        "visit_result", "visitor_name", "health", "mental", "safety_issues", "hygiene", "housing", "needs", "actions",
        "follow_up", "follow_up_due", "report_state",
    )  # fmt: skip

    case_id: Mapped[str] = field("探访对象", Ref("elder_case"), need=Need.DRAFT, listed=True, printed=True)
    visit_date: Mapped[date] = field(
        "探访日期", Date(not_after_today=True), need=Need.DRAFT, listed=True, printed=True, section="探访",
        headers=("探访时间", "走访时间", "走访日期", "日期", "最近走访", "最近探访日期", "入户日期"),
    )  # fmt: skip
    visit_time: Mapped[str | None] = field("几点", TimeOfDay(), section="探访")
    visitor_name: Mapped[str | None] = field(
        "探访人",
        Name(),
        need=Need.REPORT,
        listed=True,
        printed=True,
        section="探访",
        headers=("走访人", "走访人员", "探访人员"),
    )
    visitor_type: Mapped[str | None] = field(
        "探访人身份", Code("visitor_type"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="探访"
    )
    companion: Mapped[str | None] = field("陪同人", Text(72), section="探访")
    visit_method: Mapped[str | None] = field(
        "探访方式", Code("visit_method"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="探访", headers=("方式", "走访方式", "探访形式"),
    )  # fmt: skip
    visit_result: Mapped[str | None] = field(
        "探访结果", Code("visit_result"), need=Need.REPORT, listed=True, printed=True, section="探访",
        headers=("结果", "走访结果", "见到本人"), help="只有见到本人或与本人通话的探访计入月探访率。",
    )  # fmt: skip
    health: Mapped[str | None] = field(
        "健康状况", Code("visit_health"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="所见", headers=("身体状况", "健康", "健康情况"),
    )  # fmt: skip
    health_note: Mapped[str | None] = field(
        "健康说明", Text(200, multiline=True), privacy=Privacy.SENSITIVE, section="所见"
    )
    mental: Mapped[str | None] = field(
        "精神状态", Code("visit_mental"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="所见", headers=("精神状况", "精神"),
    )  # fmt: skip
    safety_issues: Mapped[tuple[str, ...] | None] = field(
        "安全隐患", Codes("safety_issue", exclusive="00"), need=Need.CONDITIONAL, listed=True, printed=True,
        section="所见", headers=("安全情况", "隐患", "安全"),
    )  # fmt: skip
    hygiene: Mapped[str | None] = field(
        "卫生环境", Code("visit_hygiene"), need=Need.CONDITIONAL, listed=True, printed=True, section="所见",
        headers=("卫生", "卫生情况"),
    )  # fmt: skip
    housing: Mapped[str | None] = field(
        "居住环境", Code("visit_housing"), need=Need.CONDITIONAL, listed=True, printed=True, section="所见",
        headers=("住房", "住房情况"),
    )  # fmt: skip
    supplies: Mapped[str | None] = field("生活物资", Code("visit_supplies"), section="所见")
    needs: Mapped[tuple[str, ...] | None] = field(
        "服务需求", Codes("care_need", exclusive="00"), need=Need.CONDITIONAL, listed=True, printed=True,
        section="需求与处置", headers=("需求", "生活需求"),
    )  # fmt: skip
    needs_note: Mapped[str | None] = field("需求描述", Text(300, multiline=True), printed=True, section="需求与处置")
    actions: Mapped[tuple[str, ...] | None] = field(
        "处置措施", Codes("visit_action", exclusive="00"), need=Need.REPORT, listed=True, printed=True,
        section="需求与处置", headers=("处置", "处理情况", "处置情况"),
    )  # fmt: skip
    referral_to: Mapped[str | None] = field(
        "转介单位/人员", Text(60), need=Need.CONDITIONAL, printed=True, section="需求与处置"
    )
    follow_up: Mapped[str | None] = field(
        "跟进状态", Code("follow_up_status"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True,
        section="需求与处置", default="0",
    )  # fmt: skip
    follow_up_due: Mapped[date | None] = field(
        "跟进期限", Date(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, section="需求与处置"
    )
    follow_up_done_on: Mapped[date | None] = field(
        "办结日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="需求与处置"
    )
    follow_up_result: Mapped[str | None] = field(
        "办结情况", Text(300, multiline=True), need=Need.CONDITIONAL, section="需求与处置"
    )
    copied_from: Mapped[str | None] = field("带出自上次", Ref("elder_visit"), need=Need.AUTO, privacy=Privacy.PUBLIC)
    elder_sign: Mapped[str | None] = field(
        "老年人签字（按印）", Code("sign_state"), privacy=Privacy.PUBLIC, printed=True, section="探访"
    )
    photo_count: Mapped[int | None] = field(
        "照片数", Integer(0, 99), privacy=Privacy.SENSITIVE, section="探访", exported=False
    )
    photos: Mapped[tuple[str, ...] | None] = field(
        "照片", Photos(), privacy=Privacy.SENSITIVE, section="探访", exported=False
    )


class last_due_day(GenericFunction[date]):  # noqa: N801 - it is a database function
    """The day a visit falls due: `days` after `since`, but never past the end of the `months`-th month after it."""

    type = SqlDate()
    inherit_cache = True


@compiles(last_due_day)
def _last_due_day(element: last_due_day, compiler: SQLCompiler, **options: Any) -> str:
    since, days, months = (compiler.process(clause, **options) for clause in element.clauses)
    return (
        f"min(date({since}, '+' || {days} || ' days'), "
        f"date({since}, 'start of month', '+' || ({months} + 1) || ' months', '-1 day'))"
    )


_last_visit = (
    select(func.max(ElderVisit.visit_date))
    .where(ElderVisit.case_id == ElderCase.id, ElderVisit.deleted_at.is_(None))
    .correlate_except(ElderVisit)
    .scalar_subquery()
)
_interval = func.coalesce(ElderCase.visit_interval_days, 31)

ElderCase.last_visit_date = derived(
    "最近探访日期", Date(), _last_visit, listed=True, printed=True, privacy=Privacy.PERSONAL
)
ElderCase.next_due_date = derived(
    "下次应探访日期",
    Date(),
    case(
        (ElderCase.exit_date.is_not(None), None),
        (_last_visit.is_not(None), last_due_day(_last_visit, _interval, 1)),
        else_=last_due_day(ElderCase.enrol_date, _interval, 0),
    ),
    listed=True,
    privacy=Privacy.PUBLIC,
)
