"""The indicators the programme computes: the plan's facts from the resource, how to compute them from code."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from anyue_desktop.core import resources
from anyue_desktop.indicators import visit_rate
from anyue_desktop.indicators.indicator import Formula, Indicator

FORMULAS: dict[str, Formula] = {**visit_rate.FORMULAS}


@cache
def catalogue() -> dict[str, Indicator]:
    """Returns the indicators by their numbers, in the order of the plan."""
    plan = resources.load_json("indicators.json")
    return {facts["id"]: _indicator(facts, FORMULAS[facts["id"]]) for facts in plan if facts["id"] in FORMULAS}


def _indicator(facts: dict[str, Any], formula: Formula) -> Indicator:
    return Indicator(
        id=facts["id"],
        name=facts["name"],
        target=None if facts["value"] is None else Decimal(str(facts["value"])),
        target_text=facts["target"] + (facts["unit"] if facts["target"].isdigit() else ""),
        unit=facts["unit"],
        attribute=facts["attribute"],
        place=facts["place"],
        level=facts["computed_at"],
        formula=formula,
    )
