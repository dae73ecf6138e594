"""居家养老服务对象: who is served at home, by whom and with what (registers.md B.9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Numbering, Values, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Integer, Number, Ref, Text, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.leaving import day_of_death, death_is_known
from anyue_desktop.registers.person_rules import DEAD

LEAST_AGE, HIGH_AGE = 60, 80
OF_HIGH_AGE = "05"  # codelist homecare_class
SUBSIDISED = ("1", "2")  # codelist homecare_pay
IN_A_HOME = "4"  # codelist residence_status
BY_DEATH, TO_A_HOME = "1", "2"  # codelist homecare_end_reason
PROVIDERS = ("E", "S")  # classes of facility_type that may serve people at home


def number_prefix(enrolment: Values) -> str:
    """`AY` + township (3 digits) + `H` + the year the service began."""
    began = enrolment.get("start_date") or date.fromisoformat(str(enrolment["created_at"])[:10])
    return f"AY{str(enrolment['township_code'])[6:9]}H{began.year}"


def known_ability(enrolment: Entry) -> dict[str, Any]:
    """The ability level of the newest assessment."""
    person = enrolment["person_id"]
    found = enrolment.others("ability_assessment", person_id=person) if person else []
    dated = [one for one in found if one.get("assessed_on") and one.get("ability_level")]
    newest = max(dated, key=lambda one: one["assessed_on"], default=None)
    return {"ability_level": newest["ability_level"]} if newest else {}


def may_be_served(enrolment: Entry) -> Iterator[Problem]:
    """Home care is for people of 60 and more who live at home."""
    person = enrolment.parent("person_id") or {}
    day = enrolment["start_date"] or enrolment.context.today
    born = person.get("birth_date")
    if born:
        age = age_on(born, day)
        if age < LEAST_AGE:
            message = f"服务开始时只有{age}周岁，不满{LEAST_AGE}周岁"
            yield enrolment.error("too_young", message, "start_date", "请核对出生日期和服务开始日期")
        elif age < HIGH_AGE and enrolment["object_class"] == OF_HIGH_AGE:
            message = f"选了80周岁以上高龄老年人，服务开始时只有{age}周岁"
            yield enrolment.warning("not_of_high_age", message, "object_class", "请核对服务对象类别")
    if not enrolment["end_date"] and person.get("residence_status") == IN_A_HOME:
        proposal = {"end_date": _no_earlier(enrolment, enrolment.context.today), "end_reason": TO_A_HOME}
        message = "本人在机构居住，不能享受居家养老服务"
        yield enrolment.error("lives_in_home", message, "end_date", "请填写服务终止日期", suggestion=proposal)
    if not enrolment["end_date"] and person.get("life_status") in DEAD:
        proposal = {"end_date": day_of_death(enrolment, "start_date"), "end_reason": BY_DEATH}
        hint = "请填写服务终止日期和原因"
        yield enrolment.error("dead_but_open", "本人已死亡，服务还没有终止", "end_date", hint, suggestion=proposal)
    yield from death_is_known(enrolment, "end_reason", BY_DEATH, "end_date")


def _no_earlier(enrolment: Entry, day: date) -> date:
    return max(day, enrolment["start_date"] or day)


def one_open_enrolment(enrolment: Entry) -> Iterator[Problem]:
    """One person is enrolled once at a time."""
    if enrolment["end_date"]:
        return
    for other in enrolment.others(person_id=enrolment["person_id"]):
        if not other.get("end_date"):
            message = f"该老年人已有未终止的服务{other.get('enrol_no') or ''}"
            yield enrolment.error("second_enrolment", message, "person_id", "请打开原来的登记，不要重复登记")
            return


@only_hints
def subsidy(enrolment: Entry) -> Iterator[Problem]:
    """Who is paid for has a standard; who pays alone has none."""
    standard = enrolment["subsidy_standard"]
    if enrolment["pay_kind"] in SUBSIDISED and standard is None:
        yield enrolment.missing("subsidy_standard")
    if enrolment["pay_kind"] and enrolment["pay_kind"] not in SUBSIDISED and standard:
        shown = enrolment.register.show("pay_kind", enrolment["pay_kind"])
        yield enrolment.warning("subsidy_not_due", f"付费方式是“{shown}”，却填了补贴标准", "subsidy_standard", "请核对")


@only_hints
def provider(enrolment: Entry) -> Iterator[Problem]:
    """Services come from an elder-care facility or a community one."""
    kind = str((enrolment.parent("provider_facility_id") or {}).get("facility_type") or "")
    if kind and not kind.startswith(PROVIDERS):
        yield enrolment.warning(
            "odd_provider", "服务机构不是养老服务设施或社区设施", "provider_facility_id", "请核对服务机构"
        )


def modification(enrolment: Entry) -> Iterator[Problem]:
    """A modified home has the day it was modified on."""
    if enrolment["home_modified"] and not enrolment["modified_on"]:
        yield enrolment.missing("modified_on")
    if not enrolment["home_modified"] and (enrolment["modified_on"] or enrolment["modified_cost"]):
        message = "填了改造日期或补助，没有选“已做适老化改造”"
        yield enrolment.error("not_modified", message, "home_modified", "请改正其中一项")


def ending(enrolment: Entry) -> Iterator[Problem]:
    """A service that ended has a date and a reason, after it began."""
    began, ended, reason = enrolment["start_date"], enrolment["end_date"], enrolment["end_reason"]
    if ended and not reason:
        yield enrolment.error("end_reason", "填了服务终止日期，没有填终止原因", "end_reason", "请选择终止原因")
    if reason and not ended:
        yield enrolment.error("end_date", "填了终止原因，没有填服务终止日期", "end_date", "请填写服务终止日期")
    if began and ended and ended < began:
        message = f"服务终止日期 {ended} 早于开始日期 {began}"
        yield enrolment.error("end_before_start", message, "end_date", "请核对两个日期")


class HomecareEnrolment(Record):
    """One person's home care, from its beginning to its end."""

    __tablename__ = "homecare_enrolment"
    TITLE = "居家养老服务对象"
    ORDER = ("person.residence_division", "person.name_pinyin")
    NATURAL_KEY = ("person_id",)
    SPAN = ("start_date", "end_date")
    CAPTION = "person.name"
    EMBEDS = "person_id"
    NUMBERING = Numbering("enrol_no", number_prefix, 4)
    FILLINGS = (known_ability,)
    RULES = (may_be_served, one_open_enrolment, subsidy, provider, modification, ending)
    SHEET = (
        "person.name", "person.sex", "person.birth_date", "person.id_number", "person.residence_division",
        "object_class", "ability_level", "provider_facility.name", "plan_services", "pay_kind", "subsidy_standard",
        "start_date", "end_date", "end_reason", "enrol_no", "report_state",
    )  # fmt: skip

    person_id: Mapped[str] = field("老年人", Ref("person"), need=Need.DRAFT, listed=True, printed=True)
    enrol_no: Mapped[str | None] = field(
        "服务编号", Text(24), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, printed=True, index=True
    )
    object_class: Mapped[str | None] = field(
        "服务对象类别", Code("homecare_class"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True,
        printed=True, section="服务", headers=("对象类别", "老人类别", "人员类别"),
    )  # fmt: skip
    pay_kind: Mapped[str | None] = field(
        "付费方式", Code("homecare_pay"), need=Need.REPORT, listed=True, printed=True, section="服务"
    )
    subsidy_standard: Mapped[Decimal | None] = field(
        "补贴标准（元/月）", Number(8, 2, 0, 20_000), need=Need.CONDITIONAL, listed=True, printed=True,
        section="服务", headers=("补贴标准", "标准"),
    )  # fmt: skip
    provider_facility_id: Mapped[str | None] = field(
        "服务机构（站点）", Ref("facility"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="服务", headers=("服务机构", "服务站点", "服务单位"),
    )  # fmt: skip
    contract_no: Mapped[str | None] = field("服务协议编号", Text(40), privacy=Privacy.PUBLIC, section="服务")
    plan_services: Mapped[tuple[str, ...] | None] = field(
        "服务项目", Codes("service_type"), need=Need.REPORT, listed=True, printed=True, section="服务",
        headers=("服务内容",),
    )  # fmt: skip
    plan_times_month: Mapped[int | None] = field(
        "计划月服务次数", Integer(1, 62), privacy=Privacy.PUBLIC, section="服务", headers=("月服务次数",)
    )
    ability_level: Mapped[str | None] = field(
        "能力等级", Code("ability_level"), privacy=Privacy.SENSITIVE, listed=True, printed=True, section="服务",
        help="GB/T 42195-2022。按最近一次能力评估自动填写。",
    )  # fmt: skip
    has_family_bed: Mapped[bool | None] = field(
        "家庭养老床位", YesNo(), listed=True, printed=True, section="家庭床位与改造"
    )
    home_modified: Mapped[bool | None] = field(
        "已做适老化改造", YesNo(), listed=True, printed=True, section="家庭床位与改造"
    )
    modified_on: Mapped[date | None] = field(
        "改造日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC,
        section="家庭床位与改造",
    )  # fmt: skip
    modified_cost: Mapped[Decimal | None] = field(
        "改造补助（元）", Number(10, 2, 0, 100_000), privacy=Privacy.PUBLIC, section="家庭床位与改造"
    )
    start_date: Mapped[date | None] = field(
        "服务开始日期", Date(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="起止", headers=("起始日期", "开始日期", "开始时间"),
    )  # fmt: skip
    end_date: Mapped[date | None] = field(
        "服务终止日期", Date(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, section="起止",
        headers=("终止日期", "结束日期"),
    )  # fmt: skip
    end_reason: Mapped[str | None] = field(
        "终止原因", Code("homecare_end_reason"), need=Need.CONDITIONAL, listed=True, printed=True, section="起止"
    )
