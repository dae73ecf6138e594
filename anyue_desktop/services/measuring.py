"""The indicators of the county's plan, with the people and places behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import case, func, select

from anyue_desktop.core.dates import shifted
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.db import settings
from anyue_desktop.db.store import Store
from anyue_desktop.indicators.basis import SWITCHES, Basis, basis_of, fits
from anyue_desktop.indicators.catalogue import catalogue
from anyue_desktop.indicators.engine import Engine
from anyue_desktop.indicators.indicator import Indicator, Measured
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.visit_rate import counting_visit, is_due, of_months
from anyue_desktop.registers import ElderCase, Person
from anyue_desktop.services import frozen_figures
from anyue_desktop.services.behind import DENOMINATOR, NUMERATOR, PARTS, ids_behind
from anyue_desktop.services.frozen_figures import Difference, Figures, Snapshot, figures_of
from anyue_desktop.services.indicator_value import IndicatorValue, shown, worst_month
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.query import Query
from anyue_desktop.services.unit import Unit, township_unit

BASIS = "basis"


@dataclass(frozen=True)
class VillageVisits:
    """How far a village is with the month's visits."""

    code: str
    name: str
    due: int
    visited: int


@dataclass(frozen=True)
class Behind:
    """The records behind a number; without a register they are places of the division list."""

    register: str
    ids: list[str]
    title: str


@dataclass(frozen=True)
class GridRow:
    """One township of the county, or the county itself, with a value for every indicator."""

    code: str  # 12 digits
    name: str
    values: list[IndicatorValue]


@dataclass(frozen=True)
class Grid:
    """The county as a table: the county first, then its townships in the order of their codes."""

    month: str
    rows: list[GridRow]


class Measuring:
    """Computes indicators for a month, a village, the township, or all townships of a county."""

    def __init__(self, store: Store, unit: Unit, lists: Lists) -> None:
        self._store = store
        self._unit = unit
        self._lists = lists

    def values(
        self, month: str, village: str = "", township: str = "", *, whole_year: bool = False, quarter: bool = False
    ) -> list[IndicatorValue]:
        """Returns every indicator in the order of the plan, of the month or of the year or quarter up to its end."""
        scope = replace(self._scope(month, village, township, whole_year), quarter=quarter)
        with self._store.read() as session:
            engine = Engine(session)
            return [_value(engine, one, scope) for one in catalogue(scope.basis).values()]

    def cards(self, month: str) -> list[IndicatorValue]:
        """Returns the indicators of 专栏1 as the workbench shows them: without notes, the year only where it judges."""
        scope = self._scope(month)
        with self._store.read() as session:
            engine = Engine(session)
            return [_card(engine, one, scope) for one in catalogue(scope.basis).values() if one.main]

    def behind(
        self,
        indicator: str,
        month: str,
        part: str = NUMERATOR,
        village: str = "",
        township: str = "",
        *,
        whole_year: bool = False,
    ) -> Behind:
        """Returns the records behind the numerator, the denominator, or what is missing between them.

        Raises:
            UserError: there is no such indicator or part.
        """
        one = self._known(indicator)
        if part not in PARTS:
            raise UserError(f"没有“{part}”这一部分", "可用：numerator（分子）、denominator（分母）、missing（差额）")
        scope = self._scope(month, village, township, whole_year)
        with self._store.read() as session:
            register, ids = ids_behind(Engine(session), one, scope, part)
        return Behind(register, self._in_order(register, ids), f"{one.name}（{PARTS[part]}）")

    def people(self, indicator: str, month: str, part: str = DENOMINATOR) -> list[dict[str, str]]:
        """Returns the list rows behind `numerator`, `denominator` or what is `missing` between them.

        Raises:
            UserError: there is no such indicator or part.
        """
        return self.rows(self.behind(indicator, month, part))

    def rows(self, behind: Behind) -> list[dict[str, str]]:
        """Returns the list rows of the records behind a number; of places, their names."""
        if not behind.register:
            return [{"id": code, "name": divisions().full_name(code)} for code in behind.ids]
        return self._lists.rows(behind.register, behind.ids)

    def township(self, text: str) -> str:
        """Returns the code of a township named by code or name, empty for none; a township asks for itself alone.

        Raises:
            UserError: there is no such township, or it is another one.
        """
        if not text:
            return ""
        code = township_unit(text).code
        if not self._unit.is_county and code != self._unit.code:
            raise UserError(f"这里只有{self._unit.name}的指标", "其他乡镇的指标在县局查看")
        return code

    def grid(self, month: str, *, whole_year: bool = False) -> Grid:
        """Returns all townships with all indicators, each indicator in a handful of queries."""
        scope = self._scope(month, whole_year=whole_year)
        with self._store.read() as session:
            engine = Engine(session)
            plan = catalogue(scope.basis).values()
            whole = [engine.measure(one, scope) for one in plan]
            each = [engine.measure_each(one, scope) for one in plan]
        county = GridRow(self._unit.code, self._unit.name, [shown(one, one) for one in whole])
        townships = [
            GridRow(code, divisions().name(code), [shown(column[code], column[code]) for column in each])
            for code in each[0]
        ]
        return Grid(month, [county, *townships])

    def basis(self) -> Basis:
        """Returns the 统计口径 in force."""
        return basis_of(self._store.setting(BASIS, {}))

    def set_basis(self, basis: Basis) -> None:
        """Sets the 统计口径 and logs it.

        Raises:
            UserError: a switch cannot be set so.
        """
        for switch in SWITCHES:
            if not fits(switch, getattr(basis, switch.key)):
                raise UserError(f"“{switch.label}”不能是“{getattr(basis, switch.key)}”", "请从给出的口径中选择")
        with self._store.work("修改统计口径") as work:
            settings.write_setting(work.session, BASIS, basis.facts())
            work.facts[BASIS] = basis.facts()

    def figures(self, month: str) -> Figures:
        """Returns what a report of the month says."""
        return figures_of(self.values(month), self.basis())

    def freeze(self, month: str) -> Snapshot:
        """Keeps the month's figures as they are now."""
        figures = self.figures(month)
        with self._store.work("留存指标") as work:
            frozen_figures.keep(work.session, month, figures, work.at, self._store.keys.operator.login, sealed=False)
            work.facts["month"] = month
        snapshot = self.frozen(month)
        assert snapshot is not None
        return snapshot

    def frozen(self, month: str) -> Snapshot | None:
        """Returns the figures a month was reported or kept with last, or None."""
        with self._store.read() as session:
            return frozen_figures.newest(session, month)

    def compare(self, month: str) -> list[Difference]:
        """Returns what is no longer as it was when the month was reported or kept.

        Raises:
            UserError: its figures were never kept.
        """
        snapshot = self.frozen(month)
        if snapshot is None:
            raise UserError(f"{month} 的指标还没有留存", "生成上报包时会自动留存，也可以现在留存")
        names = {number: one.name for number, one in catalogue().items()}
        return frozen_figures.differences(snapshot.figures, self.figures(month), names)

    def year_line(self, last_month: str) -> list[tuple[str, Measured]]:
        """Returns the visit rate of the twelve months that end with `last_month`."""
        months = [shifted(last_month, step) for step in range(-11, 1)]
        scope, indicator = self._scope(last_month), catalogue()["I04"]
        with self._store.read() as session:
            found = of_months(session, months, scope)
        return [(month, Measured(indicator, *found[month])) for month in months]

    def villages(self, month: str) -> list[VillageVisits]:
        """Returns due and visited per village, in the order of the village codes."""
        visited = counting_visit(ElderCase, month)
        statement = (
            select(Person.residence_division, func.count(), func.sum(_as_number(visited)))
            .join(Person, Person.id == ElderCase.person_id)
            .where(is_due(ElderCase, self._scope(month)))
            .group_by(Person.residence_division)
            .order_by(Person.residence_division)
        )
        with self._store.read() as session:
            rows = session.execute(statement.select_from(ElderCase)).all()
        return [VillageVisits(code or "", _village_name(code), due, done or 0) for code, due, done in rows]

    def _scope(self, month: str, village: str = "", township: str = "", whole_year: bool = False) -> Scope:
        own = "" if self._unit.is_county else self._unit.code
        basis = self.basis()
        if village or (township and township != own):  # the target is that of the whole unit, none of its parts has one
            basis = replace(basis, homecare_target=0)
        return Scope(month, township or own, village, whole_year, basis)

    def _known(self, indicator: str) -> Indicator:
        found = catalogue().get(indicator)
        if found is None:
            raise UserError(f"没有编号为“{indicator}”的指标", f"可用的有：{'、'.join(catalogue())}")
        return found

    def _in_order(self, register: str, ids: list[str]) -> list[str]:
        """The natural order of the register; places come in the order of their codes."""
        if not register or not ids:
            return sorted(ids)
        wanted = set(ids)
        return [one for one in self._lists.ids(Query(register)) if one in wanted]


def _value(engine: Engine, indicator: Indicator, scope: Scope) -> IndicatorValue:
    measured = engine.measure(indicator, scope)
    year = engine.measure(indicator, scope.this_year) if indicator.formula.flow else measured
    notes = engine.notes(indicator, scope)
    if indicator.formula.averaged:
        notes = (*notes, *filter(None, [worst_month(engine.months(indicator, scope))]))
    return shown(measured, year, notes)


def _card(engine: Engine, indicator: Indicator, scope: Scope) -> IndicatorValue:
    measured = engine.measure(indicator, scope)
    return shown(measured, engine.measure(indicator, scope.this_year) if indicator.formula.by_year else measured)


def _as_number(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def _village_name(code: str | None) -> str:
    return divisions().name(code) if code else "（未填村）"
