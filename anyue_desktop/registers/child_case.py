"""留守儿童、困境儿童档案: which children the township looks after (国发〔2016〕13号, 36号; registers.md A.3, B.6).

Everything about a child is sensitive; the results of recognition are never posted (民发〔2019〕62号).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.core.register import Numbering
from anyue_desktop.core.types import Code, Codes, Date, Integer, Month, Name, Phone, Ref, ResidentId, Text, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.child_case_rules import FILLINGS, RULES, number_prefix
from anyue_desktop.registers.child_kinds import unasked

LONGEST_INTERVAL = 180
KIND, CARE, SCHOOL, WATCH, TERM = "类别", "监护与照料", "就学", "走访安排", "纳入与退出"


def of_child(label: str, type: FieldType[Any], section: str, **options: Any) -> Any:
    """Declares a field that says something of a child or the family: sensitive without exception."""
    return field(label, type, privacy=Privacy.SENSITIVE, section=section, **options)


class ChildCase(Record):
    """One child's place on the township's list of children left behind or in difficulty."""

    __tablename__ = "child_case"
    __table_args__ = (Index("ix_child_case_open", "deleted_at", "exit_date", "enrol_date"),)
    TITLE = "留守（困境）儿童档案"
    ORDER = ("person.residence_division", "person.name_pinyin")
    NATURAL_KEY = ("person_id",)
    SPAN = ("enrol_date", "exit_date")
    CAPTION = "person.name"
    EMBEDS = "person_id"
    NUMBERING = Numbering("case_no", number_prefix, 4)
    FILLINGS = FILLINGS
    RULES = RULES
    UNASKED = staticmethod(unasked)
    SHEET = (
        "person.name", "person.sex", "person.birth_date", "person.id_number", "person.residence_division",
        "person.group_name", "child_types", "actual_carer_kind", "guardianship_level", "risk_level", "school_stage",
        "school_name", "dropout", "has_entrusted", "assistance_got", "director_name", "director_phone", "enrol_date",
        "last_visit_date", "next_due_date", "exit_date", "exit_reason", "case_no", "report_state",
    )  # fmt: skip

    person_id: Mapped[str] = field(
        "儿童", Ref("person"), need=Need.DRAFT, privacy=Privacy.SENSITIVE, listed=True, printed=True
    )
    case_no: Mapped[str | None] = field(
        "儿童编号", Text(24), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, printed=True, index=True
    )
    child_types: Mapped[tuple[str, ...] | None] = of_child(
        "儿童类别", Codes("child_type"), KIND, need=Need.REPORT, listed=True, printed=True,
        headers=("留守困境类别", "人员类别", "对象类别", "类别"),
        help="可多选。认定困境儿童、事实无人抚养儿童不设公示环节，名单不得张贴（民发〔2019〕62号）。",
    )  # fmt: skip
    main_type: Mapped[str | None] = of_child(
        "主要类别", Code("child_type"), KIND, need=Need.REPORT, listed=True, printed=True
    )
    orphan_evidence: Mapped[str | None] = of_child(
        "认定文书",
        Text(100),
        KIND,
        need=Need.CONDITIONAL,
        help="孤儿、事实无人抚养儿童、特困供养儿童填写文书名称和文号。",
    )
    assistance_got: Mapped[tuple[str, ...] | None] = of_child(
        "救助措施", Codes("child_assistance", exclusive="00"), KIND, need=Need.REPORT, listed=True, printed=True
    )
    support_advice: Mapped[tuple[str, ...] | None] = of_child(
        "帮扶建议", Codes("support_advice"), KIND, need=Need.REPORT
    )
    special_conditions: Mapped[tuple[str, ...] | None] = of_child("其他特殊情况", Codes("child_special"), KIND)

    father_name: Mapped[str | None] = of_child("父亲姓名", Name(), "父亲", need=Need.CONDITIONAL, printed=True)
    father_id: Mapped[str | None] = of_child("父亲身份证号", ResidentId(), "父亲")
    father_phone: Mapped[str | None] = of_child("父亲电话", Phone(), "父亲", printed=True)
    father_state: Mapped[str | None] = of_child(
        "父亲情况", Code("parent_state"), "父亲", need=Need.REPORT, printed=True
    )
    father_work_place: Mapped[str | None] = of_child(
        "父亲务工地点", Text(100), "父亲", need=Need.CONDITIONAL, printed=True, headers=("父亲务工地址",)
    )
    info_father: Mapped[str | None] = field(
        "父亲信息是否完整", Code("info_completeness"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="父亲"
    )
    mother_name: Mapped[str | None] = of_child("母亲姓名", Name(), "母亲", need=Need.CONDITIONAL, printed=True)
    mother_id: Mapped[str | None] = of_child("母亲身份证号", ResidentId(), "母亲")
    mother_phone: Mapped[str | None] = of_child("母亲电话", Phone(), "母亲", printed=True)
    mother_state: Mapped[str | None] = of_child(
        "母亲情况", Code("parent_state"), "母亲", need=Need.REPORT, printed=True
    )
    mother_work_place: Mapped[str | None] = of_child(
        "母亲务工地点", Text(100), "母亲", need=Need.CONDITIONAL, printed=True, headers=("母亲务工地址",)
    )
    info_mother: Mapped[str | None] = field(
        "母亲信息是否完整", Code("info_completeness"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="母亲"
    )

    single_parent: Mapped[bool | None] = of_child("是否单亲", YesNo(), CARE, need=Need.REPORT)
    single_parent_reason: Mapped[str | None] = of_child(
        "单亲原因", Code("single_parent_reason"), CARE, need=Need.CONDITIONAL
    )
    both_away_since: Mapped[str | None] = of_child("父母外出起始年月", Month(), CARE, need=Need.CONDITIONAL)
    expected_return: Mapped[str | None] = of_child("预计返乡时间", Month(), CARE)
    entrust_reason: Mapped[str | None] = of_child(
        "委托照料原因", Code("entrust_reason"), CARE, need=Need.CONDITIONAL, listed=True, printed=True,
        headers=("留守类型",),
    )  # fmt: skip
    has_entrusted: Mapped[bool | None] = of_child(
        "有无委托照料人", YesNo(), CARE, need=Need.CONDITIONAL, listed=True, printed=True
    )
    actual_carer_kind: Mapped[str | None] = of_child(
        "实际监护情况", Code("actual_carer"), CARE, need=Need.REPORT, listed=True, printed=True
    )
    guardianship_level: Mapped[str | None] = of_child(
        "监护情况", Code("guardianship_level"), CARE, need=Need.REPORT, listed=True, printed=True
    )
    guardianship_type: Mapped[str | None] = of_child("监护类型", Code("guardianship_type"), CARE)
    improper_care: Mapped[tuple[str, ...] | None] = of_child(
        "监护不当情形", Codes("improper_care"), CARE, need=Need.CONDITIONAL
    )

    school_stage: Mapped[str | None] = of_child(
        "学业状况（学段）", Code("school_stage"), SCHOOL, need=Need.REPORT, listed=True, printed=True,
        headers=("学业状况", "学段"),
    )  # fmt: skip
    school_name: Mapped[str | None] = of_child(
        "就读学校", Text(60), SCHOOL, need=Need.CONDITIONAL, listed=True, printed=True, headers=("学校",)
    )
    grade_class: Mapped[str | None] = of_child("年级班级", Text(20), SCHOOL, printed=True, headers=("年级", "班级"))
    is_boarding: Mapped[bool | None] = of_child(
        "是否寄宿", YesNo(), SCHOOL, need=Need.CONDITIONAL, listed=True, printed=True
    )
    dropout: Mapped[bool | None] = of_child("是否失学辍学", YesNo(), SCHOOL, need=Need.REPORT, listed=True)
    head_teacher: Mapped[str | None] = of_child("班主任及电话", Text(50), SCHOOL)

    director_name: Mapped[str | None] = field(
        "村（社区）儿童主任", Name(), need=Need.REPORT, listed=True, printed=True, section=WATCH, headers=("儿童主任",)
    )
    director_phone: Mapped[str | None] = field(
        "儿童主任电话", Phone(), need=Need.REPORT, listed=True, printed=True, section=WATCH
    )
    helper_name: Mapped[str | None] = field("帮扶（结对）责任人", Name(), printed=True, section=WATCH)
    risk_level: Mapped[str | None] = of_child(
        "风险等级", Code("risk_level"), WATCH, need=Need.REPORT, listed=True, printed=True, headers=("关爱级别",),
        help="随最近一次风险评估。高、中、低分别至少每30、90、180天走访一次。",
    )  # fmt: skip
    visit_interval_days: Mapped[int | None] = field(
        "走访间隔（天）", Integer(1, LONGEST_INTERVAL), need=Need.REPORT, privacy=Privacy.PUBLIC, section=WATCH
    )

    consent_kind: Mapped[str | None] = field(
        "告知/监护人同意", Code("consent_kind"), need=Need.REPORT, privacy=Privacy.PUBLIC, section=TERM,
        help="个人信息保护法第31条：处理不满14周岁未成年人信息应当告知监护人。",
    )  # fmt: skip
    enrol_date: Mapped[date | None] = field(
        "纳入日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section=TERM, headers=("纳入时间", "建档日期", "登记日期", "上报日期"),
    )  # fmt: skip
    enrol_source: Mapped[str | None] = field(
        "纳入来源", Code("enrol_source"), need=Need.REPORT, privacy=Privacy.PUBLIC, section=TERM
    )
    exit_date: Mapped[date | None] = field(
        "退出日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        section=TERM, headers=("减员日期",),
    )  # fmt: skip
    exit_reason: Mapped[str | None] = of_child(
        "退出原因", Code("child_exit_reason"), TERM, need=Need.CONDITIONAL, listed=True, printed=True,
        headers=("减员原因",),
    )  # fmt: skip
    exit_note: Mapped[str | None] = of_child("退出说明", Text(200, multiline=True), TERM, need=Need.CONDITIONAL)
