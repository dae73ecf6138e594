"""L16 上报交接单: the slip that goes to the county with the stick."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import codes
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Heading, Sheet
from anyue_desktop.db.exchange_tables import Carried, SentPackage
from anyue_desktop.exchange.signed import check_code
from anyue_desktop.ledgers.handover import Handover, HandoverLine, handover
from anyue_desktop.registers import RECORDS, REGISTERS, ReportPackage
from anyue_desktop.services.checking import REPORT

CLEAN, WITH_HINTS, WITH_ERRORS = "1", "2", "3"


def handover_sheet(session: Session, report: ReportPackage, heading: Heading) -> Sheet:
    """Returns the slip of a report's package."""
    carried = session.get(Carried, report.id)
    package = session.get(SentPackage, carried.sequence) if carried else None
    if package is None:
        raise UserError("这次上报的包没有找到，没有交接单可打印", "请重新生成上报包")
    facts = Handover(
        package_number=f"{report.package_no}（{package.file}）",
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
    found: list[HandoverLine] = []
    for name, record in RECORDS.items():
        if name == REPORT:
            continue
        table = record.__table__
        sent = (
            select(func.count())
            .select_from(table)
            .join(Carried, Carried.record_id == table.c.id)
            .where(Carried.sequence == sequence)
        )
        removed = session.scalar(sent.where(table.c.deleted_at.is_not(None))) or 0
        added = session.scalar(sent.where(table.c.deleted_at.is_(None), Carried.revision == 1)) or 0
        living = session.scalar(sent.where(table.c.deleted_at.is_(None))) or 0
        if living or removed:
            found.append(HandoverLine(REGISTERS[name].title, added, living - added, removed))
    return found
