"""A block of cells copied from WPS or Excel, as a workbook that never touches the disk."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from anyue_desktop.core.errors import UserError
from anyue_desktop.sheets.markup_table import read_markup
from anyue_desktop.sheets.raw import RawSheet, RawWorkbook

NAME = "粘贴的内容"


def read_pasted(text: str, html: str = "") -> RawWorkbook:
    """Reads what the clipboard holds; the marked-up form knows merged and hidden cells, the plain one does not.

    Raises:
        UserError: it holds no cells.
    """
    _, tables = read_markup(html.encode()) if "<table" in html.lower() else ("", [])
    if not tables and "\t" in text:
        rows = csv.reader(StringIO(text, newline=""), delimiter="\t")
        tables = [RawSheet(NAME, [[cell or None for cell in row] for row in rows])]
    if not tables:
        raise UserError("剪贴板里没有表格", "请先在WPS或Excel中选中连同表头在内的几行，复制后再粘贴")
    tables[0].name = NAME
    return RawWorkbook(Path(NAME), "csv", (tables[0],))
