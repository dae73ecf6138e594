"""Workbooks the program writes are whole: every part is well-formed, and no text has become a formula."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.sheets.export import write_export
from anyue_desktop.sheets.template import write_template

COLUMNS = columns.sheet_columns(REGISTERS["elder_case"])
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LIKE_FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)")


@pytest.fixture(params=["export", "template"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    if request.param == "export":
        rows = [{"person.name": "测甲", "responsible_name": text} for text in LIKE_FORMULAS]
        write_export(path, "特殊困难老年人档案", COLUMNS, rows)
    else:
        write_template(path, "特殊困难老年人档案", COLUMNS, ["土桥村"])
    return path


def test_every_part_is_well_formed_and_named_in_the_list_of_contents(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        assert not name.endswith((".xml", ".rels")) or ElementTree.fromstring(content) is not None
    listed = {item.get("PartName", "").lstrip("/") for item in ElementTree.fromstring(parts["[Content_Types].xml"])} - {
        ""
    }
    assert listed <= parts.keys()


def test_no_cell_holds_a_formula(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    for sheet in sheets:
        assert not list(ElementTree.fromstring(sheet).iter(f"{SPACE}f"))
    for page in openpyxl.load_workbook(written).worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
