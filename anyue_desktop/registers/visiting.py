"""What is asked of visits to anybody: they lie within the file and were written, not copied (B.5, B.7, G.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from anyue_desktop.core import codes
from anyue_desktop.core.dates import first_day, last_day, month_of
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Rule, only_hints

COPIED_TEXTS = 5  # this many people with the same words were copied


def finds_gone(result: str | None) -> bool:
    """Whether a visit found the person moved, in a home or dead: it asks about the file and may follow the exit."""
    return bool(codes.code_list("visit_result").attribute(result or "", "ask") == "exit")


def within_the_case(case_key: str) -> Rule:
    """Returns the rule that a visit lies between enrolment and exit, unless it found out about the exit."""

    def rule(visit: Entry) -> Iterator[Problem]:
        file, day = visit.parent(case_key) or {}, visit["visit_date"]
        enrolled, left = file.get("enrol_date"), file.get("exit_date")
        if enrolled and day < enrolled:
            label = _day_label(visit)
            message = f"{label} {day} 早于纳入日期 {enrolled}"
            yield visit.error("visit_before_enrolment", message, "visit_date", f"请核对{label}；纳入日期有误请改档案")
        if left and day > left and not finds_gone(visit["visit_result"]):
            label = _day_label(visit)
            message = f"{label} {day} 晚于退出日期 {left}"
            yield visit.error("visit_after_exit", message, "visit_date", f"请核对{label}，或取消退出")

    return rule


def _day_label(visit: Entry) -> str:
    return re.sub("（.*?）", "", visit.register.field("visit_date").label)


def written_not_copied(case_key: str, *keys: str) -> Rule:
    """Returns the rule that the same sentence about five people in a month was copied, not observed (G.3, 6)."""

    @only_hints
    def rule(visit: Entry) -> Iterator[Problem]:
        for key in keys:
            if visit[key] and _is_copied(visit, case_key, key):
                label = visit.register.field(key).label
                message = f"本月有{COPIED_TEXTS}人以上的“{label}”完全相同"
                yield visit.warning(f"copied_{key}", message, key, "请按每次看到的实际情况填写")

    return rule


def _is_copied(visit: Entry, case_key: str, key: str) -> bool:
    people = {visit[case_key]}
    for day in _month_around(visit["visit_date"]):
        people.update(one[case_key] for one in visit.others(**{key: visit[key], "visit_date": day}))
        if len(people) >= COPIED_TEXTS:
            return True
    return False


def _month_around(day: date) -> Iterator[date]:
    """Gives the days of a month, the day itself first: where a text is copied, it mostly is on one day."""
    month = month_of(day)
    yield day
    for number in range(last_day(month).day):
        one = first_day(month) + timedelta(days=number)
        if one != day:
            yield one
