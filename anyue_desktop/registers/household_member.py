"""家庭成员: who belongs to a household, since when and until when (registers.md B.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core import codes
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Date, Ref
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.household import HEAD


def one_open_membership(member: Entry) -> Iterator[Problem]:
    """Nobody belongs to two households at once."""
    if member["left_on"]:
        return
    if any(not other.get("left_on") for other in member.others(person_id=member["person_id"])):
        yield member.error(
            "second_membership", "该人员已在一个家庭中，还没有离开", "person_id", "请先在原来的家庭填写离开日期"
        )


def one_head(member: Entry) -> Iterator[Problem]:
    """A household has exactly one head, the one it names."""
    if member["left_on"]:
        return
    head = (member.parent("household_id") or {}).get("head_person_id")
    if member["relation_to_head"] == HEAD:
        same = member.others(household_id=member["household_id"], relation_to_head=HEAD)
        if any(not other.get("left_on") for other in same):
            yield member.error("second_head", "这个家庭已有户主", "relation_to_head", "一户只有一个户主，请核对")
        elif head and head != member["person_id"]:
            yield member.warning("other_head", "家庭登记的户主是另一个人", "relation_to_head", "请核对户主")
    elif member["relation_to_head"] and head == member["person_id"]:
        yield member.error("head_as_relative", "本人就是这个家庭的户主", "relation_to_head", "与户主关系请选“户主”")


@only_hints
def sex_fits(member: Entry) -> Iterator[Problem]:
    """A wife is a woman (GB/T 4761)."""
    expected = codes.code_list("family_relation").attribute(member["relation_to_head"] or "", "sex")
    sex = (member.parent("person_id") or {}).get("sex")
    if expected and sex in ("1", "2") and sex != expected:
        shown = codes.code_list("sex").show(sex)
        relation = member.register.show("relation_to_head", member["relation_to_head"])
        message = f"与户主关系是“{relation}”，性别却是{shown}"
        yield member.warning("relation_sex", message, "relation_to_head", "请核对关系和性别")


def days_in_order(member: Entry) -> Iterator[Problem]:
    """Nobody leaves before joining."""
    if member["joined_on"] and member["left_on"] and member["left_on"] < member["joined_on"]:
        message = f"离开日期 {member['left_on']} 早于加入日期 {member['joined_on']}"
        yield member.error("left_before_joining", message, "left_on", "请核对两个日期")


class HouseholdMember(Record):
    """One person's time in one household."""

    __tablename__ = "household_member"
    TITLE = "家庭成员"
    ORDER = ("household.village_code", "household.household_no", "relation_to_head")
    NATURAL_KEY = ("household_id", "person_id")
    SPAN = ("joined_on", "left_on")
    CAPTION = "person.name"
    RULES = (one_open_membership, one_head, sex_fits, days_in_order)
    SHEET = (
        "household.household_no", "household.head_person.name", "household.head_person.id_number", "person.name",
        "person.sex", "person.birth_date", "person.id_number", "relation_to_head", "joined_on", "left_on",
    )  # fmt: skip

    household_id: Mapped[str] = field("家庭", Ref("household"), need=Need.DRAFT, privacy=Privacy.PUBLIC)
    person_id: Mapped[str] = field("人员", Ref("person"), need=Need.DRAFT)
    relation_to_head: Mapped[str | None] = field(
        "与户主关系", Code("family_relation"), need=Need.REPORT, listed=True, printed=True, section="成员",
        headers=("与户主的关系", "家庭关系"),
    )  # fmt: skip
    joined_on: Mapped[date | None] = field(
        "加入日期", Date(not_after_today=True), privacy=Privacy.PUBLIC, section="成员"
    )
    left_on: Mapped[date | None] = field("离开日期", Date(not_after_today=True), privacy=Privacy.PUBLIC, section="成员")
