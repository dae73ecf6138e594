"""打印台账: from a ledger's number and a month to a PDF or workbook, with the log entry it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, select

from anyue_desktop.core import clock
from anyue_desktop.core.dates import last_day
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import MASKED_NOTICE, Heading, Sheet
from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import Operation
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.month_summary import month_summary
from anyue_desktop.ledgers.preview import PageImage, Preview
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.roster import roster
from anyue_desktop.ledgers.table_printer import print_sheet
from anyue_desktop.ledgers.unvisited import unvisited
from anyue_desktop.ledgers.visit_record import VisitBook, VisitSheet, print_visits
from anyue_desktop.registers import ReportPackage
from anyue_desktop.registers.report_package import SPECIAL
from anyue_desktop.services.access import open_registers, reported_registers
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.printing import rows
from anyue_desktop.services.printing.handover import handover_sheet
from anyue_desktop.services.printing.summary import reasons_by_case, village_months
from anyue_desktop.services.query import Query
from anyue_desktop.services.unit import Unit
from anyue_desktop.sheets.ledger import write_sheet

PRINTED, UNMASKED = "print", "unmask"
VISIT_BOOK = "L2"


@dataclass(frozen=True)
class LedgerOrder:
    """What to print."""

    ledger: str
    month: str
    village: str = ""  # 12-digit code; empty for all
    case_id: str = ""  # L2 of one person
    unmask_reason: str = ""
    blank: bool = False  # L2 to take to the village
    signers: tuple[str, str, str, str] = ("", "", "", "")  # leader, checker, filler, phone


class Printing:
    """Prints ledgers."""

    def __init__(self, store: Store, unit: Unit, lists: Lists) -> None:
        self._store = store
        self._unit = unit
        self._lists = lists
        self._sheets: dict[str, Callable[[LedgerOrder, Heading], Sheet]] = {
            "L1": self._roster,
            "L3": self._summary,
            "L4": self._unvisited,
            "L16": self._handover,
        }

    def ledgers(self) -> list[tuple[str, str]]:
        """Returns number and title of every ledger."""
        return list(LEDGERS.items())

    def print_ledger(self, order: LedgerOrder, target: Path, *, progress: Progress | None = None) -> Printed:
        """Prints a ledger as PDF, or as a workbook when `target` ends in .xlsx.

        Raises:
            UserError: no such ledger, nothing to print, or the file cannot be written.
            Cancelled: the person stopped it; nothing is left.
        """
        if order.ledger not in LEDGERS:
            known = "、".join(f"{number} {title}" for number, title in LEDGERS.items())
            raise UserError(f"没有编号为“{order.ledger}”的台账", f"可以打印：{known}")
        heading = self._heading(order)
        if order.ledger == VISIT_BOOK:
            printed = print_visits(VisitBook(heading, self._visit_pages(order)), _as_pdf(target), progress=progress)
        else:
            printed = self._print_table(self._sheets[order.ledger](order, heading), target, progress)
        self._log(order, heading, printed)
        return printed

    def page_count(self, path: Path) -> int:
        """Returns how many pages a printed file has."""
        with Preview(path) as preview:
            return preview.pages

    def preview_page(self, path: Path, number: int, dpi: float = 96) -> PageImage:
        """Returns a page (from 0) of a printed file as pixels."""
        with Preview(path) as preview:
            return preview.image(number, dpi)

    def _print_table(self, sheet: Sheet, target: Path, progress: Progress | None) -> Printed:
        if target.suffix.lower() != ".xlsx":
            return print_sheet(sheet, _as_pdf(target), progress=progress)
        write_sheet(target, sheet, progress)
        return Printed(target, 0, "")

    def _heading(self, order: LedgerOrder) -> Heading:
        year, month = order.month.split("-")
        leader, checker, filler, phone = order.signers
        reason = order.unmask_reason.strip()
        return Heading(
            unit=self._unit.office,
            period=f"{year}年{int(month)}月",
            print_number=self._print_number(order),
            notice=f"未脱敏：{reason}" if reason else MASKED_NOTICE,
            leader=leader,
            checker=checker,
            filler=filler,
            phone=phone,
        )

    def _print_number(self, order: LedgerOrder) -> str:
        with self._store.read() as session:
            before = session.scalar(select(func.count()).where(Operation.act == PRINTED)) or 0
        return f"{self._unit.code[6:9]}-{order.ledger}-{order.month.replace('-', '')}-{before + 1:04d}"

    def _teller(self, order: LedgerOrder) -> rows.Teller:
        return rows.Teller(bool(order.unmask_reason.strip()), last_day(order.month))

    def _roster(self, order: LedgerOrder, heading: Heading) -> Sheet:
        tell = self._teller(order)
        return roster((rows.roster_row(row, tell) for row in self._cases(order, "due")), heading)

    def _summary(self, order: LedgerOrder, heading: Heading) -> Sheet:
        with self._store.read() as session:
            return month_summary(village_months(session, order.month), heading)

    def _unvisited(self, order: LedgerOrder, heading: Heading) -> Sheet:
        day = min(last_day(order.month), clock.today())
        tell = rows.Teller(bool(order.unmask_reason.strip()), day)
        with self._store.read() as session:
            reasons = reasons_by_case(session, order.month)
        return unvisited((rows.unvisited_row(row, tell, reasons) for row in self._cases(order, "unvisited")), heading)

    def _shown_reports(self) -> list[ColumnElement[bool]]:
        """A 专报 has its slip only for those who may look into what it holds."""
        whole = open_registers(self._store).keys() >= set(reported_registers(special=True))
        return [] if whole else [ReportPackage.kind.is_distinct_from(SPECIAL)]

    def _handover(self, order: LedgerOrder, heading: Heading) -> Sheet:
        with self._store.read() as session:
            newest = (
                select(ReportPackage)
                .where(ReportPackage.month == order.month, ReportPackage.deleted_at.is_(None), *self._shown_reports())
                .order_by(ReportPackage.created_at.desc(), ReportPackage.id.desc())
                .limit(1)
            )
            report = session.scalars(newest).first()
            if report is None:
                raise UserError(f"{order.month} 还没有生成上报包，没有交接单可打印", "请先在“报送”中生成上报包")
            return handover_sheet(session, report, heading)

    def _visit_pages(self, order: LedgerOrder) -> tuple[VisitSheet, ...]:
        tell = self._teller(order)
        if order.blank:
            pages = tuple(rows.blank_sheet(row, tell) for row in self._cases(order, "due"))
            return pages or (VisitSheet(),)
        where = {"case_id": order.case_id} if order.case_id else {}
        if order.village:
            where["case.person.residence_division"] = order.village
        ids = self._lists.ids(Query("elder_visit", where=where, worklist="visits", month=order.month))
        if not ids:
            raise UserError(f"{order.month} 没有探访记录可打印", "可以选择打印空白表，带到村上填写")
        return tuple(
            rows.visit_sheet(row, tell) for row in self._lists.values("elder_visit", ids, list(rows.VISIT_PATHS))
        )

    def _cases(self, order: LedgerOrder, worklist: str) -> list[dict[str, object]]:
        where = {"person.residence_division": order.village} if order.village else {}
        if order.case_id:
            where["id"] = order.case_id
        ids = self._lists.ids(Query("elder_case", where=where, worklist=worklist, month=order.month))
        return self._lists.values("elder_case", ids, list(rows.CASE_PATHS))

    def _log(self, order: LedgerOrder, heading: Heading, printed: Printed) -> None:
        facts = {"ledger": order.ledger, "month": order.month, "number": heading.print_number, "pages": printed.pages}
        self._store.note(PRINTED, facts)
        if order.unmask_reason.strip():
            self._store.note(UNMASKED, {"number": heading.print_number, "reason": order.unmask_reason.strip()})


def _as_pdf(target: Path) -> Path:
    return target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
