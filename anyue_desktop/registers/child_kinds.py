"""Which types of children in difficulty the facts speak for and against (民发〔2019〕62号; registers.md A.3)."""

from __future__ import annotations

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.register import Entry, Values
from anyue_desktop.registers.kinds import Grounds

LEFT_BEHIND, ORPHAN, NOBODY_RAISES, ON_SUPPORT = "01", "02", "03", "04"
ON_ALLOWANCE, POOR, SERIOUSLY_ILL, DISABLED, UNGUARDED, MALTREATED = "05", "06", "07", "08", "09", "10"
MOVED_WITH_PARENTS = "12"
NEEDS_EVIDENCE = {ORPHAN, NOBODY_RAISES, ON_SUPPORT}
LEFT_BEHIND_UNTIL = 16  # 国发〔2016〕13号
PARENTS_BACK, HARDSHIP_OVER = "03", "09"  # codelist child_exit_reason

AWAY, UNKNOWN = "01", "99"  # codelist parent_state
# 重残、重病、服刑、强制戒毒、限制人身自由、失联；被撤销监护资格、被遣送出境（民发〔2020〕125号）
CANNOT_RAISE = {"03", "04", "05", "06", "07", "08", "11", "12"}
DEAD_OR_MISSING = {"09", "10"}
NO_GUARDIAN = CANNOT_RAISE | {"15"}
NO_GUARDIANSHIP = "6"
GUARDED = {"1", "2", "3", "4"}  # codelist guardianship_type: by family
GOOD = "1"  # codelist guardianship_level
RURAL = "1"  # codelist hukou_kind
OF_RELIEF = {"1": ON_ALLOWANCE, "2": ON_SUPPORT, "3": ON_SUPPORT, "4": POOR, "5": POOR, "7": POOR}
RELIEF_OF = {ON_ALLOWANCE: ("1",), ON_SUPPORT: ("2", "3"), POOR: ("4", "5", "6", "7")}
ILL, CRIPPLED, HEALTHY = "22", "60", "10"  # codelist health_status
OTHER_PROVINCE, ONLY_LIVES_HERE = "3", "2"  # codelists hukou_class, residence_status
MALTREATMENT = {"01", "02", "03", "04", "05"}  # 国发〔2016〕36号: 虐待、遗弃、意外伤害、不法侵害；家庭暴力
WAYS_OUT = {
    LEFT_BEHIND: PARENTS_BACK,
    **dict.fromkeys((ON_ALLOWANCE, POOR, SERIOUSLY_ILL, DISABLED, UNGUARDED, MALTREATED), HARDSHIP_OVER),
    **dict.fromkeys((ORPHAN, NOBODY_RAISES, ON_SUPPORT), HARDSHIP_OVER),
}


OF_THE_LEFT_BEHIND = frozenset({"both_away_since", "expected_return", "entrust_reason", "has_entrusted"})


def unasked(case: Values) -> frozenset[str]:
    """What only children left behind are asked for, and documents only some kinds of children have (B.6)."""
    types = set(case.get("child_types") or ())
    papers = frozenset() if types & NEEDS_EVIDENCE else frozenset({"orphan_evidence"})
    return papers | (frozenset() if LEFT_BEHIND in types else OF_THE_LEFT_BEHIND)


def nobody_raises(father: str | None, mother: str | None) -> bool:
    """Whether both parents cannot raise the child, or one is gone and the other cannot (民发〔2019〕62号)."""
    states = {father, mother}
    return bool(states & CANNOT_RAISE) and states <= CANNOT_RAISE | DEAD_OR_MISSING


def left_at_home(father: str | None, mother: str | None) -> bool:
    """Whether both parents work away, or one does and the other cannot be a guardian (国发〔2016〕13号)."""
    states = {father, mother}
    return AWAY in states and states <= {AWAY} | NO_GUARDIAN | DEAD_OR_MISSING


def grounds(case: Entry) -> Grounds:
    """Returns why the facts speak for each type."""
    return suggested_types(case, case.parent("person_id") or {}, _age(case))


def suggested_types(case: Values, person: Values, age: int | None = None) -> dict[str, str]:
    """Returns the types that what is known of the child speaks for, each with the reason."""
    father, mother = case.get("father_state"), case.get("mother_state")
    relief, health = person.get("relief_class") or "", person.get("health_status")
    minor = age is not None and age < LEFT_BEHIND_UNTIL
    away = minor and person.get("hukou_kind") == RURAL and left_at_home(father, mother)
    holds = {
        LEFT_BEHIND: (away, "父母外出务工"),
        ORPHAN: ({father, mother} <= DEAD_OR_MISSING, "父母双方死亡或宣告失踪"),
        NOBODY_RAISES: (nobody_raises(father, mother), "父母双方都不能履行抚养责任"),
        SERIOUSLY_ILL: (health == ILL, "健康状况是重病"),
        DISABLED: (person.get("disability_grade") or health == CRIPPLED, "基本信息中登记了残疾"),
        UNGUARDED: (case.get("guardianship_type") == NO_GUARDIANSHIP, "监护类型是无人监护"),
        MALTREATED: (MALTREATMENT & set(case.get("improper_care") or ()), "登记了监护人侵害或看护失责"),
        MOVED_WITH_PARENTS: (minor and _came_from_elsewhere(person), "外省户口、随父母居住在本地"),
    }
    if relief in OF_RELIEF:
        holds[OF_RELIEF[relief]] = (True, "社会救助类别相符")
    covered = _covered(set(case.get("child_types") or ()))
    return {code: why for code, (true, why) in holds.items() if true and code not in covered}


def against(case: Entry) -> Grounds:
    """Returns why the facts speak against each type; what is not known speaks against nothing."""
    person, age = case.parent("person_id") or {}, _age(case)
    father, mother = case["father_state"], case["mother_state"]
    known = bool(father and mother) and UNKNOWN not in (father, mother)
    healthy, relief = person.get("health_status") == HEALTHY, person.get("relief_class")
    safe = case["guardianship_level"] == GOOD and not case["improper_care"]
    grown = age is not None and age >= LEFT_BEHIND_UNTIL
    fails = {
        LEFT_BEHIND: (known and not grown and not left_at_home(father, mother), "父母没有都外出，或在家的一方能够监护"),
        ORPHAN: (known and not {father, mother} <= DEAD_OR_MISSING, "父母有一方健在"),
        NOBODY_RAISES: (known and not nobody_raises(father, mother), "父母情况不符合事实无人抚养的条件"),
        SERIOUSLY_ILL: (healthy, "健康状况是健康"),
        DISABLED: (healthy and not person.get("disability_grade"), "健康状况是健康，没有残疾登记"),
        UNGUARDED: (safe and case["guardianship_type"] in GUARDED, "已有人监护，监护情况较好"),
        MALTREATED: (safe, "监护情况较好，没有监护不当情形"),
        **{code: (relief is not None and relief not in of, "社会救助类别不相符") for code, of in RELIEF_OF.items()},
    }
    return {code: why for code, (true, why) in fails.items() if true}


def _came_from_elsewhere(person: Values) -> bool:
    return person.get("hukou_class") == OTHER_PROVINCE and person.get("residence_status") == ONLY_LIVES_HERE


def _age(case: Entry) -> int | None:
    born = (case.parent("person_id") or {}).get("birth_date")
    return age_on(born, case.context.today) if born else None


def _covered(types: set[str]) -> set[str]:
    """Orphans and children nobody raises are supported as such: poverty is not a further type of theirs."""
    return {ON_ALLOWANCE, ON_SUPPORT, POOR} if types & {ORPHAN, NOBODY_RAISES, ON_SUPPORT, ON_ALLOWANCE} else set()
