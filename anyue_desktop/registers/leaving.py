"""Leaving a list: a day and a reason, and what a death proposes for the file (registers.md B.1, B.4, B.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from anyue_desktop.core import codes
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Rule, Values, only_hints
from anyue_desktop.registers.person_rules import DEAD
from anyue_desktop.registers.visiting import finds_gone

EXIT_OTHER = "99"
DIED = "2"  # codelist life_status


def exit_is_whole(case: Entry) -> Iterator[Problem]:
    """Leaving the list has a date and a reason, after enrolment."""
    left, reason = case["exit_date"], case["exit_reason"]
    if left and not reason:
        yield case.error("exit_reason", "填了退出日期，没有填退出原因", "exit_reason", "请选择退出原因")
    if reason and not left:
        yield case.error("exit_date", "填了退出原因，没有填退出日期", "exit_date", "请填写退出日期")
    if left and case["enrol_date"] and left < case["enrol_date"]:
        message = f"退出日期 {left} 早于纳入日期 {case['enrol_date']}"
        yield case.error("exit_before_enrolment", message, "exit_date", "请核对两个日期")
    if reason == EXIT_OTHER and not case["exit_note"]:
        yield case.error("exit_note", "退出原因选“其他”时要写明情况", "exit_note", "请填写退出说明")


def closed_by_death(reason: str) -> Rule:
    """Returns the rule that the dead leave the list, and that whoever left it by death is known to be dead.

    `reason` is the code of death among the reasons to leave.
    """

    def rule(case: Entry) -> Iterator[Problem]:
        person = case.parent("person_id") or {}
        if not case["exit_date"] and person.get("life_status") in DEAD:
            proposal = {"exit_date": day_of_death(case, "enrol_date"), "exit_reason": reason}
            hint = "请填写退出日期，退出原因选“死亡”"
            yield case.error("dead_but_open", "本人已死亡，档案还没有退出", "exit_date", hint, suggestion=proposal)
        yield from death_is_known(case, "exit_reason", reason, "exit_date")

    return rule


def death_is_known(case: Entry, key: str, reason: str, day_key: str) -> Iterator[Problem]:
    """Whoever left because of death is dead in the register of people too, so that every other file closes."""
    person = case.parent("person_id") or {}
    if case[key] == reason and person.get("life_status") not in DEAD:
        label = case.register.field(key).label
        proposal = {"person.life_status": DIED, "person.death_date": person.get("death_date") or case[day_key]}
        message = f"{label}是死亡，本人的生存状态却不是死亡"
        yield case.warning("death_not_known", message, key, "请核实后改正其中一项", suggestion=proposal)


def day_of_death(case: Entry, begin_key: str) -> date:
    """Returns the day a file closes on by death: never before it was opened."""
    died = (case.parent("person_id") or {}).get("death_date") or case.context.today
    return max(died, case[begin_key] or died)


def last_visit(case: Entry, register: str, key: str) -> Values | None:
    """Returns the newest visit of a file."""
    found = case.others(register, **{key: case["id"]}) if case["id"] else []
    return max(found, key=lambda one: one["visit_date"], default=None)


def found_gone(register: str, key: str, reasons: Values) -> Rule:
    """Returns the rule that a last visit which found nobody any more proposes to leave; `reasons` are by its result."""

    @only_hints
    def rule(case: Entry) -> Iterator[Problem]:
        visit = None if case["exit_date"] else last_visit(case, register, key)
        if visit is None or not finds_gone(visit.get("visit_result")):
            return
        reason = reasons.get(visit["visit_result"])
        proposal = {"exit_date": visit["visit_date"], "exit_reason": reason} if reason else {}
        said = codes.code_list("visit_result").show(visit["visit_result"])
        message = f"最近一次走访（{visit['visit_date']}）的结果是“{said}”，档案还没有退出"
        yield case.warning("found_gone", message, "exit_date", "请核实后办理退出", suggestion=proposal)

    return rule
