"""A small township whose ledgers can be worked out by hand, and how a ledger is read back from its workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from every_register import saved, whole
from openpyxl.worksheet.worksheet import Worksheet
from service_desk import OTHER_VILLAGE, VILLAGE, add_elder, add_visit, id_number

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.workspace import Workspace

MONTH = "2026-11"
TOWNSHIP_CODE = "512021206000"


def child(workspace: Workspace, serial: int, born: date, name: str, **case: Any) -> str:
    """Registers a child and returns the id of the file."""
    person = {
        "name": name, "id_type": "111", "id_number": id_number(serial, born), "phone": f"1399013{serial:04d}",
        "residence_division": VILLAGE, "group_name": "3组", "health_status": "10", "hukou_kind": "1",
        **case.pop("person", {}),
    }  # fmt: skip
    plain = {
        "child_types": ("01",), "father_state": "01", "father_phone": "13990140001", "mother_state": "02",
        "guardianship_level": "2", "actual_carer_kind": "1", "entrust_reason": "1", "school_stage": "3",
        "school_name": "天马中心小学", "grade_class": "三年级2班", "is_boarding": False, "dropout": False,
        "assistance_got": ("02", "11"), "risk_level": "2", "director_name": "赵敏", "director_phone": "13990150001",
        "enrol_date": date(2026, 1, 5),
    }  # fmt: skip
    return saved(workspace, "child_case", {**plain, **case, "person": person})


def facility(workspace: Workspace, kind: str, name: str, **values: Any) -> str:
    """Registers a facility and returns its id."""
    plain = {"facility_type": kind, "name": name, "division_code": VILLAGE, "status": "1", "address": "村委会旁"}
    return saved(workspace, "facility", {**plain, **values})


def home_care(workspace: Workspace, serial: int, name: str, provider: str, **values: Any) -> str:
    """Registers somebody who is served at home and returns the id."""
    person = {
        "name": name, "id_type": "111", "id_number": id_number(serial), "residence_division": VILLAGE,
        "group_name": "3组", **values.pop("person", {}),
    }  # fmt: skip
    plain = {
        "object_class": "05", "pay_kind": "1", "subsidy_standard": Decimal("120.00"), "plan_services": ("01", "03"),
        "provider_facility_id": provider, "ability_level": "1", "start_date": date(2026, 2, 1),
    }  # fmt: skip
    return saved(workspace, "homecare_enrolment", {**plain, **values, "person": person})


def served(workspace: Workspace, enrolment: str, service: str, times: int, **values: Any) -> str:
    """Registers what somebody had in November."""
    return saved(
        workspace,
        "homecare_log",
        {"enrolment_id": enrolment, "month": MONTH, "service_type": service, "times": times, **values},
    )


def report(workspace: Workspace, case: str) -> str:
    """Registers a mandatory report about a child and returns its id."""
    values = {**whole(REGISTERS["child_report"]), "child_case_id": case, "reporter": "钱报告", "detail": "夜间有哭喊声"}
    return saved(workspace, "child_report", values)


def some_of_everything(workspace: Workspace) -> None:
    """Registers a little of whatever ledgers are printed of."""
    case = add_elder(workspace, 2, "周春英", responsible_name="李建国")
    add_visit(workspace, case)
    add_elder(workspace, 4, "吴桂英", person={"residence_division": OTHER_VILLAGE}, responsible_name="王大明")
    kid = child(workspace, 3, date(2016, 3, 2), "周小春")
    visit = {**whole(REGISTERS["child_visit"]), "child_case_id": kid, "follow_up_due": date(2026, 12, 10)}
    saved(workspace, "child_visit", {**visit, "guardianship_level": "2"})
    home = facility(workspace, "E09", "土桥村互助养老点", floor_area=Decimal("200.00"), beds_total=5)
    served(workspace, home_care(workspace, 6, "郑秀英", home), "01", 4, hours=Decimal("2.5"))
    facility(workspace, "C03", "土桥村未保工作点")
    facility(workspace, "S01", "土桥村党群服务中心", floor_area=Decimal("300.00"), households_served=600)
    person = workspace.records.get("elder_case", case)["person_id"]
    benefit = {"person_id": person, "benefit_type": "01", "amount_month": Decimal("50.00"), "start_month": "2026-01"}
    saved(workspace, "person_benefit", benefit)
    saved(workspace, "protect_staff", {"name": "赵敏", "role": "2", "duty_division": VILLAGE, "phone": "13990150001"})
    inspection = {"facility_id": home, "inspected_on": date(2026, 11, 3), "inspect_type": "01", "inspectors": "甲、乙"}
    found = saved(workspace, "facility_inspection", {**inspection, "result": "2"})
    saved(workspace, "facility_issue", {"inspection_id": found, "issue": "灭火器过期", "hazard_level": "1"})


def page_of(
    workspace: Workspace, folder: Path, ledger: str, number: int = 0, month: str = MONTH, **order: Any
) -> Worksheet:
    """Prints a ledger as a workbook and returns one of its worksheets."""
    target = folder / f"{ledger}.xlsx"
    workspace.printing.print_ledger(LedgerOrder(ledger, month, **order), target)
    return openpyxl.load_workbook(target).worksheets[number]


def cells_of(page: Worksheet) -> list[list[Any]]:
    """Returns the cells of a worksheet; a blank one is an empty text."""
    return [["" if cell is None else cell for cell in row] for row in page.iter_rows(values_only=True)]


def table_of(page: Worksheet, first: str) -> list[list[Any]]:
    """Returns the rows under the header that begins with `first`, down to and with the sums."""
    rows = cells_of(page)
    _, bottom = _header(page, first)
    last = max(number for number, row in enumerate(rows, start=1) if row[0] in ("合计", "小计"))
    return rows[bottom:last]


def head_of(page: Worksheet, first: str) -> list[str]:
    """Returns the headings of the columns; what stands above them is divided by ·."""
    top, bottom = _header(page, first)
    columns = range(1, page.max_column + 1)
    seen = ([_merged(page, row, column) for row in range(top, bottom + 1)] for column in columns)
    return ["·".join(dict.fromkeys(filter(None, texts))) for texts in seen]


def _header(page: Worksheet, first: str) -> tuple[int, int]:
    """Returns the first and the last row of the header."""
    top = next(number for number, row in enumerate(cells_of(page), start=1) if row[0] == first)
    spans = (span for span in page.merged_cells.ranges if (span.min_row, span.min_col) == (top, 1))
    return top, max((span.max_row for span in spans), default=top)


def _merged(page: Worksheet, row: int, column: int) -> str:
    for span in page.merged_cells.ranges:
        if span.min_row <= row <= span.max_row and span.min_col <= column <= span.max_col:
            return str(page.cell(span.min_row, span.min_col).value or "")
    return str(page.cell(row, column).value or "")


def paper(workspace: Workspace, folder: Path, ledger: str, **order: Any) -> list[str]:
    """Prints a ledger as PDF and returns the text of each page without white space."""
    printed = workspace.printing.print_ledger(LedgerOrder(ledger, MONTH, **order), folder / f"{ledger}.pdf")
    document = pypdfium2.PdfDocument(printed.path)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
