"""特殊困难老年人档案: who must be visited (民发〔2022〕73号; registers.md A.2, B.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Numbering, Values
from anyue_desktop.core.types import Code, Codes, Date, Integer, Name, Phone, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.person_rules import DEAD

LEAST_AGE = 60  # 老年人权益保障法 art 2
ALONE, LEFT_BEHIND, EMPTY_NEST, DISABLED_SELF_CARE, SEVERE_DISABILITY = "01", "03", "02", "04", "05"
LIVES_ALONE, LIVES_IN_HOME = "1", "6"
NOBODY_CARES = "7"
HIGH_RISK = "3"
EXIT_DEATH, EXIT_OTHER = "01", "99"


def number_prefix(case: Values) -> str:
    """`AY` + township (3 digits) + `E` + the year the case was opened."""
    opened = case.get("enrol_date") or date.fromisoformat(str(case["created_at"])[:10])
    return f"AY{str(case['township_code'])[6:9]}E{opened.year}"


def usual_answers(case: Entry) -> dict[str, Any]:
    """The only category is the main one; the visit interval follows from the risk."""
    answers: dict[str, Any] = {}
    categories: tuple[str, ...] = case["categories"] or ()
    if len(categories) == 1:
        answers["main_category"] = categories[0]
    if case["risk_level"]:
        days = codes.code_list("risk_level").attribute(case["risk_level"], "elder_days")
        answers["visit_interval_days"] = int(days) if days else 31
    return answers


def old_enough(case: Entry) -> Iterator[Problem]:
    """60 years on the day of enrolment."""
    person = case.parent("person_id") or {}
    born = person.get("birth_date")
    if not born:
        return
    day = case["enrol_date"] or case.context.today
    age = age_on(born, day)
    if age < LEAST_AGE:
        when = f"纳入日期 {day} " if case["enrol_date"] else "今天"
        yield case.error(
            "too_young",
            f"{when}时只有{age}周岁，不满60周岁",
            "enrol_date",
            "请核对出生日期和纳入日期，未满60周岁不能纳入",
        )


def one_open_case(case: Entry) -> Iterator[Problem]:
    """One open case per person."""
    if case["exit_date"]:
        return
    for other in case.others(person_id=case["person_id"]):
        if not other.get("exit_date"):
            number = other.get("case_no") or ""
            yield case.error(
                "second_case", f"该老年人已有未退出的档案{number}", "person_id", "请打开原档案，不要重复建档"
            )
            return


def categories_agree(case: Entry) -> Iterator[Problem]:
    """The categories agree with each other and with what else is known."""
    categories = set(case["categories"] or ())
    if case["main_category"] and categories and case["main_category"] not in categories:
        yield case.error("main_category", "主要类别不在困难类别之中", "main_category", "请从已选的困难类别中选一个")
    alone = case["living_arrangement"] == LIVES_ALONE
    if case["living_arrangement"] and categories and alone != (ALONE in categories):
        message = "居住状况是独居，困难类别没有选独居老年人" if alone else "困难类别有独居老年人，居住状况却不是独居"
        yield case.warning("alone_disagrees", message, "living_arrangement" if alone else "categories", "请核对")
    if DISABLED_SELF_CARE in categories:
        yield from _disabled_has_grounds(case)
    if SEVERE_DISABILITY in categories:
        grade = (case.parent("person_id") or {}).get("disability_grade")
        if grade and grade not in "12":
            message = "选了重残老年人，但残疾等级不是一级或二级"
            yield case.warning("severe_disability", message, "categories", "请核对残疾人证")


def _disabled_has_grounds(case: Entry) -> Iterator[Problem]:
    if case["self_care_level"] == "1" and case["ability_level"] in (None, "0", "1", "9"):
        message = "选了失能老年人，但自理能力是“具备生活自理能力”"
        yield case.warning("disabled_can_manage", message, "self_care_level", "请核对自理能力或能力评估")


def children(case: Entry) -> Iterator[Problem]:
    """Children in the county are among the living children."""
    alive, local = case["children_alive"], case["children_local"]
    if alive is None or local is None:
        return
    if local > alive:
        yield case.error("children", f"本县内子女数 {local} 多于健在子女数 {alive}", "children_local", "请核对")
    elif alive > 0 and local == 0 and not {EMPTY_NEST, LEFT_BEHIND} & set(case["categories"] or ()):
        yield case.warning("children_away", "子女都不在本县，请核对是否应列为空巢或农村留守老年人", "categories")


def risk(case: Entry) -> Iterator[Problem]:
    """Nobody to care means high risk."""
    if NOBODY_CARES in (case["carers"] or ()) and case["risk_level"] not in (None, HIGH_RISK):
        yield case.warning("nobody_cares", "无人照料的老年人建议列为高风险", "risk_level")


def emergency_contact(case: Entry) -> Iterator[Problem]:
    """Every open elder case has somebody to call."""
    person = case.parent("person_id") or {}
    if case["exit_date"] or person.get("emergency_name"):
        return
    yield Problem(
        case.missing("person_id").kind, "“紧急联系人”还没有填", "person.emergency_name", code="missing_emergency"
    )


def exit_is_whole(case: Entry) -> Iterator[Problem]:
    """Leaving the list has a date and a reason, after enrolment."""
    left, reason = case["exit_date"], case["exit_reason"]
    if left and not reason:
        yield case.error("exit_reason", "填了退出日期，没有填退出原因", "exit_reason", "请选择退出原因")
    if reason and not left:
        yield case.error("exit_date", "填了退出原因，没有填退出日期", "exit_date", "请填写退出日期")
    if left and case["enrol_date"] and left < case["enrol_date"]:
        message = f"退出日期 {left} 早于纳入日期 {case['enrol_date']}"
        yield case.error("exit_before_enrolment", message, "exit_date", "请核对两个日期")
    if reason == EXIT_OTHER and not case["exit_note"]:
        yield case.error("exit_note", "退出原因选“其他”时要写明情况", "exit_note", "请填写退出说明")


def should_leave(case: Entry) -> Iterator[Problem]:
    """People who died or live in a home are not visited monthly."""
    if case["exit_date"]:
        return
    person = case.parent("person_id") or {}
    if person.get("life_status") in DEAD:
        yield case.error("dead_but_open", "本人已死亡，档案还没有退出", "exit_date", "请填写退出日期，退出原因选“死亡”")
    elif case["living_arrangement"] == LIVES_IN_HOME or person.get("residence_status") == "4":
        yield case.warning("lives_in_home", "本人在养老机构居住，不在每月探访范围", "exit_date", "请核对是否应退出")


def lives_here(case: Entry) -> Iterator[Problem]:
    """Enrolled people live in a village of the township that keeps the file."""
    village = (case.parent("person_id") or {}).get("residence_division")
    township = case["township_code"] or case.context.township
    if village and township and not case["exit_date"] and village[:9] != township[:9]:
        yield case.warning("lives_elsewhere", "现住村不属于本乡镇", "person.residence_division", "请核对是否已迁出")


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
    FILLINGS = (usual_answers,)
    RULES = (
        old_enough,
        one_open_case,
        categories_agree,
        children,
        risk,
        emergency_contact,
        exit_is_whole,
        should_leave,
        lives_here,
    )
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
