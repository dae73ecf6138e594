"""An indicator as an officer reads it: texts, signs and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anyue_desktop.indicators.indicator import BELOW, MET, NEARLY, NO_VALUE, Measured
from anyue_desktop.indicators.kinds import PERCENT, SHARE
from anyue_desktop.indicators.sides import Amount

SIGNS = {MET: "✓", NEARLY: "△", BELOW: "✗"}  # beside the colour, for paper without any (registers.md F.5)

PAPER_CROSS = "×"
MANY, MANY_TIMES = 1000, "1000%以上"


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
    short_name: str = ""  # where there is little room

    @property
    def sign(self) -> str:
        """✓ △ ✗, or nothing where it is not judged."""
        return SIGNS.get(self.state, "")

    @property
    def parts(self) -> str:
        """Both numbers: 57/60, or the one of a count."""
        if self.value == NO_VALUE and not self.numerator:
            return NO_VALUE
        whole = f"/{amount_text(self.denominator)}" if self.denominator else ""
        return amount_text(self.numerator) + whole


def shown(measured: Measured, year: Measured, notes: tuple[str, ...] = ()) -> IndicatorValue:
    """Returns what is read of a measured indicator and of its year."""
    one, judged = measured.indicator, year if measured.indicator.formula.by_year else measured
    return IndicatorValue(
        id=one.id,
        name=one.name,
        value=measured.text,
        numerator=measured.numerator,
        denominator=measured.denominator,
        target=one.target_text if measured.bar is None else f"≥{PERCENT.shown(measured.bar)}%",
        unit=one.unit,
        attribute=one.attribute,
        met=judged.met,
        gap=f"还差{judged.missing}{one.formula.gap}" if judged.met is False else "",
        state=judged.state,
        main=one.main,
        level=one.level,
        place=one.place,
        notes=notes,
        year_value=year.text,
        share=share_text(judged),
        register=one.formula.numerator.register,
        short_name=one.short_name,
    )


def worst_month(months: Sequence[tuple[str, Measured]]) -> str:
    """Says which months a year's mean is of, and the worst of them (registers.md F.1, I04)."""
    known = [(one.exact, month, one.text) for month, one in months if one.exact is not None]
    if not known:
        return ""
    _, month, text = min(known)
    return f"年累计是{len(known)}个月的平均，最低的是{int(month[5:])}月（{text}）"


def share_text(measured: Measured) -> str:
    """Returns how much of the target is reached, never 100.0% when it is not; many times the target is only said so."""
    if measured.completion is None:
        return ""
    return MANY_TIMES if measured.completion >= MANY else f"{SHARE.shown(measured.completion)}%"


def on_paper(text: str) -> str:
    """Returns a text as the printing fonts can draw it: they have no ✗."""
    return text.replace(SIGNS[BELOW], PAPER_CROSS)


def amount_text(amount: Amount) -> str:
    """Returns an amount with its thousands parted."""
    return f"{amount:,}"
