from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sheet_tables import WORKBOOKS

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.sheets import reader, xlsx_marks
from anyue_desktop.sheets.raw import Fault, RawSheet, Span, column_number, letter
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.text_table import decoded


def first_sheet(name: str) -> RawSheet:
    return read_workbook(WORKBOOKS / name).sheets[0]


@pytest.mark.parametrize("name", ["老格式.xls", "WPS格式.et"])
def test_old_binary_workbooks_are_read(name: str) -> None:
    book = read_workbook(WORKBOOKS / name)
    assert book.kind == "xls"
    assert book.sheets[0].name == "花名册"
    assert book.sheets[0].rows[1][:7] == [1, "方秀兰", "512099194103051225", "土桥村", "3组", "1941.3.5", 13800001111]
    assert book.sheets[0].merged == (Span(2, 4, 3, 4),)


def test_the_content_decides_not_the_name_of_the_file() -> None:
    book = read_workbook(WORKBOOKS / "其实是xlsx.xls")
    assert book.kind == "xlsx"
    assert book.sheets[0].cell(2, 8) == "=1+1"


def test_a_web_page_saved_as_xls_is_a_table() -> None:
    book = read_workbook(WORKBOOKS / "网页导出.xls")
    assert book.kind == "html"
    sheet = book.sheets[0]
    assert sheet.rows[2] == ["1", "方秀兰", "512099194103051225", "土桥村", "3组", "1941.3.5", None, "甲&乙\n丙"]
    assert sheet.rows[3][:5] == ["2", "何国富", "512099195001122314", None, "4组"]
    assert Span(3, 4, 4, 4) in sheet.merged
    assert sheet.hidden_rows == {4}


def test_an_xml_spreadsheet_keeps_numbers_dates_and_places() -> None:
    book = read_workbook(WORKBOOKS / "XML表格2003.xls")
    sheet = book.sheets[0]
    assert (book.kind, sheet.name) == ("xml", "3组")
    assert sheet.cell(4, 6) == date(1941, 3, 5)
    assert sheet.cell(4, 7) == 13800001111
    assert isinstance(sheet.cell(4, 8), Fault)
    assert sheet.cell(5, 3) == 5.12099195001122e17
    assert sheet.merged == (Span(4, 4, 5, 4),)


@pytest.mark.parametrize("name", ["名册-GBK.csv", "名册-带标记.csv", "名册-Unicode.txt"])
def test_text_tables_are_read_in_every_encoding_of_a_chinese_desktop(name: str) -> None:
    row = first_sheet(name).rows[1]
    assert str(row[1]).startswith("䶮")
    assert row[2] == "512099194103051225"
    assert row[6:] == ["-13800001111", "0012"]  # guards against formulas are taken off


def test_characters_that_moved_after_the_year_2000_are_the_real_ones() -> None:
    assert decoded(b"\xfe\x59\xa8\xbc") == "龴ḿ"  # a8bc is ḿ
    assert first_sheet("名册-GBK.csv").cell(2, 2) == "䶮龴"


def test_hidden_rows_and_columns_are_known_and_read() -> None:
    sheet = first_sheet("双层表头.xlsx")
    assert sheet.hidden_rows == {7}
    assert sheet.hidden_columns == {9}
    assert sheet.cell(7, 2) == "李素芬"


def test_error_values_and_formulas_without_a_result_are_told() -> None:
    sheet = first_sheet("双层表头.xlsx")
    error, formula = sheet.cell(7, 3), sheet.cell(6, 6)
    assert isinstance(error, Fault)
    assert error.text == "#REF!"
    assert isinstance(formula, Fault)
    assert "=B5" in formula.message
    assert "保存一次" in formula.message


def test_a_date_shown_without_its_day_is_only_a_month() -> None:
    assert first_sheet("双层表头.xlsx").cell(5, 5) == "1941年3月"


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("yyyy-mm-dd", date(1950, 1, 1)),
        ('yyyy"年"m"月"d"日"', date(1950, 1, 1)),
        ('m"月"d"日"', date(1950, 1, 1)),
        ('[$-804]yyyy"年"m"月";@', "1950年1月"),
        ("yyyy/mm", "1950年1月"),
        ("mmm-yy", "1950年1月"),
        ("yyyy", "1950年"),
    ],
)
def test_the_number_format_says_how_much_of_a_date_is_known(tmp_path: Path, number_format: str, shown: object) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"], page["A2"] = date(1950, 1, 1), date(1950, 1, 15)
    page["A1"].number_format = page["A2"].number_format = number_format
    book.save(tmp_path / "日期.xlsx")
    sheet = read_workbook(tmp_path / "日期.xlsx").sheets[0]
    assert sheet.cell(1, 1) == shown
    if number_format != "yyyy":
        assert sheet.cell(2, 1) == date(1950, 1, 15)  # a day somebody typed is known, even if it is not shown


def test_leading_zeros_of_a_number_format_are_kept() -> None:
    assert first_sheet("苹果电脑1904.xlsx").cell(2, 7) == "02824512345"


def test_the_1904_date_system_is_known() -> None:
    book = read_workbook(WORKBOOKS / "苹果电脑1904.xlsx")
    assert book.epoch_1904
    assert book.sheets[0].cell(2, 6) == date(1941, 3, 5)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("空文件.xlsx", "空文件"),
        ("损坏.xlsx", "已损坏"),
        ("有密码.xlsx", "设有打开密码"),
        ("有密码.xls", "设有打开密码"),
        ("照片.xlsx", "不是表格"),
        ("压缩包.xlsx", "不是表格"),
        ("没有表格的网页.xls", "没有表格"),
        ("远处一格.xlsx", "第1048576行"),
        ("没有这个文件.xlsx", "找不到文件"),
        ("village", "文件夹"),
    ],
)
def test_whatever_cannot_be_read_has_a_sentence_and_a_next_step(name: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as refused:
        read_workbook(WORKBOOKS / name)
    assert refused.value.hint


def test_a_file_that_is_too_big_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_FILE", 100)
    path = tmp_path / "很大.xlsx"
    path.write_bytes(b"PK" + bytes(200))
    with pytest.raises(UserError, match="太大"):
        read_workbook(path)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_marks, "MAX_UNPACKED", 1000)
    with pytest.raises(UserError, match="展开后太大"):
        read_workbook(WORKBOOKS / "双层表头.xlsx")


def test_reading_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_workbook(WORKBOOKS / "双层表头.xlsx", progress)


@pytest.mark.parametrize("name", ["双层表头.xlsx", "老格式.xls", "XML表格2003.xls", "网页导出.xls", "名册-GBK.csv"])
def test_a_damaged_file_is_read_or_refused_and_never_crashes(name: str, tmp_path: Path) -> None:
    content = (WORKBOOKS / name).read_bytes()
    path = tmp_path / name
    chance = random.Random(20261123)
    for _ in range(60):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken[: chance.randint(1, len(broken))])
        try:
            read_workbook(path)
        except UserError as refused:
            assert refused.hint


@settings(max_examples=60, deadline=None)
@given(some.text(max_size=200))
def test_any_markup_gives_sheets_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.xls"
    path.write_text(f"<table><tr><td>{text}</td></tr></table>", encoding="utf-8", errors="replace")
    assert read_workbook(path).sheets[0].rows


@given(some.integers(1, 20_000))
def test_column_letters_and_numbers_are_the_same_thing(number: int) -> None:
    assert column_number(letter(number)) == number


def test_column_letters_are_those_of_a_spreadsheet() -> None:
    assert [letter(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
