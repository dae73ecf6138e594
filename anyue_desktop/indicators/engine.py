"""Measuring: both sides of each indicator, for one place or for all townships or villages at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import TOWNSHIP
from anyue_desktop.indicators.indicator import Indicator, Measured
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Amount, Rows, Side, Sum, Sums, listed

NOTHING = Sum()


class Engine:
    """Answers questions of one session; what several indicators need is asked of the database once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[Side, Scope, str], Sums] = {}

    def measure(self, indicator: Indicator, scope: Scope) -> Measured:
        """Measures the scope as a whole: the sum of its townships, but a person several of them have counts once."""
        if len(scope.months) > 1 and indicator.formula.averaged:
            return _mean([self.measure(indicator, one) for one in scope.of_months])
        formula = indicator.formula
        denominator = formula.denominator
        return Measured(
            indicator,
            self._total(formula.numerator, scope).amount,
            self._total(denominator, scope).amount if denominator is not None else None,
            known=formula.known is None or self._total(formula.known, scope).rows > 0,
            judged=scope.is_county or not formula.of_the_county,
            bar=None if formula.bar is None else self._bar(formula.bar, scope),
        )

    def months(self, indicator: Indicator, scope: Scope) -> list[tuple[str, Measured]]:
        """Measures each month of the year so far."""
        return [(one.month, self.measure(indicator, one)) for one in scope.this_year.of_months]

    def measure_each(self, indicator: Indicator, scope: Scope, by: str = TOWNSHIP) -> dict[str, Measured]:
        """Measures every township, or every village, of the scope in as many queries as one place takes."""
        places = [code for code, township in listed(by) if scope.township in ("", township)]
        if len(scope.months) > 1 and indicator.formula.averaged:
            months = [self.measure_each(indicator, one, by) for one in scope.of_months]
            return {place: _mean([month[place] for month in months]) for place in places}
        formula = indicator.formula
        numerators = self._sums(formula.numerator, scope, by)
        denominators = None if formula.denominator is None else self._sums(formula.denominator, scope, by)
        known = None if formula.known is None else self._sums(formula.known, scope, by)
        return {
            place: Measured(
                indicator,
                numerators.get(place, NOTHING).amount,
                None if denominators is None else denominators.get(place, NOTHING).amount,
                known=known is None or known.get(place, NOTHING).rows > 0,
                judged=not formula.of_the_county,
            )
            for place in places
        }

    def notes(self, indicator: Indicator, scope: Scope) -> tuple[str, ...]:
        """Returns what should be read beside the value."""
        return tuple(sentence for note in indicator.formula.notes for sentence in note(self._session, scope))

    def amounts(self, side: Side, scope: Scope) -> dict[str, Amount]:
        """Returns the records or places behind a side, each with what it gives."""
        return side.amounts(self._session, scope)

    def places(self, side: Side, scope: Scope) -> set[str]:
        """Returns the townships or villages a side counts."""
        return side.places(self._session, scope) if isinstance(side, Rows) else set()

    def done_elsewhere(self, numerator: Side, denominator: Side, scope: Scope) -> set[str]:
        """Returns the records of a denominator whose person counts in the numerator by another township's record."""
        if not isinstance(numerator, Rows) or not isinstance(denominator, Rows):
            return set()
        done = set(numerator.clusters(self._session, scope).values())
        return {one for one, person in denominator.clusters(self._session, scope).items() if person in done}

    def _bar(self, side: Side, scope: Scope) -> Decimal | None:
        """A target the county enters for the year; None as long as it has not."""
        found = self._total(side, scope)
        return Decimal(found.amount) if found.rows > found.blank else None

    def _total(self, side: Side, scope: Scope) -> Sum:
        whole = sum(self._sums(side, scope, TOWNSHIP).values(), NOTHING)
        again = side.again(self._session, scope) if isinstance(side, Rows) else 0
        return replace(whole, amount=whole.amount - again)

    def _sums(self, side: Side, scope: Scope, by: str) -> Sums:
        key = (side, scope, by)
        if key not in self._known:
            self._known[key] = side.sums(self._session, scope, by)
        return self._known[key]


def _mean(months: list[Measured]) -> Measured:
    """The mean of the months that have a value; the numbers are those of all months together."""
    rates = [one.exact for one in months if one.exact is not None]
    return replace(
        months[0],
        numerator=sum(one.numerator for one in months),
        denominator=sum(one.denominator or 0 for one in months),
        known=bool(rates),
        mean=sum(rates, Decimal(0)) / len(rates) if rates else None,
    )
