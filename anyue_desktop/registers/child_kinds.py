"""Which types of children in difficulty the parents' state and the basic facts suggest (民发〔2019〕62号; A.3)."""

from __future__ import annotations

from anyue_desktop.core.register import Values

LEFT_BEHIND, ORPHAN, NOBODY_RAISES, ON_SUPPORT = "01", "02", "03", "04"
ON_ALLOWANCE, POOR, SERIOUSLY_ILL, DISABLED, UNGUARDED, MALTREATED = "05", "06", "07", "08", "09", "10"
NEEDS_EVIDENCE = {ORPHAN, NOBODY_RAISES, ON_SUPPORT}

# 重残、重病、服刑、强制戒毒、限制人身自由、失联；被撤销监护资格、被遣送出境（民发〔2020〕125号）
CANNOT_RAISE = {"03", "04", "05", "06", "07", "08", "11", "12"}
DEAD_OR_MISSING = {"09", "10"}
NO_GUARDIAN = CANNOT_RAISE | {"15"}
NO_GUARDIANSHIP = "6"
OF_RELIEF = {"1": ON_ALLOWANCE, "2": ON_SUPPORT, "3": ON_SUPPORT, "4": POOR, "5": POOR, "7": POOR}
OF_HEALTH = {"22": SERIOUSLY_ILL, "60": DISABLED}
MALTREATMENT = {"01", "02", "04", "05"}  # 虐待、遗弃、不法侵害、家庭暴力


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


def suggested_types(case: Values, person: Values) -> set[str]:
    """Returns the types of children in difficulty that what is known of the child suggests."""
    father, mother = case.get("father_state"), case.get("mother_state")
    found = {OF_RELIEF.get(person.get("relief_class") or ""), OF_HEALTH.get(person.get("health_status") or "")}
    if father and mother and {father, mother} <= DEAD_OR_MISSING:
        found.add(ORPHAN)
    elif nobody_raises(father, mother):
        found.add(NOBODY_RAISES)
    if person.get("disability_grade"):
        found.add(DISABLED)
    if case.get("guardianship_type") == NO_GUARDIANSHIP:
        found.add(UNGUARDED)
    if MALTREATMENT & set(case.get("improper_care") or ()):
        found.add(MALTREATED)
    return {code for code in found if code} - _covered(set(case.get("child_types") or ()))


def _covered(types: set[str]) -> set[str]:
    """Orphans and children nobody raises are supported as such: poverty is not a further type of theirs."""
    return {ON_ALLOWANCE, ON_SUPPORT, POOR} if types & {ORPHAN, NOBODY_RAISES, ON_SUPPORT, ON_ALLOWANCE} else set()
