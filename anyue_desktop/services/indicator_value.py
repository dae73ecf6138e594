"""An indicator as an officer reads it: texts, signs and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.indicators.indicator import BELOW, MET, NEARLY, NO_VALUE, Measured
from anyue_desktop.indicators.kinds import SHARE
from anyue_desktop.indicators.sides import Amount

SIGNS = {MET: "✓", NEARLY: "△", BELOW: "✗"}  # beside the colour, for paper without any (registers.md F.5)


@dataclass(frozen=True)
class IndicatorValue:
    """One indicator of one place: value, the two numbers, target, and how many are still missing."""

    id: str
    name: str
    value: str  # as printed, “—” without a value
    numerator: Amount
    denominator: Amount | None  # None for a plain count
    target: str
    unit: str
    attribute: str  # 约束性 | 预期性 | 未注明
    met: bool | None
    gap: str  # 还差3人
    state: str = ""  # met | near | below, or not judged
    main: bool = False  # one of the seventeen of 专栏1
    level: str = ""  # T | T→C | C
    place: str = ""  # where the plan says so
    notes: tuple[str, ...] = ()
    year_value: str = ""
    share: str = ""  # how much of the target is reached
    register: str = ""  # of the records behind the numerator

    @property
    def sign(self) -> str:
        """✓ △ ✗, or nothing where it is not judged."""
        return SIGNS.get(self.state, "")

    @property
    def parts(self) -> str:
        """Both numbers: 57/60, or the one of a count."""
        if self.value == NO_VALUE and not self.denominator:
            return NO_VALUE
        return amount_text(self.numerator) + ("" if self.denominator is None else f"/{amount_text(self.denominator)}")


def shown(measured: Measured, year: Measured, notes: tuple[str, ...] = ()) -> IndicatorValue:
    """Returns what is read of a measured indicator and of its year."""
    one = measured.indicator
    return IndicatorValue(
        id=one.id,
        name=one.name,
        value=measured.text,
        numerator=measured.numerator,
        denominator=measured.denominator,
        target=one.target_text,
        unit=one.unit,
        attribute=one.attribute,
        met=measured.met,
        gap=f"还差{amount_text(measured.missing)}{one.formula.gap}" if measured.met is False else "",
        state=measured.state,
        main=one.main,
        level=one.level,
        place=one.place,
        notes=notes,
        year_value=year.text,
        share=share_text(measured),
        register=one.formula.numerator.register,
    )


def share_text(measured: Measured) -> str:
    """Returns how much of the target is reached, never 100.0% when it is not."""
    return "" if measured.completion is None else f"{SHARE.shown(measured.completion)}%"


def amount_text(amount: Amount) -> str:
    """Returns an amount with its thousands parted."""
    return f"{amount:,}"
