"""打印台账: from a ledger's number and a month to a PDF or workbook, with the log entry it needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import MASKED_NOTICE, Heading
from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import Operation
from anyue_desktop.ledgers.form_book import FormBook, form_sheet, print_forms
from anyue_desktop.ledgers.preview import PageImage, Preview
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.table_printer import print_sheet
from anyue_desktop.services.access import holds, require
from anyue_desktop.services.choices import Choice, Choices
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.printing.catalogue import CATALOGUE, Ledger, ledger_of
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import MONTH, PERIODS, LedgerOrder
from anyue_desktop.services.unit import Unit, township_unit
from anyue_desktop.sheets.ledger import write_sheet

PRINTED, UNMASKED = "print", "unmask"
WORKBOOK = ".xlsx"


class Printing:
    """Prints ledgers."""

    def __init__(self, store: Store, unit: Unit, lists: Lists) -> None:
        self._store = store
        self._unit = unit
        self._office = Office(store, unit, lists)

    def ledgers(self) -> list[tuple[str, str]]:
        """Returns number and title of every ledger that is printed of many."""
        return [(one.number, one.title) for one in CATALOGUE.values() if not one.singly and self._is_ours(one)]

    def offered(self, code: str = "") -> list[Ledger]:
        """Returns the ledgers the operator can choose from, subject by subject; one printed singly stands alone."""
        asked = CATALOGUE.get(code)
        if asked is not None and asked.singly and holds(self._store, asked.role):
            return [asked]
        ours = (one for one in CATALOGUE.values() if self._is_ours(one))
        return [one for one in ours if not one.singly and holds(self._store, one.role)]

    def _is_ours(self, ledger: Ledger) -> bool:
        return self._unit.is_county or not ledger.of_county

    def print_ledger(self, order: LedgerOrder, target: Path, *, progress: Progress | None = None) -> Printed:
        """Prints a ledger as PDF, or as a workbook when `target` ends in .xlsx.

        Raises:
            UserError: no such ledger, nothing to print, or the file cannot be written.
            Cancelled: the person stopped it; nothing is left.
        """
        ledger = CATALOGUE.get(order.ledger)
        if ledger is None:
            known = "、".join(f"{one.number} {one.title}" for one in self.offered())
            raise UserError(f"没有编号为“{order.ledger}”的台账", f"可以打印：{known}")
        self._refuse(ledger, order)
        heading = self._heading(order)
        made = ledger.make(self._office, order, heading)
        if target.suffix.lower() == WORKBOOK:
            write_sheet(target, form_sheet(made) if isinstance(made, FormBook) else made, progress)
            printed = Printed(target, 0, "")
        elif isinstance(made, FormBook):
            printed = print_forms(made, _as_pdf(target), progress=progress)
        else:
            printed = print_sheet(made, _as_pdf(target), progress=progress)
        self._log(order, heading, printed)
        return printed

    def ledger_of(self, register: str) -> Ledger | None:
        """Returns the ledger a register's list leads to; None without one, or for those who may not print it."""
        found = ledger_of(register)
        return found if found and holds(self._store, found.role) else None

    def townships(self) -> list[Choice]:
        """Returns the townships the county can choose from; a township has none to choose."""
        return Choices(self._unit.code).villages() if self._unit.is_county else []

    def villages(self, township: str = "") -> list[Choice]:
        """Returns the villages to choose from; the county names the township first."""
        known = township if self._unit.is_county else self._unit.code
        return Choices(known).villages() if known else []

    def page_count(self, path: Path) -> int:
        """Returns how many pages a printed file has."""
        with Preview(path) as preview:
            return preview.pages

    def preview_page(self, path: Path, number: int, dpi: float = 96) -> PageImage:
        """Returns a page (from 0) of a printed file as pixels."""
        with Preview(path) as preview:
            return preview.image(number, dpi)

    def _refuse(self, ledger: Ledger, order: LedgerOrder) -> None:
        """Refuses what a ledger is not printed of, instead of printing something else."""
        require(self._store, ledger.role, f"“{ledger.title}”")
        if not self._is_ours(ledger):
            raise UserError(f"“{ledger.title}”由县局打印", "乡镇上报的情况请看“报送”")
        if ledger.singly and not order.record:
            raise UserError(f"“{ledger.title}”只能一份一份打印，不能成批打印", "请在强制报告的列表里选一份再打印")
        if order.township and not self._unit.is_county and order.township != self._unit.code:
            raise UserError("本机只有本乡镇的台账", "其他乡镇（街道）的台账请到县局打印")
        if order.period not in PERIODS:
            raise UserError(f"没有“{order.period}”这种期别", f"可以是：{'、'.join(PERIODS)}")
        asked = {
            "按季度或年度打印": order.period != MONTH and not ledger.of_periods,
            "按村打印": order.village and not ledger.of_village,
            "按乡镇打印": order.township and self._unit.is_county and not ledger.of_township,
            "按一个人打印": order.case_id and not ledger.of_one,
            "按一条记录打印": order.record and not (ledger.form or ledger.singly),
            "打印空白表": order.blank and not ledger.form,
        }
        for what, refused in asked.items():
            if refused:
                raise UserError(f"“{ledger.title}”不能{what}", "请去掉这个条件，或换一种台账")

    def _heading(self, order: LedgerOrder) -> Heading:
        year, month = order.month.split("-")
        leader, checker, filler, phone = order.signers
        reason = order.unmask_reason.strip()
        of_another = self._unit.is_county and order.township
        return Heading(
            unit=township_unit(order.township).office if of_another else self._unit.office,
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

    def _log(self, order: LedgerOrder, heading: Heading, printed: Printed) -> None:
        facts = {"ledger": order.ledger, "month": order.month, "number": heading.print_number, "pages": printed.pages}
        self._store.note(PRINTED, facts | ({"record": order.record} if order.record else {}))
        if order.unmasked:
            self._store.note(UNMASKED, {"number": heading.print_number, "reason": order.unmask_reason.strip()})


def _as_pdf(target: Path) -> Path:
    return target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
