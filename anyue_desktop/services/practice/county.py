"""A whole made-up county: 46 townships that differ in size and in how well they keep their registers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.practice.character import Character, character
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.setting import size_of
from anyue_desktop.services.practice.township import PracticeTownship
from anyue_desktop.services.practice.whole import whole_township

COUNTY_SEED = "练习县"
USUAL_SCALE = 0.25  # of the practice township's number of people in a village
SIZES = (0.7, 1.3)


def townships(
    today: date,
    scale: float = USUAL_SCALE,
    seed: str = COUNTY_SEED,
    *,
    months: int = 12,
    without: Collection[str] = (),
) -> Iterator[PracticeTownship]:
    """Makes one township after another, in the order of the division codes, without those of the given codes.

    `scale` 1 gives each village as many people as the practice township has; villages have the same facilities and
    base figures at any scale. The same arguments give the same county, and a township is the same whatever others are
    left out.
    """
    for one in divisions().townships():
        if one.code in without:
            continue
        draw = Draw(f"{seed}/{one.code}/size")
        size = size_of(one.code, scale * (SIZES[0] + (SIZES[1] - SIZES[0]) * draw.fraction()))
        yield whole_township(one.code, today, size, seed, character=character_of(one.code, seed), months=months)


def character_of(township: str, seed: str = COUNTY_SEED) -> Character:
    """Returns how well a township of the county keeps its registers."""
    return character(Draw(f"{seed}/{township}/character"))
