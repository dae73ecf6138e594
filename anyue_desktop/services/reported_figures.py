"""What townships saw when they reported, beside what the county computes now (registers.md B.13, F.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.indicators.basis import SWITCHES, Basis
from anyue_desktop.registers import ReportPackage
from anyue_desktop.registers.report_package import SPECIAL
from anyue_desktop.services.frozen_figures import UNKNOWN_RULES, Figures, plain, read_figures
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.measuring import GridRow

READ_BY = {  # which indicator a switch of the 口径 changes; the number of persons is the county's alone
    "homecare_reading": "I05",
    "elder_population": "I07",
    "day_care_beds": "I07",
    "households": "I15",
    "late_enrolled_counts": "I04",
}


def reported_figures(session: Session, month: str) -> dict[str, Figures]:
    """Returns the figures of each township's newest report of a month."""
    reports = (
        select(ReportPackage.township_code, ReportPackage.indicator_values)
        .where(
            ReportPackage.month == month,
            ReportPackage.deleted_at.is_(None),
            ReportPackage.kind.is_distinct_from(SPECIAL),
            ReportPackage.indicator_values.is_not(None),
        )
        .order_by(ReportPackage.created_at, ReportPackage.id)
    )
    return {township: read_figures(text or "") for township, text in session.execute(reports)}


def asides(rows: Iterable[GridRow], basis: Basis, reported: Mapping[str, Figures]) -> dict[tuple[str, str], str]:
    """Returns what to say of the cells whose township saw another value or used another 口径."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        figures = reported.get(row.code)
        if figures is None:
            continue
        for value in row.values:
            words = _aside(value, basis, figures)
            if words:
                found[row.code, value.id] = words
    return found


def _aside(value: IndicatorValue, basis: Basis, figures: Figures) -> str:
    other = _other_basis(value.id, basis, figures)
    then = figures.values.get(value.id)
    if then is None or (then.value, then.numerator, then.denominator) == _now(value):
        return f"乡镇上报时用的口径是{other}" if other else ""
    said = f"（{other}）" if other else ""
    if then.value == value.value:
        now = f"现在按收到的记录算是 {_parts(value.numerator, value.denominator)}"
        return f"乡镇上报时是 {_parts(then.numerator, then.denominator)}{said}，{now}"
    return f"乡镇上报时 {then.value}{said}，现在按收到的记录算 {value.value}"


def _now(value: IndicatorValue) -> tuple[str, object, object]:
    return value.value, plain(value.numerator), plain(value.denominator)


def _parts(numerator: object, denominator: object) -> str:
    return f"{numerator}" if denominator is None else f"{numerator}/{denominator}"


def _other_basis(indicator: str, basis: Basis, figures: Figures) -> str:
    """Returns the township's choice where it is another than the county's; reports of before tell none."""
    if figures.rules == UNKNOWN_RULES:
        return ""
    switches = [one for one in SWITCHES if READ_BY.get(one.key) == indicator]
    differing = [one for one in switches if getattr(basis, one.key) != getattr(figures.basis, one.key)]
    return "、".join(f"“{one.label}{figures.basis.said(one)}”" for one in differing)
