"""Danger to a child: who is left alone or maltreated is at high risk, and somebody must report it.

未成年人保护法 art 11, 21, 22; 国发〔2016〕13号; registers.md A.3, B.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.registers.child_kinds import LEFT_BEHIND, LEFT_BEHIND_UNTIL, MALTREATMENT

NEVER_ALONE_UNTIL = 8  # 未成年人保护法 art 21
HIGH_RISK = "3"
POOR_GUARDIANSHIP, GOOD_GUARDIANSHIP = "3", "1"
NOBODY_GUARDS = "6"
NO_ENTRUSTED_CARER = "3"
LEFT_ALONE_SMALL, LIVES_ALONE = "07", "08"  # of improper_care
DUTY_REFUSED = "06"  # of improper_care: 国发〔2016〕13号 不履行监护责任


def age_of(case: Entry, day: date | None = None) -> int | None:
    """Returns the child's age on a day, today unless said otherwise; None while the birth date is not known."""
    born = (case.parent("person_id") or {}).get("birth_date")
    return age_on(born, day or case.context.today) if born else None


def interval_of(case: Entry, level: str) -> int | None:
    """Returns the longest interval of visits at a risk level, in days."""
    days = codes.attribute(case.context, "risk_level", level, "child_days")
    return int(days) if days else None


@only_hints
def cared_for(case: Entry) -> Iterator[Problem]:
    """Whoever is left behind is in somebody's care (未成年人保护法 art 22)."""
    if case["has_entrusted"] is False and LEFT_BEHIND in (case["child_types"] or ()):
        yield from high_risk(case, "no_carer", "没有委托照料人", "has_entrusted")
        yield from ask_for_report(case, case["id"], "没有委托照料人", "has_entrusted")
    if case["has_entrusted"] and case["actual_carer_kind"] == NO_ENTRUSTED_CARER:
        message = "填了有委托照料人，实际监护情况却是“无委托照料人”"
        yield case.warning("carer_disagrees", message, "actual_carer_kind", "请核对")


@only_hints
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
        if improper & (MALTREATMENT | {DUTY_REFUSED}):
            said = case.register.show("improper_care", tuple(sorted(improper & (MALTREATMENT | {DUTY_REFUSED}))))
            yield from ask_for_report(case, case["id"], f"登记了“{said}”", "improper_care")


def _left_alone(case: Entry, improper: set[str], age: int | None) -> Iterator[Problem]:
    nobody = case["guardianship_type"] == NOBODY_GUARDS and (age is None or age < LEFT_BEHIND_UNTIL)
    key = "guardianship_type" if nobody else "improper_care"
    if not nobody and not improper & {LEFT_ALONE_SMALL, LIVES_ALONE}:
        return
    said = "未满八周岁无人看护" if age is not None and age < NEVER_ALONE_UNTIL else "未满十六周岁脱离监护"
    yield from high_risk(case, "alone", said, key)
    yield from ask_for_report(case, case["id"], said, key)


def ask_for_report(
    entry: Entry, case_id: str | None, said: str, key: str, since: date | None = None
) -> Iterator[Problem]:
    """Asks for a mandatory report (未成年人保护法 art 11) until one is registered for the child.

    What a visit found asks for a report of its own time: an old one says nothing of a new danger.
    """
    known = entry.others("child_report", child_case_id=case_id) if case_id else []
    if not [one for one in known if since is None or one["found_at"][:10] >= since.isoformat()]:
        hint = "请立即报告，并由未保专岗登记“强制报告”"
        yield entry.warning("report_wanted", f"{said}，属于应当强制报告的情形", key, hint)


def high_risk(case: Entry, code: str, said: str, key: str) -> Iterator[Problem]:
    """Proposes the highest risk level and its interval of visits."""
    if case["risk_level"] not in (None, HIGH_RISK):
        proposal = {"risk_level": HIGH_RISK, "visit_interval_days": interval_of(case, HIGH_RISK)}
        yield case.warning(f"{code}_risk", f"{said}，风险等级应为高", key, "请核对风险等级", suggestion=proposal)
