"""上报登记 of a month: what a township says of its report, as a record it carries (registers.md B.13)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.identity import new_id
from anyue_desktop.registers import RECORDS, REGISTERS, ReportPackage
from anyue_desktop.registers.report_package import CORRECTION, MONTHLY, SPECIAL
from anyue_desktop.services.access import reported_registers
from anyue_desktop.services.checking import REPORT, CheckReport
from anyue_desktop.services.frozen_figures import Figures
from anyue_desktop.services.marking import SENT
from anyue_desktop.services.signers import Signers
from anyue_desktop.services.unit import Unit

ORDINARY, PROTECTED = "1", "7"  # codelist register_kind


@dataclass(frozen=True)
class Told:
    """What is known of a month when its report is sealed."""

    month: str
    kind: str  # codelist package_kind
    signers: Signers
    report: CheckReport
    empty_note: str
    figures: Figures | None  # none in a 专报


def report_of(session: Session, unit: Unit, told: Told) -> ReportPackage:
    """Returns the record a report says of itself; a month's second report is a 更正."""
    of_month = select(func.count()).where(ReportPackage.month == told.month)
    before = session.scalar(of_month) or 0
    reported = session.scalar(of_month.where(ReportPackage.kind.is_distinct_from(SPECIAL))) or 0
    errors, warnings = told.report.errors, told.report.warnings
    return ReportPackage(
        id=new_id(),
        source="1",
        report_state=SENT,
        package_no=f"{unit.code[:9]}-{told.month.replace('-', '')}-{before + 1:02d}",
        month=told.month,
        kind=SPECIAL if told.kind == SPECIAL else CORRECTION if reported else MONTHLY,
        **_contents(session, told.figures),
        checks_passed="3" if errors else "2" if warnings else "1",
        error_count=errors,
        warning_count=warnings,
        empty_note=told.empty_note or None,
        unit_name=unit.office,
        filler=told.signers.filler or None,
        filler_phone=told.signers.phone or None,
        auditor=told.signers.auditor or None,
        leader=told.signers.leader or None,
        filled_on=clock.today(),
    )


def _contents(session: Session, figures: Figures | None) -> dict[str, Any]:
    if figures is None:
        return {"registers": (PROTECTED,)}
    return {"registers": (ORDINARY,), "row_counts": _counts_text(session), "indicator_values": figures.text()}


def _counts_text(session: Session) -> str:
    counts: Counter[str] = Counter()
    for name in reported_registers():
        if name != REPORT:
            counts[name] = session.scalar(select(func.count()).where(RECORDS[name].deleted_at.is_(None))) or 0
    return "；".join(f"{REGISTERS[name].title}{count}" for name, count in counts.items() if count)
