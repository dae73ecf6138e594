"""What follows from a child's file, and what can be wrong with it (国发〔2016〕13号, 36号; registers.md A.3, B.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anyue_desktop.core.dates import age_on, birthday
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, is_blank, only_hints
from anyue_desktop.registers import kinds
from anyue_desktop.registers.child_danger import age_of, cared_for, guardianship, high_risk, interval_of
from anyue_desktop.registers.child_kinds import (
    AWAY,
    LEFT_BEHIND,
    LEFT_BEHIND_UNTIL,
    NEEDS_EVIDENCE,
    WAYS_OUT,
    against,
    grounds,
)
from anyue_desktop.registers.elder_case_rules import NOT_TOLD, lives_here
from anyue_desktop.registers.leaving import closed_by_death, exit_is_whole, found_gone, last_visit
from anyue_desktop.registers.person_rules import DEAD

MINOR_UNTIL = 18  # 未成年人保护法 art 2
SENSITIVE_UNTIL = 14  # 个人信息保护法 art 31
SCHOOL_AGE = range(6, 16)  # 义务教育
TOWN_DWELLER = "2"
INFO_INCOMPLETE = "2"
DROPPED_OUT = "9"
SCHOOLS, BOARDING_SCHOOLS = ("2", "3", "4", "5", "6", "7"), ("3", "4", "5", "6", "7")
STAGE_AGES = {"1": (0, 6), "2": (3, 6), "3": (6, 12), "4": (12, 15), "5": (15, 18), "6": (15, 18), "7": (18, 22)}
AGE_SLACK = 3
PARENTS = (("father", "父亲"), ("mother", "母亲"))
DIRECTOR = "2"  # of protect_role
VISIT, CASE_KEY = "child_visit", "child_case_id"
EXIT_SIXTEEN, EXIT_EIGHTEEN, EXIT_DEATH, EXIT_MOVED = "01", "02", "06", "07"
SELF_CONSENT = "3"  # of consent_kind


def number_prefix(case: Values) -> str:
    """`AY` + township (3 digits) + `C` + the year the file was opened."""
    opened = case.get("enrol_date") or date.fromisoformat(str(case["created_at"])[:10])
    return f"AY{str(case['township_code'])[6:9]}C{opened.year}"


def usual_answers(case: Entry) -> dict[str, Any]:
    """The only type is the main one; risk follows the last assessment, the interval follows the risk."""
    answers: dict[str, Any] = {}
    types: tuple[str, ...] = case["child_types"] or ()
    if len(types) == 1:
        answers["main_type"] = types[0]
    level = case["risk_level"] or assessed_level(case)
    if level:
        answers["risk_level"] = level
        answers["visit_interval_days"] = interval_of(case, level)
    return answers


def director(case: Entry) -> dict[str, Any]:
    """The 儿童主任 in post in the child's village."""
    village = (case.parent("person_id") or {}).get("residence_division")
    if not village or not is_blank(case["director_name"]):
        return {}
    for staff in case.others("protect_staff", role=DIRECTOR, duty_division=village):
        if not staff.get("off_date"):
            return {"director_name": staff["name"], "director_phone": staff.get("phone")}
    return {}


def assessed_level(case: Entry) -> str | None:
    """Returns the risk level of the last assessment."""
    found = case.others("child_risk_assessment", child_case_id=case["id"]) if case["id"] else []
    dated = [one for one in found if one.get("assessed_on") and one.get("risk_level")]
    return max(dated, key=lambda one: one["assessed_on"])["risk_level"] if dated else None


def young_enough(case: Entry) -> Iterator[Problem]:
    """Under 18 on the day of enrolment; a left-behind child under 16."""
    age = age_of(case, case["enrol_date"])
    if age is None:
        return
    when = f"纳入日期 {case['enrol_date']} " if case["enrol_date"] else "今天"
    if age >= MINOR_UNTIL:
        hint = "请核对出生日期和纳入日期，年满18周岁不能纳入"
        yield case.error("too_old", f"{when}时已满{age}周岁，不是未成年人", "enrol_date", hint)
    elif age >= LEFT_BEHIND_UNTIL and LEFT_BEHIND in (case["child_types"] or ()):
        message = f"{when}时已满{age}周岁，农村留守儿童应当不满16周岁"
        yield case.error("too_old_left_behind", message, "child_types", "请改选其他类别，或核对出生日期")


def one_open_case(case: Entry) -> Iterator[Problem]:
    """One open file per child."""
    if case["exit_date"]:
        return
    for other in case.others(person_id=case["person_id"]):
        if not other.get("exit_date"):
            message = f"该儿童已有未退出的档案{other.get('case_no') or ''}"
            yield case.error("second_case", message, "person_id", "请打开原档案，不要重复建档")
            return


def types_agree(case: Entry) -> Iterator[Problem]:
    """The main type is among the types; what else is known suggests types, the officer decides."""
    types = case["child_types"] or ()
    if case["main_type"] and types and case["main_type"] not in types:
        yield case.error("main_type", "主要类别不在儿童类别之中", "main_type", "请从已选的儿童类别中选一个")
    yield from kinds.agree(case, ("child_types", "main_type"), grounds(case), against(case), WAYS_OUT)
    if set(types) & NEEDS_EVIDENCE and not case["orphan_evidence"]:
        yield case.missing("orphan_evidence")


@only_hints
def left_behind(case: Entry) -> Iterator[Problem]:
    """国发〔2016〕13号: children of rural families, entrusted to somebody since the parents left."""
    if LEFT_BEHIND not in (case["child_types"] or ()):
        return
    father, mother = case["father_state"], case["mother_state"]
    if (case.parent("person_id") or {}).get("hukou_kind") == TOWN_DWELLER:
        yield case.warning("town_child", "户口性质是城镇，请核对是否农村留守儿童", "child_types")
    for key in ("entrust_reason", "has_entrusted", *(("both_away_since",) if father == mother == AWAY else ())):
        if is_blank(case[key]):
            yield case.missing(key)


def parents_known(case: Entry) -> Iterator[Problem]:
    """Each parent has a name unless it cannot be had; whoever works away does so somewhere."""
    for parent, _ in PARENTS:
        if case[f"info_{parent}"] != INFO_INCOMPLETE and not case[f"{parent}_name"]:
            yield case.missing(f"{parent}_name")
        if case[f"{parent}_state"] == AWAY and not case[f"{parent}_work_place"]:
            yield case.missing(f"{parent}_work_place")
    if case["single_parent"] and not case["single_parent_reason"]:
        yield case.missing("single_parent_reason")
    if case["father_id"] and case["father_id"] == case["mother_id"]:
        yield case.error("same_parents", "父亲和母亲的身份证号相同", "mother_id", "请核对")


def school(case: Entry) -> Iterator[Problem]:
    """School and age fit together; a child of school age is at school."""
    stage, age = case["school_stage"], age_of(case)
    if stage in SCHOOLS and not case["school_name"]:
        yield case.missing("school_name")
    if stage in BOARDING_SCHOOLS and case["is_boarding"] is None:
        yield case.missing("is_boarding")
    if case["dropout"] and stage and stage != DROPPED_OUT:
        yield case.warning("dropout_disagrees", "填了失学辍学，学段却不是“辍学”", "school_stage", "请核对")
    if stage == DROPPED_OUT and case["dropout"] is False:
        yield case.error("dropout_denied", "学段是“辍学”，是否失学辍学却填了否", "dropout", "请改正其中一项")
    low, high = STAGE_AGES.get(stage or "", (0, MINOR_UNTIL))
    if age is not None and not low - AGE_SLACK <= age <= high + AGE_SLACK and not case["exit_date"]:
        message = f"{age}周岁与学段“{case.register.show('school_stage', stage)}”相差较大"
        yield case.warning("stage_and_age", message, "school_stage", "请核对学段和出生日期")
    if case["dropout"] and age in SCHOOL_AGE:
        yield from high_risk(case, "dropout", "义务教育阶段失学辍学", "dropout")


@only_hints
def risk(case: Entry) -> Iterator[Problem]:
    """The level is that of the last assessment, the interval no longer than the level allows."""
    level, assessed = case["risk_level"], assessed_level(case)
    if level and assessed and level != assessed:
        message = f"风险等级与最近一次评估“{case.register.show('risk_level', assessed)}”不一致"
        proposal = {"risk_level": assessed, "visit_interval_days": interval_of(case, assessed)}
        hint = "请按评估结果填写，或重新评估"
        yield case.warning("risk_not_assessed", message, "risk_level", hint, suggestion=proposal)
    allowed = interval_of(case, level or "")
    if allowed and case["visit_interval_days"] and case["visit_interval_days"] > allowed:
        message = f"该风险等级的走访间隔不超过{allowed}天"
        proposal = {"visit_interval_days": allowed}
        yield case.warning("interval_long", message, "visit_interval_days", "请缩短间隔", suggestion=proposal)


@only_hints
def as_seen(case: Entry) -> Iterator[Problem]:
    """Guardianship is what the last visit saw (registers.md B.7)."""
    visit = None if case["exit_date"] else last_visit(case, VISIT, CASE_KEY)
    seen = (visit or {}).get("guardianship_level")
    if visit and seen and case["guardianship_level"] and seen != case["guardianship_level"]:
        shown = case.register.show("guardianship_level", seen)
        message = f"{visit['visit_date']} 走访看到的监护情况是“{shown}”，与档案不同"
        proposal = {"guardianship_level": seen}
        yield case.warning(
            "guardianship_seen", message, "guardianship_level", "情况有变化的请更新", suggestion=proposal
        )


@only_hints
def guardian_is_told(case: Entry) -> Iterator[Problem]:
    """The guardian of a child under 14 is told, and only the guardian can agree (个人信息保护法 art 31)."""
    age, kind = age_of(case), case["consent_kind"]
    if case["exit_date"] or kind not in (NOT_TOLD, SELF_CONSENT):
        return
    if kind == NOT_TOLD or (age is not None and age < SENSITIVE_UNTIL):
        hint = "个人信息保护法第31条：不满14周岁的应当告知监护人并取得同意"
        yield case.warning("guardian_untold", "还没有告知监护人，或不是监护人的同意", "consent_kind", hint)


@only_hints
def grown_up(case: Entry) -> Iterator[Problem]:
    """At 18 a child leaves the list, at 16 it is left behind no more; the officer confirms."""
    person, types = case.parent("person_id") or {}, case["child_types"] or ()
    born = person.get("birth_date")
    if case["exit_date"] or born is None or person.get("life_status") in DEAD:
        return
    age = age_on(born, case.context.today)
    if age >= MINOR_UNTIL:
        proposal = {"exit_date": _day_out(case, birthday(born, MINOR_UNTIL)), "exit_reason": EXIT_EIGHTEEN}
        hint = "请办理退出，退出原因选“年满18周岁”"
        yield case.warning("grown_up", "已满18周岁", "exit_date", hint, suggestion=proposal)
    elif age >= LEFT_BEHIND_UNTIL and types == (LEFT_BEHIND,):
        proposal = {"exit_date": _day_out(case, birthday(born, LEFT_BEHIND_UNTIL)), "exit_reason": EXIT_SIXTEEN}
        hint = "请办理退出，退出原因选“年满16周岁（留守）”"
        yield case.warning("sixteen", "留守儿童已满16周岁", "exit_date", hint, suggestion=proposal)
    elif age >= LEFT_BEHIND_UNTIL and LEFT_BEHIND in types:
        fewer = kinds.without(case, ("child_types", "main_type"), LEFT_BEHIND)
        hint = "请去掉“农村留守儿童”，保留其他类别"
        yield case.warning("sixteen", "已满16周岁，不再是留守儿童", "child_types", hint, suggestion=fewer)


def _day_out(case: Entry, day: date) -> date:
    """The day a child leaves on: after it was enrolled and last visited."""
    visit = last_visit(case, VISIT, CASE_KEY) or {}
    return max(day, case["enrol_date"] or day, visit.get("visit_date") or day)


FILLINGS: tuple[Filling, ...] = (usual_answers, director)
RULES: tuple[Rule, ...] = (
    young_enough,
    one_open_case,
    types_agree,
    left_behind,
    parents_known,
    cared_for,
    guardianship,
    school,
    risk,
    as_seen,
    guardian_is_told,
    grown_up,
    exit_is_whole,
    closed_by_death(EXIT_DEATH),
    found_gone(VISIT, CASE_KEY, {"8": EXIT_DEATH, "9": EXIT_MOVED}),
    lives_here,
)
