"""人员基础信息: everyone a case is opened for (registers.md B.1)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.types import Code, Codes, Date, Division, Group, Name, Phone, ResidentId, Text, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.person_rules import FILLINGS, RESIDENT_CARD, RULES, unasked


class Person(Record):
    """A person of the township: an elder, later a child."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_without_number", "name", "birth_date", sqlite_where=text("id_number IS NULL")),
    )  # fmt: skip
    TITLE = "人员基础信息"
    ORDER = ("residence_division", "name_pinyin")
    NATURAL_KEY = ("id_number",)
    CAPTION = "name"
    FILLINGS = FILLINGS
    RULES = RULES
    UNASKED = staticmethod(unasked)
    SHEET = (
        "name", "sex", "birth_date", "id_number", "residence_division", "group_name", "phone", "relief_class",
        "health_status", "life_status",
    )  # fmt: skip

    name: Mapped[str] = field(
        "姓名", Name(), need=Need.DRAFT, listed=True, printed=True, section="基本信息", index=True,
        headers=("名字", "老人姓名", "儿童姓名", "对象姓名", "服务对象"),
    )  # fmt: skip
    id_type: Mapped[str] = field(
        "证件类型", Code("id_type"), need=Need.DRAFT, section="基本信息", default=RESIDENT_CARD
    )
    id_number: Mapped[str | None] = field(
        "身份证号", ResidentId(may_be_forced=True), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True,
        printed=True, section="基本信息", index=True,
        headers=("身份证号码", "身份证", "证件号码", "公民身份号码", "居民身份证号", "身份证件号", "身份证件号码"),
        help="GB 11643-1999。输入后自动填出生日期和性别；15位旧号自动升为18位。",
    )  # fmt: skip
    id_missing_reason: Mapped[str | None] = field(
        "无证原因", Code("id_missing_reason"), need=Need.CONDITIONAL, section="基本信息"
    )
    id_verified: Mapped[str | None] = field(
        "号码核验", Code("id_verify"), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True
    )
    id_force_note: Mapped[str | None] = field("强制保存说明", Text(100), need=Need.CONDITIONAL, section="基本信息")
    sex: Mapped[str | None] = field(
        "性别", Code("sex"), need=Need.REPORT, listed=True, printed=True, section="基本信息", headers=("男女",)
    )
    birth_date: Mapped[date | None] = field(
        "出生日期", Date(not_after_today=True), need=Need.REPORT, listed=True, printed=True, section="基本信息",
        headers=("出生年月", "出生年月日", "生日", "出生时间"),
    )  # fmt: skip
    birth_precision: Mapped[str | None] = field(
        "出生日期精度", Code("date_precision"), need=Need.AUTO, privacy=Privacy.PUBLIC
    )
    ethnicity: Mapped[str | None] = field(
        "民族", Code("ethnicity"), need=Need.REPORT, listed=True, printed=True, section="基本信息", default="01"
    )
    education: Mapped[str | None] = field("文化程度", Code("education"), section="基本信息", headers=("学历",))
    marital_status: Mapped[str | None] = field(
        "婚姻状况", Code("marital_status"), section="基本信息", headers=("婚否",)
    )
    residence_division: Mapped[str | None] = field(
        "村（社区）", Division("village"), need=Need.REPORT, listed=True, printed=True, section="住址与联系",
        index=True,
        headers=("村", "村居", "村社区", "行政村", "所在村", "村名", "社区", "现住村", "村（居）", "村别"),
        help="现住的村或社区。可输入村名、拼音首字母或合并前的老村名。",
    )  # fmt: skip
    group_name: Mapped[str | None] = field(
        "组（社）", Group(), need=Need.REPORT, listed=True, printed=True, section="住址与联系",
        headers=("组", "组别", "村民组", "村民小组", "小组", "社", "几组"),
    )  # fmt: skip
    residence_address: Mapped[str | None] = field(
        "现住详细地址", Text(100), need=Need.REPORT, printed=True, section="住址与联系",
        headers=("家庭住址", "住址", "地址", "现住址", "现居住地址", "居住地址", "家庭地址", "详细地址"),
    )  # fmt: skip
    residence_status: Mapped[str | None] = field(
        "人户状态", Code("residence_status"), need=Need.REPORT, listed=True, section="住址与联系"
    )
    same_address: Mapped[bool | None] = field("户籍同现住址", YesNo(), privacy=Privacy.PUBLIC, section="住址与联系")
    hukou_kind: Mapped[str | None] = field(
        "户口性质", Code("hukou_kind"), need=Need.REPORT, printed=True, section="住址与联系", headers=("户籍性质",)
    )
    hukou_class: Mapped[str | None] = field("户口分类", Code("hukou_class"), section="住址与联系")
    hukou_division: Mapped[str | None] = field(
        "户籍地村（社区）", Division("village"), need=Need.REPORT, section="住址与联系"
    )
    hukou_address: Mapped[str | None] = field(
        "户籍地址", Text(100), need=Need.REPORT, section="住址与联系", headers=("户籍所在地", "户口所在地")
    )
    phone: Mapped[str | None] = field(
        "联系电话", Phone(), listed=True, printed=True, section="住址与联系",
        headers=("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "本人电话", "本人联系电话"),
    )  # fmt: skip
    phone_none: Mapped[bool | None] = field(
        "无电话", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="住址与联系"
    )
    phone2: Mapped[str | None] = field("备用电话", Phone(), section="住址与联系")
    emergency_name: Mapped[str | None] = field(
        "紧急联系人", Name(), need=Need.CONDITIONAL, listed=True, printed=True, section="住址与联系",
        headers=("子女姓名", "家属", "家属姓名", "紧急联系人姓名"),
    )  # fmt: skip
    emergency_relation: Mapped[str | None] = field(
        "紧急联系人与本人关系", Code("family_relation"), need=Need.CONDITIONAL, printed=True, section="住址与联系",
        headers=("与老人关系", "与本人关系"),
    )  # fmt: skip
    emergency_phone: Mapped[str | None] = field(
        "紧急联系电话", Phone(), need=Need.CONDITIONAL, listed=True, printed=True, section="住址与联系",
        headers=("紧急联系人电话", "家属电话", "子女电话", "亲属电话"),
    )  # fmt: skip
    health_status: Mapped[str | None] = field(
        "健康状况", Code("health_status"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="健康与救助", headers=("身体状况", "健康"),
    )  # fmt: skip
    chronic_diseases: Mapped[tuple[str, ...] | None] = field(
        "慢性病", Codes("chronic_disease"), privacy=Privacy.SENSITIVE, section="健康与救助"
    )
    serious_illness: Mapped[str | None] = field(
        "重病名称", Text(50), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="健康与救助"
    )
    disability_cert_no: Mapped[str | None] = field(
        "残疾人证号", Text(22), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="健康与救助",
        headers=("残疾证号",), help="20位：身份证号＋类别＋等级，自动填残疾类别和等级。",
    )  # fmt: skip
    disability_type: Mapped[str | None] = field(
        "残疾类别", Code("disability_type"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, printed=True,
        section="健康与救助", headers=("残疾类型", "残疾情况"),
    )  # fmt: skip
    disability_grade: Mapped[str | None] = field(
        "残疾等级", Code("disability_grade"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, printed=True,
        section="健康与救助",
    )  # fmt: skip
    relief_class: Mapped[str | None] = field(
        "社会救助类别", Code("relief_class"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="健康与救助", headers=("是否低保/特困", "重点标识", "救助情况", "是否低保", "享受政策", "低保特困"),
    )  # fmt: skip
    central_willing: Mapped[str | None] = field(
        "集中供养意愿", Code("willingness"), need=Need.CONDITIONAL, listed=True, printed=True, section="健康与救助"
    )
    central_asked_on: Mapped[date | None] = field(
        "意愿征询日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="健康与救助"
    )
    is_party_member: Mapped[bool | None] = field(
        "是否党员", YesNo(), privacy=Privacy.SENSITIVE, section="基本信息", headers=("党员",)
    )
    life_status: Mapped[str | None] = field(
        "生存状态", Code("life_status"), need=Need.REPORT, listed=True, section="健康与救助", default="1"
    )
    death_date: Mapped[date | None] = field(
        "死亡日期", Date(not_after_today=True), need=Need.CONDITIONAL, section="健康与救助"
    )
    disposal_kind: Mapped[str | None] = field("遗体处理方式", Code("disposal_kind"), section="健康与救助")
    name_pinyin: Mapped[str | None] = field("姓名全拼", Text(200), need=Need.AUTO)
    name_initials: Mapped[str | None] = field("姓名首字母", Text(80), need=Need.AUTO, index=True)
    remark: Mapped[str | None] = field(
        "备注", Text(200, multiline=True), printed=True, section="健康与救助", headers=("说明",)
    )
