"""县级年度数据 as numbers: what only the county knows and enters once a year (registers.md B.12, F.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Subquery, func, null, select
from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import TOWNSHIP
from anyue_desktop.indicators.indicator import Note
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Rows, gives, listed
from anyue_desktop.registers import REGISTERS, CountyManual

MANUAL = "county_manual"
BY_THE_COUNTY = "由县局填报"


def is_countys(manual: Any) -> Any:
    """Whether a line is the county's own, not one a township entered before the county kept this register."""
    return manual.township_code.not_in([code for code, _ in listed(TOWNSHIP)])


def newest(scope: Scope, *keys: str, also: tuple[str, ...] = ()) -> tuple[Subquery, Any]:
    """Returns the county's figures, and the condition that leaves the newest year with all of `keys`."""
    manual = CountyManual
    newest_first = (manual.year.desc(), manual.updated_at.desc(), manual.id)
    ranked = (
        select(
            manual.id,
            manual.year,
            *(getattr(manual, key) for key in dict.fromkeys((*keys, *also))),
            func.row_number().over(order_by=newest_first).label("rank"),
        )
        .where(
            manual.deleted_at.is_(None),
            manual.year <= scope.year,
            is_countys(manual),
            *(getattr(manual, key).is_not(None) for key in keys),
        )
        .subquery()
    )
    return ranked, ranked.c.rank == 1


def figure(amount: str, *keys: str) -> Rows:
    """A side that is one figure of the county, of a year that has `keys` too; no township has any part of it."""
    return Rows(MANUAL, lambda scope: _figure(scope, amount, keys))


def _figure(scope: Scope, amount: str, keys: tuple[str, ...]) -> Select[Any]:
    manual, first = newest(scope, amount, *keys)
    return gives(manual.c.id, null(), null(), manual.c[amount]).where(first)


def entered(*keys: str) -> Note:
    """Says who enters the figures, and of which year they are."""
    return lambda session, scope: _entered(session, scope, keys)


def _entered(session: Session, scope: Scope, keys: tuple[str, ...]) -> Iterator[str]:
    yield BY_THE_COUNTY
    if not scope.is_county:
        return
    manual, first = newest(scope, *keys)
    year = session.scalar(select(manual.c.year).where(first))
    labels = "、".join(f"“{REGISTERS[MANUAL].field(key).label}”" for key in keys)
    if year is None:
        yield f"{scope.year}年和以前的县级年度数据都没有填{labels}"
    elif year < scope.year:
        yield f"用的是{year}年的县级年度数据，{scope.year}年的还没有填"
