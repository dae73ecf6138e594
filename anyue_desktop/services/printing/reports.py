"""L17 强制报告登记簿: one report on one page, never many together (registers.md B.8, G.2; decision 0013)."""

from __future__ import annotations

from dataclasses import replace

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Heading
from anyue_desktop.ledgers.form_book import FormBook
from anyue_desktop.registers import ChildReport
from anyue_desktop.services.printing.forms import SIGN_MM, Answers, Form, boxes
from anyue_desktop.services.printing.office import Office, teller
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import BY_HAND, Told, age, joined, plain, short

REPORT, CHILD = "child_report", "child_case.person"
ADDRESS = tuple(f"{CHILD}.{key}" for key in ("residence_division", "group_name", "residence_address"))
NOT_REGISTERED = "（未建档，见情况说明）"
CHILD_NAME = Told((f"{CHILD}.name",), lambda row: row.plain(f"{CHILD}.name") or NOT_REGISTERED)

FORM = Form(
    REPORT,
    (
        boxes(("儿童姓名", CHILD_NAME, 2), ("性别", plain(f"{CHILD}.sex")), ("年龄", age(f"{CHILD}.birth_date"))),
        boxes(("身份证号", plain(f"{CHILD}.id_number")), ("儿童类别", short("child_case.child_types"))),
        boxes(("家庭住址", joined(*ADDRESS))),
    ),
    (
        boxes(("发现时间", plain("found_at")), ("报告时间", plain("reported_at"))),
        boxes(("发现到报告（分钟）", plain("minutes_to_report")), ("接报回执编号", plain("receipt_no"))),
        Answers("报告情形", "report_types"),
        boxes(("情况说明", plain("detail")), stretch=4),
        Answers("报告对象", "reported_to"),
        boxes(("应急处置", plain("emergency_action")), stretch=2),
        boxes(("评估帮扶", plain("evaluation")), stretch=2),
        boxes(("监护干预", plain("intervention")), stretch=2),
        Answers("办理阶段", "stage"),
        boxes(("结案日期", plain("closed_on"))),
        boxes(("登记人签字", BY_HAND), ("负责人签字", BY_HAND), least_mm=SIGN_MM, stretch=1),
    ),
)


def one_report(office: Office, order: LedgerOrder, heading: Heading) -> FormBook:
    """Returns the page of one report, in full but for whoever reported: that name is never printed.

    Raises:
        UserError: no report or no reason is given, or there is no such report.
    """
    if not order.unmasked:
        raise UserError("打印强制报告要写明理由", "理由会印在纸上，并记入操作日志")
    ids = office.ids(REPORT, LedgerOrder(order.ledger, order.month), "", ChildReport.id == order.record)
    if not ids:
        raise UserError("没有找到这份强制报告", "请从强制报告的列表里选一份再打印")
    rows = office.rows(REPORT, ids, FORM.paths, teller(order), minor=False)
    year, month = str(rows[0]["found_at"])[:7].split("-")
    found_in = replace(heading, period=f"{year}年{int(month)}月")
    return FormBook(order.ledger, found_in, (FORM.page(rows[0]),))
