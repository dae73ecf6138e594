"""What can be wrong with a visit to a child, and when it asks for a report (国发〔2016〕13号; registers.md B.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, is_blank, only_hints
from anyue_desktop.registers.child_danger import NEVER_ALONE_UNTIL, ask_for_report
from anyue_desktop.registers.elder_visit import (
    AT_HOME,
    BY_TELEPHONE,
    SEEN,
    SPOKEN,
    follow_up,
    keyed_late,
    method_and_result,
)
from anyue_desktop.registers.visiting import within_the_case, written_not_copied

NONE = "00"
REPORTED_BEFORE = timedelta(days=30)  # a danger seen now may have been reported before the visit
TO_POLICE, TO_SCHOOL_OFFICE = "11", "06"  # of child_action
DROPPED_OUT = "4"  # of child_study
HURTS_HIMSELF = "4"  # of child_mental
ALONE_AT_HOME = "04"  # of child_safety_issue
DIRECTOR = "04"  # of visitor_type
ASKED_OF_EVERYBODY = ("living", "study", "health", "mental", "guardianship_level", "parent_contact", "needs")


def usual_answers(visit: Entry) -> dict[str, Any]:
    """The 儿童主任 visits; the way of visiting tells what came of it."""
    file = visit.parent("child_case_id") or {}
    answers = {"visitor_name": file.get("director_name")}
    if answers["visitor_name"] and visit["visitor_name"] in (None, answers["visitor_name"]):
        answers["visitor_type"] = DIRECTOR
    if visit["visit_method"] == AT_HOME:
        answers["visit_result"] = SEEN
    elif visit["visit_method"] in BY_TELEPHONE:
        answers["visit_result"] = SPOKEN
    result = visit["visit_result"] or answers.get("visit_result")
    found: dict[str, Any] = {key: value for key, value in answers.items() if value}
    return {**found, "saw_child": result == SEEN} if result else found


@only_hints
def answers_are_whole(visit: Entry) -> Iterator[Problem]:
    """Whoever was reached was asked; whoever was visited at home had the house looked at."""
    if codes.code_list("visit_result").attribute(visit["visit_result"] or "", "counts") != 1:
        return
    for key in (*ASKED_OF_EVERYBODY, *(("home_safety",) if visit["visit_method"] == AT_HOME else ())):
        if is_blank(visit[key]):
            yield visit.missing(key)


def saw_the_child(visit: Entry) -> Iterator[Problem]:
    """The result and whether the child was seen say the same."""
    saw, result = visit["saw_child"], visit["visit_result"]
    if saw is False and result == SEEN:
        yield visit.error("not_seen", "走访结果是见到本人，却填了没有见到儿童本人", "saw_child", "请改正其中一项")
    elif saw and result not in (None, SEEN):
        said = visit.register.show("visit_result", result)
        yield visit.warning("seen_after_all", f"填了见到儿童本人，走访结果却是“{said}”", "visit_result", "请核对")


@only_hints
def danger(visit: Entry) -> Iterator[Problem]:
    """Danger is reported at once (未成年人保护法 art 11); the police are told."""
    found = set(visit["danger_found"] or ()) - {NONE}
    case_id, since = visit["child_case_id"], visit["visit_date"] - REPORTED_BEFORE
    if found:
        said = visit.register.show("danger_found", tuple(sorted(found)))
        yield from ask_for_report(visit, case_id, f"走访发现“{said}”", "danger_found", since)
        if TO_POLICE not in (visit["actions"] or ()):
            message = "发现危险情形，处置措施里没有“报告公安机关”"
            yield visit.warning("police_not_told", message, "actions", "请立即报告公安机关")
        return
    if visit["mental"] == HURTS_HIMSELF:
        yield from ask_for_report(visit, case_id, "儿童有自伤或极端言行", "mental", since)
    if ALONE_AT_HOME in (visit["home_safety"] or ()) and _is_small(visit):
        yield from ask_for_report(visit, case_id, "未满八周岁无人看护", "home_safety", since)


def _is_small(visit: Entry) -> bool:
    born = _child(visit).get("birth_date")
    return born is not None and age_on(born, visit["visit_date"]) < NEVER_ALONE_UNTIL


def _child(visit: Entry) -> Values:
    file = visit.parent("child_case_id") or {}
    identity = file.get("person_id")
    return (visit.neighbours.parent("person", identity) or {}) if identity else {}


@only_hints
def back_to_school(visit: Entry) -> Iterator[Problem]:
    """A child who has left school is named to those who bring children back."""
    if visit["study"] == DROPPED_OUT and TO_SCHOOL_OFFICE not in (visit["actions"] or ()):
        message = "就学情况是辍学，处置措施里没有“转介教育部门”"
        yield visit.warning("school_not_told", message, "actions", "请转介教育部门控辍保学")


@only_hints
def case_is_older(visit: Entry) -> Iterator[Problem]:
    """What was seen of guardianship belongs into the child's file."""
    held, seen = (visit.parent("child_case_id") or {}).get("guardianship_level"), visit["guardianship_level"]
    if held and seen and held != seen:
        show = visit.register.show
        message = f"监护情况是“{show('guardianship_level', seen)}”，档案是“{show('guardianship_level', held)}”"
        yield visit.warning("guardianship_changed", message, "guardianship_level", "情况有变化的请更新档案")


@only_hints
def twice_a_day(visit: Entry) -> Iterator[Problem]:
    """The same visit is not keyed twice."""
    same = {key: visit[key] for key in ("child_case_id", "visit_date", "visit_method")}
    if visit.others(**same):
        message = f"{visit['visit_date']} 已有一条同样方式的走访记录"
        yield visit.warning("twice_a_day", message, "visit_date", "请核对是否重复录入")


FILLINGS: tuple[Filling, ...] = (usual_answers,)
RULES: tuple[Rule, ...] = (
    within_the_case("child_case_id"),
    keyed_late,
    answers_are_whole,
    method_and_result,
    saw_the_child,
    danger,
    back_to_school,
    case_is_older,
    follow_up,
    twice_a_day,
    written_not_copied("child_case_id", "summary"),
)
