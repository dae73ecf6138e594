"""The kinds of difficulty old people are in, and what usually goes with each (registers.md A.2)."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.services.practice.draw import Odds

NONE, NEAR, AWAY = "none", "near", "away"  # where the children are


@dataclass(frozen=True)
class Difficulty:
    """One kind: how often it is met, its categories, and how such people live."""

    weight: float
    categories: tuple[str, ...]
    main: str
    living: str
    children: str
    self_care: Odds
    carers: tuple[str, ...]
    relief: Odds
    least_age: int = 60
    disabled: bool = False
    rural: bool = False


ABLE = Odds({"1": 88, "2": 12})
FRAIL = Odds({"2": 65, "3": 35})
MIXED = Odds({"1": 55, "2": 35, "3": 10})
USUAL_RELIEF = Odds({"0": 78, "1": 14, "4": 4, "6": 2, "7": 2})
POOR = Odds({"1": 70, "4": 20, "0": 10})
LOW_INCOME, EXTREME_HARDSHIP = Odds({"1": 1}), Odds({"2": 1})

DIFFICULTIES = (
    Difficulty(20, ("01",), "01", "1", NEAR, ABLE, ("2", "5"), USUAL_RELIEF),
    Difficulty(14, ("01", "03"), "01", "1", AWAY, ABLE, ("5",), USUAL_RELIEF, rural=True),
    Difficulty(20, ("02",), "02", "2", NEAR, ABLE, ("1",), USUAL_RELIEF),
    Difficulty(12, ("02", "03"), "03", "2", AWAY, ABLE, ("1",), USUAL_RELIEF, rural=True),
    Difficulty(8, ("03",), "03", "5", AWAY, ABLE, ("5",), USUAL_RELIEF, rural=True),
    Difficulty(9, ("04",), "04", "3", NEAR, FRAIL, ("2",), USUAL_RELIEF, least_age=68),
    Difficulty(5, ("05",), "05", "3", NEAR, MIXED, ("2",), POOR, disabled=True),
    Difficulty(3, ("04", "05"), "04", "2", NEAR, FRAIL, ("1", "2"), POOR, disabled=True),
    Difficulty(2, ("06",), "06", "2", NONE, ABLE, ("1",), USUAL_RELIEF),
    Difficulty(3, ("01", "07"), "07", "1", NONE, MIXED, ("5", "6"), EXTREME_HARDSHIP),
    Difficulty(1, ("01", "04", "07"), "07", "1", NONE, FRAIL, ("7",), EXTREME_HARDSHIP, least_age=70),
    Difficulty(3, ("08",), "08", "3", NEAR, MIXED, ("2",), LOW_INCOME, least_age=80),
)
ALL = Odds({str(position): one.weight for position, one in enumerate(DIFFICULTIES)})
