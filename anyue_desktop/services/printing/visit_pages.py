"""L2 老年人探访记录表 (民发〔2022〕73号) and L6 儿童走访记录表, one page a visit; also empty, to take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Heading
from anyue_desktop.indicators.visit_rate import active_in
from anyue_desktop.ledgers.form_book import FormBook
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.printing.children import looked_after_in, school
from anyue_desktop.services.printing.elders import categories
from anyue_desktop.services.printing.forms import SIGN_MM, Answers, Form, TwoAnswers, boxes, paths_of
from anyue_desktop.services.printing.listing import Condition
from anyue_desktop.services.printing.office import Office, teller
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import BY_HAND, Row, Told, age, contact, joined, plain, short, shown

BY_DEVICE, IN_A_HOME = "4", "7"  # codelists visit_method and visit_result: for elders only
REPORT_AT_ONCE = "发现失踪、侵害等危险情形，立即报告公安机关（110）和乡镇（街道），另行登记，不写在本表上。"

ADDRESS = tuple(f"person.{key}" for key in ("residence_division", "group_name", "residence_address"))
ADDRESS_OF_CASE = joined(*(f"case.{path}" for path in ADDRESS))
ADDRESS_OF_CHILD = joined(*(f"child_case.{path}" for path in ADDRESS))
SCHOOL_OF_CHILD = school("child_case.")
WHEN = Told(
    ("visit_date", "visit_time"), lambda row: " ".join(filter(None, map(row.plain, ("visit_date", "visit_time"))))
)
AT_ONCE = Told((), lambda row: REPORT_AT_ONCE)


ELDER_FORM = Form(
    "elder_visit",
    (
        boxes(("姓名", plain("case.person.name"), 2), ("性别", shown("case.person.sex")),
              ("年龄", age("case.person.birth_date"))),
        boxes(("身份证号", shown("case.person.id_number")), ("联系电话", shown("case.person.phone"))),
        boxes(("家庭住址", ADDRESS_OF_CASE), ("居住状况", shown("case.living_arrangement"))),
        boxes(("老年人类别", categories("case.categories")), ("自理能力", short("case.self_care_level"))),
        boxes(
            ("紧急联系人", contact("case.person.emergency_name", "case.person.emergency_phone")),
            ("探访责任人", contact("case.responsible_name", "case.responsible_phone")),
        ),
    ),
    (
        boxes(("探访日期", WHEN), ("探访人", plain("visitor_name"))),
        boxes(("探访人身份", plain("visitor_type")), ("陪同人", plain("companion"))),
        Answers("探访方式", "visit_method"),
        Answers("探访结果", "visit_result"),
        Answers("健康状况", "health", "说明", "health_note"),
        Answers("精神状态", "mental"),
        Answers("安全情况", "safety_issues"),
        Answers("卫生环境", "hygiene"),
        Answers("居住环境", "housing"),
        Answers("服务需求", "needs"),
        boxes(("问题及需求", plain("needs_note")), stretch=3),
        Answers("处置措施", "actions"),
        boxes(
            ("转介单位（人员）", plain("referral_to"), 2),
            ("跟进期限", plain("follow_up_due")),
            ("办结日期", plain("follow_up_done_on")),
        ),
        Answers("跟进状态", "follow_up"),
        boxes(("办结情况", plain("follow_up_result")), stretch=2),
        boxes(("老年人签字（按印）", BY_HAND), ("探访人签字", BY_HAND), least_mm=SIGN_MM, stretch=1),
    ),
)  # fmt: skip

CHILD_FORM = Form(
    "child_visit",
    (
        boxes(("姓名", plain("child_case.person.name"), 2), ("性别", shown("child_case.person.sex")),
              ("年龄", age("child_case.person.birth_date"))),
        boxes(("身份证号", shown("child_case.person.id_number")), ("联系电话", shown("child_case.person.phone"))),
        boxes(("家庭住址", ADDRESS_OF_CHILD), ("儿童类别", short("child_case.child_types"))),
        boxes(("就读学校年级", SCHOOL_OF_CHILD), ("实际监护情况", short("child_case.actual_carer_kind"))),
        boxes(
            ("风险等级", short("child_case.risk_level")),
            ("儿童主任", contact("child_case.director_name", "child_case.director_phone")),
        ),
    ),
    (
        boxes(("走访日期", plain("visit_date")), ("走访人员", plain("visitor_name")), ("身份", plain("visitor_type"))),
        Answers("走访方式", "visit_method", without=(BY_DEVICE,)),
        Answers("走访结果", "visit_result", without=(IN_A_HOME,)),
        TwoAnswers(Answers("见到儿童本人", "saw_child"), Answers("照料人在家", "carer_present")),
        Answers("生活情况", "living"),
        Answers("就学情况", "study"),
        Answers("身体健康", "health"),
        Answers("心理行为", "mental"),
        Answers("监护情况", "guardianship_level"),
        Answers("安全情况", "home_safety"),
        Answers("近一月父母联系", "parent_contact"),
        Answers("儿童需求", "needs"),
        boxes(("走访小结", plain("summary")), stretch=3),
        Answers("处置措施", "actions"),
        Answers("跟进状态", "follow_up"),
        boxes(("跟进期限", plain("follow_up_due")), ("办结情况", plain("follow_up_result"), 2), stretch=1),
        boxes(("立即报告", AT_ONCE)),
        boxes(("照料人签字", BY_HAND), ("走访人签字", BY_HAND), least_mm=SIGN_MM, stretch=1),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class VisitPages:
    """Visits of a month, or of one person, or one visit; or the forms for those who are due."""

    number: str
    form: Form
    case: str  # the register visited
    reference: str  # how the visit calls it
    village: str  # dotted path from the case
    due: Condition
    of_children: bool = False

    def make(self, office: Office, order: LedgerOrder, heading: Heading) -> FormBook:
        """Returns the pages.

        Raises:
            UserError: no visit was made.
        """
        pages = self._blank(office, order) if order.blank else self._written(office, order)
        return FormBook(self.number, heading, tuple(map(self.form.page, pages)))

    def _written(self, office: Office, order: LedgerOrder) -> list[Row]:
        visit = RECORDS[self.form.register]
        ids = office.ids(self.form.register, order, f"{self.reference}.{self.village}", *self._which(visit, order))
        if not ids:
            raise UserError(f"{order.month} 没有{self._visits}可打印", "可以选择打印空白表，带到村上填写")
        return office.rows(self.form.register, ids, self.form.paths, teller(order), minor=self._minor(order))

    def _which(self, visit: Any, order: LedgerOrder) -> list[ColumnElement[bool]]:
        if order.record:
            return [visit.id == order.record]
        of_month = [visit.visit_date.between(first_day(order.month), last_day(order.month))]
        one = getattr(visit, f"{self.reference}_id")
        return [*of_month, *([one == order.case_id] if order.case_id else [])]

    def _blank(self, office: Office, order: LedgerOrder) -> list[Row]:
        known, tell, prefix = REGISTERS[self.form.register], teller(order), f"{self.reference}."
        if not order.names:
            return [Row(known, {}, tell)]
        record = RECORDS[self.case]
        one = [record.id == order.case_id] if order.case_id else [self.due(record, order.month)]
        paths = [path.removeprefix(prefix) for path in paths_of(self.form.person)]
        ids = office.ids(self.case, order, self.village, *one)
        people = office.rows(self.case, ids, paths, tell, minor=self._minor(order))
        filled = [
            Row(known, {prefix + path: value for path, value in row.values.items()}, tell, minor=row.minor)
            for row in people
        ]
        return filled or [Row(known, {}, tell)]

    def _minor(self, order: LedgerOrder) -> bool | None:
        """The file of one child names it; many together do not (registers.md H.1)."""
        return not (order.case_id or order.record) if self.of_children else None

    @property
    def _visits(self) -> str:
        return REGISTERS[self.form.register].title


ELDER_VISITS = VisitPages("L2", ELDER_FORM, "elder_case", "case", "person.residence_division", active_in)
CHILD_VISITS = VisitPages(
    "L6", CHILD_FORM, "child_case", "child_case", "person.residence_division", looked_after_in, of_children=True
)
