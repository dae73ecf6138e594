from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sheet_tables import CASE_COLUMNS, CONTEXT, WORKBOOKS

from anyue_desktop.core.errors import Cancelled
from anyue_desktop.core.progress import Progress
from anyue_desktop.sheets import look
from anyue_desktop.sheets.column import REASON
from anyue_desktop.sheets.marks import Mark, marks_of, returned_name
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.returned import AUTHOR, write_returned
from anyue_desktop.sheets.row_reader import read_rows
from anyue_desktop.sheets.table import read_tables

BAD, NOTE = f"00{look.BAD_COLOUR}", f"00{look.NOTE_COLOUR}"


def returned(source: Path, target: Path, extra: dict[str, list[Mark]] | None = None) -> openpyxl.Workbook:
    book = read_workbook(source)
    tables = read_tables(book, CASE_COLUMNS, CONTEXT)
    marks: dict[str, list[Mark]] = {}
    for table in tables:
        rows = read_rows(table, CASE_COLUMNS, CONTEXT, epoch_1904=book.epoch_1904)
        marks[table.sheet.name] = [mark for row in rows for mark in marks_of(row)]
        marks[table.sheet.name] += (extra or {}).get(table.sheet.name, [])
    write_returned(target, book, tables, marks)
    return openpyxl.load_workbook(target)


def colour(page: Worksheet, place: str) -> str:
    return str(page[place].fill.start_color.rgb)


def test_the_officers_own_workbook_comes_back_with_bad_cells_coloured_and_explained(tmp_path: Path) -> None:
    book = returned(WORKBOOKS / "双层表头.xlsx", tmp_path / "回.xlsx")
    page = book["花名册"]
    assert page["L4"].value == REASON
    assert "#REF!" in page["L7"].value
    assert colour(page, "C7") == BAD
    assert "#REF!" in page["C7"].comment.text
    assert page["C7"].comment.author == AUTHOR
    assert page["L5"].value is None


def test_nothing_of_the_officers_workbook_is_taken_away(tmp_path: Path) -> None:
    book = returned(WORKBOOKS / "双层表头.xlsx", tmp_path / "回.xlsx")
    before = openpyxl.load_workbook(WORKBOOKS / "双层表头.xlsx")
    assert book.sheetnames == before.sheetnames
    page, old = book["花名册"], before["花名册"]
    assert {str(span) for span in page.merged_cells.ranges} == {str(span) for span in old.merged_cells.ranges}
    assert [[cell.value for cell in row[:11]] for row in page.iter_rows()] == [
        [cell.value for cell in row] for row in old.iter_rows()
    ]
    assert page["B5"].font.name == "楷体"
    assert page["B5"].fill.start_color.rgb == "00C6E0B4"
    assert page.row_dimensions[7].hidden
    assert page["E5"].number_format == old["E5"].number_format
    assert book["说明"]["B1"].value is None


def test_a_village_workbook_has_its_four_reasons(tmp_path: Path) -> None:
    page = returned(WORKBOOKS / "village" / "02-聚宝村-身份证变成数字.xlsx", tmp_path / "回.xlsx").worksheets[0]
    reasons = [row for row in range(4, 27) if page.cell(row, 16).value]
    assert reasons == [6, 11, 15, 19]
    assert page["G6"].value == 5.1209919450818e17


def test_soft_problems_have_another_colour_and_say_so(tmp_path: Path) -> None:
    page = returned(WORKBOOKS / "village" / "03-铁盔村-日期和全角.xlsx", tmp_path / "回.xlsx").worksheets[0]
    assert colour(page, "D8") == NOTE
    assert page["O8"].value.startswith("提示：")
    assert colour(page, "O8") == NOTE


def test_a_reason_for_a_whole_row_and_every_sheet(tmp_path: Path) -> None:
    extra = {
        "1组": [Mark(7, "与2组第22行重复")],
        "2组": [Mark(22, "与1组第7行重复", "G"), Mark(22, "请核对", soft=True)],
    }
    book = returned(WORKBOOKS / "village" / "04-贤庄村-分组多表.xlsx", tmp_path / "回.xlsx", extra)
    assert book["1组"]["P7"].value == "与2组第22行重复"
    assert book["2组"]["P22"].value == "与1组第7行重复\n提示：请核对"
    assert colour(book["2组"], "G22") == BAD
    assert book["说明"].max_column == 1


def test_a_workbook_returned_twice_has_one_reason_column_and_only_the_new_reasons(tmp_path: Path) -> None:
    first = tmp_path / "一.xlsx"
    returned(WORKBOOKS / "village" / "02-聚宝村-身份证变成数字.xlsx", first)
    book = openpyxl.load_workbook(first)
    book.worksheets[0]["G6"].value = "512099194508182233"[:17]
    book.worksheets[0]["G11"].value = None
    book.save(first)
    page = returned(first, tmp_path / "二.xlsx").worksheets[0]
    assert [cell.value for cell in page[3]].count(REASON) == 1
    assert "17位" in page["P6"].value
    assert page["P11"].value is None
    assert page["G11"].comment is None
    assert colour(page, "G11") != BAD
    assert colour(page, "G6") == BAD


@pytest.mark.parametrize("name", ["老格式.xls", "WPS格式.et", "名册-GBK.csv", "网页导出.xls", "XML表格2003.xls"])
def test_other_files_come_back_as_xlsx_with_the_same_cells(tmp_path: Path, name: str) -> None:
    source = read_workbook(WORKBOOKS / name)
    row = len(source.sheets[0].rows)
    target = tmp_path / returned_name(source.path)
    book = returned(WORKBOOKS / name, target, {source.sheets[0].name: [Mark(row, "请核对姓名", "B")]})
    assert target.suffix == ".xlsx"
    page = book.worksheets[0]
    assert page.title == source.sheets[0].name
    assert colour(page, f"B{row}") == BAD
    again = read_workbook(target).sheets[0]
    for number, cells in source.sheets[0].numbered():
        for column, cell in enumerate(cells, 1):
            shown = getattr(cell, "text", cell)
            assert again.cell(number, column) == shown


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    source = tmp_path / "名册.csv"
    source.write_text("姓名,身份证号,备注\n方秀兰,123,\"=cmd|'/c calc'!A0\"\n", encoding="utf-8")
    page = returned(source, tmp_path / "回.xlsx").worksheets[0]
    assert page["C2"].data_type == "s"
    assert page["D2"].data_type == "s"


def test_an_officers_own_comment_stays(tmp_path: Path) -> None:
    source = tmp_path / "名册.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "身份证号", "备注"])
    page.append(["方秀兰", "123", None])
    page["B2"].comment = openpyxl.comments.Comment("问过本人", "老王")
    book.save(source)
    again = returned(source, tmp_path / "回.xlsx").worksheets[0]
    assert again["B2"].comment.text == "问过本人"
    assert "身份证号" in again["D2"].value


def test_a_mark_inside_a_merged_range_colours_its_first_cell(tmp_path: Path) -> None:
    extra = {"Sheet1": [Mark(6, "没有这个村", "B")]}
    page = returned(WORKBOOKS / "village" / "01-土桥村花名册.xlsx", tmp_path / "回.xlsx", extra).worksheets[0]
    assert colour(page, "B4") == BAD
    assert page["P6"].value == "没有这个村"


def test_a_cancelled_return_leaves_no_file(tmp_path: Path) -> None:
    book = read_workbook(WORKBOOKS / "双层表头.xlsx")
    tables = read_tables(book, CASE_COLUMNS, CONTEXT)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_returned(tmp_path / "回.xlsx", book, tables, {"花名册": [Mark(5, "x")]}, progress)
    assert list(tmp_path.iterdir()) == []
