"""人员基础信息: everyone a case is opened for (registers.md B.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core import names, resident_id
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry
from anyue_desktop.core.types import Code, Codes, Date, Division, Group, Name, Phone, ResidentId, Text, YesNo
from anyue_desktop.registers.base import Record, field

NO_DOCUMENT = "000"
RESIDENT_CARD = "111"
FORCED = "2"
DEAD = ("2", "3")
RELIEF_AT_HOME, RELIEF_IN_CARE = "2", "3"


def facts_of_number(person: Entry) -> dict[str, Any]:
    """What the ID number says: birth date, sex and how it was verified (GB 11643-1999)."""
    number = person["id_number"]
    if not number or person["id_type"] not in (None, RESIDENT_CARD):
        return {}
    try:
        known = resident_id.read_id(number, person.context.today, forced=True)
    except BadValue:
        return {}
    facts: dict[str, Any] = {"birth_precision": "1"}
    if known.birth_date:
        facts["birth_date"] = known.birth_date
    if known.sex:
        facts["sex"] = known.sex
    if person["id_verified"] not in (FORCED, "3"):
        facts["id_verified"] = "1"
    return facts


def spelling(person: Entry) -> dict[str, Any]:
    """The pinyin a name is found by, in all readings of its surname."""
    name = person["name"]
    return {"name_pinyin": names.pinyin(name), "name_initials": names.initials(name)} if name else {}


def same_address(person: Entry) -> dict[str, Any]:
    """Copies the residence where the officer says it is the registered address too."""
    if not person["same_address"]:
        return {}
    return {"hukou_division": person["residence_division"], "hukou_address": person["residence_address"]}


def disability(person: Entry) -> dict[str, Any]:
    """Reads type and grade from the disability certificate: ID number, type, grade."""
    number = person["disability_cert_no"] or ""
    if len(number) < 20 or number[18] not in "1234567" or number[19] not in "1234":
        return {}
    return {"disability_type": number[18], "disability_grade": number[19]}


def number_or_reason(person: Entry) -> Iterator[Problem]:
    """An ID number, or the reason why there is none."""
    if person["id_type"] == NO_DOCUMENT:
        if not person["id_missing_reason"]:
            yield person.missing("id_missing_reason")
    elif not person["id_number"]:
        yield person.missing("id_number")
    if person["id_verified"] == FORCED and not person["id_force_note"]:
        yield person.error(
            "force_note", "强制保存的身份证号必须写明核实情况", "id_force_note", "例如：经派出所核实为历史错号"
        )


def number_is_right(person: Entry) -> Iterator[Problem]:
    """The check character is right unless somebody vouched for it (强制保存); other documents have their form."""
    number, kind = person["id_number"], person["id_type"]
    if not number:
        return
    try:
        if kind in (None, RESIDENT_CARD):
            resident_id.read_id(number, person.context.today, forced=person["id_verified"] == FORCED)
        elif kind != NO_DOCUMENT:
            resident_id.read_document(number, kind, person.context.today)
    except BadValue as error:
        hint = "" if kind != RESIDENT_CARD else "确属历史错号的请强制保存并写明情况"
        yield person.error("number_wrong", str(error), "id_number", hint)


def number_agrees(person: Entry) -> Iterator[Problem]:
    """Sex and birth date are those of the ID number."""
    if person["id_verified"] == FORCED:
        return
    facts = facts_of_number(person)
    if facts.get("sex") and person["sex"] and facts["sex"] != person["sex"]:
        said, shown = person.register.show("sex", facts["sex"]), person.register.show("sex", person["sex"])
        yield person.error(
            "sex_disagrees", f"性别与身份证不一致：填的是{shown}，身份证是{said}", "sex", "请核对是否填成了配偶的号码"
        )
    if facts.get("birth_date") and person["birth_date"] and facts["birth_date"] != person["birth_date"]:
        message = f"出生日期与身份证不一致：填的是 {person['birth_date']}，身份证是 {facts['birth_date']}"
        yield person.error("birth_disagrees", message, "birth_date", "农历生日请按身份证上的公历填写")


def unique(person: Entry) -> Iterator[Problem]:
    """One living person, one ID number; without a number, one name in a village."""
    if person["id_number"]:
        for other in person.others(id_number=person["id_number"]):
            if other.get("life_status") in DEAD or other.get("township_code") != person["township_code"]:
                continue
            place = person.register.show("residence_division", other.get("residence_division"))
            message = f"身份证号与已登记的“{other['name']}”（{place}）重复"
            if person["id_verified"] == FORCED:
                yield person.warning("duplicate_number", message, "id_number")
            else:
                yield person.error(
                    "duplicate_number", message, "id_number", "同一个人请打开原来的档案；确属重号请强制保存"
                )
            return
    elif person["birth_date"] and person["residence_division"]:
        same = person.others(
            name=person["name"], birth_date=person["birth_date"], residence_division=person["residence_division"]
        )
        if same:
            yield person.warning("duplicate_name", f"本村已有同名同生日的“{person['name']}”，可能是同一个人", "name")


def plausible_age(person: Entry) -> Iterator[Problem]:
    """Nobody is older than 120 or born before 1900 without a second look."""
    born = person["birth_date"]
    if born and not person["death_date"] and (born < date(1900, 1, 1) or age_on(born, person.context.today) > 120):
        yield person.warning("age_unusual", f"年龄异常：出生日期是 {born}", "birth_date", "请核对出生日期")


def death(person: Entry) -> Iterator[Problem]:
    """A death has a date, after birth."""
    if person["life_status"] in DEAD and not person["death_date"]:
        yield person.missing("death_date")
    if person["death_date"] and person["life_status"] not in DEAD:
        yield person.error("alive_with_death", "填了死亡日期，但生存状态不是死亡", "life_status", "请改正其中一项")
    if person["death_date"] and person["birth_date"] and person["death_date"] < person["birth_date"]:
        yield person.error(
            "death_before_birth", f"死亡日期 {person['death_date']} 早于出生日期", "death_date", "请核对"
        )


def health_and_disability(person: Entry) -> Iterator[Problem]:
    """A serious illness is named; a certificate belongs to its holder."""
    if person["health_status"] == "22" and not person["serious_illness"]:
        yield person.missing("serious_illness")
    certificate = person["disability_cert_no"]
    if not certificate:
        return
    if len(certificate) not in (20, 22) or (certificate[18:19] or "0") not in "1234567":
        message = f"残疾人证号应为20位（换领的22位），现为{len(certificate)}位"
        yield person.error("certificate_form", message, "disability_cert_no", "身份证号后面是1位类别和1位等级")
    elif person["id_number"] and certificate[:18] != person["id_number"]:
        yield person.warning("certificate_owner", "残疾人证号的前18位与身份证号不一致", "disability_cert_no")


def relief_will(person: Entry) -> Iterator[Problem]:
    """People on 特困 support are asked every year whether they wish to live in a home (indicator I01)."""
    if person["relief_class"] in (RELIEF_AT_HOME, RELIEF_IN_CARE):
        if not person["central_willing"]:
            yield person.missing("central_willing")
        elif not person["central_asked_on"]:
            yield person.missing("central_asked_on")


def contacts(person: Entry) -> Iterator[Problem]:
    """The emergency contact answers another telephone."""
    if person["phone"] and person["phone"] == person["emergency_phone"]:
        yield person.warning("same_phone", "紧急联系人电话与本人电话相同", "emergency_phone", "请核对")
    if person["phone"] and person["phone_none"]:
        yield person.error("phone_none", "填了电话，又选了“无电话”", "phone_none", "请改正其中一项")


class Person(Record):
    """A person of the township: an elder, later a child."""

    __tablename__ = "person"
    TITLE = "人员基础信息"
    ORDER = ("residence_division", "name_pinyin")
    NATURAL_KEY = ("id_number",)
    CAPTION = "name"
    FILLINGS = (facts_of_number, spelling, same_address, disability)
    RULES = (
        number_or_reason,
        number_is_right,
        number_agrees,
        unique,
        plausible_age,
        death,
        health_and_disability,
        relief_will,
        contacts,
    )
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
