"""能力评估: what an elder can still do alone (GB/T 42195-2022; 特困人员认定办法; registers.md A.4, B.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on, birthday
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry
from anyue_desktop.core.types import Code, Date, Integer, Ref, Text, YesNo
from anyue_desktop.registers.base import Record, field

STANDARD, SIX_ITEMS = "1", "2"
SCORES = ("score_self_care", "score_mobility", "score_mental", "score_perception")
SIX = ("six_eat", "six_dress", "six_bed", "six_toilet", "six_walk", "six_bath")
FULL_SCORE = 90  # GB/T 42195-2022: higher is better


def level_of(score: int) -> str | None:
    """Returns the ability level of a total score."""
    levels = codes.code_list("ability_level")
    for item in levels.items:
        low, high = levels.attribute(item.code, "min"), levels.attribute(item.code, "max")
        if low is not None and high is not None and int(low) <= score <= int(high):
            return item.code
    return None


def sums(assessment: Entry) -> dict[str, Any]:
    """The total of the four dimensions, and the levels that follow."""
    results: dict[str, Any] = {}
    scores = [assessment[key] for key in SCORES]
    total = assessment["score_total"]
    if total is None and all(score is not None for score in scores):
        total = results["score_total"] = sum(scores)
    if total is not None and assessment["method"] == STANDARD and (level := level_of(total)) is not None:
        results["ability_level"] = level
    answers = [assessment[key] for key in SIX]
    if assessment["method"] == SIX_ITEMS and all(answer is not None for answer in answers):
        failed = answers.count(False)
        results["self_care_level"] = "1" if failed == 0 else "2" if failed <= 3 else "3"
    return results


def valid_a_year(assessment: Entry) -> dict[str, Any]:
    """An assessment holds for a year unless somebody says otherwise."""
    return {"valid_until": birthday(assessment["assessed_on"], 1)} if assessment["assessed_on"] else {}


def old_enough(assessment: Entry) -> Iterator[Problem]:
    """The standard is for people of 60 and more."""
    born = (assessment.parent("person_id") or {}).get("birth_date")
    day = assessment["assessed_on"] or assessment.context.today
    if born and age_on(born, day) < 60:
        yield assessment.error(
            "too_young", f"评估时只有{age_on(born, day)}周岁，不满60周岁", "assessed_on", "请核对出生日期"
        )


def scores_agree(assessment: Entry) -> Iterator[Problem]:
    """The total is the sum; the level is not lighter than the score."""
    scores = [assessment[key] for key in SCORES]
    total = assessment["score_total"]
    if total is not None and all(score is not None for score in scores) and sum(scores) != total:
        yield assessment.error("total", f"总分 {total} 不等于四项之和 {sum(scores)}", "score_total", "请核对各项得分")
    if assessment["method"] != STANDARD:
        return
    if total is None:
        yield assessment.missing("score_total")
        return
    expected, level = level_of(total), assessment["ability_level"]
    if expected is None or level in (None, "9", expected):
        return
    if level < expected:
        name = assessment.register.show("ability_level", expected)
        yield assessment.error("level_too_light", f"总分 {total} 对应“{name}”，不能填得更轻", "ability_level", "请核对")
    else:
        yield assessment.warning("level_raised", f"能力等级比总分 {total} 对应的等级重", "ability_level", "请写明理由")


def six_items(assessment: Entry) -> Iterator[Problem]:
    """All six items are answered, and the level follows from them."""
    if assessment["method"] != SIX_ITEMS:
        return
    unanswered = [key for key in SIX if assessment[key] is None]
    for key in unanswered:
        yield assessment.missing(key)
    if unanswered:
        return
    expected = sums(assessment)["self_care_level"]
    if assessment["self_care_level"] not in (None, expected):
        name = assessment.register.show("self_care_level", expected)
        yield assessment.error("six_items", f"六项指标的结果是“{name}”", "self_care_level", "请核对六项或改正自理能力")


class AbilityAssessment(Record):
    """One assessment of one person."""

    __tablename__ = "ability_assessment"
    TITLE = "能力评估"
    ORDER = ("person.residence_division", "person.name_pinyin", "-assessed_on")
    NATURAL_KEY = ("person_id", "assessed_on")
    CAPTION = "person.name"
    FILLINGS = (sums, valid_a_year)
    RULES = (old_enough, scores_agree, six_items)
    SHEET = (
        "person.name", "person.id_number", "assessed_on", "method", "score_total", "ability_level", "self_care_level",
        "assessor", "valid_until",
    )  # fmt: skip

    person_id: Mapped[str] = field("老年人", Ref("person"), need=Need.DRAFT)
    assessed_on: Mapped[date | None] = field(
        "评估日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, section="评估"
    )
    method: Mapped[str | None] = field(
        "评估依据", Code("assess_method"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="评估"
    )
    score_self_care: Mapped[int | None] = field(
        "自理能力得分", Integer(0, 40), privacy=Privacy.SENSITIVE, section="GB/T 42195 得分"
    )
    score_mobility: Mapped[int | None] = field(
        "基础运动能力得分", Integer(0, 40), privacy=Privacy.SENSITIVE, section="GB/T 42195 得分"
    )
    score_mental: Mapped[int | None] = field(
        "精神状态得分", Integer(0, 40), privacy=Privacy.SENSITIVE, section="GB/T 42195 得分"
    )
    score_perception: Mapped[int | None] = field(
        "感知觉与社会参与得分", Integer(0, 40), privacy=Privacy.SENSITIVE, section="GB/T 42195 得分"
    )
    score_total: Mapped[int | None] = field(
        "总分",
        Integer(0, FULL_SCORE),
        need=Need.CONDITIONAL,
        privacy=Privacy.SENSITIVE,
        listed=True,
        section="GB/T 42195 得分",
    )
    six_eat: Mapped[bool | None] = field(
        "自主吃饭", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    six_dress: Mapped[bool | None] = field(
        "自主穿衣", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    six_bed: Mapped[bool | None] = field(
        "自主上下床", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    six_toilet: Mapped[bool | None] = field(
        "自主如厕", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    six_walk: Mapped[bool | None] = field(
        "室内自主行走", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    six_bath: Mapped[bool | None] = field(
        "自主洗澡", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="特困六项指标"
    )
    ability_level: Mapped[str | None] = field(
        "能力等级", Code("ability_level"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="结论",
    )  # fmt: skip
    self_care_level: Mapped[str | None] = field(
        "生活自理能力", Code("self_care_level"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True,
        printed=True, section="结论",
    )  # fmt: skip
    assessor: Mapped[str | None] = field("评估人/机构", Text(50), section="结论")
    valid_until: Mapped[date | None] = field("有效期至", Date(), privacy=Privacy.PUBLIC, listed=True, section="结论")
