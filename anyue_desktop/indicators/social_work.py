"""社会组织 and 社会工作 (I10–I12, I30, I31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.indicators import county_figures
from anyue_desktop.indicators.base_figures import BASE, figure, figures, years_used
from anyue_desktop.indicators.facility_rows import of_types
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import COUNT, Kind
from anyue_desktop.indicators.protection import townships_with
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Either, Rows

STATION, INCUBATOR = "S02", "S04"  # codelist facility_type
URBAN, RURAL = "1", "2"  # codelist area_kind
WORKERS, AREA = "social_workers", "area_kind"
EACH = Kind(places=2)
INCUBATORS = Either(of_types([INCUBATOR]), county_figures.figure("org_incubators"))


def entered_figure(key: str, gap: str) -> Formula:
    """A plain number only the county knows."""
    side = county_figures.figure(key)
    return Formula(
        side, kind=COUNT, gap=gap, known=side, of_the_county=True, notes=(county_figures.entered(key),)
    )  # fmt: skip


def villages_say_otherwise(session: Session, scope: Scope) -> Iterator[str]:
    """What the villages' certified social workers add up to, where it is not what the county entered."""
    entered, of_villages = (
        sum(one.amount for one in side.sums(session, scope).values())
        for side in (county_figures.figure("social_workers_total"), figure(WORKERS))
    )
    if scope.is_county and entered and of_villages != entered:
        yield f"各村（社区）填报的持证社会工作专业人才合计{of_villages}人，请核对"


def workers_in(kind: str) -> Formula:
    """Social workers for each community of a kind."""
    return Formula(
        figure(WORKERS, AREA, area_kind=kind),
        Rows(BASE, lambda scope: figures(scope, (WORKERS, AREA), area_kind=kind)),
        EACH, gap="名社工",
        notes=(years_used(WORKERS, AREA, word="用的"),),
    )  # fmt: skip


def _with_check(formula: Formula, note: Any) -> Formula:
    return replace(formula, notes=(*formula.notes, note))


FORMULAS = {
    "I10": Formula(
        INCUBATORS, kind=COUNT, gap="个", known=INCUBATORS, of_the_county=True,
        notes=(county_figures.entered("org_incubators"),),
    ),
    "I11": entered_figure("orgs_service_capable", "个"),
    "I12": _with_check(entered_figure("social_workers_total", "人"), villages_say_otherwise),
    "I30": townships_with(STATION),
    "I31a": workers_in(URBAN),
    "I31b": workers_in(RURAL),
}  # fmt: skip
