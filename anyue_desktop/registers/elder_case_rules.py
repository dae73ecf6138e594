"""What follows from an elder's file, and what can be wrong with it (民发〔2022〕73号; registers.md A.2, B.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on, birthday
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, only_hints, only_missing
from anyue_desktop.registers import kinds
from anyue_desktop.registers.elder_kinds import ALONE, FRAIL, HIGH_AGE, WAYS_OUT, against, grounds
from anyue_desktop.registers.leaving import closed_by_death, exit_is_whole, found_gone

LEAST_AGE = 60  # 老年人权益保障法 art 2
LIVES_IN_HOME = "6"
NOBODY_CARES = "7"
HIGH_RISK = "3"
EXIT_DEATH, EXIT_TO_A_HOME, EXIT_MOVED = "01", "02", "03"
TWICE_A_MONTH = 15  # days
NOT_TOLD = "0"
USUAL_INTERVAL = 31


def number_prefix(case: Values) -> str:
    """`AY` + township (3 digits) + `E` + the year the case was opened."""
    opened = case.get("enrol_date") or date.fromisoformat(str(case["created_at"])[:10])
    return f"AY{str(case['township_code'])[6:9]}E{opened.year}"


def usual_answers(case: Entry) -> dict[str, Any]:
    """The only category is the main one; the visit interval follows from the risk."""
    answers: dict[str, Any] = {}
    categories: tuple[str, ...] = case["categories"] or ()
    if len(categories) == 1:
        answers["main_category"] = categories[0]
    if case["risk_level"]:
        answers["visit_interval_days"] = interval_of(case, case["risk_level"])
    return answers


def assessed(case: Entry) -> dict[str, Any]:
    """Ability and self-care of the newest assessments."""
    found: dict[str, Any] = {}
    if case["person_id"]:
        made = case.others("ability_assessment", person_id=case["person_id"])
        for one in sorted((row for row in made if row.get("assessed_on")), key=lambda row: row["assessed_on"]):
            found |= {key: one[key] for key in ("ability_level", "self_care_level") if one.get(key) not in (None, "9")}
    return found


def interval_of(case: Entry, level: str) -> int:
    """Returns the longest interval of visits at a risk level, in days."""
    return int(codes.attribute(case.context, "risk_level", level, "elder_days", USUAL_INTERVAL))


def old_enough(case: Entry) -> Iterator[Problem]:
    """60 years on the day of enrolment."""
    born = (case.parent("person_id") or {}).get("birth_date")
    if not born:
        return
    day, sixty = case["enrol_date"] or case.context.today, birthday(born, LEAST_AGE)
    if day < sixty:
        when = f"纳入日期 {day} " if case["enrol_date"] else "今天"
        message = f"{when}时只有{age_on(born, day)}周岁，不满60周岁"
        proposal = {"enrol_date": sixty} if sixty <= case.context.today else {}
        hint = "请核对出生日期和纳入日期，未满60周岁不能纳入"
        yield case.error("too_young", message, "enrol_date", hint, suggestion=proposal)


def one_open_case(case: Entry) -> Iterator[Problem]:
    """One open case per person."""
    if case["exit_date"]:
        return
    for other in case.others(person_id=case["person_id"]):
        if not other.get("exit_date"):
            number = other.get("case_no") or ""
            yield case.error(
                "second_case", f"该老年人已有未退出的档案{number}", "person_id", "请打开原档案，不要重复建档"
            )
            return


def categories_agree(case: Entry) -> Iterator[Problem]:
    """The categories agree with each other and with what else is known."""
    categories = set(case["categories"] or ())
    if case["main_category"] and categories and case["main_category"] not in categories:
        yield case.error("main_category", "主要类别不在困难类别之中", "main_category", "请从已选的困难类别中选一个")
    yield from kinds.agree(case, ("categories", "main_category"), grounds(case), against(case), WAYS_OUT)


def children(case: Entry) -> Iterator[Problem]:
    """Children in the county are among the living children."""
    alive, local = case["children_alive"], case["children_local"]
    if alive is not None and local is not None and local > alive:
        yield case.error("children", f"本县内子女数 {local} 多于健在子女数 {alive}", "children_local", "请核对")


@only_hints
def as_assessed(case: Entry) -> Iterator[Problem]:
    """Ability and self-care are those of the newest assessment."""
    for key, level in assessed(case).items():
        if case[key] and case[key] != level and not case["exit_date"]:
            label, shown = case.register.field(key).label, case.register.show(key, level)
            message = f"“{label}”与最近一次能力评估“{shown}”不一致"
            yield case.warning(f"{key}_not_assessed", message, key, "请按评估结果填写", suggestion={key: level})


@only_hints
def risk(case: Entry) -> Iterator[Problem]:
    """Nobody to care means high risk; the interval is no longer than the risk allows."""
    if case["exit_date"]:
        return
    level, interval = case["risk_level"], case["visit_interval_days"]
    if NOBODY_CARES in (case["carers"] or ()) and level not in (None, HIGH_RISK):
        proposal = {"risk_level": HIGH_RISK, "visit_interval_days": interval_of(case, HIGH_RISK)}
        yield case.warning("nobody_cares", "无人照料的老年人建议列为高风险", "risk_level", suggestion=proposal)
    allowed = interval_of(case, level) if level else USUAL_INTERVAL
    if interval and interval > allowed:
        message = f"该风险等级的探访间隔不超过{allowed}天"
        proposal = {"visit_interval_days": allowed}
        yield case.warning("interval_long", message, "visit_interval_days", "请缩短间隔", suggestion=proposal)


@only_hints
def twice_a_month(case: Entry) -> Iterator[Problem]:
    """Who lives alone and is 80 or frail is better seen twice a month (registers.md A.2, 7)."""
    categories, interval = case["categories"] or (), case["visit_interval_days"]
    if case["exit_date"] or ALONE not in categories or not interval or interval <= TWICE_A_MONTH:
        return
    born = (case.parent("person_id") or {}).get("birth_date")
    old = born is not None and age_on(born, case.context.today) >= HIGH_AGE
    if old or FRAIL in categories:
        said = "失能独居" if FRAIL in categories else "高龄独居"
        proposal = {"visit_interval_days": TWICE_A_MONTH}
        message = f"{said}老年人建议每月探访两次"
        yield case.warning("twice_a_month", message, "visit_interval_days", "不需要的请写明理由", suggestion=proposal)


@only_hints
@only_missing
def emergency_contact(case: Entry) -> Iterator[Problem]:
    """Every open elder case has somebody to call, who can be reached."""
    person = case.parent("person_id") or {}
    if case["exit_date"]:
        return
    wanted = {"emergency_name": "紧急联系人"}
    if person.get("emergency_name"):
        wanted = {"emergency_relation": "紧急联系人与本人关系", "emergency_phone": "紧急联系电话"}
    kind = case.missing("person_id").kind
    for key, label in wanted.items():
        if not person.get(key):
            code = "missing_emergency" if key == "emergency_name" else f"missing_{key}"
            yield Problem(kind, f"“{label}”还没有填", f"person.{key}", code=code)


@only_hints
def lives_in_a_home(case: Entry) -> Iterator[Problem]:
    """People who live in a home are not visited monthly."""
    person = case.parent("person_id") or {}
    in_home = case["living_arrangement"] == LIVES_IN_HOME or person.get("residence_status") == "4"
    if in_home and not case["exit_date"]:
        proposal = {"exit_date": case.context.today, "exit_reason": EXIT_TO_A_HOME}
        message = "本人在养老机构居住，不在每月探访范围"
        yield case.warning("lives_in_home", message, "exit_date", "请核对是否应退出", suggestion=proposal)


@only_hints
def lives_here(case: Entry) -> Iterator[Problem]:
    """Enrolled people live in a village of the township that keeps the file."""
    village = (case.parent("person_id") or {}).get("residence_division")
    township = case["township_code"] or case.context.township
    if village and township and not case["exit_date"] and village[:9] != township[:9]:
        yield case.warning("lives_elsewhere", "现住村不属于本乡镇", "person.residence_division", "请核对是否已迁出")


@only_hints
def is_told(case: Entry) -> Iterator[Problem]:
    """Whoever's data are kept is told so (个人信息保护法 art 35)."""
    if case["consent_kind"] == NOT_TOLD and not case["exit_date"]:
        yield case.warning("not_told", "还没有告知本人", "consent_kind", "个人信息保护法第35条：履行法定职责应当告知")


FILLINGS: tuple[Filling, ...] = (usual_answers, assessed)
RULES: tuple[Rule, ...] = (
    old_enough,
    one_open_case,
    categories_agree,
    children,
    as_assessed,
    risk,
    twice_a_month,
    emergency_contact,
    exit_is_whole,
    closed_by_death(EXIT_DEATH),
    found_gone("elder_visit", "case_id", {"7": EXIT_TO_A_HOME, "8": EXIT_DEATH, "9": EXIT_MOVED}),
    lives_in_a_home,
    lives_here,
    is_told,
)
