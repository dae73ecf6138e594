"""Every indicator over made-up townships, counted a second time in plain Python from the rows of the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from plain_indicators import PLAIN, UNKNOWN, Plain, Row, dumped
from service_desk import WORDS

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.indicators.basis import AS_MADE, basis_of
from anyue_desktop.indicators.catalogue import catalogue
from anyue_desktop.registers import RECORDS, CountyManual
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.practice import COUNTY_SEED, character_of, county_figures, size_of, whole_township
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.workspace import Workspace, create_county, create_township

TODAY = date(2026, 11, 23)
OWN, SECOND, THIRD = "512021103000", "512021206000", "512021101000"
MONTHS = ("2025-12", "2026-03", "2026-10", "2026-11")
SWITCHES: tuple[dict[str, Any], ...] = (
    {},
    {"late_enrolled_counts": False, "elder_population": "res", "households": "res", "day_care_beds": True},
    {"homecare_reading": "B", "homecare_target": 400},
)


def with_edges(rows: list[Row], township: str) -> list[Row]:
    """The facilities with a few that opened or closed in the course of the year."""
    first = next(one for one in rows if one["facility_type"] == "S01")
    kinds = {"facility_type": "F03", "division_code": first["division_code"], "township_code": township}
    changes: tuple[Row, ...] = (
        {"name": "已关停的", "status": "4", "status_date": date(2026, 10, 31)},
        {"name": "十一月关停的", "status": "4", "status_date": date(2026, 11, 1)},
        {"name": "十月启用的", "status": "1", "status_date": date(2026, 10, 31)},
        {"name": "四月建成的", "status": "1", "built_on": "2026-04"},
        {"name": "在建的", "status": "2"},
    )
    common = {"created_at": first["created_at"], "source": "1"}
    return [
        {**first, "in_new_estate": True, "households_served": 240},
        *(one for one in rows if one is not first),
        *({**common, **kinds, **one} for one in changes),
    ]


def fill(workspace: Workspace, *townships: str) -> None:
    for code in townships:
        made = whole_township(code, TODAY, size_of(code, 0.1), COUNTY_SEED, character=character_of(code), months=12)
        records = {**made.records, "facility": with_edges(list(made.records["facility"]), code)}
        with workspace.store.work("练习数据") as work:
            for name, record in RECORDS.items():
                if records.get(name):
                    work.insert_many(record, records[name])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = create_township(tmp_path_factory.mktemp("own") / "台账", OWN, "王芳", WORDS, cost=FLOOR)
    fill(workspace, OWN)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = create_county(tmp_path_factory.mktemp("county") / "县局", "李局", WORDS, cost=FLOOR)
    fill(workspace, OWN, SECOND, THIRD)
    with workspace.store.work("县级数据") as work:
        work.insert_many(CountyManual, county_figures(TODAY, COUNTY_SEED))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def all_townships(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("all") / "练习县局"
    workspace = create_practice_county(folder, "李局", WORDS, scale=0.05, months=2, cost=FLOOR)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def own_rows(own: Workspace) -> dict[str, list[Row]]:
    return dumped(own)


@pytest.fixture(scope="module")
def county_rows(county: Workspace) -> dict[str, list[Row]]:
    return dumped(county)


def told(values: list[IndicatorValue]) -> dict[str, Any]:
    """Returns what the programme says; nothing where it says “—” for want of anything known."""
    return {one.id: UNKNOWN if one.value == "—" else (one.numerator, one.denominator) for one in values}


def counted(at: Plain) -> dict[str, Any]:
    found = {number: count(at) for number, count in PLAIN.items()}
    return {number: UNKNOWN if one[1] == 0 else one for number, one in found.items()}


def test_every_indicator_of_the_plan_is_counted_a_second_time() -> None:
    assert list(PLAIN) == list(catalogue())


@pytest.mark.parametrize("basis", SWITCHES, ids=["as made", "other switches", "home care by persons"])
@pytest.mark.parametrize("month", MONTHS)
def test_a_townships_numbers_are_those_counted_by_hand(
    own: Workspace, own_rows: dict[str, list[Row]], month: str, basis: dict[str, Any]
) -> None:
    own.indicators.set_basis(basis_of(basis))
    at = Plain(own_rows, month, TODAY.isoformat(), OWN, basis=basis)
    assert told(own.indicators.values(month)) == counted(at)
    own.indicators.set_basis(AS_MADE)


@pytest.mark.parametrize("month", MONTHS[1:])
def test_a_villages_numbers_are_those_counted_by_hand(
    own: Workspace, own_rows: dict[str, list[Row]], month: str
) -> None:
    for village in sorted({one["village_code"] for one in own_rows["village_year_base"]})[:4]:
        at = Plain(own_rows, month, TODAY.isoformat(), OWN, village)
        assert told(own.indicators.values(month, village)) == counted(at)


@pytest.mark.parametrize("basis", SWITCHES, ids=["as made", "other switches", "home care by persons"])
@pytest.mark.parametrize("month", MONTHS[1:])
def test_a_countys_numbers_are_those_counted_by_hand(
    county: Workspace, county_rows: dict[str, list[Row]], month: str, basis: dict[str, Any]
) -> None:
    county.indicators.set_basis(basis_of(basis))
    today = TODAY.isoformat()
    assert told(county.indicators.values(month)) == counted(Plain(county_rows, month, today, basis=basis))
    grid = county.indicators.grid(month)
    assert told(grid.rows[0].values) == counted(Plain(county_rows, month, today, basis=basis))
    alone = {**basis, "homecare_target": 0}  # the target is the county's, no township has a part of it
    for row in grid.rows[1:]:
        if row.code in (OWN, SECOND, THIRD):
            assert told(row.values) == counted(Plain(county_rows, month, today, row.code, basis=alone)), row.name
            assert told(county.indicators.values(month, township=row.code)) == told(row.values)
    county.indicators.set_basis(AS_MADE)


def test_the_years_numbers_are_those_counted_by_hand(county: Workspace, county_rows: dict[str, list[Row]]) -> None:
    values = {one.id: one for one in county.indicators.values("2026-10", whole_year=True)}
    at = Plain(county_rows, "2026-10", TODAY.isoformat(), whole_year=True)
    months = [Plain(county_rows, f"2026-{number:02d}", TODAY.isoformat()) for number in range(1, 11)]
    rates = [PLAIN["I04"](one) for one in months]
    mean = sum(visited * 100 / due for visited, due in rates) / len(rates)
    assert abs(float(values["I04"].value.rstrip("%")) - mean) <= 0.05
    assert (values["I06"].numerator, values["I06"].denominator) == PLAIN["I06"](at)
    assert values["I07"].numerator == PLAIN["I07"](at)[0]
    worst = min(range(10), key=lambda place: rates[place][0] / rates[place][1])
    assert any(f"最低的是{worst + 1}月" in note for note in values["I04"].notes)


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_the_records_behind_a_number_are_as_many_as_it_says(own: Workspace, part: str) -> None:
    for one in own.indicators.values("2026-10"):
        found = own.indicators.behind(one.id, "2026-10", part)
        added_up = one.id in {"I07", "I14", "I15", "I17a", "I17b", "I19", "I21", "I31a", "I31b"}
        by_place = one.id in {"I03", "I30", "I36"} and part == "numerator"
        if one.value != "—" and not added_up and not by_place:
            assert len(found.ids) == (getattr(one, part) or 0), one.id


def test_the_made_up_townships_reach_every_indicator_a_township_counts(own: Workspace) -> None:
    silent = {one.id for one in own.indicators.values("2026-10") if one.value == "—"}
    assert silent <= {"I02", "I10", "I11", "I12", "I13a", "I13b", "I13c", "I13d", "I16", "I29", "I31b", "I32", "I33"}


def test_the_practice_countys_numbers_are_those_counted_by_hand(all_townships: Workspace) -> None:
    rows, month = dumped(all_townships), "2026-11"
    grid = {one.code: told(one.values) for one in all_townships.indicators.grid(month).rows}
    assert len(grid) == 47
    assert told(all_townships.indicators.values(month)) == counted(Plain(rows, month, TODAY.isoformat()))
    for township in (OWN, SECOND, THIRD):
        assert grid[township] == counted(Plain(rows, month, TODAY.isoformat(), township))
