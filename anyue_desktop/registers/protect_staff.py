"""儿童督导员、儿童主任: who looks after children in township and village (民发〔2019〕34号; registers.md B.11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core.divisions import TOWNSHIP, VILLAGE, divisions
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Date, Division, Name, Phone, ResidentId, Text, YesNo
from anyue_desktop.registers.base import Record, field

SUPERVISOR, DIRECTOR = "1", "2"  # codelist protect_role


def one_director(staff: Entry) -> Iterator[Problem]:
    """A village has one 儿童主任 in post."""
    if staff["role"] != DIRECTOR or staff["off_date"] or not staff["duty_division"]:
        return
    for other in staff.others(role=DIRECTOR, duty_division=staff["duty_division"]):
        if not other.get("off_date"):
            place = staff.register.show("duty_division", staff["duty_division"])
            message = f"{place}已有在任的儿童主任“{other['name']}”"
            yield staff.error("second_director", message, "duty_division", "请先填写前任的离任日期")
            return


@only_hints
def one_supervisor(staff: Entry) -> Iterator[Problem]:
    """A township is never without a 儿童督导员 (民发〔2019〕34号)."""
    if staff["role"] != SUPERVISOR or not staff["off_date"]:
        return
    others = staff.others(role=SUPERVISOR, township_code=staff["township_code"] or staff.context.township)
    if all(one.get("off_date") for one in others):
        hint = "乡镇至少有一名在任的儿童督导员，请登记接任的人"
        yield staff.warning("no_supervisor", "本乡镇没有在任的儿童督导员了", "off_date", hint)


def range_of_duty(staff: Entry) -> Iterator[Problem]:
    """A 儿童主任 serves a village, a 儿童督导员 the township; both here."""
    unit = divisions().get(staff["duty_division"] or "")
    if unit is None:
        return
    expected = {SUPERVISOR: TOWNSHIP, DIRECTOR: VILLAGE}.get(staff["role"])
    if expected and unit.level != expected:
        wanted = "乡镇（街道）" if expected == TOWNSHIP else "村（社区）"
        message = f"{staff.register.show('role', staff['role'])}的职责范围应为{wanted}"
        yield staff.error("duty_level", message, "duty_division", f"请选择{wanted}")
    township = staff["township_code"] or staff.context.township
    if township and unit.code[:9] != township[:9]:
        yield staff.error("duty_elsewhere", f"“{unit.short_name}”不属于本乡镇", "duty_division", "请核对职责范围")


def days_in_order(staff: Entry) -> Iterator[Problem]:
    """Nobody leaves a post before taking it."""
    if staff["on_date"] and staff["off_date"] and staff["off_date"] < staff["on_date"]:
        message = f"离任日期 {staff['off_date']} 早于任职日期 {staff['on_date']}"
        yield staff.error("off_before_on", message, "off_date", "请核对两个日期")


class ProtectStaff(Record):
    """One person's time in one post."""

    __tablename__ = "protect_staff"
    TITLE = "未保人员"
    ORDER = ("role", "duty_division", "name")
    NATURAL_KEY = ("name", "role", "duty_division")
    SPAN = ("on_date", "off_date")
    CAPTION = "name"
    RULES = (one_director, one_supervisor, range_of_duty, days_in_order)
    SHEET = (
        "name", "role", "duty_division", "phone", "company", "is_full_time", "on_date", "off_date",
        "social_work_cert", "report_state",
    )  # fmt: skip

    name: Mapped[str] = field(
        "姓名", Name(), need=Need.DRAFT, listed=True, printed=True, section="人员", index=True, headers=("名字",)
    )
    id_number: Mapped[str | None] = field(
        "身份证号", ResidentId(), privacy=Privacy.SENSITIVE, section="人员", headers=("身份证号码", "身份证")
    )
    role: Mapped[str] = field(
        "未保人员类型", Code("protect_role"), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="职责", headers=("类型", "职务", "人员类型"),
    )  # fmt: skip
    duty_division: Mapped[str | None] = field(
        "职责范围（村/社区）", Division(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="职责", index=True, headers=("职责范围", "村（社区）", "村", "所在村"),
        help="儿童主任填村（社区），儿童督导员填乡镇（街道）。",
    )  # fmt: skip
    phone: Mapped[str | None] = field(
        "手机号", Phone(), need=Need.REPORT, listed=True, printed=True, section="人员",
        headers=("联系电话", "电话", "手机"),
    )  # fmt: skip
    company: Mapped[str | None] = field(
        "单位及职务", Text(60), privacy=Privacy.PUBLIC, listed=True, printed=True, section="职责", headers=("单位",)
    )
    is_full_time: Mapped[bool | None] = field(
        "是否专职", YesNo(), privacy=Privacy.PUBLIC, listed=True, printed=True, section="职责", headers=("专职",)
    )
    on_date: Mapped[date | None] = field(
        "任职日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.PUBLIC, printed=True, section="职责",
        headers=("任职时间",),
    )  # fmt: skip
    off_date: Mapped[date | None] = field(
        "离任日期", Date(not_after_today=True), privacy=Privacy.PUBLIC, section="职责", headers=("离任时间",)
    )
    education: Mapped[str | None] = field("学历", Code("education"), section="人员", headers=("文化程度",))
    social_work_cert: Mapped[str | None] = field(
        "社工证书", Code("social_work_cert"), privacy=Privacy.PUBLIC, printed=True, section="人员"
    )
