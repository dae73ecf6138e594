"""The indicators of the county's plan, with the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from anyue_desktop.core.dates import shifted
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.store import Store
from anyue_desktop.indicators.catalogue import catalogue
from anyue_desktop.indicators.indicator import Indicator, Measured, Scope, measure
from anyue_desktop.indicators.visit_rate import active_in, counting_visit
from anyue_desktop.registers import ElderCase, Person
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.query import Query


@dataclass(frozen=True)
class IndicatorValue:
    """One indicator as shown: value, the two numbers, target, and how many are still missing."""

    id: str
    name: str
    value: str
    numerator: int
    denominator: int
    target: str
    unit: str
    attribute: str
    met: bool | None
    gap: str


@dataclass(frozen=True)
class VillageVisits:
    """How far a village is with the month's visits."""

    code: str
    name: str
    due: int
    visited: int


class Measuring:
    """Computes indicators for a month, a village, the township, or all townships of a county."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def values(self, month: str, village: str = "", township: str = "") -> list[IndicatorValue]:
        """Returns every indicator the programme computes."""
        scope = Scope(month, township, village)
        with self._store.read() as session:
            return [_shown(measure(session, one, scope)) for one in catalogue().values()]

    def people(self, indicator: str, month: str, part: str = "denominator") -> list[dict[str, str]]:
        """Returns the list rows behind `numerator`, `denominator` or what is `missing` between them.

        Raises:
            UserError: there is no such indicator or part.
        """
        self._known(indicator)
        worklists = {"numerator": "visited", "denominator": "due", "missing": "unvisited"}
        if part not in worklists:
            raise UserError(f"没有“{part}”这一部分", "可用：numerator（分子）、denominator（分母）、missing（差额）")
        query = Query("elder_case", worklist=worklists[part], month=month)
        return self._lists.rows("elder_case", self._lists.ids(query))

    def year_line(self, last_month: str) -> list[tuple[str, Measured]]:
        """Returns the visit rate of the twelve months that end with `last_month`."""
        months = [shifted(last_month, step) for step in range(-11, 1)]
        rate = catalogue()["I04"]
        with self._store.read() as session:
            return [(month, measure(session, rate, Scope(month))) for month in months]

    def villages(self, month: str) -> list[VillageVisits]:
        """Returns due and visited per village, in the order of the village codes."""
        visited = counting_visit(ElderCase, month)
        statement = (
            select(Person.residence_division, func.count(), func.sum(_as_number(visited)))
            .join(Person, Person.id == ElderCase.person_id)
            .where(active_in(ElderCase, month))
            .group_by(Person.residence_division)
            .order_by(Person.residence_division)
        )
        with self._store.read() as session:
            rows = session.execute(statement.select_from(ElderCase)).all()
        return [VillageVisits(code or "", _village_name(code), due, done or 0) for code, due, done in rows]

    def _known(self, indicator: str) -> Indicator:
        found = catalogue().get(indicator)
        if found is None:
            raise UserError(f"没有编号为“{indicator}”的指标", f"可用的有：{'、'.join(catalogue())}")
        return found


def _as_number(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def _village_name(code: str | None) -> str:
    return divisions().name(code) if code else "（未填村）"


def _shown(measured: Measured) -> IndicatorValue:
    one = measured.indicator
    gap = "" if measured.met is not False else f"还差{measured.missing}人"
    return IndicatorValue(
        id=one.id,
        name=one.name,
        value=measured.text,
        numerator=measured.numerator,
        denominator=measured.denominator,
        target=f"{one.target}{one.unit}",
        unit=one.unit,
        attribute=one.attribute,
        met=measured.met,
        gap=gap,
    )
