"""家庭: people who share a household book (registers.md B.2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Numbering, Values, only_hints
from anyue_desktop.core.types import Code, Codes, Division, Group, Integer, Number, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.person_rules import DEAD

HEAD = "02"  # codelist family_relation
MEMBERS = "household_member"
WEIGHT_OF_RELIEF = ("3", "2", "1", "4", "5", "6", "7", "0")  # codelist relief_class, the heaviest first


def number_prefix(household: Values) -> str:
    """The village's code and a hyphen; of a household without a village, the township's."""
    return f"{household.get('village_code') or household['township_code']}-"


def living_members(household: Entry) -> list[tuple[Values, Values]]:
    """Returns who belongs to the household now: each membership with its person."""
    if not household["id"]:
        return []
    open_ones = [one for one in household.others(MEMBERS, household_id=household["id"]) if not one.get("left_on")]
    persons = ((one, household.neighbours.parent("person", one["person_id"])) for one in open_ones)
    return [(one, person) for one, person in persons if person and person.get("life_status") not in DEAD]


def heads_home(household: Entry) -> dict[str, Any]:
    """The household lives where its head does."""
    head = household.parent("head_person_id") or {}
    return {key: head[source] for key, source in _HOME.items() if head.get(source)}


def heaviest_relief(household: Entry) -> dict[str, Any]:
    """The kind of the household is the heaviest relief class among its members."""
    persons = [person for _, person in living_members(household)] or [household.parent("head_person_id") or {}]
    classes = {person.get("relief_class") for person in persons}
    kind = next((code for code in WEIGHT_OF_RELIEF if code in classes), None)
    return {"household_kind": kind} if kind else {}


@only_hints
def counts_agree(household: Entry) -> Iterator[Problem]:
    """Nobody lives here who is not counted."""
    count, linked = household["member_count"], len(living_members(household))
    if count is None:
        return
    if count < linked:
        message = f"家庭人口数 {count} 少于已登记的在世成员 {linked} 人"
        yield household.warning("fewer_than_linked", message, "member_count", "请核对人口数，或登记成员离开")
    for key in ("resident_count", "migrant_count"):
        part = household[key]
        if part is not None and part > count:
            label = household.register.field(key).label
            yield household.warning(f"{key}_above", f"{label} {part} 多于家庭人口数 {count}", key, "请核对")


@only_hints
def head_is_a_member(household: Entry) -> Iterator[Problem]:
    """The head is the member registered as head."""
    heads = [one["person_id"] for one, _ in living_members(household) if one.get("relation_to_head") == HEAD]
    if household["head_person_id"] and heads and household["head_person_id"] not in heads:
        yield household.warning("other_head", "户主与家庭成员中登记的户主不是同一个人", "head_person_id", "请核对")


def one_household(household: Entry) -> Iterator[Problem]:
    """Nobody heads two households."""
    if household["head_person_id"]:
        for other in household.others(head_person_id=household["head_person_id"]):
            message = f"该户主已有家庭{other.get('household_no') or ''}"
            yield household.error("second_household", message, "head_person_id", "请打开原来的家庭，不要重复登记")
            return


_HOME = {"village_code": "residence_division", "group_name": "group_name"}


class Household(Record):
    """One household and its head."""

    __tablename__ = "household"
    TITLE = "家庭"
    ORDER = ("village_code", "household_no")
    NATURAL_KEY = ("head_person_id",)
    CAPTION = "household_no"
    NUMBERING = Numbering("household_no", number_prefix, 5)
    FILLINGS = (heads_home, heaviest_relief)
    RULES = (counts_agree, head_is_a_member, one_household)
    SHEET = (
        "household_no", "head_person.name", "head_person.id_number", "village_code", "group_name", "member_count",
        "resident_count", "migrant_count", "household_kind", "housing_safety",
    )  # fmt: skip

    household_no: Mapped[str | None] = field(
        "户编号", Text(20), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, index=True,
        headers=("户号", "户编码"),
    )  # fmt: skip
    head_person_id: Mapped[str | None] = field(
        "户主", Ref("person"), need=Need.REPORT, listed=True, printed=True, section="家庭", headers=("户主姓名",)
    )
    village_code: Mapped[str | None] = field(
        "村（社区）", Division("village"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="家庭", index=True, headers=("村", "村居", "村社区", "行政村", "所在村", "村名", "社区"),
    )  # fmt: skip
    group_name: Mapped[str | None] = field(
        "组（社）", Group(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="家庭",
        headers=("组", "组别", "村民组", "村民小组", "小组", "社"),
    )  # fmt: skip
    hukou_book_no: Mapped[str | None] = field("户口簿号", Text(20), section="家庭", exported=False)
    member_count: Mapped[int | None] = field(
        "家庭人口数", Integer(1, 30), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="人口与收入", headers=("家庭人口", "人口数", "人口"),
    )  # fmt: skip
    resident_count: Mapped[int | None] = field(
        "常住人口数", Integer(0, 30), privacy=Privacy.PUBLIC, section="人口与收入", headers=("常住人口",)
    )
    migrant_count: Mapped[int | None] = field(
        "外出务工人数", Integer(0, 30), privacy=Privacy.PUBLIC, section="人口与收入", headers=("务工人数",)
    )
    household_kind: Mapped[str | None] = field(
        "户类型", Code("relief_class"), privacy=Privacy.SENSITIVE, listed=True, printed=True, section="人口与收入",
        help="家庭成员中救助类别最重的一类；按成员自动填写，可以改。",
    )  # fmt: skip
    annual_income: Mapped[Decimal | None] = field(
        "家庭人均年收入（元）", Number(12, 2, 0, 500_000), privacy=Privacy.SENSITIVE, section="人口与收入",
        headers=("人均年收入", "家庭人均年收入"),
    )  # fmt: skip
    income_sources: Mapped[tuple[str, ...] | None] = field(
        "家庭经济来源", Codes("income_source"), section="人口与收入", headers=("经济来源", "收入来源")
    )
    housing_safety: Mapped[str | None] = field("住房安全", Code("housing_safety"), section="人口与收入")
