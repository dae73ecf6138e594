"""口径, frozen months and what stands behind a number, by command."""

from __future__ import annotations

import pytest
from command_line import MONTH, Desk


def test_the_basis_is_told_and_changed(township: Desk) -> None:
    told = township.tells("basis")
    assert told["rules"] == 1
    assert told["basis"] == {
        "homecare_reading": "A", "homecare_target": 0, "elder_population": "reg", "households": "reg",
        "day_care_beds": False, "late_enrolled_counts": True,
    }  # fmt: skip
    changed = township.tells("basis", "homecare_reading=B", "居家养老目标人数=400", "day_care_beds=计入养老床位")
    assert changed["basis"]["homecare_reading"] == "B"
    assert changed["basis"]["homecare_target"] == 400
    assert "居家养老目标人数400人" in changed["words"]
    assert township.tells("basis")["basis"] == changed["basis"]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("homecare_reading=C", "没有“C”这个口径"), ("homecare_target=多", "要填人数"), ("colour=red", "没有名为“colour”")],
)
def test_a_basis_that_does_not_exist_is_refused(township: Desk, word: str, sentence: str) -> None:
    assert sentence in township.answers(2, "basis", word)["message"]


def test_a_frozen_month_is_compared_with_what_it_would_be_now(township: Desk) -> None:
    assert "还没有留存" in township.answers(2, "indicators", "--month", MONTH, "--compare")["message"]
    frozen = township.tells("indicators", "--month", MONTH, "--freeze")["frozen"]
    assert (frozen["month"], frozen["by"], frozen["sealed"], frozen["rules"]) == (MONTH, "王芳", False, 1)
    same = township.tells("indicators", "--month", MONTH, "--compare")["compared"]
    assert same["differences"] == []
    (visit, _) = township.tells("list", "elder_visit")["rows"]
    township.tells("delete", "elder_visit", visit["id"])
    compared = township.answers(1, "indicators", "--month", MONTH, "--compare")["compared"]
    (difference,) = compared["differences"]
    assert (difference["id"], difference["then"]["value"], difference["now"]["value"]) == ("I04", "66.7%", "33.3%")
    assert (difference["then"]["numerator"], difference["now"]["denominator"]) == (2, 3)


def test_a_village_and_a_township_have_numbers_of_their_own(township: Desk) -> None:
    def rate(*words: str) -> str:
        told = township.tells("indicators", "--month", MONTH, *words)["indicators"]
        return next(str(one["value"]) for one in told if one["id"] == "I04")

    assert rate() == rate("--township", "天马乡") == "66.7%"
    assert rate("--village", "铁盔村") == "—"
    refused = township.answers(2, "indicators", "--month", MONTH, "--township", "鸳大镇")
    assert "这里只有天马乡的指标" in refused["message"]


def test_places_behind_a_number_are_listed_by_name(township: Desk) -> None:
    places = township.tells("indicators", "--month", MONTH, "--people", "I34")["people"]
    assert all(one["name"].startswith("天马乡") for one in places)
    assert len(places) > 5
