"""农村留守妇女档案: women whose husbands work away (民发〔2019〕86号, 民发〔2025〕7号; docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core.dates import age_on, month_of, shifted
from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Numbering, Values, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Integer, Month, Name, Phone, Ref, Text
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.leaving import closed_by_death, exit_is_whole

FULL_AGE = 18
WOMAN, RURAL = "2", "1"  # codelists sex, hukou_kind
MONTHS_AWAY = 6  # 民发〔2019〕86号: away for work for half a year and more
NONE = "00"
EXIT_DEATH = "01"  # codelist woman_exit_reason


def number_prefix(case: Values) -> str:
    """`AY` + township (3 digits) + `W` + the year the file was opened."""
    opened = case.get("enrol_date") or date.fromisoformat(str(case["created_at"])[:10])
    return f"AY{str(case['township_code'])[6:9]}W{opened.year}"


def is_meant(case: Entry) -> Iterator[Problem]:
    """A woman of full age from the countryside."""
    person = case.parent("person_id") or {}
    if person.get("sex") not in (None, WOMAN):
        yield case.error("not_a_woman", "本人性别不是女性", "person_id", "请核对身份证号和性别")
    born, day = person.get("birth_date"), case["enrol_date"] or case.context.today
    if born and age_on(born, day) < FULL_AGE:
        message = f"纳入时只有{age_on(born, day)}周岁，不满{FULL_AGE}周岁"
        yield case.error("too_young", message, "enrol_date", "未成年人请登记到留守儿童（困境儿童）")
    if person.get("hukou_kind") not in (None, RURAL):
        yield case.warning("not_rural", "户口性质不是农村居民户口", "person_id", "请核对是否属于农村留守妇女")


@only_hints
def husband_is_away(case: Entry) -> Iterator[Problem]:
    """The husband has worked away for half a year."""
    since, day = case["spouse_away_since"], case["enrol_date"] or case.context.today
    if since and shifted(since, MONTHS_AWAY) > month_of(day):
        message = f"丈夫 {since} 外出，到纳入时不满{MONTHS_AWAY}个月"
        yield case.warning("not_away_long", message, "spouse_away_since", "连续外出半年以上的才属于留守妇女，请核对")
    if case["spouse_phone"] and case["spouse_phone"] == (case.parent("person_id") or {}).get("phone"):
        yield case.warning("same_phone", "丈夫电话与本人电话相同", "spouse_phone", "请核对")


def one_open_case(case: Entry) -> Iterator[Problem]:
    """One open file per person."""
    if case["exit_date"]:
        return
    for other in case.others(person_id=case["person_id"]):
        if not other.get("exit_date"):
            message = f"该妇女已有未退出的档案{other.get('case_no') or ''}"
            yield case.error("second_case", message, "person_id", "请打开原档案，不要重复建档")
            return


@only_hints
def difficulties_agree(case: Entry) -> Iterator[Problem]:
    """What is hard agrees with what else is known of her."""
    difficulties, person = set(case["difficulties"] or ()), case.parent("person_id") or {}
    known = {"03": person.get("disability_grade"), "01": person.get("relief_class") not in (None, "0")}
    for code, grounds in known.items():
        if difficulties and grounds and code not in difficulties:
            shown = case.register.show("difficulties", (code,))
            message = f"人员信息中有相应登记，困难情形没有选“{shown}”"
            yield case.warning(f"difficulty_{code}", message, "difficulties", "请核对")
    if difficulties - {NONE} and not case["needs_standing"]:
        yield case.missing("needs_standing")


class LeftBehindWoman(Record):
    """One woman's place on the township's list."""

    __tablename__ = "left_behind_woman"
    TITLE = "农村留守妇女档案"
    ORDER = ("person.residence_division", "person.name_pinyin")
    NATURAL_KEY = ("person_id",)
    SPAN = ("enrol_date", "exit_date")
    CAPTION = "person.name"
    EMBEDS = "person_id"
    NUMBERING = Numbering("case_no", number_prefix, 4)
    RULES = (is_meant, husband_is_away, one_open_case, difficulties_agree, exit_is_whole, closed_by_death(EXIT_DEATH))
    SHEET = (
        "person.name", "person.birth_date", "person.id_number", "person.residence_division", "person.group_name",
        "person.phone", "spouse_name", "spouse_phone", "spouse_away_since", "children_at_home", "difficulties",
        "needs_standing", "risk_level", "responsible_name", "enrol_date", "last_visit_date", "exit_date",
        "exit_reason", "case_no", "report_state",
    )  # fmt: skip

    person_id: Mapped[str] = field("留守妇女", Ref("person"), need=Need.DRAFT, listed=True, printed=True)
    case_no: Mapped[str | None] = field(
        "档案编号", Text(24), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, printed=True, index=True
    )
    spouse_name: Mapped[str | None] = field(
        "丈夫姓名",
        Name(),
        need=Need.REPORT,
        listed=True,
        printed=True,
        section="丈夫外出",
        headers=("配偶姓名",),
    )
    spouse_phone: Mapped[str | None] = field(
        "丈夫电话", Phone(), listed=True, printed=True, section="丈夫外出", headers=("配偶电话", "丈夫联系电话")
    )
    spouse_work_place: Mapped[str | None] = field(
        "丈夫务工地点", Text(100), printed=True, section="丈夫外出", headers=("务工地点", "务工地址")
    )
    spouse_away_since: Mapped[str | None] = field(
        "丈夫外出年月", Month(), need=Need.REPORT, listed=True, printed=True, section="丈夫外出",
        headers=("外出时间", "外出年月"), help="民发〔2019〕86号：丈夫连续外出务工、经商等半年以上。",
    )  # fmt: skip
    spouse_contact: Mapped[str | None] = field(
        "与丈夫联系频率", Code("contact_frequency"), section="丈夫外出", headers=("联系频率",)
    )
    children_at_home: Mapped[int | None] = field(
        "在家未成年子女数", Integer(0, 15), need=Need.REPORT, listed=True, printed=True, section="家庭与就业",
        headers=("未成年子女数", "子女数"),
    )  # fmt: skip
    elders_at_home: Mapped[int | None] = field("照料老人数", Integer(0, 15), section="家庭与就业")
    occupation: Mapped[str | None] = field(
        "从业状况", Code("occupation"), section="家庭与就业", headers=("职业", "就业情况")
    )
    income_sources: Mapped[tuple[str, ...] | None] = field(
        "家庭经济来源", Codes("income_source"), section="家庭与就业", headers=("经济来源",)
    )
    skills_wanted: Mapped[str | None] = field("希望学习的技能", Text(100), section="家庭与就业")
    difficulties: Mapped[tuple[str, ...] | None] = field(
        "困难情形", Codes("woman_difficulty", exclusive=NONE), need=Need.REPORT, privacy=Privacy.SENSITIVE,
        listed=True, printed=True, section="困难与需求", headers=("困难情况", "存在困难", "困难类型"),
    )  # fmt: skip
    needs_standing: Mapped[tuple[str, ...] | None] = field(
        "长期需求", Codes("woman_need", exclusive=NONE), need=Need.CONDITIONAL, listed=True, printed=True,
        section="困难与需求", headers=("需求", "帮扶需求"),
    )  # fmt: skip
    risk_level: Mapped[str | None] = field(
        "风险等级", Code("risk_level"), privacy=Privacy.SENSITIVE, listed=True, section="困难与需求",
        headers=("关爱级别",),
    )  # fmt: skip
    key_risk_note: Mapped[str | None] = field(
        "重点情况说明", Text(200, multiline=True), privacy=Privacy.SENSITIVE, section="困难与需求"
    )
    responsible_name: Mapped[str | None] = field(
        "关爱责任人", Name(), need=Need.REPORT, listed=True, printed=True, section="关爱安排",
        headers=("责任人", "帮扶责任人", "联系人"),
    )  # fmt: skip
    responsible_type: Mapped[str | None] = field(
        "责任人身份", Code("visitor_type"), privacy=Privacy.PUBLIC, section="关爱安排"
    )
    responsible_phone: Mapped[str | None] = field(
        "责任人电话", Phone(), need=Need.REPORT, printed=True, section="关爱安排", headers=("帮扶责任人电话",)
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
        "退出原因", Code("woman_exit_reason"), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, listed=True,
        printed=True, section="纳入与退出",
    )  # fmt: skip
    exit_note: Mapped[str | None] = field(
        "退出说明", Text(200, multiline=True), need=Need.CONDITIONAL, privacy=Privacy.SENSITIVE, section="纳入与退出"
    )
