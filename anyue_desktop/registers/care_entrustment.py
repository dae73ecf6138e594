"""委托照护: whom parents who leave entrust a child to (未成年人保护法 art 22, 23; registers.md B.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.resident_id import read_id
from anyue_desktop.core.types import Code, Codes, Date, Name, Phone, Ref, ResidentId, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.child_case import of_child
from anyue_desktop.registers.child_danger import ask_for_report

ADULT, OLD = 18, 70
NONE = "00"
LOW_RISK = "1"
LESS_THAN_WEEKLY = {"4", "5", "6"}
ILL = {"22", "30", "60"}
REMIND_BEFORE = timedelta(days=30)
DUTIES = (
    (
        "child_heard",
        "child_unheard",
        "没有听取儿童意见",
        "未成年人保护法第22条：委托照护应当听取有表达意愿能力未成年人的意见",
    ),
    ("told_village", "village_untold", "没有书面告知村（居）委会", "未成年人保护法第23条：应当书面告知"),
    ("told_school", "school_untold", "没有书面告知学校", "未成年人保护法第23条：应当书面告知；未入园入学的请写明"),
)
CARER, PAPERS = "受委托人", "委托手续"


def carer_is_fit(care: Entry) -> Iterator[Problem]:
    """A grown-up other than the child; somebody old is looked at twice."""
    number = care["carer_id_number"]
    if care["carer_relation"] == "01":
        yield care.error("self", "与儿童关系不能是“本人”", "carer_relation", "请选择实际关系")
    if not number:
        return
    try:
        born = read_id(number, care.context.today).birth_date
    except BadValue:
        born = None
    age = age_on(born, care["signed_on"] or care.context.today) if born else None
    if age is not None and age < ADULT:
        yield care.error("carer_too_young", f"受委托人只有{age}周岁", "carer_id_number", "受委托人应当是成年人")
    elif age is not None and age >= OLD:
        yield care.warning("carer_old", f"受委托人已{age}周岁", "carer_id_number", "请核实照护能力")


def carer_is_allowed(care: Entry) -> Iterator[Problem]:
    """Whoever cannot care, or is ruled out by law, holds no entrustment (art 22)."""
    if care["ended_on"]:
        return
    if care["carer_capable"] is False:
        hint = "请督促父母另行委托，或填写终止日期"
        yield care.error("carer_unable", "受委托人没有照护能力，不能委托", "carer_capable", hint)
    grounds = set(care["excluded_grounds"] or ()) - {NONE}
    if grounds:
        said = care.register.show("excluded_grounds", tuple(sorted(grounds)))
        hint = "请督促父母另行委托，并填写终止日期"
        yield care.error("carer_excluded", f"受委托人有“{said}”的情形，不得委托", "excluded_grounds", hint)
        yield from ask_for_report(care, care["child_case_id"], "受委托人有不得委托的情形", "excluded_grounds")


@only_hints
def duties_done(care: Entry) -> Iterator[Problem]:
    """The child is heard, village and school are told, parents call at least once a week (art 22, 23)."""
    if care["ended_on"]:
        return
    for key, code, message, hint in DUTIES:
        if care[key] is False:
            yield care.warning(code, message, key, hint)
    if care["contact_frequency"] in LESS_THAN_WEEKLY:
        hint = "未成年人保护法第23条：父母与未成年人、受委托人至少每周联系一次"
        yield care.warning("contact_rare", "父母与儿童联系少于每周一次", "contact_frequency", hint)
    if care["agreement_signed"] is False:
        yield care.warning("not_signed", "没有签订委托照护确认书", "agreement_signed", "请指导父母签订")


def terms_agree(care: Entry) -> Iterator[Problem]:
    """Signed, valid and ended in this order; a term that runs out is renewed."""
    signed, until, ended, today = care["signed_on"], care["valid_until"], care["ended_on"], care.context.today
    if care["agreement_signed"] and not signed:
        yield care.missing("signed_on")
    for key, label, day in (("valid_until", "委托期限", until), ("ended_on", "终止日期", ended)):
        if signed and day and day < signed:
            yield care.error(f"{key}_early", f"{label} {day} 早于签订日期 {signed}", key, "请核对两个日期")
    if not until or ended:
        return
    if until < today:
        yield care.warning("expired", f"委托期限 {until} 已过", "valid_until", "请续签，或填写终止日期")
    elif until - today <= REMIND_BEFORE:
        yield care.warning("runs_out", f"委托期限还有{(until - today).days}天到期", "valid_until", "请提醒父母续签")


def one_active(care: Entry) -> Iterator[Problem]:
    """One entrustment at a time."""
    if care["ended_on"]:
        return
    for other in care.others(child_case_id=care["child_case_id"], ended_on=None):
        name = other.get("carer_name") or ""
        message = f"该儿童已有未终止的委托照护（{name}）"
        yield care.error("second_entrustment", message, "child_case_id", "请先终止原来的委托")
        return


@only_hints
def agrees_with_case(care: Entry) -> Iterator[Problem]:
    """The child's file says that there is somebody; a carer who is ill makes the risk higher."""
    case = care.parent("child_case_id") or {}
    if care["ended_on"] or not case:
        return
    if case.get("has_entrusted") is False:
        yield care.warning(
            "case_says_none", "档案填的是没有委托照料人", "child_case_id", "请改正档案里的“有无委托照料人”"
        )
    if care["carer_health"] in ILL and case.get("risk_level") == LOW_RISK:
        yield care.warning("carer_ill", "受委托人患病或残疾，儿童的风险等级却是低", "carer_health", "请重新评估风险")


class CareEntrustment(Record):
    """One agreement by which somebody looks after a child."""

    __tablename__ = "care_entrustment"
    TITLE = "委托照护"
    ORDER = ("child_case.person.residence_division", "child_case.person.name_pinyin", "-signed_on")
    NATURAL_KEY = ("child_case_id", "carer_name")
    SPAN = ("signed_on", "ended_on")
    CAPTION = "child_case.person.name"
    RULES = (carer_is_fit, carer_is_allowed, duties_done, terms_agree, one_active, agrees_with_case)
    SHEET = (
        "child_case.person.name", "child_case.person.id_number", "child_case.person.residence_division", "carer_name",
        "carer_relation", "carer_phone", "agreement_signed", "signed_on", "valid_until", "contact_frequency",
        "ended_on", "report_state",
    )  # fmt: skip

    child_case_id: Mapped[str] = field("儿童", Ref("child_case"), need=Need.DRAFT, privacy=Privacy.SENSITIVE)
    carer_name: Mapped[str | None] = field(
        "受委托照料人姓名", Name(), need=Need.REPORT, listed=True, printed=True, section=CARER,
        headers=("受委托照料人", "受委托人姓名", "监护人姓名", "照料人"),
    )  # fmt: skip
    carer_id_number: Mapped[str | None] = of_child(
        "受委托人身份证号", ResidentId(), CARER, need=Need.REPORT, headers=("照料人身份证号",)
    )
    carer_relation: Mapped[str | None] = field(
        "与儿童关系", Code("family_relation"), need=Need.REPORT, listed=True, printed=True, section=CARER,
        headers=("监护关系", "与本人关系"), help="受委托人是儿童的什么人。",
    )  # fmt: skip
    carer_phone: Mapped[str | None] = field(
        "受委托人电话", Phone(), need=Need.REPORT, listed=True, printed=True, section=CARER,
        headers=("监护人电话", "照料人电话"),
    )  # fmt: skip
    carer_health: Mapped[str | None] = of_child("受委托人健康状况", Code("health_status"), CARER, need=Need.REPORT)
    carer_capable: Mapped[bool | None] = of_child("有照护能力", YesNo(), CARER, need=Need.REPORT)
    excluded_grounds: Mapped[tuple[str, ...] | None] = of_child(
        "不得委托情形", Codes("entrust_exclusion", exclusive=NONE), CARER, need=Need.REPORT,
        help="未成年人保护法第22条；没有的选“无”。",
    )  # fmt: skip
    child_heard: Mapped[bool | None] = field(
        "已听取儿童意见", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, section=PAPERS
    )
    agreement_signed: Mapped[bool | None] = field(
        "已签委托照护确认书", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section=PAPERS,
    )  # fmt: skip
    signed_on: Mapped[date | None] = field(
        "签订日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True,
        section=PAPERS,
    )  # fmt: skip
    valid_until: Mapped[date | None] = field("委托期限至", Date(), privacy=Privacy.PUBLIC, listed=True, section=PAPERS)
    told_village: Mapped[bool | None] = field(
        "已书面告知村（居）委会", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, section=PAPERS
    )
    told_school: Mapped[bool | None] = field(
        "已书面告知学校", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, section=PAPERS
    )
    contact_frequency: Mapped[str | None] = of_child(
        "父母与儿童联系频率", Code("contact_frequency"), PAPERS, need=Need.REPORT, printed=True
    )
    ended_on: Mapped[date | None] = field("终止日期", Date(), privacy=Privacy.PUBLIC, section=PAPERS)
