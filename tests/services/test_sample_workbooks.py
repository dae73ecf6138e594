"""The sample workbooks say what the demonstration tells of them, and nobody in them exists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anyue_desktop.core import resources
from anyue_desktop.core.field_type import Context
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.columns import typed_columns
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, files
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import ReadRow, read_rows
from anyue_desktop.sheets.table import read_tables
from tools import make_sample_workbooks as maker

CONTEXT = Context(date(2026, 11, 23), PRACTICE_TOWNSHIP)
VILLAGE = "512021101208"


def rows_of(register: str, name: str) -> list[ReadRow]:
    columns = typed_columns(REGISTERS[register])
    tables = read_tables(read_workbook(resources.path("sample", name)), columns, CONTEXT)
    return [row for table in tables if table.rows for row in read_rows(table, columns, CONTEXT)]


@pytest.fixture(scope="module")
def roster() -> list[ReadRow]:
    return rows_of("elder_case", maker.ROSTER)


@pytest.fixture(scope="module")
def visits() -> list[ReadRow]:
    return rows_of("elder_visit", maker.VISITS)


def test_the_roster_has_forty_one_people_three_of_whom_cannot_be_taken_in(roster: list[ReadRow]) -> None:
    assert len(roster) == 41
    said = {row.row.number: [str(finding) for finding in row.problems] for row in roster if row.problems}
    assert sorted(said) == [10, 22, 34]
    assert "已丢失" in said[10][0]
    assert "校验位不对" in said[22][0]
    assert "姓名" in said[34][0]


def test_everybody_on_the_roster_lives_in_the_village(roster: list[ReadRow]) -> None:
    assert {row.values["person.residence_division"] for row in roster} == {VILLAGE}


def test_every_column_of_the_roster_is_understood(roster: list[ReadRow]) -> None:
    assert {header for row in roster for header in row.row.unknown} == set()
    assert all(row.values.get("categories") for row in roster if not row.problems)


def test_the_visits_fall_in_november_and_one_day_does_not_exist(visits: list[ReadRow]) -> None:
    good = [row for row in visits if not row.problems]
    assert (len(visits), len(good)) == (37, 36)
    assert {row.values["visit_date"].strftime("%Y-%m") for row in good} == {"2026-11"}


def test_those_visited_are_those_on_the_roster(roster: list[ReadRow], visits: list[ReadRow]) -> None:
    known = {row.values["person.name"] for row in roster if not row.problems}
    assert {row.values["case.person.name"] for row in visits} <= known


def test_nobody_on_the_roster_lives_in_the_practice_township(roster: list[ReadRow]) -> None:
    numbers = {row.values["person.id_number"] for row in roster if row.values.get("person.id_number")}
    assert len(numbers) == 39  # of 41, two numbers cannot be read
    assert all(number.startswith("512099") for number in numbers)
    assert not numbers & {one.person.get("id_number") for one in files(PRACTICE_TOWNSHIP, CONTEXT.today, months=0)}


def test_the_workbooks_are_those_the_maker_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "TARGET", tmp_path)
    maker.main()
    for name in (maker.ROSTER, maker.VISITS):
        assert (tmp_path / name).read_bytes() == resources.path("sample", name).read_bytes()
