"""An indicator: the county plan's facts, and the people or places behind its two numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from anyue_desktop.indicators.kinds import SHARE, Kind
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Amount, Side

NO_VALUE = "—"
NEAR = Decimal(90)  # percent of the target from which on a value is nearly there (registers.md F.5)
MET, NEARLY, BELOW, UNJUDGED = "met", "near", "below", ""

Note = Callable[[Session, Scope], Iterable[str]]  # sentences an officer should read beside the value


@dataclass(frozen=True)
class Formula:
    """How a number is come by."""

    numerator: Side
    denominator: Side | None = None
    kind: Kind = SHARE
    gap: str = "人"  # what is missing: 还差3人
    bar: Side | None = None  # a target that the year decides, instead of the plan's
    known: Side | None = None  # where it has no rows nobody has filled anything in, and there is no value
    flow: bool = False  # happens in the course of a month or year, while others are as on a day
    by_year: bool = False  # judged by the year so far, whatever the month
    averaged: bool = False  # its year is the mean of the months
    of_the_county: bool = False  # the target is the county's: one township or village is not judged by it
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One row of the plan (安府办发〔2023〕10号 专栏1 and the body text)."""

    id: str
    name: str
    short_name: str  # where there is little room
    target: Decimal | None
    target_text: str
    unit: str
    attribute: str  # 约束性 | 预期性 | 未注明
    place: str  # where the plan says so: 专栏1-4
    level: str  # T the township computes, T→C it supplies and the county computes, C the county enters
    formula: Formula

    @property
    def main(self) -> bool:
        """Whether it is one of the seventeen of 专栏1."""
        return self.place.startswith("专栏1-")


@dataclass(frozen=True)
class Measured:
    """An indicator's value for one scope."""

    indicator: Indicator
    numerator: Amount
    denominator: Amount | None = None
    known: bool = True
    judged: bool = True
    bar: Decimal | None = None  # the target, where the year decides it
    mean: Decimal | None = None  # of the months of a year, instead of the quotient

    @property
    def target(self) -> Decimal | None:
        """What the value should reach."""
        return self.indicator.target if self.bar is None else self.bar

    @property
    def exact(self) -> Decimal | None:
        """The value unrounded; None where nothing is known or the denominator is 0."""
        if not self.known or self.mean is not None:
            return self.mean
        return self.indicator.formula.kind.exact(self.numerator, self.denominator)

    @property
    def text(self) -> str:
        """The value as printed."""
        if self.exact is None:
            return NO_VALUE
        kind = self.indicator.formula.kind
        if kind.words is not None:
            return kind.words[self.exact > 0]
        shown = kind.shown(self.exact, self.target)
        return f"{shown}%" if self.indicator.unit == "%" else f"{shown}"

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a value, or where it is not judged."""
        target = self.target
        if not self.judged or self.exact is None or target is None:
            return None
        if self.mean is not None:
            return self.mean >= target
        return self.indicator.formula.kind.reached(self.numerator, self.denominator, target)

    @property
    def missing(self) -> Amount:
        """How many more people or places the target needs."""
        target = self.target
        if self.met is not False or target is None:
            return 0
        return self.indicator.formula.kind.missing(self.numerator, self.denominator, target)

    @property
    def completion(self) -> Decimal | None:
        """The value in percent of the target; None where it is not judged, or the target is not above nothing."""
        target = self.target
        if self.met is None or self.exact is None or target is None or target <= 0:
            return None
        return self.exact * 100 / target

    @property
    def state(self) -> str:
        """Met, nearly there, below, or not judged."""
        if self.met is None:
            return UNJUDGED
        return MET if self.met else NEARLY if self.completion is not None and self.completion >= NEAR else BELOW


__all__ = ["BELOW", "MET", "NEARLY", "NO_VALUE", "UNJUDGED", "Formula", "Indicator", "Measured", "Note", "Scope"]
