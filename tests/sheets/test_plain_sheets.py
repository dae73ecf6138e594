"""An ordinary .xlsx is read straight from its text, with the outcome the cell reader gives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue_desktop.core.errors import UserError
from anyue_desktop.sheets import xlsx_rows
from anyue_desktop.sheets.raw import RawSheet
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.xlsx_marks import XlsxMarks

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
cells = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["张芳", "a&b<c>", " 前后 ", "两\n行", "_x000D_", "512099194103051225", "=1+1", "0012"]),
    st.integers(-(10**17), 10**17),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)
grids = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6)
Grid = Sequence[Sequence[Any]]


def by_openpyxl(path: Path, rows: Grid, *, streaming: bool = False) -> None:
    book = openpyxl.Workbook(write_only=streaming)
    sheet = book.create_sheet("表") if streaming else book.worksheets[0]
    for row in rows:
        sheet.append([f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row])
    book.save(path)


def by_xlsxwriter(path: Path, rows: Grid, *, streaming: bool = False) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": streaming}) as book:
        sheet, day = book.add_worksheet("表"), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, place, cell, day)
                elif cell is not None:
                    sheet.write(at, place, cell)


def filled(sheet: RawSheet) -> list[tuple[int, int, type, object]]:
    return [
        (number, at, type(cell), cell)
        for number, row in sheet.numbered()
        for at, cell in enumerate(row, 1)
        if cell is not None
    ]


@settings(max_examples=60, deadline=None)
@given(grids, st.sampled_from([by_openpyxl, by_xlsxwriter]), st.booleans())
def test_what_is_read_piece_by_piece_is_what_the_cell_reader_gives(rows: Grid, write: Any, streaming: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "表.xlsx"
        write(path, rows, streaming=streaming)
        first = read_workbook(path)
        patch.setattr(XlsxMarks, "plain_sheets", lambda self: None)
        (careful,) = read_workbook(path).sheets
    assert filled(first.sheets[0]) == filled(careful)


def plain(path: Path) -> tuple[RawSheet, ...] | None:
    return XlsxMarks(path.read_bytes()).plain_sheets()


def test_small_pieces_give_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[f"第{number}户", number, None, date(1950, 1, 1)] for number in range(1, 200)]
    by_openpyxl(tmp_path / "表.xlsx", rows)
    monkeypatch.setattr(xlsx_rows, "PIECE", 37)
    (sheet,) = plain(tmp_path / "表.xlsx") or ()
    assert [row[:2] for row in sheet.rows] == [row[:2] for row in rows]
    assert {row[3] for row in sheet.rows} == {date(1950, 1, 1)}


def test_merged_cells_hidden_rows_columns_and_sheets_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("旧表")
    for row in (["村", "姓名"], ["土桥村", "甲"], [None, "乙"]):
        first.append(row)
        second.append(row)
    first.merge_cells("A2:A3")
    first.row_dimensions[3].hidden = True
    first.column_dimensions["B"].hidden = True
    second.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    shown, hidden = plain(tmp_path / "表.xlsx") or ()
    (span,) = shown.merged
    assert (span.top, span.left, span.bottom, span.right) == (2, 1, 3, 1)
    assert (shown.hidden_rows, shown.hidden_columns, shown.hidden) == ({3}, {2}, False)
    assert (hidden.hidden_rows, hidden.hidden) == (set(), True)


def formula(sheet: Any) -> None:
    sheet["A1"] = "=1+1"


def month(sheet: Any) -> None:
    sheet["A1"] = date(1950, 1, 1)
    sheet["A1"].number_format = "yyyy年m月"


def padded(sheet: Any) -> None:
    sheet["A1"] = 12
    sheet["A1"].number_format = "0000"


@pytest.mark.parametrize("mark", [formula, month, padded])
def test_formulas_months_and_padded_numbers_are_left_to_the_cell_reader(tmp_path: Path, mark: Any) -> None:
    book = openpyxl.Workbook()
    mark(book.worksheets[0])
    book.save(tmp_path / "表.xlsx")
    assert plain(tmp_path / "表.xlsx") is None


def test_a_sheet_spanning_more_than_the_program_holds_is_refused_where_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_openpyxl(tmp_path / "表.xlsx", [["甲", "乙"]] * 60)
    monkeypatch.setattr(xlsx_rows, "MAX_GRID", 100)
    with pytest.raises(UserError, match="第51行第2列"):
        read_workbook(tmp_path / "表.xlsx")


def test_more_shared_text_than_the_program_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_xlsxwriter(tmp_path / "表.xlsx", [["甲" * 300]])
    monkeypatch.setattr(xlsx_rows, "MAX_STRINGS", 200)
    with pytest.raises(UserError, match="文字太多"):
        read_workbook(tmp_path / "表.xlsx")
