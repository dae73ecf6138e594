"""The six workbooks villages really send, made up again with invented people of 天马乡."""

from __future__ import annotations

from datetime import date

import pytest
from sheet_tables import CASE_COLUMNS, CONTEXT, VISIT_COLUMNS, WORKBOOKS

from anyue_desktop.core.types import ResidentId
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import ReadRow, read_rows
from anyue_desktop.sheets.table import Table, read_tables

TIANMA = "512021206"


def rows_of(name: str, columns: list = CASE_COLUMNS) -> tuple[list[Table], list[ReadRow]]:  # type: ignore[type-arg]
    tables = read_tables(read_workbook(WORKBOOKS / "village" / name), columns, CONTEXT)
    return tables, [row for table in tables for row in read_rows(table, columns, CONTEXT)]


@pytest.mark.parametrize(
    ("name", "rows", "bad"),
    [
        ("01-土桥村花名册.xlsx", 28, 0),
        ("02-聚宝村-身份证变成数字.xlsx", 20, 4),
        ("03-铁盔村-日期和全角.xlsx", 21, 0),
        ("04-贤庄村-分组多表.xlsx", 31, 0),
        ("05a-画青村花名册.xlsx", 15, 0),
    ],
)
def test_every_person_of_a_roster_is_read(name: str, rows: int, bad: int) -> None:
    tables, found = rows_of(name)
    assert len(found) == rows
    assert sum(bool(row.problems) for row in found) == bad
    assert not [cell for table in tables if table.header for cell in table.header.unknown]
    for row in found:
        assert str(row.values["person.residence_division"]).startswith(TIANMA)
        assert row.values["person.name"]
        assert row.problems or row.values["person.id_number"]
        assert row.values["categories"]
        assert row.values["responsible_phone"] in ("13800001111", "13900002222")


def test_a_merged_village_cell_counts_for_all_its_rows() -> None:
    _, found = rows_of("01-土桥村花名册.xlsx")
    assert {row.values["person.residence_division"] for row in found} == {"512021206200"}
    assert [row.row.number for row in found] == list(range(4, 32))


def test_ages_and_serial_numbers_raise_no_question() -> None:
    for name in ("01-土桥村花名册.xlsx", "05a-画青村花名册.xlsx"):
        assert [note for row in rows_of(name)[1] for note in row.notes] == []


def test_each_number_that_lost_digits_is_named_with_row_column_and_reason() -> None:
    _, found = rows_of("02-聚宝村-身份证变成数字.xlsx")
    bad = [(row.row.number, row.problems[0].letter) for row in found if row.problems]
    assert bad == [(6, "G"), (11, "G"), (15, "G"), (19, "G")]
    assert {row.problems[0].message for row in found if row.problems} == {
        "号码被Excel转成数字，后3位已丢失，请在Excel中设为“文本”后重新填写"
    }
    assert found[2].problems[0].value == "5.1209919450818e+17"  # never the digits Excel made up
    assert next(row for row in found if row.row.number == 19).problems[0].value == "5.12099E+17"


def test_dates_full_width_numbers_and_spaced_names_become_clean_values() -> None:
    _, found = rows_of("03-铁盔村-日期和全角.xlsx")
    by_row = {row.row.number: row.values for row in found}
    assert by_row[3]["person.name"] == "郑绍林"
    assert by_row[3]["person.id_number"] == "512099193512021938"
    assert by_row[4]["person.birth_date"] == date(1943, 1, 14)
    assert by_row[4]["person.phone"] == "15015109618"
    assert by_row[8]["person.name"] == "郝光金"
    assert by_row[8]["person.remark"] == "低保"
    assert by_row[8]["person.birth_date"] == date(1958, 10, 16)
    assert by_row[2]["categories"] == ("02", "05")
    kind = ResidentId()
    assert all(kind.check(values["person.id_number"], CONTEXT) is None for values in by_row.values())


def test_a_sheet_a_group_each_with_a_hidden_row_that_counts() -> None:
    tables, found = rows_of("04-贤庄村-分组多表.xlsx")
    assert [(table.sheet.name, len(table.rows), table.hidden_rows) for table in tables] == [
        ("1组", 12, 1), ("2组", 19, 0), ("说明", 0, 0),
    ]  # fmt: skip
    assert tables[2].message
    assert [row.row.number for row in found if row.row.hidden] == [8]
    numbers = [row.values["person.id_number"] for row in found]
    assert len(numbers) - len(set(numbers)) == 1


def test_visits_take_the_missing_year_from_the_title_and_one_lies_in_the_future() -> None:
    tables, found = rows_of("05b-画青村11月探访.xlsx", VISIT_COLUMNS)
    assert (tables[0].hints.year, tables[0].hints.month) == (2026, 11)
    assert len(found) == 17
    assert [(row.row.number, row.problems[0].letter) for row in found if row.problems] == [(19, "D")]
    days = [row.values["visit_date"].day for row in found if row.row.number < 18]
    assert days == list(range(2, 17))
    assert sum("case.person.id_number" not in row.values for row in found) == 5
    assert {row.values["visit_method"] for row in found} == {"1", "2", "3"}
