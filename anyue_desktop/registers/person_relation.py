"""关系人: family, guardians, carers and contacts of a person (registers.md B.2)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Codes, Name, Phone, Ref, ResidentId, Text, YesNo
from anyue_desktop.registers.base import Record, field


def somebody_else(relation: Entry) -> Iterator[Problem]:
    """A relative is not the person."""
    person = relation.parent("person_id") or {}
    number = relation["relative_id_number"]
    if number and number == person.get("id_number"):
        message = "关系人的身份证号与本人相同"
        yield relation.error("same_number", message, "relative_id_number", "请填写关系人自己的号码")
    if relation["relation"] == "01":
        yield relation.error("self", "与本人关系不能是“本人”", "relation", "请选择实际关系")


@only_hints
def guardian_can_be_reached(relation: Entry) -> Iterator[Problem]:
    """Whoever supports, guards or is to be called has a telephone."""
    if set(relation["role"] or ()) & {"1", "2", "3", "5"} and not relation["phone"]:
        yield relation.missing("phone")


class PersonRelation(Record):
    """One person beside another: what they are to each other and how to reach them."""

    __tablename__ = "person_relation"
    TITLE = "关系人"
    ORDER = ("person.residence_division", "person.name_pinyin")
    NATURAL_KEY = ("person_id", "relative_name")
    CAPTION = "relative_name"
    RULES = (somebody_else, guardian_can_be_reached)
    SHEET = ("person.name", "person.id_number", "relative_name", "relation", "role", "phone", "work_place", "is_away")

    person_id: Mapped[str] = field("本人", Ref("person"), need=Need.DRAFT)
    relative_name: Mapped[str | None] = field(
        "关系人姓名", Name(), need=Need.REPORT, listed=True, printed=True, section="关系人", headers=("亲属姓名",)
    )
    relative_id_number: Mapped[str | None] = field(
        "关系人身份证号", ResidentId(), privacy=Privacy.SENSITIVE, section="关系人"
    )
    relation: Mapped[str | None] = field(
        "与本人关系",
        Code("family_relation"),
        need=Need.REPORT,
        listed=True,
        printed=True,
        section="关系人",
        headers=("关系",),
    )
    role: Mapped[tuple[str, ...] | None] = field(
        "角色", Codes("relation_role"), need=Need.REPORT, listed=True, printed=True, section="关系人"
    )
    phone: Mapped[str | None] = field("关系人电话", Phone(), listed=True, printed=True, section="关系人")
    work_place: Mapped[str | None] = field(
        "务工/居住地点", Text(100), printed=True, section="关系人", headers=("务工地点", "居住地点")
    )
    is_away: Mapped[bool | None] = field("是否外出", YesNo(), section="关系人")
    contact_frequency: Mapped[str | None] = field("与本人联系频率", Code("contact_frequency"), section="关系人")
    health_status: Mapped[str | None] = field(
        "关系人健康状况", Code("health_status"), privacy=Privacy.SENSITIVE, section="关系人"
    )
