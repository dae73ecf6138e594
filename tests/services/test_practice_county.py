"""The practice county holds 46 townships that differ, as if their reports had been received."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from service_desk import WORDS
from sqlalchemy import func, select

from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import Cancelled
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, PracticeTownship, character_of, size_of, townships
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.practice_workspace import create_practice
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace, exists

TODAY = date(2026, 11, 23)
SMALL = 0.02


class StopsWhenFilling(Progress):
    """Is cancelled after the first township."""

    def step(self, count: int = 1) -> None:
        self.cancel()
        super().step(count)


@pytest.fixture(scope="module")
def made() -> list[PracticeTownship]:
    return list(townships(TODAY, SMALL, months=1))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("county") / "县局"
    workspace = create_practice_county(folder, "李局", WORDS, scale=SMALL, months=1, cost=FLOOR)
    yield workspace
    workspace.close()


def test_every_township_of_the_county_is_there_once(made: list[PracticeTownship]) -> None:
    assert [one.township for one in made] == [one.code for one in divisions().townships()]
    assert len(made) == 46


def test_nobody_lives_in_two_townships(made: list[PracticeTownship]) -> None:
    for key in ("id", "id_number"):
        values = [row[key] for one in made for row in one.records["person"] if row.get(key)]
        assert len(set(values)) == len(values)


def test_protection_stations_are_in_some_townships_only(made: list[PracticeTownship]) -> None:
    with_station = [
        one
        for one in made
        if any(row["facility_type"] == "C02" and row["status"] == "1" for row in one.records["facility"])
    ]
    assert 3 <= len(with_station) <= 25


def test_some_townships_visit_well_and_some_poorly() -> None:
    shares = sorted(character_of(one.code).visited for one in divisions().townships())
    assert shares[0] < 0.85
    assert shares[-1] > 0.97
    assert len(set(shares)) == 46


def test_some_villages_have_not_given_this_years_figures(made: list[PracticeTownship]) -> None:
    given = {row["village_code"] for one in made for row in one.records["village_year_base"] if row["year"] == 2026}
    assert 500 < len(given) < 553


def test_a_village_has_the_same_buildings_however_few_people_are_made(made: list[PracticeTownship]) -> None:
    assert sum(row["facility_type"] == "S01" for one in made for row in one.records["facility"]) == 553


def test_sizes_follow_the_number_of_villages() -> None:
    assert size_of(PRACTICE_TOWNSHIP).elders == 420
    assert size_of("512021110000").elders == 29 * 42
    assert size_of("512021206000", 0.001).elders == 1


def test_a_township_is_the_same_whichever_others_are_made(made: list[PracticeTownship]) -> None:
    others = [one.code for one in divisions().townships() if one.code != PRACTICE_TOWNSHIP]
    (alone,) = townships(TODAY, SMALL, months=1, without=others)
    assert alone.records == next(one for one in made if one.township == PRACTICE_TOWNSHIP).records


def test_the_county_holds_what_was_made_and_counts_it_by_township(
    county: Workspace, made: list[PracticeTownship]
) -> None:
    assert county.unit.is_county
    assert county.unit.practice
    for register in ("elder_case", "facility", "village_year_base"):
        assert county.records.total(register) == sum(len(one.records[register]) for one in made)
    first = made[0]
    query = Query("elder_case", where={"township_code": first.township})
    assert county.records.count(query) == len(first.records["elder_case"])


def test_all_that_came_from_townships_is_marked_received(county: Workspace, made: list[PracticeTownship]) -> None:
    with county.store.read() as session:
        for record in RECORDS.values():
            states = set(session.scalars(select(record.report_state).distinct()))
            assert states <= {"4"} or record.__tablename__ == "county_manual"
        noted = session.scalar(select(func.count()).select_from(Carried))
    assert noted == sum(len(rows) for one in made for rows in one.records.values())


def test_punctual_townships_have_reported_the_present_month(county: Workspace) -> None:
    reported = {one.code for one in county.returning.status("2026-11") if one.state == "已收"}
    assert reported == {one.code for one in divisions().townships() if character_of(one.code).visited >= 0.9}
    assert all(one.state == "已收" for one in county.returning.status("2026-10"))


def test_the_countys_own_figures_are_of_last_year_and_this_year(county: Workspace) -> None:
    assert county.records.total("county_manual") == 2


def test_the_database_is_sound(county: Workspace) -> None:
    assert county.store.verify() == []


def test_a_received_record_can_be_given_back(county: Workspace) -> None:
    identity = county.records.ids(Query("facility", where={"township_code": PRACTICE_TOWNSHIP}))[0]
    county.returning.give_back("t512021101z", "facility", identity, "面积请核对", "floor_area")
    assert [one.id for one in county.returning.returns("t512021101z")] == [identity]


def test_a_practice_workspace_that_was_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    progress = StopsWhenFilling()
    with pytest.raises(Cancelled):
        create_practice_county(tmp_path / "县局", "李局", WORDS, scale=SMALL, months=1, progress=progress, cost=FLOOR)
    assert not exists(tmp_path / "县局")
    create_practice(tmp_path / "县局", "王芳", WORDS, "天马乡", cost=FLOOR).close()
    assert exists(tmp_path / "县局")
