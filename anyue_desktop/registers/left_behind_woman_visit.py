"""留守妇女走访记录: what she needs and what was done for her (民发〔2019〕86号; docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped

from anyue_desktop.core import codes
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, is_blank, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Name, Ref, Text
from anyue_desktop.registers.base import Record, derived, field
from anyue_desktop.registers.left_behind_woman import NONE, LeftBehindWoman
from anyue_desktop.registers.visiting import within_the_case, written_not_copied

OPEN_STATES, DONE_STATES = ("1", "2"), ("3", "4")  # codelist follow_up_status


def the_one_responsible(visit: Entry) -> dict[str, Any]:
    """The visitor is the one responsible."""
    case = visit.parent("case_id") or {}
    known = {"visitor_name": case.get("responsible_name"), "visitor_type": case.get("responsible_type")}
    return {key: value for key, value in known.items() if value}


@only_hints
def answers_are_whole(visit: Entry) -> Iterator[Problem]:
    """Whoever was reached was asked what is hard and what she needs."""
    if codes.code_list("visit_result").attribute(visit["visit_result"] or "", "counts") != 1:
        return
    for key in ("difficulties_found", "needs", "supports"):
        if is_blank(visit[key]):
            yield visit.missing(key)


@only_hints
def violence_is_answered(visit: Entry) -> Iterator[Problem]:
    """Suspected violence or crime is not left at a talk (反家庭暴力法 arts 13, 15, 23)."""
    in_danger = _is_for_the_police(visit, "woman_difficulty", "difficulties_found")
    if in_danger and not _is_for_the_police(visit, "woman_support", "supports"):
        message = "发现疑似家庭暴力或侵害，关爱帮扶措施没有选报警或申请人身安全保护令"
        hint = "请协助本人报警或申请保护令，本人不愿意的请说明"
        yield visit.warning("violence_unanswered", message, "supports", hint)


def follow_up(visit: Entry) -> Iterator[Problem]:
    """What is left to do has a day, what is done an outcome; a referral says to whom."""
    state, support = visit["follow_up"], codes.code_list("woman_support")
    if state in OPEN_STATES and not visit["follow_up_due"]:
        yield visit.missing("follow_up_due")
    if state in DONE_STATES and not visit["follow_up_result"]:
        yield visit.missing("follow_up_result")
    for key, label in (("follow_up_due", "跟进期限"), ("follow_up_done_on", "办结日期")):
        if visit[key] and visit[key] < visit["visit_date"]:
            message = f"{label} {visit[key]} 早于走访日期 {visit['visit_date']}"
            yield visit.error(f"{key}_early", message, key, "请核对两个日期")
    if any(support.attribute(code, "refer") for code in visit["supports"] or ()) and not visit["referral_to"]:
        yield visit.missing("referral_to")


@only_hints
def twice_a_day(visit: Entry) -> Iterator[Problem]:
    """The same visit is not keyed twice."""
    if visit.others(case_id=visit["case_id"], visit_date=visit["visit_date"], visit_method=visit["visit_method"]):
        message = f"{visit['visit_date']} 已有一条同样方式的走访记录"
        yield visit.warning("twice_a_day", message, "visit_date", "请核对是否重复录入")


def _is_for_the_police(visit: Entry, name: str, key: str) -> bool:
    known = codes.code_list(name)
    return any(known.attribute(code, "help") == "police" for code in visit[key] or ())


class LeftBehindWomanVisit(Record):
    """One visit to one woman."""

    __tablename__ = "left_behind_woman_visit"
    __table_args__ = (Index("ix_left_behind_woman_visit_case_date", "case_id", "visit_date"),)
    TITLE = "留守妇女走访记录"
    ORDER = ("-visit_date", "case.person.residence_division")
    NATURAL_KEY = ("case_id", "visit_date", "visit_method")
    CAPTION = "case.person.name"
    FILLINGS = (the_one_responsible,)
    RULES = (
        within_the_case("case_id"),
        answers_are_whole,
        violence_is_answered,
        follow_up,
        twice_a_day,
        written_not_copied("case_id", "needs_note"),
    )
    SHEET = (
        "case.person.name", "case.person.id_number", "case.person.residence_division", "visit_date", "visit_method",
        "visit_result", "visitor_name", "difficulties_found", "needs", "supports", "follow_up", "follow_up_due",
        "report_state",
    )  # fmt: skip

    case_id: Mapped[str] = field("走访对象", Ref("left_behind_woman"), need=Need.DRAFT, listed=True, printed=True)
    visit_date: Mapped[date] = field(
        "走访日期", Date(not_after_today=True), need=Need.DRAFT, listed=True, printed=True, section="走访",
        headers=("走访时间", "日期", "探访日期"),
    )  # fmt: skip
    visitor_name: Mapped[str | None] = field(
        "走访人", Name(), need=Need.REPORT, listed=True, printed=True, section="走访", headers=("走访人员", "探访人")
    )
    visitor_type: Mapped[str | None] = field("走访人身份", Code("visitor_type"), privacy=Privacy.PUBLIC, section="走访")
    visit_method: Mapped[str | None] = field(
        "走访方式", Code("visit_method"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="走访", headers=("方式",),
    )  # fmt: skip
    visit_result: Mapped[str | None] = field(
        "走访结果", Code("visit_result"), need=Need.REPORT, listed=True, printed=True, section="走访", headers=("结果",)
    )
    health: Mapped[str | None] = field(
        "健康状况", Code("visit_health"), privacy=Privacy.SENSITIVE, printed=True, section="所见"
    )
    mental: Mapped[str | None] = field(
        "精神状态", Code("visit_mental"), privacy=Privacy.SENSITIVE, printed=True, section="所见"
    )
    difficulties_found: Mapped[tuple[str, ...] | None] = field(
        "发现的困难", Codes("woman_difficulty", exclusive=NONE), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE,
        listed=True, printed=True, section="所见", headers=("困难情形", "困难"),
    )  # fmt: skip
    needs: Mapped[tuple[str, ...] | None] = field(
        "本次需求", Codes("woman_need", exclusive=NONE), need=Need.CONDITIONAL, listed=True, printed=True,
        section="需求与帮扶", headers=("需求",),
    )  # fmt: skip
    needs_note: Mapped[str | None] = field("需求描述", Text(300, multiline=True), printed=True, section="需求与帮扶")
    supports: Mapped[tuple[str, ...] | None] = field(
        "关爱帮扶措施", Codes("woman_support", exclusive=NONE), need=Need.CONDITIONAL, listed=True, printed=True,
        section="需求与帮扶", headers=("帮扶措施", "处置", "处理情况"),
    )  # fmt: skip
    referral_to: Mapped[str | None] = field(
        "转介单位/人员", Text(60), need=Need.CONDITIONAL, printed=True, section="需求与帮扶"
    )
    follow_up: Mapped[str | None] = field(
        "跟进状态", Code("follow_up_status"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True,
        section="需求与帮扶", default="0",
    )  # fmt: skip
    follow_up_due: Mapped[date | None] = field(
        "跟进期限", Date(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, section="需求与帮扶"
    )
    follow_up_done_on: Mapped[date | None] = field(
        "办结日期", Date(not_after_today=True), privacy=Privacy.PUBLIC, section="需求与帮扶"
    )
    follow_up_result: Mapped[str | None] = field(
        "办结情况", Text(300, multiline=True), need=Need.CONDITIONAL, section="需求与帮扶"
    )


LeftBehindWoman.last_visit_date = derived(
    "最近走访日期",
    Date(),
    select(func.max(LeftBehindWomanVisit.visit_date))
    .where(LeftBehindWomanVisit.case_id == LeftBehindWoman.id, LeftBehindWomanVisit.deleted_at.is_(None))
    .correlate_except(LeftBehindWomanVisit)
    .scalar_subquery(),
    listed=True,
    printed=True,
    privacy=Privacy.PERSONAL,
)
