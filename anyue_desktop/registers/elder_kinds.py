"""Which classes of elders in difficulty the facts speak for and against (民发〔2022〕73号; registers.md A.2)."""

from __future__ import annotations

from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.register import Entry, Values
from anyue_desktop.registers.kinds import Grounds

ALONE, EMPTY_NEST, LEFT_BEHIND, FRAIL, SEVERELY_DISABLED = "01", "02", "03", "04", "05"
BEREAVED, ON_SUPPORT, POOR_AND_OLD = "06", "07", "08"
LIVES_ALONE, WITH_SPOUSE, WITH_CHILDREN = "1", "2", "3"
RURAL, TOWN = "1", "2"  # codelist hukou_kind
DEPENDENT_CARE, DEPENDENT_ABILITY = ("2", "3"), ("2", "3", "4")
ABLE_CARE, ABLE_ABILITY = "1", (None, "0", "1", "9")
SEVERE, LIGHT = ("1", "2"), ("3", "4")  # codelist disability_grade
AT_HOME_SUPPORT, POOR = "2", ("1", "4")  # codelist relief_class: 分散供养; 低保、低保边缘
HIGH_AGE = 80
FAMILY_PLANNING_AID = "15"  # codelist subsidy_type: 计划生育特别扶助金
CHILDREN = {f"{code}" for code in range(20, 40)}  # GB/T 4761: sons and daughters
WAYS_OUT = {ALONE: "04", EMPTY_NEST: "04", LEFT_BEHIND: "05", FRAIL: "06"}  # codelist elder_exit_reason


def grounds(case: Entry) -> Grounds:
    """Returns why the facts speak for each class."""
    person, chosen = case.parent("person_id") or {}, case["categories"] or ()
    away = children_away(case)
    found = {
        ALONE: "居住状况是独居" if case["living_arrangement"] == LIVES_ALONE else "",
        EMPTY_NEST: "仅与配偶居住" if case["living_arrangement"] == WITH_SPOUSE and case["children_alive"] else "",
        FRAIL: _frail(case),
        SEVERELY_DISABLED: "残疾等级是一级或二级" if person.get("disability_grade") in SEVERE else "",
        BEREAVED: "正在领取计划生育特别扶助金" if _has_aid(case) else "",
        ON_SUPPORT: "救助类别是特困人员（分散供养）" if person.get("relief_class") == AT_HOME_SUPPORT else "",
        POOR_AND_OLD: "低保或低保边缘，已满80周岁" if _poor_and_old(case, person) else "",
    }
    if away and not {EMPTY_NEST, LEFT_BEHIND} & set(chosen):
        found[LEFT_BEHIND if person.get("hukou_kind") == RURAL else EMPTY_NEST] = "子女都不在本县"
    return {code: why for code, why in found.items() if why}


def against(case: Entry) -> Grounds:
    """Returns why the facts speak against each class; what is not known speaks against nothing."""
    person = case.parent("person_id") or {}
    living, relief = case["living_arrangement"], person.get("relief_class")
    near = bool(case["children_local"])
    found = {
        ALONE: "居住状况不是独居" if living not in (None, LIVES_ALONE) else "",
        EMPTY_NEST: "与子女居住" if living == WITH_CHILDREN else "",
        LEFT_BEHIND: "本县内有子女" if near else "户口性质是城镇" if person.get("hukou_kind") == TOWN else "",
        FRAIL: "具备生活自理能力" if _able(case) else "",
        SEVERELY_DISABLED: "残疾等级不是一级或二级" if person.get("disability_grade") in LIGHT else "",
        ON_SUPPORT: "救助类别不是特困人员（分散供养）" if relief not in (None, AT_HOME_SUPPORT) else "",
        POOR_AND_OLD: _not_poor_and_old(case, person, relief),
    }
    return {code: why for code, why in found.items() if why}


def children_away(case: Entry) -> bool:
    """Whether all children are away: none of the living ones in the county, or every registered one gone."""
    if case["children_local"] is not None and case["children_alive"]:
        return bool(case["children_local"] == 0)
    if case["children_alive"] == 0 or not case["person_id"]:
        return False
    known = case.others("person_relation", person_id=case["person_id"])
    children = [one for one in known if one.get("relation") in CHILDREN]
    return bool(children) and all(one.get("is_away") for one in children)


def _frail(case: Entry) -> str:
    if case["ability_level"] in DEPENDENT_ABILITY:
        return f"能力等级是{case.register.show('ability_level', case['ability_level'])}"
    return "部分或完全丧失生活自理能力" if case["self_care_level"] in DEPENDENT_CARE else ""


def _able(case: Entry) -> bool:
    return bool(case["self_care_level"] == ABLE_CARE and case["ability_level"] in ABLE_ABILITY)


def _has_aid(case: Entry) -> bool:
    if not case["person_id"]:
        return False
    paid = case.others("person_benefit", person_id=case["person_id"], benefit_type=FAMILY_PLANNING_AID)
    return any(not one.get("end_month") for one in paid)


def _age(case: Entry, person: Values) -> int | None:
    born: Any = person.get("birth_date")
    return age_on(born, case.context.today) if born else None


def _poor_and_old(case: Entry, person: Values) -> bool:
    age = _age(case, person)
    return person.get("relief_class") in POOR and age is not None and age >= HIGH_AGE


def _not_poor_and_old(case: Entry, person: Values, relief: str | None) -> str:
    age = _age(case, person)
    if age is not None and age < HIGH_AGE:
        return f"只有{age}周岁，不满80周岁"
    return "救助类别不是低保等低收入人口" if relief == "0" else ""
