"""享受待遇: allowances and benefits a person receives, month by month (registers.md B.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import month_of
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Values, only_hints
from anyue_desktop.core.types import Code, Date, Month, Name, Number, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.person_rules import DEAD

FOR_EVER = "9999-12"
STOPPED_BY_DEATH = "1"  # codelist subsidy_stop_reason
EXCLUDES = {  # 民发〔2019〕62号; 特困人员认定办法 art 9; 国发〔2015〕52号
    "11": ("05", "07"),
    "10": ("07",),
    "07": ("05", "06", "10", "11"),
    "05": ("07", "11"),
    "06": ("07",),
}


def _overlap(one: Values, other: Values) -> bool:
    start = max(str(one["start_month"]), str(other["start_month"]))
    return start <= min(one.get("end_month") or FOR_EVER, other.get("end_month") or FOR_EVER)


def months_in_order(benefit: Entry) -> Iterator[Problem]:
    """The last month does not come before the first; an end has a reason."""
    start, end = benefit["start_month"], benefit["end_month"]
    if start and end and end < start:
        yield benefit.error("end_before_start", f"末领年月 {end} 早于起领年月 {start}", "end_month", "请核对")
    if end and not benefit["stop_reason"]:
        yield benefit.missing("stop_reason")


@only_hints
def ends_with_life(benefit: Entry) -> Iterator[Problem]:
    """Nobody is paid after the month of death (registers.md B.1: 死亡 closes what is open)."""
    person = benefit.parent("person_id") or {}
    if person.get("life_status") not in DEAD:
        return
    last = max(month_of(person.get("death_date") or benefit.context.today), benefit["start_month"] or "")
    if not benefit["end_month"] or benefit["end_month"] > last:
        proposal = {"end_month": last, "stop_reason": STOPPED_BY_DEATH}
        hint = "请填写末领年月，停发原因选“死亡”"
        yield benefit.warning("paid_after_death", "本人已死亡，待遇还没有停发", "end_month", hint, suggestion=proposal)


def no_overlap(benefit: Entry) -> Iterator[Problem]:
    """The same benefit is not paid twice; some exclude each other."""
    if not benefit["start_month"] or not benefit["benefit_type"]:
        return
    kind = benefit["benefit_type"]
    for other in benefit.others(person_id=benefit["person_id"]):
        if not other.get("start_month") or not _overlap(benefit, other):
            continue
        name = benefit.register.show("benefit_type", other.get("benefit_type"))
        if other.get("benefit_type") == kind:
            message = f"“{name}”与已登记的一段时间重叠（{other['start_month']} 起）"
            yield benefit.error("same_benefit", message, "start_month", "请先填好前一段的末领年月")
        elif other.get("benefit_type") in EXCLUDES.get(kind, ()):
            yield benefit.warning("excluded_benefit", f"与“{name}”一般不能同时享受", "benefit_type", "请核对政策")


def account_number(benefit: Entry) -> Iterator[Problem]:
    """An account number is digits; the Luhn check only warns (ISO/IEC 7812)."""
    number = benefit["bank_account"]
    if not number:
        return
    if not number.isdigit():
        message = f"银行账号“{number}”含有数字以外的字符"
        yield benefit.error("account_digits", message, "bank_account", "请只填数字")
    elif len(number) >= 16 and not _luhn(number):
        yield benefit.warning("account_check", "银行账号的校验位不对", "bank_account", "请对照存折或社保卡核对")


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


class PersonBenefit(Record):
    """One benefit over a stretch of months."""

    __tablename__ = "person_benefit"
    TITLE = "享受待遇"
    ORDER = ("person.residence_division", "person.name_pinyin", "-start_month")
    NATURAL_KEY = ("person_id", "benefit_type", "start_month")
    CAPTION = "person.name"
    RULES = (months_in_order, ends_with_life, no_overlap, account_number)
    SHEET = ("person.name", "person.id_number", "benefit_type", "amount_month", "start_month", "end_month")

    person_id: Mapped[str] = field("人员", Ref("person"), need=Need.DRAFT)
    benefit_type: Mapped[str | None] = field(
        "待遇/补贴类型", Code("subsidy_type"), need=Need.REPORT, privacy=Privacy.SENSITIVE, listed=True, printed=True,
        section="待遇", headers=("补贴类型", "待遇类型"),
    )  # fmt: skip
    amount_month: Mapped[Decimal | None] = field(
        "月标准（元）", Number(10, 2, 0, 20000), privacy=Privacy.SENSITIVE, listed=True, printed=True, section="待遇",
        headers=("标准", "金额", "月标准"),
    )  # fmt: skip
    start_month: Mapped[str | None] = field(
        "起领年月", Month(), need=Need.REPORT, listed=True, printed=True, section="待遇", headers=("起始年月",)
    )
    end_month: Mapped[str | None] = field("末领年月", Month(), listed=True, section="待遇")
    stop_reason: Mapped[str | None] = field(
        "停发原因", Code("subsidy_stop_reason"), need=Need.CONDITIONAL, section="待遇"
    )
    payee_name: Mapped[str | None] = field("领取人", Name(), section="领取")
    payee_relation: Mapped[str | None] = field("领取人与本人关系", Code("family_relation"), section="领取")
    pay_method: Mapped[str | None] = field("发放方式", Code("pay_method"), section="领取")
    bank_name: Mapped[str | None] = field("开户行", Text(30), section="领取")
    bank_account: Mapped[str | None] = field(
        "银行账号（社保卡号）", Text(30), privacy=Privacy.SENSITIVE, section="领取", exported=False
    )
    approved_on: Mapped[date | None] = field("审批日期", Date(), privacy=Privacy.PUBLIC, section="待遇")
