"""儿童走访记录 of a made-up case: as often as its risk asks, over twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.services.practice.child_cases import ChildFile
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.staff import director_of, supervisor

Values = dict[str, Any]

YEAR, FIRST_WITHIN = 365, 30
AT_HOME, BY_TELEPHONE = "1", "2"
METHODS = Odds({"1": 76, "2": 12, "3": 4, "6": 8})
SEEN, SPOKEN, NOBODY_THERE = "1", "2", "4"
NOT_MET_SHARE = 0.03
LIVING, HEALTH = Odds({"1": 55, "2": 42, "3": 3}), Odds({"1": 66, "2": 31, "3": 3})
MENTAL = Odds({"1": 74, "2": 23, "3": 3})
STUDY = Odds({"1": 90, "2": 9, "3": 1})
PARENT_CONTACT = Odds({"1": 28, "2": 38, "3": 28, "4": 6})
DANGERS = Odds({"01": 40, "02": 20, "03": 15, "05": 15, "07": 10})
NEEDS = Odds({"01": 30, "02": 12, "03": 24, "06": 14, "07": 14, "08": 6})
NEEDS_OF_SMALL = Odds({"02": 30, "04": 10, "06": 40, "08": 20})
NOTHING = ("00",)
HOLIDAYS, SCHOOL_AGE = (2, 7, 8), 6
KEYED_WITHIN = 3
NO_FOLLOW_UP, OPEN, DONE = "0", "1", "3"
DOING = (
    "在家写作业",
    "和同村孩子玩耍",
    "帮家里择菜",
    "刚放学回家",
    "在看书",
    "在院坝打羽毛球",
    "午睡刚起",
    "在学骑自行车",
)
SAID = (
    "成绩有进步",
    "精神面貌好",
    "想念父母",
    "饭菜按时吃",
    "与照料人相处融洽",
    "话不多，愿意和儿童主任聊天",
    "晚上睡得好",
)
DOING_SMALL = ("在院坝玩耍", "由照料人抱着", "午睡刚起", "在玩积木", "和邻居小孩玩", "在吃饭")
SAID_SMALL = ("衣着干净", "长高了", "饭菜按时吃", "会叫人，不怕生", "与照料人亲近", "晚上睡得好")
TOLD = (
    "已讲防溺水知识",
    "已讲用电安全",
    "已讲交通安全",
    "已约好周末与父母视频",
    "已叮嘱照料人按时接送",
    "已送去课外书",
)
ACTIONS = Odds({"01": 30, "03": 25, "04": 15, "05": 20, "10": 10})
ACTIONS_OF_SMALL = Odds({"01": 60, "03": 40})
OUTCOMES = {
    "01": ("已劝导照料人，情况好转", "照料人已参加家庭教育讲座"),
    "03": ("已与父母通话，答应春节返乡", "父母已答应每周视频一次"),
    "04": ("已谈心两次，情绪好转",),
    "05": ("已联系学校老师加强辅导", "已由返乡大学生周末辅导"),
    "10": ("社工已上门两次，情况好转", "志愿者已结对"),
}


def write_visits(setting: Setting, draw: Draw, child: ChildFile) -> None:
    """Writes the visits of the last year; some children's last visit is overdue."""
    late = not child.left and draw.chance(setting.character.children_late)
    for day in _days(setting, draw, child, late=late):
        _write_visit(setting, draw, child, day)


def _days(setting: Setting, draw: Draw, child: ChildFile, *, late: bool) -> Iterator[date]:
    interval = int(child.case["visit_interval_days"])
    last = child.left or setting.today
    start = setting.today - timedelta(days=YEAR)
    within = FIRST_WITHIN if child.enrolled > start else interval
    day = max(child.enrolled, start) + timedelta(days=draw.between(2, min(within, interval)))
    end = last - timedelta(days=interval + draw.between(3, 25)) if late else last
    while day <= end:
        yield day
        day += timedelta(days=draw.between(interval * 7 // 10, interval - 1))


def _write_visit(setting: Setting, draw: Draw, child: ChildFile, day: date) -> None:
    met = not draw.chance(NOT_MET_SHARE)
    small = age_on(child.person["birth_date"], day) < SCHOOL_AGE
    method = draw.of(METHODS) if met and not small else AT_HOME
    values: Values = {"child_case_id": child.case["id"], "visit_date": day, "visit_method": method}
    values |= _visitor(setting, child, day)
    values |= _seen(draw, child, day, method, small=small) if met else _missed(draw)
    keyed = min(day + timedelta(days=draw.below(KEYED_WITHIN + 1)), setting.today)
    values |= _follow_up(draw, values, day, setting.today)
    setting.book.write("child_visit", draw, keyed, values)


def _visitor(setting: Setting, child: ChildFile, day: date) -> Values:
    director = director_of(setting, child.family.home.village)
    gone = director.get("off_date")
    if gone and day > gone:
        return {"visitor_name": supervisor(setting)["name"], "visitor_type": "05"}
    return {"visitor_name": director["name"], "visitor_type": "04"}


def _missed(draw: Draw) -> Values:
    return {
        "visit_result": NOBODY_THERE,
        "saw_child": False,
        "danger_found": NOTHING,
        "summary": f"上门时无人在家，邻居说{draw.one(('赶场去了', '走亲戚去了', '下地干活去了'))}，改日再访",
        "actions": NOTHING,
    }


def _seen(draw: Draw, child: ChildFile, day: date, method: str, *, small: bool) -> Values:
    spoken = method in (BY_TELEPHONE, "3")
    values: Values = {
        "visit_result": SPOKEN if spoken else SEEN,
        "saw_child": not spoken,
        "living": draw.of(LIVING),
        "study": _study(draw, day, small=small),
        "health": draw.of(HEALTH),
        "mental": draw.of(MENTAL),
        "guardianship_level": child.case["guardianship_level"],
        "parent_contact": draw.of(PARENT_CONTACT),
        "danger_found": NOTHING,
        "needs": draw.some(NEEDS_OF_SMALL if small else NEEDS, 2) if draw.chance(0.25) else NOTHING,
        "summary": _summary(draw, small=small),
    }
    if method == AT_HOME:
        values["home_safety"] = draw.some(DANGERS, 1) if draw.chance(0.12) else NOTHING
        values["carer_present"] = not draw.chance(0.1)
    worrying = values["mental"] == "3" or values["living"] == "3" or values["needs"] != NOTHING
    values["actions"] = (draw.of(ACTIONS_OF_SMALL if small else ACTIONS),) if worrying else NOTHING
    return values


def _study(draw: Draw, day: date, *, small: bool) -> str:
    if small:
        return "5"
    return "6" if day.month in HOLIDAYS else draw.of(STUDY)


def _summary(draw: Draw, *, small: bool) -> str:
    doing, said = (DOING_SMALL, SAID_SMALL) if small else (DOING, SAID)
    return f"{draw.one(doing)}，{draw.one(said)}；{draw.one(TOLD)}"


def _follow_up(draw: Draw, visit: Values, day: date, today: date) -> Values:
    """What is worrying is followed up: done by its day, still open, or forgotten."""
    if visit["actions"] == NOTHING or not draw.chance(0.5):
        return {"follow_up": NO_FOLLOW_UP}
    due = day + timedelta(days=draw.one((10, 15, 20)))
    if due > today or draw.chance(0.08):
        return {"follow_up": OPEN, "follow_up_due": due}
    return {"follow_up": DONE, "follow_up_due": due, "follow_up_result": draw.one(OUTCOMES[visit["actions"][0]])}
