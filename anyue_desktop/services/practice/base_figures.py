"""村（社区）年度基础数据 of last year and this year, and the county's own figures (registers.md B.12, E.5)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.places import Village
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.staff import director_of

Values = dict[str, Any]

CITY_COMMUNITY, RURAL_COMMUNITY, VILLAGE = "1", "2", "3"  # codelist area_kind
LATE_FROM = 1  # the seat of the township gives its figures first
HOUSEHOLDS, OF_A_HOUSEHOLD = (560, 1250), (2.6, 3.2)
RESIDENT = {False: (0.52, 0.7), True: (0.8, 1.15)}  # share of the registered who live here, by whether a town
OVER_60, STAYING_60, OVER_65, OVER_80 = (0.2, 0.27), (0.82, 0.95), (0.72, 0.8), (0.12, 0.17)
UNDER_18, UNDER_16, AWAY = (0.12, 0.17), (0.84, 0.92), (0.22, 0.36)
DEATHS, DISABLED, HARDSHIP = (0.007, 0.011), (0.03, 0.045), (0.004, 0.008)


def write_base_figures(setting: Setting) -> None:
    """Writes both years; some villages have not given this year's yet."""
    without = setting.villages[LATE_FROM : LATE_FROM + setting.character.villages_without_figures]
    for village in setting.villages:
        draw = setting.draw(f"figures of {village.code}")
        last = _figures(setting, draw, village)
        this = {key: _moved(draw, key, value) for key, value in last.items()}
        for year, values in ((setting.today.year - 1, last), (setting.today.year, this)):
            if year == setting.today.year and village in without:
                continue
            whole = _tidied(values) | _facts(setting, draw, village, year)
            written = max(
                date(year, 1, 1), min(date(year, 12, 20), setting.today - timedelta(days=draw.between(2, 25)))
            )
            setting.book.write("village_year_base", draw, written, whole)


def _within(draw: Draw, share: tuple[float, float]) -> float:
    low, high = share
    return low + (high - low) * draw.fraction()


def _figures(setting: Setting, draw: Draw, village: Village) -> dict[str, int]:
    households = draw.between(*HOUSEHOLDS)
    people = int(households * _within(draw, OF_A_HOUSEHOLD))
    staying = _within(draw, RESIDENT[village.urban])
    old, young = int(people * _within(draw, OVER_60)), int(people * _within(draw, UNDER_18))
    deaths, disabled = int(people * _within(draw, DEATHS)), int(people * _within(draw, DISABLED))
    return {
        "households_reg": households,
        "households_res": int(households * staying * 1.05),
        "pop_reg": people,
        "pop_res": int(people * staying),
        "pop60_reg": old,
        "pop60_res": int(old * _within(draw, STAYING_60)),
        "pop65_reg": int(old * _within(draw, OVER_65)),
        "pop80_reg": int(old * _within(draw, OVER_80)),
        "pop0_17": young,
        "pop0_15": int(young * _within(draw, UNDER_16)),
        "migrant_out": int(people * _within(draw, AWAY)),
        "deaths": deaths,
        "cremations": int(deaths * setting.character.cremated * (0.7 + 0.6 * draw.fraction())),
        "disabled_cert": disabled,
        "disabled_hard_should": int(disabled * 0.3),
        "disabled_severe_should": int(disabled * 0.45),
        "relief_total": int(people * _within(draw, HARDSHIP)),
    }


def _moved(draw: Draw, key: str, value: int) -> int:
    """A year later; the denominators never stay quite the same."""
    if key == "relief_total":
        return value
    change = draw.between(-2, 2) if value < 100 else round(value * (draw.fraction() - 0.45) * 0.03) or 1
    return max(0, value + change)


def _tidied(values: dict[str, int]) -> Values:
    """The shares of what was drawn: a part is never more than its whole."""
    whole: Values = dict(values)
    whole["cremations"] = min(values["cremations"], values["deaths"])
    for kind in ("hard", "severe"):
        should = values[f"disabled_{kind}_should"]
        whole[f"disabled_{kind}_got"] = should - (1 if should % 4 == 0 and should else 0)
    whole["relief_willing"] = values["relief_total"] // 2
    whole["relief_central"] = values["relief_total"] * 2 // 5
    return whole


def _facts(setting: Setting, draw: Draw, village: Village, year: int) -> Values:
    first = village is setting.villages[0]
    kind = VILLAGE if not village.urban else CITY_COMMUNITY if first else RURAL_COMMUNITY
    in_post = not director_of(setting, village).get("off_date") or year < setting.today.year
    return {
        "village_code": village.code,
        "year": year,
        "area_kind": kind,
        "social_workers": draw.below(2) + (1 if first else 0),
        "homecare_running": Draw(f"{setting.seed}/{village.code}/homecare").chance(setting.character.homecare),
        "has_child_director": in_post,
        "has_charter": draw.chance(0.93),
        "filler": village.visitors[0].name,
        "audited_by": words.full_name(draw, "1", young=True),
    }


COUNTY_FIGURES: tuple[Values, ...] = (  # last year's, then this year's: made up, in the proportions of the plan
    {
        "minor_center": 1, "minor_center_std": False, "rescue_identified": 62, "rescue_returned": 61,
        "std_dibao_urban": Decimal(740), "std_dibao_rural": Decimal(590), "std_relief_urban": Decimal(962),
        "std_relief_rural": Decimal(767), "consumption_growth": Decimal("5.10"), "social_workers_total": 214,
        "org_incubators": 0, "orgs_service_capable": 6, "orgs_total": 655, "volunteer_groups": 470,
        "volunteers_total": 158300, "counselling_rate": Decimal(16), "marriage_reg": 4100, "rescue_center": 0,
    },
    {
        "minor_center": 1, "minor_center_std": True, "rescue_identified": 48, "rescue_returned": 48,
        "std_dibao_urban": Decimal(785), "std_dibao_rural": Decimal(635), "std_relief_urban": Decimal(1021),
        "std_relief_rural": Decimal(826), "consumption_growth": Decimal("5.60"), "social_workers_total": 262,
        "org_incubators": 1, "orgs_service_capable": 9, "orgs_total": 661, "volunteer_groups": 478,
        "volunteers_total": 163900, "counselling_rate": Decimal(21), "marriage_reg": 3800, "rescue_center": 1,
    },
)  # fmt: skip


def county_figures(today: date, seed: str) -> list[Values]:
    """Returns the county's records of last year and this year, as its own officer types them."""
    draw = Draw(f"{seed}/county")
    made = []
    for year, figures in zip((today.year - 1, today.year), COUNTY_FIGURES, strict=True):
        day = min(date(year, 12, 28), today)
        values = {"id": numbers.record_id(draw, day), "created_at": numbers.moment_of(draw, day), "year": year}
        made.append(values | {"source": "1", "report_state": "1"} | figures)
    return made
