"""殡葬, 救助 and 补贴 (I08, I13, I14, I16, I17, I32)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, null
from sqlalchemy.orm import aliased

from anyue_desktop.indicators import county_figures
from anyue_desktop.indicators.base_figures import figure, years_used
from anyue_desktop.indicators.care_places import number_of
from anyue_desktop.indicators.county_figures import MANUAL, entered
from anyue_desktop.indicators.facility_rows import of_types
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import NOTHING, PERCENT, Kind
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Rows, gives
from anyue_desktop.registers import CountyManual

PUBLIC_BURIAL = ("F02", "F03", "F04", "F06")  # codelist facility_type
GROWTH = Kind(Decimal(100), 1, less=Decimal(100), edges=(NOTHING,), step=Decimal("0.01"))
BAR = "consumption_growth"


def share_of(part: str, whole: str, gap: str = "人", word: str = "用的") -> Formula:
    """A share of two base figures of the same village and year."""
    return Formula(figure(part, whole), figure(whole, part), gap=gap, notes=(years_used(whole, part, word=word),))


def growth_of(standard: str) -> Formula:
    """How much a standard grew over the year before; the bar is how much people's consumption did."""
    this_year = Rows(MANUAL, lambda scope: _standards(scope, standard)[0])
    last_year = Rows(MANUAL, lambda scope: _standards(scope, standard)[1])
    bar = Rows(MANUAL, lambda scope: _standards(scope, standard)[2])
    return Formula(
        this_year, last_year, GROWTH, gap="元", bar=bar, of_the_county=True, notes=(entered(standard),)
    )  # fmt: skip


def _standards(scope: Scope, standard: str) -> tuple[Select[Any], Select[Any], Select[Any]]:
    """The standard of the newest year that has it, of the year before, and the bar."""
    manual, first = county_figures.newest(scope, standard, also=(BAR,))
    before = aliased(CountyManual)
    joined = (before.year == manual.c.year - 1) & before.deleted_at.is_(None) & county_figures.is_countys(before)
    return (
        gives(manual.c.id, null(), null(), manual.c[standard]).where(first),
        gives(before.id, null(), null(), getattr(before, standard)).join(manual, joined).where(first),
        gives(manual.c.id, null(), null(), manual.c[BAR]).where(first),
    )


FORMULAS = {
    "I08": number_of(of_types(PUBLIC_BURIAL)),
    "I13a": growth_of("std_dibao_urban"),
    "I13b": growth_of("std_dibao_rural"),
    "I13c": growth_of("std_relief_urban"),
    "I13d": growth_of("std_relief_rural"),
    "I14": share_of("cremations", "deaths"),
    "I16": Formula(
        county_figures.figure("rescue_returned", "rescue_identified"),
        county_figures.figure("rescue_identified", "rescue_returned"),
        of_the_county=True, notes=(entered("rescue_identified", "rescue_returned"),),
    ),
    "I17a": share_of("disabled_hard_got", "disabled_hard_should"),
    "I17b": share_of("disabled_severe_got", "disabled_severe_should"),
    "I32": Formula(
        county_figures.figure("counselling_rate"), kind=PERCENT, gap="个百分点",
        known=county_figures.figure("counselling_rate"), of_the_county=True, notes=(entered("counselling_rate"),),
    ),
}  # fmt: skip
