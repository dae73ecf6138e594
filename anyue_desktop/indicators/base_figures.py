"""村（社区）年度基础数据 as numbers: of each village the newest year that is filled in (registers.md B.12, G.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import VILLAGE
from anyue_desktop.indicators.indicator import Note
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import ONE, Places, Rows, gives, listed
from anyue_desktop.registers import REGISTERS, VillageYearBase

BASE = "village_year_base"
VILLAGES = Places(VILLAGE)
Keys = Callable[[Scope], tuple[str, ...]]  # which figures a number needs, where the 口径 decides


def newest(scope: Scope, *keys: str) -> tuple[Subquery, Any]:
    """Returns these base figures, and the condition that leaves of each village the newest year that has them all.

    Villages that were abolished are left out: their people are counted where they belong now.
    """
    base = VillageYearBase
    newest_first = (base.year.desc(), base.updated_at.desc(), base.id)
    ranked = (
        select(
            base.id,
            base.township_code,
            base.village_code,
            base.year,
            *(getattr(base, key) for key in dict.fromkeys(keys)),
            func.row_number().over(partition_by=base.village_code, order_by=newest_first).label("rank"),
        )
        .where(
            base.deleted_at.is_(None),
            base.year <= scope.year,
            base.village_code.in_([code for code, _ in listed(VILLAGE)]),
            *(getattr(base, key).is_not(None) for key in keys),
        )
        .subquery()
    )
    return ranked, ranked.c.rank == 1


def figures(scope: Scope, keys: Iterable[str], amount: str = "", **equal: Any) -> Select[Any]:
    """The villages' figures: the amount of one of them, or one each, of villages where all are filled in."""
    base, first = newest(scope, *keys)
    found = gives(base.c.id, base.c.township_code, base.c.village_code, base.c[amount] if amount else ONE)
    return found.where(first, *(base.c[key] == value for key, value in equal.items()))


def figure(amount: str, *keys: str, **equal: Any) -> Rows:
    """A side that adds up one figure of the villages where it and `keys` are filled in."""
    return Rows(BASE, lambda scope: figures(scope, (amount, *keys), amount, **equal))


def years_used(*keys: str, word: str = "分母用的") -> Note:
    """Says which figures are of an earlier year, and how many villages have none (registers.md G.3, 11)."""
    return years_used_of(lambda _: keys, word)


def years_used_of(keys: Keys, word: str = "分母用的") -> Note:
    """As `years_used`, where the 口径 decides which figures are needed."""
    return lambda session, scope: _years_used(session, scope, keys(scope), word)


def _years_used(session: Session, scope: Scope, keys: tuple[str, ...], word: str) -> Iterator[str]:
    base, first = newest(scope, *keys)
    wanted = list(VILLAGES.amounts(session, scope))
    years = Counter(session.scalars(select(base.c.year).where(first, base.c.village_code.in_(wanted))))
    labels = "、".join(f"“{REGISTERS[BASE].field(key).label}”" for key in keys)
    if not years:
        yield f"{scope.year}年和以前的基础数据都没有填{labels}"
        return
    older = sorted(year for year in years if year < scope.year)
    if older:
        some = "" if scope.year not in years else f"{sum(years[year] for year in older)}个村（社区）"
        named = "、".join(str(year) for year in older)
        yield f"{some}{word}是{named}年的基础数据，{scope.year}年的还没有填"
    missing = len(wanted) - sum(years.values())
    if missing:
        yield f"{missing}个村（社区）没有填{labels}，没有计入"
