from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheet_tables import CASE_COLUMNS, CONTEXT, VISIT_COLUMNS, SeenColumn

from anyue_desktop.core import types
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.core.register import Register
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import ReadRow, read_rows
from anyue_desktop.sheets.table import OF_TEMPLATE, read_tables
from anyue_desktop.sheets.template import FIRST_ROW, HEADER_ROW, write_template

VILLAGES = ["土桥村", "聚宝村", "铁盔村"]
VALUES: dict[str, tuple[FieldType[Any], Any]] = {
    "姓名": (types.Name(), "阿的·木果"),
    "身份证号": (types.ResidentId(), "51209920120718018X"),
    "说明文字": (types.Text(100), "=1+1 不是公式"),
    "长说明": (types.Text(300, multiline=True), "第一行\n第二行"),
    "电话": (types.Phone(), "028-24512345"),
    "日期": (types.Date(), date(1941, 3, 5)),
    "月份": (types.Month(), "2026-11"),
    "几点": (types.TimeOfDay(), "09:30"),
    "人数": (types.Integer(0, 99), 7),
    "金额": (types.Number(10, 2, 0, 100000), Decimal("118.50")),
    "是否": (types.YesNo(), False),
    "民族": (types.Code("ethnicity"), "07"),
    "类别": (types.Codes("elderly_category"), ("01", "04")),
    "村": (types.Division("village"), "512021206200"),
    "组": (types.Group(), "3组"),
    "乡镇名": (types.Division("township"), "512021206000"),
    "何时": (types.Moment(), "2026-11-03 09:30"),
    "用时": (types.Minutes(0, 100000), 1505),
}
FIELDS = tuple(
    Field(f"f{number}", label, kind, Need.DRAFT if number == 0 else Need.OPTIONAL)
    for number, (label, (kind, _)) in enumerate(VALUES.items())
)
REGISTER = Register("everything", "各种栏目", FIELDS)
COLUMNS = [SeenColumn(one.key, one, REGISTER) for one in FIELDS]


def filled(path: Path, cells: dict[str, object], columns: list[SeenColumn] = COLUMNS) -> ReadRow:
    """Fills the first row of a template as an officer would, and reads it back."""
    write_template(path, "各种栏目", columns, VILLAGES)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for number, column in enumerate(columns, 1):
        page.cell(FIRST_ROW, number).value = cells.get(column.label)
        if isinstance(cells.get(column.label), str):
            page.cell(FIRST_ROW, number).data_type = "s"
    book.save(path)
    tables = read_tables(read_workbook(path), columns, CONTEXT)
    assert [table.message for table in tables[1:]] == [OF_TEMPLATE, OF_TEMPLATE]
    (row,) = read_rows(tables[0], columns, CONTEXT)
    return row


def test_a_filled_template_gives_the_same_values_for_every_kind_of_field(tmp_path: Path) -> None:
    row = filled(tmp_path / "模板.xlsx", {label: kind.show(value) for label, (kind, value) in VALUES.items()})
    assert row.problems == []
    assert row.values == {column.path: VALUES[column.label][1] for column in COLUMNS}


def test_every_kind_of_field_that_is_written_into_cells_is_in_that_round_trip() -> None:
    known = {kind for name in types.__all__ if issubclass(kind := getattr(types, name), FieldType)}
    assert {type(kind) for kind, _ in VALUES.values()} | {types.Ref, types.Refs, types.Photos} >= known


def test_real_dates_and_numbers_in_a_template_are_read_too(tmp_path: Path) -> None:
    row = filled(tmp_path / "模板.xlsx", {"姓名": "方秀兰", "日期": date(1941, 3, 5), "人数": 7, "金额": 118.5})
    assert row.values["f5"] == date(1941, 3, 5)
    assert row.values["f8"] == 7
    assert row.values["f9"] == Decimal("118.50")


def test_an_empty_template_holds_nothing_to_import(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "各种栏目", COLUMNS, VILLAGES)
    tables = read_tables(read_workbook(tmp_path / "模板.xlsx"), COLUMNS, CONTEXT)
    assert [len(table.rows) for table in tables] == [0, 0, 0]
    assert tables[0].header is not None
    assert tables[0].header.bottom == HEADER_ROW


@pytest.mark.parametrize("columns", [CASE_COLUMNS, VISIT_COLUMNS], ids=["elder_case", "elder_visit"])
def test_the_template_of_a_register_maps_every_column_to_its_field(tmp_path: Path, columns: list[SeenColumn]) -> None:
    write_template(tmp_path / "模板.xlsx", "花名册", columns, VILLAGES)
    header = read_tables(read_workbook(tmp_path / "模板.xlsx"), columns, CONTEXT)[0].header
    assert header is not None
    assert [cell.column.path if cell.column else None for cell in header.cells] == [one.path for one in columns]


def test_digits_stay_text_and_choices_come_from_a_hidden_sheet(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "各种栏目", COLUMNS, VILLAGES)
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    page, guide, choices = book.worksheets
    formats = {cell.value: page.column_dimensions[cell.column_letter].number_format for cell in page[HEADER_ROW]}
    assert formats["身份证号"] == formats["电话"] == "@"
    assert formats["日期"] == "yyyy-mm-dd"
    assert choices.sheet_state == "hidden"
    lists = {
        next(iter(check.sqref.ranges)).min_col: check.formula1
        for check in page.data_validations.dataValidation
        if check.type == "list"
    }
    village_column = list(VALUES).index("村") + 1
    place = lists[village_column].rpartition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in choices[place]] == VILLAGES
    assert any("民族" in str(cell.value) for row in guide.iter_rows() for cell in row)


def test_required_columns_are_marked_and_the_page_is_ready_to_print(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "各种栏目", COLUMNS, VILLAGES)
    page = openpyxl.load_workbook(tmp_path / "模板.xlsx").worksheets[0]
    assert page.cell(HEADER_ROW, 1).value == "姓名*"
    assert page.cell(HEADER_ROW, 3).value == "说明文字"
    assert page.freeze_panes == f"B{FIRST_ROW}"
    assert page.print_title_rows == "$1:$2"
    assert page.page_setup.orientation == "landscape"


def test_hints_are_not_longer_than_a_spreadsheet_shows(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "花名册", CASE_COLUMNS, VILLAGES)
    page = openpyxl.load_workbook(tmp_path / "模板.xlsx").worksheets[0]
    for check in page.data_validations.dataValidation:
        assert check.prompt
        assert len(check.prompt) <= 255
        assert len(check.error) <= 225
        assert len(check.promptTitle) <= 32


def test_two_columns_of_one_name_make_no_template(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="姓名"):
        write_template(tmp_path / "模板.xlsx", "花名册", [*COLUMNS, COLUMNS[0]], VILLAGES)


def test_a_folder_that_cannot_be_written_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(UserError):
        write_template(tmp_path / "文件" / "模板.xlsx", "花名册", COLUMNS, VILLAGES)
