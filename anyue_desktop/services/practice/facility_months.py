"""设施月报 of made-up facilities: the whole months, and the present one where it was handed in early."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from anyue_desktop.core.dates import last_day, month_of, shifted
from anyue_desktop.registers.facility_blocks import blocks_of
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

EARLY_SHARE, MISSED_SHARE = 0.7, 0.03
KEYED_WITHIN = 4
IN_USE = "1"
HOUSED = (0.55, 0.92)  # of the beds
HOME = "E01"


def write_months(setting: Setting) -> None:
    """Writes the months of every facility that cares for old people or buries the dead."""
    present = month_of(setting.today)
    for number, facility in enumerate(setting.book.records["facility"]):
        blocks = blocks_of(facility["facility_type"])
        if facility["status"] != IN_USE or not {"care", "burial"} & set(blocks):
            continue
        draw = setting.draw("month", number)
        share = HOUSED[0] + (HOUSED[1] - HOUSED[0]) * draw.fraction()
        for back in range(setting.months, -1, -1):
            if draw.chance(MISSED_SHARE if back else 1 - EARLY_SHARE):
                continue
            month = shifted(present, -back)
            values = {"facility_id": facility["id"], "month": month, **_services(draw, facility, blocks, share)}
            keyed = min(last_day(month), setting.today - timedelta(days=draw.below(KEYED_WITHIN)))
            setting.book.write("facility_month", draw, keyed, values)


def _services(draw: Draw, facility: Values, blocks: tuple[str, ...], share: float) -> Values:
    if "burial" in blocks:
        return {"burials": draw.below(4)}
    kind, values = facility["facility_type"], _activities(draw)
    if "beds" in blocks:
        values |= _residents(draw, facility, share)
    if "food" in blocks and facility.get("food_license") == "1":
        values["meal_times"] = draw.between(120, 900)
    if kind == "E10":
        values["home_visit_times"] = draw.between(150, 420)
    return values


def _activities(draw: Draw) -> Values:
    times = draw.below(5)
    return {"activity_times": times, "activity_persons": sum(draw.between(8, 30) for _ in range(times))}


def _residents(draw: Draw, facility: Values, share: float) -> Values:
    housed = min(facility["beds_full"], max(0, round(facility["beds_full"] * share) + draw.between(-1, 1)))
    values: Values = {
        "residents_end": housed,
        "residents_relief": int(housed * (0.8 if facility["facility_type"] == HOME else 0.25)),
        "residents_disabled": int(housed * 0.35),
    }
    if facility["beds_day"]:
        values["day_service_times"] = draw.between(4, 22) * facility["beds_day"]
    return values
