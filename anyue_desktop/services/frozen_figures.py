"""The indicators of a month as they were at one moment, and how they differ from what they would be now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.db.indicator_tables import FrozenMonth
from anyue_desktop.indicators.basis import RULE_VERSION, Basis, basis_of
from anyue_desktop.indicators.indicator import NO_VALUE
from anyue_desktop.indicators.sides import Amount
from anyue_desktop.services.indicator_value import IndicatorValue

UNKNOWN_RULES = 0  # of reports from before the rules were numbered


@dataclass(frozen=True)
class Figure:
    """What an indicator was."""

    value: str
    numerator: Amount | float
    denominator: Amount | float | None


@dataclass(frozen=True)
class Figures:
    """All indicators of a month, with the rules and the 口径 they were computed by."""

    rules: int
    basis: Basis
    values: Mapping[str, Figure]

    def text(self) -> str:
        """Returns the figures as packages carry them."""
        facts = {"rules": self.rules, "basis": self.basis.facts(), "values": _values_facts(self.values)}
        return json.dumps(facts, ensure_ascii=False)


@dataclass(frozen=True)
class Snapshot:
    """The frozen figures of a month."""

    month: str
    figures: Figures
    at: str
    by: str  # login of the operator
    sealed: bool  # whether a package was sealed with them


@dataclass(frozen=True)
class Difference:
    """An indicator that was something else when the month was frozen."""

    id: str
    name: str
    then: Figure
    now: Figure


def figures_of(values: Iterable[IndicatorValue], basis: Basis) -> Figures:
    """Returns what is kept of the indicators."""
    kept = {one.id: Figure(one.value, plain(one.numerator), plain(one.denominator)) for one in values}
    return Figures(RULE_VERSION, basis, kept)


def read_figures(text: str) -> Figures:
    """Reads what a package carries; before the rules were numbered it was the values alone."""
    facts = json.loads(text) if text else {}
    values = facts.get("values", facts) if "rules" in facts else facts
    return Figures(
        facts.get("rules", UNKNOWN_RULES) if "rules" in facts else UNKNOWN_RULES,
        basis_of(facts.get("basis", {}) if "rules" in facts else {}),
        {number: Figure(*one) for number, one in values.items()},
    )


def keep(session: Session, month: str, figures: Figures, at: str, by: str, *, sealed: bool) -> None:
    """Keeps the figures of a month; belongs into `Store.work`."""
    session.add(
        FrozenMonth(
            month=month,
            rules=figures.rules,
            basis=json.dumps(figures.basis.facts(), ensure_ascii=False),
            figures=json.dumps(_values_facts(figures.values), ensure_ascii=False),
            at=at,
            by=by,
            sealed=sealed,
        )
    )


def newest(session: Session, month: str) -> Snapshot | None:
    """Returns the figures a month was frozen with last, or None."""
    statement = select(FrozenMonth).where(FrozenMonth.month == month).order_by(FrozenMonth.id.desc()).limit(1)
    row = session.scalars(statement).first()
    if row is None:
        return None
    values = {number: Figure(*one) for number, one in json.loads(row.figures).items()}
    figures = Figures(row.rules, basis_of(json.loads(row.basis)), values)
    return Snapshot(row.month, figures, row.at, row.by, row.sealed)


def differences(then: Figures, now: Figures, names: Mapping[str, str]) -> list[Difference]:
    """Returns the indicators that are not what they were; one that is new was “—”."""
    nothing = Figure(NO_VALUE, 0, None)
    return [
        Difference(number, names[number], was, one)
        for number, one in now.values.items()
        if (was := then.values.get(number, nothing)) != one
    ]


def plain(amount: Any) -> Any:
    """Returns an amount as JSON knows numbers."""
    return amount if amount is None or isinstance(amount, int) else float(amount)


def _values_facts(values: Mapping[str, Figure]) -> dict[str, list[Any]]:
    return {number: [one.value, one.numerator, one.denominator] for number, one in values.items()}
