"""风险评估: how much a child is in danger; weights and limits are data of the code lists (registers.md B.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core import codes
from anyue_desktop.core.dates import last_day, month_of, shifted
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Values, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Integer, Name, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.child_case import of_child

HIGHEST_SCORE = 9999
FACTORS, LEVELS = "child_risk_factor", "risk_level"
SECTION = "评估"


def score_of(factors: Iterable[str], context: Context) -> int:
    """Returns the sum of the weights of risk factors, as the unit has set them."""
    return sum(int(codes.attribute(context, FACTORS, code, "weight", 0)) for code in factors)


def level_of(score: int, context: Context) -> str:
    """Returns the highest risk level whose least score is reached."""
    limits = {one: int(codes.attribute(context, LEVELS, one, "child_score")) for one in codes.code_list(LEVELS).codes}
    return max((one for one, least in limits.items() if score >= least), default=min(limits))


def months_later(day: date, months: int) -> date:
    """Returns the same day some months later, or the last one of that month."""
    month = shifted(month_of(day), months)
    end = last_day(month)
    return end.replace(day=min(day.day, end.day))


def outcome(assessment: Entry) -> dict[str, Any]:
    """The score, the level it gives, and the day of the next assessment.

    The score is that of the weights at the time: it is worked out anew only when the factors change.
    """
    if not assessment["factors"]:
        return {"score": None, "next_on": None}
    before = _as_stored(assessment)
    same = before.get("factors") == assessment["factors"] and before.get("score") is not None
    score = before["score"] if same else score_of(assessment["factors"], assessment.context)
    level = assessment["risk_level"] or level_of(score, assessment.context)
    answers: dict[str, Any] = {"score": score, "risk_level": level, "next_on": None}
    if assessment["assessed_on"]:
        months = int(codes.attribute(assessment.context, LEVELS, level, "assess_months"))
        answers["next_on"] = months_later(assessment["assessed_on"], months)
    return answers


def _as_stored(assessment: Entry) -> Values:
    identity = assessment["id"]
    return (assessment.neighbours.parent(assessment.register.name, identity) or {}) if identity else {}


def lowered_for_a_reason(assessment: Entry) -> Iterator[Problem]:
    """An officer may raise the level freely, and lower it with a written reason.

    It is judged when it is written, by the weights of that day and of the unit that assessed, and never again.
    """
    level, before = assessment["risk_level"], _as_stored(assessment)
    if level and all(before.get(key) == assessment[key] for key in ("factors", "risk_level", "level_reason")):
        return
    expected = level_of(score_of(assessment["factors"] or (), assessment.context), assessment.context)
    if level and level < expected and not assessment["level_reason"]:
        name = assessment.register.show("risk_level", expected)
        message = f"按所选因素风险等级是“{name}”，调低了等级"
        yield assessment.error("level_lowered", message, "level_reason", "请填写调低等级的理由")


@only_hints
def within_the_case(assessment: Entry) -> Iterator[Problem]:
    """A child is assessed once it is on the list."""
    enrolled = (assessment.parent("child_case_id") or {}).get("enrol_date")
    day = assessment["assessed_on"]
    if enrolled and day and day < enrolled:
        message = f"评估日期 {day} 早于纳入日期 {enrolled}"
        yield assessment.warning("before_enrolment", message, "assessed_on", "请核对两个日期")


class ChildRiskAssessment(Record):
    """One assessment of one child."""

    __tablename__ = "child_risk_assessment"
    TITLE = "儿童风险评估"
    ORDER = ("-assessed_on", "child_case.person.residence_division", "child_case.person.name_pinyin")
    NATURAL_KEY = ("child_case_id", "assessed_on")
    CAPTION = "child_case.person.name"
    FILLINGS = (outcome,)
    RULES = (lowered_for_a_reason, within_the_case)
    SHEET = (
        "child_case.person.name", "child_case.person.id_number", "child_case.person.residence_division", "assessed_on",
        "factors", "score", "risk_level", "assessor", "next_on", "report_state",
    )  # fmt: skip

    child_case_id: Mapped[str] = field("儿童", Ref("child_case"), need=Need.DRAFT, privacy=Privacy.SENSITIVE)
    assessed_on: Mapped[date | None] = of_child(
        "评估日期", Date(not_after_today=True), SECTION, need=Need.REPORT, listed=True
    )
    factors: Mapped[tuple[str, ...] | None] = of_child(
        "风险因素",
        Codes("child_risk_factor"),
        SECTION,
        need=Need.REPORT,
        help="可多选，每项的分值见“系统”里的“风险评分权重”。",
    )
    score: Mapped[int | None] = of_child("风险得分", Integer(0, HIGHEST_SCORE), SECTION, need=Need.AUTO)
    risk_level: Mapped[str | None] = of_child(
        "风险等级", Code("risk_level"), SECTION, need=Need.REPORT, listed=True, printed=True,
        help="按得分自动得出；可以调高，调低要写明理由。",
    )  # fmt: skip
    level_reason: Mapped[str | None] = of_child(
        "调低等级的理由", Text(200, multiline=True), SECTION, need=Need.CONDITIONAL
    )
    assessor: Mapped[str | None] = field("评估人", Name(), need=Need.REPORT, section=SECTION)
    next_on: Mapped[date | None] = field(
        "下次评估日期", Date(), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, section=SECTION,
        help="高风险3个月、中风险6个月、低风险12个月后。",
    )  # fmt: skip
