"""Which records stand behind the numerator, the denominator, or what is missing between them."""

from __future__ import annotations

from anyue_desktop.indicators.engine import Engine
from anyue_desktop.indicators.indicator import Indicator
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Amount, Side

NUMERATOR, DENOMINATOR, MISSING = "numerator", "denominator", "missing"
PARTS = {NUMERATOR: "分子", DENOMINATOR: "分母", MISSING: "差额"}


def ids_behind(engine: Engine, indicator: Indicator, scope: Scope, part: str) -> tuple[str, list[str]]:
    """Returns the register behind a part of a number, and the ids of its records, or of the places."""
    if len(scope.months) > 1 and indicator.formula.averaged:
        return _behind_months(engine, indicator, scope, part)
    numerator, denominator = indicator.formula.numerator, indicator.formula.denominator
    if part == NUMERATOR:
        return numerator.register, [one for one, amount in engine.amounts(numerator, scope).items() if amount]
    if denominator is None:
        return numerator.register, []
    whole = engine.amounts(denominator, scope)
    if part == DENOMINATOR:
        return denominator.register, list(whole)
    done = _done(engine, numerator, denominator, scope)
    if done is None:
        return denominator.register, []
    return denominator.register, [one for one, amount in whole.items() if done.get(one, 0) < amount]


def _behind_months(engine: Engine, indicator: Indicator, scope: Scope, part: str) -> tuple[str, list[str]]:
    """Of a year made of months: who was due in any, who was missed in any, and who never was."""
    due = {one for month in scope.of_months for one in ids_behind(engine, indicator, month, DENOMINATOR)[1]}
    missed = {one for month in scope.of_months for one in ids_behind(engine, indicator, month, MISSING)[1]}
    found = {NUMERATOR: due - missed, DENOMINATOR: due, MISSING: missed}
    return indicator.formula.numerator.register, list(found[part])


def _done(engine: Engine, numerator: Side, denominator: Side, scope: Scope) -> dict[str, Amount] | None:
    """What each record or place of the denominator gives the numerator; None where they are of different kinds."""
    if numerator.register == denominator.register:
        elsewhere = dict.fromkeys(engine.done_elsewhere(numerator, denominator, scope), 1)
        return {**elsewhere, **engine.amounts(numerator, scope)}
    if not denominator.register:
        return dict.fromkeys(engine.places(numerator, scope), 1)
    return None
