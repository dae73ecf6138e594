"""走访记录: what was seen of a child, and when the next visit is due (registers.md A.3, B.7)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, case, func, select
from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.types import Code, Codes, Date, Name, Ref, Text, YesNo
from anyue_desktop.registers.base import Record, derived, field
from anyue_desktop.registers.child_case import LONGEST_INTERVAL, ChildCase, of_child
from anyue_desktop.registers.child_visit_rules import FILLINGS, NONE, RULES
from anyue_desktop.registers.day_functions import days_after

FIRST_VISIT_WITHIN = 30  # days after enrolment
VISIT, SEEN, DONE = "走访", "所见", "需求与处置"


class ChildVisit(Record):
    """One visit to one child."""

    __tablename__ = "child_visit"
    __table_args__ = (
        Index("ix_child_visit_case_date", "child_case_id", "visit_date"),
        Index("ix_child_visit_date", "visit_date"),
    )
    TITLE = "儿童走访记录"
    ORDER = ("-visit_date", "child_case.person.residence_division")
    NATURAL_KEY = ("child_case_id", "visit_date", "visit_method")
    CAPTION = "child_case.person.name"
    FILLINGS = FILLINGS
    RULES = RULES
    SHEET = (
        "child_case.person.name", "child_case.person.id_number", "child_case.person.residence_division", "visit_date",
        "visit_method", "visit_result", "visitor_name", "saw_child", "living", "study", "health", "mental",
        "guardianship_level", "home_safety", "danger_found", "needs", "actions", "follow_up", "follow_up_due",
        "report_state",
    )  # fmt: skip

    child_case_id: Mapped[str] = field(
        "儿童", Ref("child_case"), need=Need.DRAFT, privacy=Privacy.SENSITIVE, listed=True, printed=True
    )
    visit_date: Mapped[date] = field(
        "走访（回访）日期", Date(not_after_today=True), need=Need.DRAFT, listed=True, printed=True, section=VISIT,
        headers=("走访日期", "回访日期", "走访时间", "日期", "入户日期"),
    )  # fmt: skip
    visit_method: Mapped[str | None] = field(
        "走访方式", Code("visit_method"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section=VISIT, headers=("回访方式", "方式"),
    )  # fmt: skip
    visit_result: Mapped[str | None] = field(
        "走访结果", Code("visit_result"), need=Need.REPORT, listed=True, printed=True, section=VISIT,
        headers=("回访结果", "结果"),
    )  # fmt: skip
    visitor_name: Mapped[str | None] = field(
        "走访人员", Name(), need=Need.REPORT, listed=True, printed=True, section=VISIT, headers=("回访人员", "走访人")
    )
    visitor_type: Mapped[str | None] = field(
        "走访人身份", Code("visitor_type"), need=Need.REPORT, privacy=Privacy.PUBLIC, section=VISIT
    )
    saw_child: Mapped[bool | None] = of_child(
        "见到儿童本人", YesNo(), VISIT, need=Need.REPORT, listed=True, printed=True
    )
    carer_present: Mapped[bool | None] = of_child("照料人在家", YesNo(), VISIT)
    living: Mapped[str | None] = of_child(
        "生活情况", Code("child_living"), SEEN, need=Need.CONDITIONAL, listed=True, printed=True
    )
    study: Mapped[str | None] = of_child(
        "就学情况", Code("child_study"), SEEN, need=Need.CONDITIONAL, listed=True, printed=True
    )
    health: Mapped[str | None] = of_child(
        "身体健康", Code("visit_health"), SEEN, need=Need.CONDITIONAL, listed=True, printed=True,
        headers=("健康状况", "身体状况", "健康"),
    )  # fmt: skip
    mental: Mapped[str | None] = of_child(
        "心理行为", Code("child_mental"), SEEN, need=Need.CONDITIONAL, listed=True, printed=True
    )
    guardianship_level: Mapped[str | None] = of_child(
        "监护情况", Code("guardianship_level"), SEEN, need=Need.CONDITIONAL, listed=True, printed=True
    )
    parent_contact: Mapped[str | None] = of_child(
        "近一月父母联系", Code("contact_frequency"), SEEN, need=Need.CONDITIONAL
    )
    home_safety: Mapped[tuple[str, ...] | None] = of_child(
        "居家安全隐患", Codes("child_safety_issue", exclusive=NONE), SEEN, need=Need.CONDITIONAL, listed=True,
        printed=True, headers=("安全隐患", "安全情况", "安全"), help="溺水、用电用火、交通、独自在家等；没有的选“无”。",
    )  # fmt: skip
    danger_found: Mapped[tuple[str, ...] | None] = of_child(
        "发现危险情形", Codes("child_report_type", exclusive=NONE), SEEN, need=Need.REPORT, listed=True,
        help="没有的选“无”。发现任何一种都要立即报告（未成年人保护法第11条）。",
    )  # fmt: skip
    needs: Mapped[tuple[str, ...] | None] = of_child(
        "儿童需求", Codes("child_need", exclusive=NONE), DONE, need=Need.CONDITIONAL, listed=True, printed=True,
        headers=("需求",),
    )  # fmt: skip
    summary: Mapped[str | None] = of_child(
        "走访情况", Text(200, multiline=True), DONE, need=Need.REPORT, printed=True, headers=("回访情况",)
    )
    actions: Mapped[tuple[str, ...] | None] = of_child(
        "处置措施", Codes("child_action", exclusive=NONE), DONE, need=Need.REPORT, listed=True, printed=True,
        headers=("处置", "处置情况"),
    )  # fmt: skip
    follow_up: Mapped[str | None] = field(
        "跟进状态", Code("follow_up_status"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, section=DONE,
        default="0",
    )  # fmt: skip
    follow_up_due: Mapped[date | None] = field(
        "跟进期限", Date(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, section=DONE
    )
    follow_up_result: Mapped[str | None] = of_child("办结情况", Text(300, multiline=True), DONE, need=Need.CONDITIONAL)


_last_visit = (
    select(func.max(ChildVisit.visit_date))
    .where(ChildVisit.child_case_id == ChildCase.id, ChildVisit.deleted_at.is_(None))
    .correlate_except(ChildVisit)
    .scalar_subquery()
)
_interval = func.coalesce(ChildCase.visit_interval_days, LONGEST_INTERVAL)
_first_interval = case((_interval < FIRST_VISIT_WITHIN, _interval), else_=FIRST_VISIT_WITHIN)

ChildCase.last_visit_date = derived(
    "最近走访日期", Date(), _last_visit, listed=True, printed=True, privacy=Privacy.SENSITIVE
)
ChildCase.next_due_date = derived(
    "下次应走访日期",
    Date(),
    case(
        (ChildCase.exit_date.is_not(None), None),
        (_last_visit.is_not(None), days_after(_last_visit, _interval)),
        else_=days_after(ChildCase.enrol_date, _first_interval),
    ),
    listed=True,
    privacy=Privacy.PUBLIC,
)
