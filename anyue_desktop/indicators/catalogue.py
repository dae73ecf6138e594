"""The indicators the programme computes: the plan's facts from the resource, the two sets from code."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from anyue_desktop.core import resources
from anyue_desktop.indicators import visit_rate
from anyue_desktop.indicators.indicator import Behind, Indicator

SETS: dict[str, tuple[str, Behind, Behind]] = {
    "I04": ("elder_case", visit_rate.visited, visit_rate.to_be_visited),
}


@cache
def catalogue() -> dict[str, Indicator]:
    """Returns the indicators by their numbers in the plan."""
    facts = {row["id"]: row for row in resources.load_json("indicators.json")}
    return {number: _indicator(facts[number], *sets) for number, sets in SETS.items()}


def _indicator(facts: dict[str, Any], register: str, numerator: Behind, denominator: Behind) -> Indicator:
    return Indicator(
        id=facts["id"],
        name=facts["name"],
        target=Decimal(str(facts["value"])),
        unit=facts["unit"],
        attribute=facts["attribute"],
        register=register,
        numerator=numerator,
        denominator=denominator,
    )
