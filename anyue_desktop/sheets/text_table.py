"""Reads CSV and other plain-text tables, in whatever encoding a Chinese desktop saved them."""

from __future__ import annotations

import csv
import re
from io import StringIO

from anyue_desktop.core.errors import UserError
from anyue_desktop.sheets.raw import RawSheet

SAMPLE = 8192
FEW = 20  # broken characters among so many that are whole
NOT_A_TABLE = "请选择WPS或Excel的表格文件（.xlsx .xls .et .csv）"

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")

# Python's gb18030 follows the table of 2000, where these two-byte characters still lie in the private use area;
# GB 18030-2005 and -2022 gave them the places on the right.
_SINCE_2000 = {
    0xE7C7: 0x1E3F,
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip


def decoded(content: bytes) -> str:
    """Returns the text of a file saved as UTF-8, UTF-16 or GB 18030 (GBK, the “ANSI” of Chinese Windows).

    Raises:
        UserError: it is none of these, so it is no table.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig":
                _refuse_broken_utf8(content, error.start)
            continue
        return text.translate(_SINCE_2000) if encoding == "gb18030" else text
    raise UserError("这个文件不是表格，读不出文字", NOT_A_TABLE)


def _refuse_broken_utf8(content: bytes, place: int) -> None:
    """A few broken bytes in UTF-8 would make every other character of the file another one in GB 18030."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * FEW <= sum(not char.isascii() for char in text):
        line = content.count(b"\n", 0, place) + 1
        raise UserError(f"这个文本表格第{line}行有损坏的字，读不下去", "请用WPS打开原表，重新另存为.xlsx再导入")


def read_text_table(content: bytes, name: str) -> RawSheet:
    """Reads a CSV (or tab-separated) file as one sheet called `name`.

    Raises:
        UserError: the file is no text table.
    """
    text = decoded(content)
    if _CONTROL.search(text):
        raise UserError("这个文件不是表格，里面不是文字", NOT_A_TABLE)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UserError(f"这个文本表格读不下去（{error}）", "请用WPS打开后另存为.xlsx再导入") from error
    return RawSheet(name, [[_plain(cell) for cell in row] for row in rows])


def _delimiter(text: str) -> str:
    sample = text[:SAMPLE]
    return max(",\t;", key=sample.count)


def _plain(cell: str) -> object:
    """Removes the apostrophe that keeps a spreadsheet from reading a text as a formula."""
    if cell.startswith('="') and cell.endswith('"'):  # ="0012", the way of keeping digits as text in CSV
        return cell[2:-1]
    return _GUARDED.sub("", cell, count=1) or None
