from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheet_tables import CASE_COLUMNS, CONTEXT

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.masking import mask
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Column, Heading, Sheet, Slot
from anyue_desktop.sheets.export import guarded, write_export, write_export_csv
from anyue_desktop.sheets.ledger import write_sheet
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import read_rows
from anyue_desktop.sheets.table import read_tables

PATHS = ("person.name", "person.id_number", "person.birth_date", "person.phone", "person.residence_division",
         "categories", "children_alive", "person.is_party_member", "person.remark")  # fmt: skip
COLUMNS = [next(column for column in CASE_COLUMNS if column.path == path) for path in PATHS]
ROW: dict[str, Any] = {
    "person.name": "方秀兰",
    "person.id_number": "512099194103051225",
    "person.birth_date": date(1941, 3, 5),
    "person.phone": "13800001111",
    "person.residence_division": "512021206200",
    "categories": ("01", "04"),
    "children_alive": 2,
    "person.is_party_member": True,
    "person.remark": "=cmd|'/c calc'!A0",
}


def test_an_export_read_back_gives_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    assert write_export(path, "特殊困难老年人", COLUMNS, [ROW, {"person.name": "何国富"}]) == 2
    (table,) = read_tables(read_workbook(path), COLUMNS, CONTEXT)
    first, second = read_rows(table, COLUMNS, CONTEXT)
    assert {path: first.values[path] for path in PATHS} == ROW
    assert second.values["person.name"] == "何国富"
    assert first.problems == []


def test_texts_are_texts_dates_are_dates_and_numbers_numbers(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_export(path, "名册", COLUMNS, [ROW], notice="已脱敏")
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page["A1"].value == "名册"
    assert page["A2"].value == "已脱敏"
    cells = page[4]
    assert (cells[1].data_type, cells[1].value, cells[1].number_format) == ("s", "512099194103051225", "@")
    assert cells[2].is_date
    assert cells[6].value == 2
    assert (cells[8].data_type, cells[8].value) == ("s", ROW["person.remark"])


def test_an_export_is_ready_to_print_and_to_filter(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_export(path, "名册", COLUMNS, [ROW] * 3)
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$2:$2"
    assert page.freeze_panes == "B3"
    assert page.auto_filter.ref == "A2:I5"
    assert page.oddFooter.center.text == "第&P页 共&N页"


def test_the_caller_decides_what_is_masked(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_export(path, "名册", COLUMNS, [ROW], show=lambda column, value: mask(column.field, value))
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page["B3"].value != ROW["person.id_number"]
    assert "*" in str(page["B3"].value)


def test_a_csv_export_opens_as_utf_8_and_starts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    assert write_export_csv(path, COLUMNS, [ROW]) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, row = csv.reader(stream)
    assert header[:2] == ["姓名", "身份证号"]
    assert row[2] == "1941-03-05"
    assert row[-1].startswith("'=")
    (table,) = read_tables(read_workbook(path), COLUMNS, CONTEXT)
    (read,) = read_rows(table, COLUMNS, CONTEXT)
    assert {path: read.values[path] for path in PATHS} == ROW


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "-1+1", "@x", "\tx", "\rx"])
def test_C12_texts_a_spreadsheet_would_calculate_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "-3.5", "方秀兰", "", "3-1"])
def test_other_texts_and_negative_numbers_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_more_records_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyue_desktop.sheets.export.LAST_ROW", 2)
    with pytest.raises(UserError, match="放不下"):
        write_export(tmp_path / "导出.xlsx", "名册", COLUMNS, [ROW] * 3)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_export_leaves_nothing_behind(tmp_path: Path) -> None:
    progress = Progress()

    def rows() -> Any:
        yield from [ROW] * 150
        progress.cancel()
        yield from [ROW] * 150

    with pytest.raises(Cancelled):
        write_export(tmp_path / "导出.xlsx", "名册", COLUMNS, rows(), progress=progress)
    with pytest.raises(Cancelled):
        write_export_csv(tmp_path / "导出.csv", COLUMNS, [ROW], progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_title_with_forbidden_signs_still_names_a_sheet(tmp_path: Path) -> None:
    write_export(tmp_path / "导出.xlsx", "2026/11 [探访]:全县" + "很长" * 20, COLUMNS, [ROW])
    assert read_workbook(tmp_path / "导出.xlsx").sheets[0].name.startswith("2026-11 -探访--全县")


def ledger() -> Sheet:
    return Sheet(
        "L3", "月探访汇总表", Heading("天马乡人民政府", "2026年11月", "TM-L3-0007"),
        (
            Column("村", 40), Column("应访", 20, groups=("人数",)), Column("已访", 20, groups=("人数",)),
            Column("探访率", 20),
        ),
        (("土桥村", 28, 27, "96.4%"), ("聚宝村", 16, 16, "100.0%")),
        ("合计", 44, 43, Decimal("97.7")),
        notes=("注：每人只算一次",), facts=(Slot("打印日期", "2026-11-23"),),
    )  # fmt: skip


def test_a_ledger_becomes_a_workbook_with_groups_totals_and_signatures(tmp_path: Path) -> None:
    path = tmp_path / "L3.xlsx"
    write_sheet(path, ledger())
    page = openpyxl.load_workbook(path).worksheets[0]
    texts = [[cell.value for cell in row] for row in page.iter_rows()]
    assert texts[0][0] == "月探访汇总表"
    assert "天马乡人民政府" in str(texts[1][0])
    assert "已脱敏" in str(texts[1][0])
    assert texts[2][0] == "打印日期：2026-11-23"
    assert texts[3] == ["村", "人数", None, "探访率"]
    assert texts[4][1:3] == ["应访", "已访"]
    assert texts[5:8] == [["土桥村", 28, 27, "96.4%"], ["聚宝村", 16, 16, "100.0%"], ["合计", 44, 43, 97.7]]
    assert texts[8][0] == "注：每人只算一次"
    assert "单位负责人" in str(texts[9][0])
    assert {"A4:A5", "B4:C4", "D4:D5"} <= {str(span) for span in page.merged_cells.ranges}
    assert page.print_title_rows == "$4:$5"
    assert "TM-L3-0007" in page.oddFooter.center.text


def test_a_row_is_as_high_as_its_longest_text_needs(tmp_path: Path) -> None:
    path = tmp_path / "备注.xlsx"
    write_export(path, "备注", COLUMNS, [{**ROW, "person.remark": "短"}, {**ROW, "person.remark": "很长的备注" * 20}])
    page = openpyxl.load_workbook(path).worksheets[0]
    short, long = page.max_row - 1, page.max_row
    usual = page.row_dimensions[short].height or 15
    assert page.row_dimensions[long].height > 3 * usual
