"""How a value follows from its two numbers and how it is shown (registers.md F.5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from anyue_desktop.indicators.sides import Amount

NOTHING, ALL = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Kind:
    """`numerator × factor ÷ denominator − less`, shown with so many decimals."""

    factor: Amount = 1
    places: int = 0
    divided: bool = True  # a plain count has no denominator
    less: Decimal = NOTHING
    edges: tuple[Decimal, ...] = ()  # never rounded onto
    step: Amount = 1  # the smallest amount that can be missing
    words: tuple[str, str] | None = None  # what is shown instead of 0 and of more

    def exact(self, numerator: Amount, denominator: Amount | None) -> Decimal | None:
        """Returns the value unrounded; None where there is nothing to divide by."""
        if not self.divided:
            return Decimal(numerator)
        return Decimal(numerator * self.factor) / Decimal(denominator) - self.less if denominator else None

    def shown(self, exact: Decimal, target: Decimal | None = None) -> Decimal:
        """Returns the value rounded, but never onto an edge it is not on, nor up onto a target it does not reach."""
        unit = Decimal(1).scaleb(-self.places)
        shown = exact.quantize(unit, ROUND_HALF_UP)
        if shown != exact and (shown in self.edges or (target is not None and exact < target <= shown)):
            shown += unit if shown < exact else -unit
        return shown

    def reached(self, numerator: Amount, denominator: Amount | None, target: Decimal) -> bool:
        """Whether a target is reached, without a rounding in between."""
        if not self.divided:
            return numerator >= target
        return numerator * self.factor >= (target + self.less) * Decimal(denominator or 0)

    def missing(self, numerator: Amount, denominator: Amount | None, target: Decimal) -> Amount:
        """Returns how much more the numerator needs; nothing where the target is reached."""
        needed = (target + self.less) * Decimal(denominator or 0) / self.factor if self.divided else target
        left = ((needed - Decimal(numerator)) / self.step).to_integral_value(ROUND_CEILING) * self.step
        return max(0, int(left) if left == int(left) else left)


SHARE = Kind(Decimal(100), 1, edges=(NOTHING, ALL))
COUNT = Kind(divided=False)
PERCENT = Kind(places=1, divided=False)
