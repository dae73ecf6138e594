"""What follows from a person's entry, and what can be wrong with it (registers.md B.1, D)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anyue_desktop.core import names, resident_id
from anyue_desktop.core.dates import age_on, birthday
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, only_hints, only_missing

NO_DOCUMENT = "000"
RESIDENT_CARD = "111"
FORCED = "2"
DEAD = ("2", "3")
RELIEF_AT_HOME, RELIEF_IN_CARE = "2", "3"
GRAVELY_ILL, DISABLED = "22", "60"  # codelist health_status
SINGLE, UNKNOWN_STATUS, LEAST_MARRIED = "10", "90", 20  # codelist marital_status; 民法典 art 1047: 20 and 22
NEVER_REGISTERED, NO_HUKOU = "1", "4"  # codelists id_missing_reason, hukou_class

OUT_OF_PLACE = {  # fields that only some answers to another field ask for, by that field
    "id_type": ((NO_DOCUMENT,), ("id_missing_reason",)),
    "health_status": ((GRAVELY_ILL,), ("serious_illness",)),
    "relief_class": ((RELIEF_AT_HOME, RELIEF_IN_CARE), ("central_willing", "central_asked_on")),
    "life_status": (DEAD, ("death_date", "disposal_kind")),
}


def unasked(person: Values) -> frozenset[str]:
    """What nobody is asked whose other answers leave no room for it (registers.md B.1)."""
    return frozenset(
        key for field, (answers, keys) in OUT_OF_PLACE.items() if person.get(field) not in answers for key in keys
    )


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
        meant = resident_id.unswapped(number, person.context.today) if kind in (None, RESIDENT_CARD) else []
        proposal = {"id_number": meant[0]} if len(meant) == 1 else {}
        yield person.error("number_wrong", str(error), "id_number", hint, suggestion=proposal)


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


@only_hints
def plausible_age(person: Entry) -> Iterator[Problem]:
    """Nobody is older than 120 or born before 1900 without a second look."""
    born = person["birth_date"]
    if born and not person["death_date"] and (born < date(1900, 1, 1) or age_on(born, person.context.today) > 120):
        yield person.warning("age_unusual", f"年龄异常：出生日期是 {born}", "birth_date", "请核对出生日期")


def death(person: Entry) -> Iterator[Problem]:
    """A death has a date, after birth."""
    if person["life_status"] in DEAD and not person["death_date"]:
        yield person.missing("death_date")
    if person["disposal_kind"] and person["life_status"] not in DEAD:
        yield person.error(
            "alive_with_disposal", "填了遗体处理方式，但生存状态不是死亡", "life_status", "请改正其中一项"
        )
    if person["death_date"] and person["life_status"] not in DEAD:
        yield person.error("alive_with_death", "填了死亡日期，但生存状态不是死亡", "life_status", "请改正其中一项")
    if person["death_date"] and person["birth_date"] and person["death_date"] < person["birth_date"]:
        yield person.error(
            "death_before_birth", f"死亡日期 {person['death_date']} 早于出生日期", "death_date", "请核对"
        )


@only_hints
@only_missing
def health_and_disability(person: Entry) -> Iterator[Problem]:
    """A serious illness is named; a disability has its type and grade."""
    if person["health_status"] == GRAVELY_ILL and not person["serious_illness"]:
        yield person.missing("serious_illness")
    if person["health_status"] == DISABLED:
        for key in ("disability_type", "disability_grade"):
            if not person[key]:
                yield person.missing(key)


def certificate_is_the_holders(person: Entry) -> Iterator[Problem]:
    """A certificate of disability has its form, belongs to its holder and says type and grade."""
    certificate = person["disability_cert_no"]
    if not certificate:
        return
    for key, said in disability(person).items():
        if person[key] and person[key] != said:
            label, shown = person.register.field(key).label, person.register.show(key, said)
            message = f"“{label}”与残疾人证号不一致，证号是“{shown}”"
            yield person.warning(f"{key}_disagrees", message, key, "请核对残疾人证", suggestion={key: said})
    if len(certificate) not in (20, 22) or (certificate[18:19] or "0") not in "1234567":
        message = f"残疾人证号应为20位（换领的22位），现为{len(certificate)}位"
        yield person.error("certificate_form", message, "disability_cert_no", "身份证号后面是1位类别和1位等级")
    elif person["id_number"] and certificate[:18] != person["id_number"]:
        yield person.warning("certificate_owner", "残疾人证号的前18位与身份证号不一致", "disability_cert_no")


@only_hints
def relief_will(person: Entry) -> Iterator[Problem]:
    """People on 特困 support are asked every year whether they wish to live in a home (indicator I01)."""
    if person["relief_class"] in (RELIEF_AT_HOME, RELIEF_IN_CARE):
        if not person["central_willing"]:
            yield person.missing("central_willing")
        elif not person["central_asked_on"]:
            yield person.missing("central_asked_on")
        elif birthday(person["central_asked_on"], 1) < person.context.today and person["life_status"] not in DEAD:
            message = f"集中供养意愿是 {person['central_asked_on']} 征询的，已满一年"
            yield person.warning("asked_long_ago", message, "central_asked_on", "集中供养意愿每年征询一次")


@only_hints
def marriage(person: Entry) -> Iterator[Problem]:
    """Nobody under 20 is married without a second look."""
    born, status = person["birth_date"], person["marital_status"]
    if born and status not in (None, SINGLE, UNKNOWN_STATUS) and age_on(born, person.context.today) < LEAST_MARRIED:
        shown = person.register.show("marital_status", status)
        yield person.warning("married_young", f"不满20周岁，婚姻状况却是“{shown}”", "marital_status", "请核对")


@only_hints
def without_household(person: Entry) -> Iterator[Problem]:
    """Whose birth was never registered has no household registration."""
    if person["id_missing_reason"] == NEVER_REGISTERED and person["hukou_class"] not in (None, NO_HUKOU):
        message = "无证原因是未落户，户口分类却不是“无户口”"
        proposal = {"hukou_class": NO_HUKOU}
        yield person.warning("hukou_disagrees", message, "hukou_class", "请核对并协助落户", suggestion=proposal)


def contacts(person: Entry) -> Iterator[Problem]:
    """The emergency contact answers another telephone."""
    if person["phone"] and person["phone"] == person["emergency_phone"]:
        yield person.warning("same_phone", "紧急联系人电话与本人电话相同", "emergency_phone", "请核对")
    if person["phone"] and person["phone_none"]:
        yield person.error("phone_none", "填了电话，又选了“无电话”", "phone_none", "请改正其中一项")


FILLINGS: tuple[Filling, ...] = (facts_of_number, spelling, same_address, disability)
RULES: tuple[Rule, ...] = (
    number_or_reason,
    number_is_right,
    number_agrees,
    unique,
    plausible_age,
    death,
    health_and_disability,
    certificate_is_the_holders,
    relief_will,
    contacts,
    marriage,
    without_household,
)
