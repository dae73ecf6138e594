"""特殊困难老年人档案: who must be visited (民发〔2022〕73号; registers.md A.2, B.4)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.register import Numbering
from anyue_desktop.core.types import Code, Codes, Date, Integer, Name, Phone, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.elder_case_rules import FILLINGS, NOBODY_CARES, RULES, number_prefix


class ElderCase(Record):
    """One person's place on the township's list of elders in special difficulty."""

    __tablename__ = "elder_case"
    __table_args__ = (Index("ix_elder_case_open", "deleted_at", "exit_date", "enrol_date"),)
    TITLE = "特殊困难老年人档案"
    ORDER = ("person.residence_division", "person.name_pinyin")
    NATURAL_KEY = ("person_id",)
    SPAN = ("enrol_date", "exit_date")
    CAPTION = "person.name"
    EMBEDS = "person_id"
    NUMBERING = Numbering("case_no", number_prefix, 4)
    FILLINGS = FILLINGS
    RULES = RULES
    SHEET = (
        "person.name", "person.sex", "person.birth_date", "person.id_number", "person.residence_division",
        "person.group_name", "categories", "living_arrangement", "self_care_level", "risk_level", "person.phone",
        "person.emergency_name", "person.emergency_phone", "responsible_name", "responsible_phone", "enrol_date",
        "last_visit_date", "next_due_date", "exit_date", "exit_reason", "case_no", "report_state",
    )  # fmt: skip

    person_id: Mapped[str] = field("老年人", Ref("person"), need=Need.DRAFT, listed=True, printed=True)
    case_no: Mapped[str | None] = field(
        "档案编号", Text(24), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, printed=True, index=True
    )
    categories: Mapped[tuple[str, ...] | None] = field(
        "困难类别", Codes("elderly_category"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="类别与居住", headers=("身份类别", "人员类别", "老人类别", "类型", "对象类别", "类别", "困难类型"),
        help="民发〔2022〕73号。可多选；统计探访率时每人只算一次。",
    )  # fmt: skip
    main_category: Mapped[str | None] = field(
        "主要类别", Code("elderly_category"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="类别与居住",
    )  # fmt: skip
    living_arrangement: Mapped[str | None] = field(
        "居住状况", Code("living_arrangement"), need=Need.REPORT, listed=True, printed=True, section="类别与居住",
        headers=("居住情况", "居住方式", "陪伴居住情况"),
    )  # fmt: skip
    children_alive: Mapped[int | None] = field("健在子女数", Integer(0, 20), section="类别与居住", headers=("子女数",))
    children_local: Mapped[int | None] = field("本县内子女数", Integer(0, 20), section="类别与居住")
    supporter_name: Mapped[str | None] = field(
        "赡养（扶养）人", Name(), printed=True, section="照料", headers=("赡养人", "扶养人")
    )
    supporter_phone: Mapped[str | None] = field("赡养人电话", Phone(), printed=True, section="照料")
    carers: Mapped[tuple[str, ...] | None] = field(
        "日常照料人", Codes("daily_carer", exclusive=NOBODY_CARES), need=Need.REPORT, section="照料"
    )
    ability_level: Mapped[str | None] = field(
        "能力等级", Code("ability_level"), privacy=Privacy.SENSITIVE, listed=True, printed=True, section="照料",
        help="GB/T 42195-2022。有能力评估时填最近一次的等级。",
    )  # fmt: skip
    self_care_level: Mapped[str | None] = field(
        "自理能力", Code("self_care_level"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="照料", headers=("自理情况", "失能情况", "生活自理能力", "自理程度"),
        help="《特困人员认定办法》六项：全部能自主完成为具备，1至3项不能为部分丧失，4项以上为完全丧失。",
    )  # fmt: skip
    risk_level: Mapped[str | None] = field(
        "风险等级", Code("risk_level"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="探访安排", headers=("关爱级别",),
    )  # fmt: skip
    visit_interval_days: Mapped[int | None] = field(
        "探访间隔（天）", Integer(1, 31), need=Need.REPORT, privacy=Privacy.PUBLIC, section="探访安排", default=31
    )
    responsible_name: Mapped[str | None] = field(
        "探访责任人", Name(), need=Need.REPORT, listed=True, printed=True, section="探访安排",
        headers=("帮扶责任人", "联系人", "包户干部", "网格员", "责任人", "探访人"),
    )  # fmt: skip
    responsible_type: Mapped[str | None] = field(
        "责任人身份", Code("visitor_type"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="探访安排"
    )
    responsible_phone: Mapped[str | None] = field(
        "责任人电话", Phone(), need=Need.REPORT, listed=True, printed=True, section="探访安排",
        headers=("探访责任人电话", "帮扶责任人电话", "网格员电话"),
    )  # fmt: skip
    smart_device: Mapped[tuple[str, ...] | None] = field(
        "智能设备", Codes("smart_device", exclusive="0"), section="探访安排"
    )
    needs_standing: Mapped[tuple[str, ...] | None] = field(
        "长期服务需求", Codes("care_need", exclusive="00"), section="照料"
    )
    key_risk_note: Mapped[str | None] = field(
        "重点风险说明", Text(200, multiline=True), privacy=Privacy.SENSITIVE, section="探访安排"
    )
    consent_kind: Mapped[str | None] = field(
        "告知/同意方式", Code("consent_kind"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="纳入与退出",
        help="个人信息保护法第35条：履行法定职责应当告知。",
    )  # fmt: skip
    enrol_date: Mapped[date | None] = field(
        "纳入日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="纳入与退出", headers=("纳入时间", "建档日期", "登记日期"),
    )  # fmt: skip
    enrol_source: Mapped[str | None] = field(
        "纳入来源", Code("enrol_source"), need=Need.REPORT, privacy=Privacy.PUBLIC, section="纳入与退出"
    )
    exit_date: Mapped[date | None] = field(
        "退出日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        section="纳入与退出",
    )  # fmt: skip
    exit_reason: Mapped[str | None] = field(
        "退出原因", Code("elder_exit_reason"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True,
        printed=True, section="纳入与退出",
    )  # fmt: skip
    exit_note: Mapped[str | None] = field(
        "退出说明", Text(200, multiline=True), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="纳入与退出"
    )
