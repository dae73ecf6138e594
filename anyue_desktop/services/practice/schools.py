"""Where a made-up child goes to school; schools are those any township may have."""

from __future__ import annotations

from datetime import date
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

AT_HOME, NURSERY, PRIMARY, MIDDLE, HIGH, TRADE = "1", "2", "3", "4", "5", "6"  # codelist school_stage
GRADES = "一二三四五六七八九"
BOARDING = {PRIMARY: 0.15, MIDDLE: 0.6, HIGH: 0.9, TRADE: 0.95}


def school(setting: Setting, draw: Draw, birth: date) -> Values:
    """Returns stage, school and class of a child of this age."""
    age = age_on(birth, setting.today)
    stage = _stage(draw, age)
    values: Values = {"school_stage": stage, "dropout": False}
    if stage == AT_HOME:
        return values
    values["school_name"] = _name(setting.name, stage)
    values["grade_class"] = f"{_grade(stage, age)}{draw.between(1, 4)}班"
    if stage in BOARDING:
        values["is_boarding"] = draw.chance(BOARDING[stage])
    return values


def _stage(draw: Draw, age: int) -> str:
    if age < 6:
        return NURSERY if age >= 3 else AT_HOME
    if age < 12:
        return PRIMARY
    return MIDDLE if age < 15 else draw.one((HIGH, TRADE))


def _name(township: str, stage: str) -> str:
    names = {NURSERY: f"{township}中心幼儿园", PRIMARY: f"{township}中心小学", MIDDLE: f"{township}初级中学"}
    return names.get(stage) or ("县城普通高中" if stage == HIGH else "县职业技术学校")


def _grade(stage: str, age: int) -> str:
    if stage == NURSERY:
        return "小中大"[age - 3]
    if stage in (HIGH, TRADE):
        return f"高{GRADES[min(age, 17) - 15]}"
    return f"{GRADES[age - 6]}年级"
