from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sheet_tables import CASE_COLUMNS, CONTEXT, VISIT_COLUMNS, WORKBOOKS, read, table_of

from anyue_desktop.core.errors import Cancelled
from anyue_desktop.core.progress import Progress
from anyue_desktop.sheets.raw import Fault, RawSheet
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import ReadRow, read_rows
from anyue_desktop.sheets.table import read_table, read_tables

FANG = "512099194103051225"  # 女 1941-03-05
HEADER = ["姓名", "身份证号", "性别", "出生日期", "年龄", "联系电话", "备用电话", "备注", "村", "组"]


def one(*cells: object) -> ReadRow:
    return read([HEADER, list(cells)])[0]


def test_the_id_number_fills_in_birth_date_and_sex() -> None:
    row = one("方秀兰", FANG)
    assert row.values["person.birth_date"] == date(1941, 3, 5)
    assert row.values["person.sex"] == "2"
    assert not row.notes
    assert not row.problems


def test_a_birth_date_that_disagrees_gives_way_to_the_id_number_and_both_are_named() -> None:
    row = one("方秀兰", FANG, "女", "1941-05-03")
    assert row.values["person.birth_date"] == date(1941, 3, 5)
    assert [note.path for note in row.notes] == ["person.birth_date"]
    assert "1941-05-03" in row.notes[0].message
    assert "1941-03-05" in row.notes[0].message


def test_a_sex_that_disagrees_gives_way_to_the_id_number() -> None:
    row = one("方秀兰", FANG, "男")
    assert row.values["person.sex"] == "2"
    assert "男" in row.notes[0].message


@pytest.mark.parametrize("written", ["1941年3月", "1941.03", "1941年"])
def test_a_month_or_year_that_agrees_with_the_id_number_is_no_news(written: str) -> None:
    row = one("方秀兰", FANG, "女", written)
    assert row.values["person.birth_date"] == date(1941, 3, 5)
    assert row.notes == []
    assert "person.birth_precision" not in row.values


def test_a_month_of_another_year_than_the_id_number_is_told() -> None:
    assert "1942" in one("方秀兰", FANG, "女", "1942年3月").notes[-1].message


@pytest.mark.parametrize("written", ["41.3.5", "农历二月初八", "不清楚"])
def test_an_unreadable_birth_date_does_no_harm_beside_an_id_number(written: str) -> None:
    row = one("方秀兰", FANG, "女", written)
    assert row.problems == []
    assert row.values["person.birth_date"] == date(1941, 3, 5)
    assert "已按身份证号填为1941-03-05" in row.notes[0].message


def test_an_unreadable_birth_date_without_id_number_is_a_problem() -> None:
    row = one("方秀兰", None, "女", "41.3.5")
    assert [problem.path for problem in row.problems] == ["person.birth_date"]
    assert row.problems[0].letter == "D"
    assert row.problems[0].value == "41.3.5"


def test_a_birth_month_without_id_number_keeps_its_precision() -> None:
    row = one("方秀兰", None, "女", "1941年3月")
    assert row.values["person.birth_date"] == date(1941, 3, 1)
    assert row.values["person.birth_precision"] == "2"


@pytest.mark.parametrize("age", [84, 85, 86, "85岁", 85.0])
def test_an_age_within_a_year_is_fine_and_never_kept(age: object) -> None:
    row = one("方秀兰", FANG, "女", None, age)
    assert row.notes == []
    assert not any("age" in path for path in row.values)


def test_an_age_that_is_far_off_is_told() -> None:
    assert "应为85岁" in one("方秀兰", FANG, "女", None, 58).notes[0].message


@pytest.mark.parametrize("number", [5.1209919410305e17, 512099194103051008.0, "5.12099E+17"])
def test_an_id_number_that_lost_digits_is_refused(number: object) -> None:
    row = one("方秀兰", number)
    assert "Excel" in row.problems[0].message
    assert "person.id_number" not in row.values
    assert row.problems[0].letter == "B"


def test_a_number_too_long_for_a_number_cell_is_refused_in_text_columns_too() -> None:
    rows = read([["姓名", "身份证号", "残疾人证号"], ["方秀兰", FANG, 5.1209919410305123e19]])
    assert [problem.path for problem in rows[0].problems] == ["person.disability_cert_no"]


def test_telephones_kept_as_numbers_are_texts_and_a_second_one_finds_its_place() -> None:
    assert one("方秀兰", FANG, None, None, None, 13800001111).values["person.phone"] == "13800001111"
    row = one("方秀兰", FANG, None, None, None, "13800001111/13900002222")
    assert row.values["person.phone2"] == "13900002222"


def test_what_a_cell_says_beside_never_replaces_the_columns_own_value() -> None:
    row = one("方秀兰", FANG, None, None, None, "13800001111/13900002222", "13700003333")
    assert row.values["person.phone2"] == "13700003333"
    assert "13900002222" in row.notes[-1].message


def test_a_note_behind_the_name_joins_the_remark() -> None:
    assert one("方秀兰（低保）", FANG).values["person.remark"] == "低保"
    assert one("方秀兰（低保）", FANG, None, None, None, None, None, "独居").values["person.remark"] == "独居；低保"


def test_a_note_behind_somebody_elses_name_says_whose_it_is() -> None:
    rows = read([["姓名", "身份证号", "紧急联系人"], ["方秀兰", FANG, "方明（儿子）"]])
    assert rows[0].values["person.remark"] == "紧急联系人：儿子"


def test_a_second_telephone_that_has_no_place_is_told_and_not_dropped_silently() -> None:
    rows = read([["姓名", "身份证号", "责任人电话"], ["方秀兰", FANG, "13800001111、13900002222"]])
    assert "13900002222" in rows[0].notes[-1].message
    assert not any(path.endswith("phone2") for path in rows[0].values)


def test_a_group_written_behind_the_village_fills_a_blank_group() -> None:
    row = one("方秀兰", FANG, None, None, None, None, None, None, "土桥村3组", None)
    assert row.values["person.group_name"] == "3组"
    row = one("方秀兰", FANG, None, None, None, None, None, None, "土桥村", "5组")
    assert row.values["person.group_name"] == "5组"


def test_nobody_without_number_is_refused_for_it() -> None:
    row = one("方秀兰", "无")
    assert row.problems == []
    assert row.values["person.id_type"] == "000"
    assert row.values["person.id_missing_reason"]
    assert row.notes


def test_an_unusable_cell_is_a_problem_of_its_own_sentence() -> None:
    row = one("方秀兰", Fault("#REF!", "这一格是公式的错误值"))
    assert (row.problems[0].value, row.problems[0].message) == ("#REF!", "这一格是公式的错误值")


def test_all_problems_of_a_row_are_told_at_once() -> None:
    row = one("方?", "123", "中", "1950.2.30")
    assert {problem.path for problem in row.problems} == {
        "person.name", "person.id_number", "person.sex", "person.birth_date",
    }  # fmt: skip


def test_a_wrong_row_costs_no_other_row() -> None:
    rows = read([HEADER, ["方秀兰", "123"], ["何国富", "512099195001122314"]])
    assert [bool(row.problems) for row in rows] == [True, False]


@pytest.mark.parametrize("cell", [date(2026, 11, 3), "11月3日", "2026.11.3", 46329, "2026年11月3日"])
def test_dates_of_visits_are_read_in_every_form_with_the_year_of_the_title(cell: object) -> None:
    sheet = RawSheet("a", [["2026年11月探访记录"], ["姓名", "探访日期", "探访方式"], ["方秀兰", cell, "上门"]])
    table = read_table(sheet, VISIT_COLUMNS, CONTEXT)
    assert next(read_rows(table, VISIT_COLUMNS, CONTEXT)).values["visit_date"] == date(2026, 11, 3)


def test_a_visit_without_its_day_is_refused_instead_of_put_on_the_first() -> None:
    sheet = RawSheet("a", [["姓名", "探访日期", "探访方式"], ["方秀兰", "2026年11月", "上门"]])
    row = next(read_rows(read_table(sheet, VISIT_COLUMNS, CONTEXT), VISIT_COLUMNS, CONTEXT))
    assert "没有写到日" in row.problems[0].message


def test_bare_serials_of_the_1904_date_system_are_moved() -> None:
    book = read_workbook(WORKBOOKS / "苹果电脑1904.xlsx")
    table = read_tables(book, CASE_COLUMNS, CONTEXT)[0]
    first, second = read_rows(table, CASE_COLUMNS, CONTEXT, epoch_1904=book.epoch_1904)
    assert first.values["person.birth_date"] == date(1941, 3, 5)
    assert second.values["person.birth_date"] == date(1950, 1, 12)


def test_reading_rows_counts_them_and_may_be_cancelled_between_them() -> None:
    said: list[tuple[str, int, int]] = []
    progress = Progress(lambda *words: said.append(words))
    rows = read_rows(table_of([HEADER, ["甲乙", FANG], ["丙丁", FANG]]), CASE_COLUMNS, CONTEXT, progress=progress)
    next(rows)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(rows)
    assert said[0] == ("核对“Sheet1”", 0, 2)


CELLS = some.one_of(
    some.none(), some.text(max_size=30), some.integers(), some.floats(), some.booleans(), some.dates(), some.datetimes()
)


@settings(max_examples=80, deadline=None)
@given(some.lists(CELLS, min_size=10, max_size=10))
def test_nothing_in_a_cell_makes_reading_fail(cells: list[object]) -> None:
    for row in read([HEADER, cells]):
        assert all(problem.message for problem in row.problems)
