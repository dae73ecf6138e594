"""L16 上报交接单: the slip that goes to the county with the stick."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from anyue_desktop.core import codes
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Heading, Sheet
from anyue_desktop.db.exchange_tables import Carried, SentPackage
from anyue_desktop.exchange.signed import check_code
from anyue_desktop.ledgers.handover import Handover, HandoverLine, handover
from anyue_desktop.registers import RECORDS, REGISTERS, ReportPackage
from anyue_desktop.registers.report_package import SPECIAL
from anyue_desktop.services.access import open_registers, reported_registers
from anyue_desktop.services.carried import earlier_ids
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder

CLEAN, WITH_HINTS, WITH_ERRORS = "1", "2", "3"


def newest_handover(office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the slip of a month's newest package.

    Raises:
        UserError: no package was made.
    """
    with office.store.read() as session:
        newest = (
            select(ReportPackage)
            .where(ReportPackage.month == order.month, ReportPackage.deleted_at.is_(None), *_shown_reports(office))
            .order_by(ReportPackage.created_at.desc(), ReportPackage.id.desc())
            .limit(1)
        )
        report = session.scalars(newest).first()
        if report is None:
            raise UserError(f"{order.month} 还没有生成上报包，没有交接单可打印", "请先在“报送”中生成上报包")
        return handover_sheet(session, report, heading)


def _shown_reports(office: Office) -> list[ColumnElement[bool]]:
    """A 专报 has its slip only for those who may look into what it holds."""
    whole = open_registers(office.store).keys() >= set(reported_registers(special=True))
    return [] if whole else [ReportPackage.kind.is_distinct_from(SPECIAL)]


def handover_sheet(session: Session, report: ReportPackage, heading: Heading) -> Sheet:
    """Returns the slip of a report's package."""
    carried = session.get(Carried, report.id)
    package = session.get(SentPackage, carried.sequence) if carried else None
    if package is None:
        raise UserError("这次上报的包没有找到，没有交接单可打印", "请重新生成上报包")
    facts = Handover(
        package_number=report.package_no or "",
        file=package.file,
        kind=codes.code_list("package_kind").show(report.kind or ""),
        lines=tuple(_lines(session, package.sequence)),
        errors=report.error_count or 0,
        warnings=report.warning_count or 0,
        digest=package.hash,
        check_number=check_code(package.hash),
        made_at=f"{datetime.fromisoformat(package.created_at):%Y-%m-%d %H:%M}",
        giver=report.filler or "",
    )
    signed = replace(
        heading,
        leader=report.leader or "",
        checker=report.auditor or "",
        filler=report.filler or "",
        phone=report.filler_phone or "",
        filled_on=report.filled_on,
    )
    return handover(facts, signed)


def _lines(session: Session, sequence: int) -> list[HandoverLine]:
    known = earlier_ids(session, sequence)
    found: list[HandoverLine] = []
    for name, record in RECORDS.items():
        if name == REPORT:
            continue
        sent = select(record.id, record.deleted_at).join(Carried, Carried.record_id == record.id)
        rows = session.execute(sent.where(Carried.sequence == sequence)).all()
        removed = sum(row.deleted_at is not None for row in rows)
        added = sum(row.deleted_at is None and row.id not in known for row in rows)
        if rows:
            found.append(HandoverLine(REGISTERS[name].title, added, len(rows) - added - removed, removed))
    return found
