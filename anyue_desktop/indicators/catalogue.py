"""The indicators the programme computes: the plan's facts from the resource, how to compute them from code."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from anyue_desktop.core import resources
from anyue_desktop.indicators import (
    care_places,
    community,
    home_care,
    protection,
    relief,
    social_work,
    visit_rate,
    welfare,
)
from anyue_desktop.indicators.basis import AS_MADE, Basis
from anyue_desktop.indicators.indicator import Formula, Indicator

FORMULAS: dict[str, Formula] = {
    **relief.FORMULAS,
    **protection.FORMULAS,
    **visit_rate.FORMULAS,
    **care_places.FORMULAS,
    **community.FORMULAS,
    **social_work.FORMULAS,
    **welfare.FORMULAS,
}


@lru_cache(maxsize=8)
def catalogue(basis: Basis = AS_MADE) -> dict[str, Indicator]:
    """Returns the indicators by their numbers, in the order of the plan, read as the 口径 says."""
    formulas = {**FORMULAS, **home_care.formulas(basis)}
    return {facts["id"]: _indicator(facts, formulas[facts["id"]]) for facts in resources.load_json("indicators.json")}


def _indicator(facts: dict[str, Any], formula: Formula) -> Indicator:
    return Indicator(
        id=facts["id"],
        name=facts["name"],
        short_name=facts.get("short", facts["name"]),
        target=None if facts["value"] is None else Decimal(str(facts["value"])),
        target_text=facts["target"] + (facts["unit"] if facts["target"].isdigit() else ""),
        unit=facts["unit"],
        attribute=facts["attribute"],
        place=facts["place"],
        level=facts["computed_at"],
        formula=formula,
    )
