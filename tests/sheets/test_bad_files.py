"""Files that must not be read as they are: each gets its sentence, none hangs the program or fills its memory."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from anyue_desktop.core.errors import UserError
from anyue_desktop.sheets import xlsx_rows
from anyue_desktop.sheets.reader import read_workbook

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def workbook(path: Path, rows: str | None = None, **parts: bytes) -> Path:
    """Writes a small workbook; `rows` takes the place of its rows, `parts` are added."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    if rows is not None:
        kept["xl/worksheets/sheet1.xml"] = (HEAD + rows + TAIL).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (kept | parts).items():
            archive.writestr(name, content)
    return path


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as told:
        read_workbook(path)
    assert told.value.hint
    return told.value


def test_the_file_wps_leaves_beside_an_open_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "~$名册.xlsx").write_bytes(b"\x04wang" + bytes(160))
    told = refused(tmp_path / "~$名册.xlsx")
    assert "临时文件" in str(told)
    assert "关闭“名册.xlsx”" in told.hint


def test_a_workbook_with_macros_is_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsm", **{"xl/vbaProject.bin": b"macro"})
    assert "带有宏" in str(refused(path))
    old = tmp_path / "名册.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT_CUR".encode("utf-16-le"))
    assert "带有宏" in str(refused(old))


def test_a_text_table_with_a_few_broken_bytes_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    lines = ["姓名,村", *["方秀兰,土桥村"] * 20]
    content = "\n".join(lines).encode()
    at = content.index("方".encode(), 100)
    (tmp_path / "名册.csv").write_bytes(content[:at] + b"\xff" + content[at + 1 :])
    line = content.count(b"\n", 0, at) + 1
    assert f"第{line}行有损坏的字" in str(refused(tmp_path / "名册.csv"))


def test_a_hundred_thousand_blank_rows_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{number}" spans="1:30"/>' for number in range(2, 100_000))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    (sheet,) = read_workbook(workbook(tmp_path / "名册.xlsx", first + blank)).sheets
    assert sheet.rows == [["姓名"]]


def test_a_sheet_of_too_many_filled_rows_is_left_where_it_grows_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_rows, "MAX_GRID", 5_000)
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 200_000))
    assert "第5001行" in str(refused(workbook(tmp_path / "名册.xlsx", rows)))


def test_a_part_longer_than_the_archive_says_is_damaged(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 1000))
    path = workbook(tmp_path / "名册.xlsx", rows)
    size = len((HEAD + rows + TAIL).encode())
    content = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 900))
    path.write_bytes(content)
    assert "已损坏" in str(refused(path))
