"""What follows from a child's file, and what can be wrong with it (国发〔2016〕13号, 36号; registers.md A.3, B.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, is_blank
from anyue_desktop.registers.child_kinds import (
    DEAD_OR_MISSING,
    LEFT_BEHIND,
    MALTREATMENT,
    NEEDS_EVIDENCE,
    NO_GUARDIAN,
    NOBODY_RAISES,
    nobody_raises,
    suggested_types,
)
from anyue_desktop.registers.elder_case import exit_is_whole, lives_here
from anyue_desktop.registers.person_rules import DEAD

MINOR_UNTIL, LEFT_BEHIND_UNTIL, NEVER_ALONE_UNTIL = 18, 16, 8  # 未成年人保护法 art 2, 21; 国发〔2016〕13号
SCHOOL_AGE = range(6, 16)  # 义务教育
TOWN_DWELLER = "2"
AWAY = "01"
INFO_INCOMPLETE = "2"
HIGH_RISK = "3"
POOR_GUARDIANSHIP, GOOD_GUARDIANSHIP = "3", "1"
NOBODY_GUARDS = "6"
NO_ENTRUSTED_CARER = "3"
LEFT_ALONE_SMALL, LIVES_ALONE = "07", "08"  # of improper_care
DROPPED_OUT = "9"
SCHOOLS, BOARDING_SCHOOLS = ("2", "3", "4", "5", "6", "7"), ("3", "4", "5", "6", "7")
STAGE_AGES = {"1": (0, 6), "2": (3, 6), "3": (6, 12), "4": (12, 15), "5": (15, 18), "6": (15, 18), "7": (18, 22)}
AGE_SLACK = 3
PARENTS = (("father", "父亲"), ("mother", "母亲"))
DIRECTOR = "2"  # of protect_role


def number_prefix(case: Values) -> str:
    """`AY` + township (3 digits) + `C` + the year the file was opened."""
    opened = case.get("enrol_date") or date.fromisoformat(str(case["created_at"])[:10])
    return f"AY{str(case['township_code'])[6:9]}C{opened.year}"


def age_of(case: Entry, day: date | None = None) -> int | None:
    """Returns the child's age on a day, today unless said otherwise; None while the birth date is not known."""
    born = (case.parent("person_id") or {}).get("birth_date")
    return age_on(born, day or case.context.today) if born else None


def usual_answers(case: Entry) -> dict[str, Any]:
    """The only type is the main one; risk follows the last assessment, the interval follows the risk."""
    answers: dict[str, Any] = {}
    types: tuple[str, ...] = case["child_types"] or ()
    if len(types) == 1:
        answers["main_type"] = types[0]
    level = case["risk_level"] or assessed_level(case)
    if level:
        answers["risk_level"] = level
        answers["visit_interval_days"] = codes.code_list("risk_level").attribute(level, "child_days")
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
    known = codes.code_list("child_type")
    further = suggested_types(case.values, case.parent("person_id") or {}) - set(types)
    if further and not case["exit_date"]:
        named = "、".join(known.show(code) for code in sorted(further))
        message = f"按父母情况和基本信息，可能还属于：{named}"
        yield case.warning("suggested_types", message, "child_types", "请核实后补选；不属于的请写明理由")
    father, mother = case["father_state"], case["mother_state"]
    if NOBODY_RAISES in types and father and mother and not nobody_raises(father, mother):
        message = "父母情况不符合事实无人抚养儿童的条件"
        yield case.warning("somebody_raises", message, "child_types", "民发〔2019〕62号，请核对父母情况")
    if set(types) & NEEDS_EVIDENCE and not case["orphan_evidence"]:
        yield case.missing("orphan_evidence")


def left_behind(case: Entry) -> Iterator[Problem]:
    """国发〔2016〕13号: both parents work away, or one does and the other cannot be a guardian; of rural families."""
    if LEFT_BEHIND not in (case["child_types"] or ()):
        return
    father, mother = case["father_state"], case["mother_state"]
    if father and mother:
        unable = NO_GUARDIAN | DEAD_OR_MISSING
        if AWAY not in (father, mother) or not {father, mother} <= {AWAY, *unable}:
            message = "留守儿童应当父母双方外出务工，或一方外出、另一方无监护能力"
            yield case.warning("not_left_behind", message, "child_types", "请核对父母情况")
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


def cared_for(case: Entry) -> Iterator[Problem]:
    """Whoever is left behind is in somebody's care (未成年人保护法 art 22)."""
    if case["has_entrusted"] is False and LEFT_BEHIND in (case["child_types"] or ()):
        yield from _high_risk(case, "no_carer", "没有委托照料人", "has_entrusted")
        yield from ask_for_report(case, case["id"], "没有委托照料人", "has_entrusted")
    if case["has_entrusted"] and case["actual_carer_kind"] == NO_ENTRUSTED_CARER:
        message = "填了有委托照料人，实际监护情况却是“无委托照料人”"
        yield case.warning("carer_disagrees", message, "actual_carer_kind", "请核对")


def guardianship(case: Entry) -> Iterator[Problem]:
    """Poor guardianship is described; nobody under 16 lives alone, nobody under 8 is left unattended (art 21)."""
    improper = set(case["improper_care"] or ())
    if case["guardianship_level"] == POOR_GUARDIANSHIP and not improper:
        yield case.missing("improper_care")
    if case["guardianship_level"] == GOOD_GUARDIANSHIP and improper:
        yield case.warning("guardianship_good", "监护情况较好，却填了监护不当情形", "improper_care", "请核对")
    age = age_of(case)
    for code, limit, label in ((LEFT_ALONE_SMALL, 8, "未满八周岁无人看护"), (LIVES_ALONE, 16, "未满十六周岁独自居住")):
        if code in improper and age is not None and age >= limit:
            yield case.warning(f"older_{code}", f"选了“{label}”，但儿童已满{age}周岁", "improper_care", "请核对")
    if not case["exit_date"]:
        yield from _left_alone(case, improper, age)
        if improper & MALTREATMENT:
            yield from ask_for_report(case, case["id"], "监护人有侵害行为", "improper_care")


def _left_alone(case: Entry, improper: set[str], age: int | None) -> Iterator[Problem]:
    nobody = case["guardianship_type"] == NOBODY_GUARDS and (age is None or age < LEFT_BEHIND_UNTIL)
    key = "guardianship_type" if nobody else "improper_care"
    if not nobody and not improper & {LEFT_ALONE_SMALL, LIVES_ALONE}:
        return
    said = "未满八周岁无人看护" if age is not None and age < NEVER_ALONE_UNTIL else "未满十六周岁脱离监护"
    yield from _high_risk(case, "alone", said, key)
    yield from ask_for_report(case, case["id"], said, key)


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
        yield from _high_risk(case, "dropout", "义务教育阶段失学辍学", "dropout")


def risk(case: Entry) -> Iterator[Problem]:
    """The level is that of the last assessment, the interval no longer than the level allows."""
    level, assessed = case["risk_level"], assessed_level(case)
    if level and assessed and level != assessed:
        message = f"风险等级与最近一次评估“{case.register.show('risk_level', assessed)}”不一致"
        yield case.warning("risk_not_assessed", message, "risk_level", "请按评估结果填写，或重新评估")
    allowed = codes.code_list("risk_level").attribute(level or "", "child_days")
    if allowed and case["visit_interval_days"] and case["visit_interval_days"] > allowed:
        message = f"该风险等级的走访间隔不超过{allowed}天"
        yield case.warning("interval_long", message, "visit_interval_days", "请缩短间隔")


def should_leave(case: Entry) -> Iterator[Problem]:
    """A grown-up child, or one who died, leaves the list; the officer confirms."""
    if case["exit_date"]:
        return
    if (case.parent("person_id") or {}).get("life_status") in DEAD:
        yield case.error("dead_but_open", "本人已死亡，档案还没有退出", "exit_date", "请填写退出日期，退出原因选“死亡”")
        return
    age, types = age_of(case), case["child_types"] or ()
    if age is None:
        return
    if age >= MINOR_UNTIL:
        yield case.warning("grown_up", "已满18周岁", "exit_date", "请办理退出，退出原因选“年满18周岁”")
    elif age >= LEFT_BEHIND_UNTIL and types == (LEFT_BEHIND,):
        yield case.warning("sixteen", "留守儿童已满16周岁", "exit_date", "请办理退出，退出原因选“年满16周岁（留守）”")
    elif age >= LEFT_BEHIND_UNTIL and LEFT_BEHIND in types:
        yield case.warning("sixteen", "已满16周岁，不再是留守儿童", "child_types", "请去掉“农村留守儿童”，保留其他类别")


def ask_for_report(entry: Entry, case_id: str | None, said: str, key: str) -> Iterator[Problem]:
    """Asks for a mandatory report (未成年人保护法 art 11) until one is registered for the child."""
    if not case_id or not entry.others("child_report", child_case_id=case_id):
        hint = "请立即报告，并由未保专岗登记“强制报告”"
        yield entry.warning("report_wanted", f"{said}，属于应当强制报告的情形", key, hint)


def _high_risk(case: Entry, code: str, said: str, key: str) -> Iterator[Problem]:
    if case["risk_level"] not in (None, HIGH_RISK):
        yield case.warning(f"{code}_risk", f"{said}，风险等级应为高", key, "请核对风险等级")


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
    should_leave,
    exit_is_whole,
    lives_here,
)
