"""What the cell reader does not tell about an .xlsx: hidden rows, error values, formulas, number formats."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

from anyue_desktop.core.errors import UserError
from anyue_desktop.sheets.raw import Fault, RawSheet, column_number
from anyue_desktop.sheets.xlsx_rows import MAX_GRID, TOO_BIG, NotPlainError, PlainSheet, read_strings
from anyue_desktop.sheets.xlsx_styles import PLAIN, notable_styles, usual_styles

MAX_UNPACKED = 400 * 1024 * 1024
MAX_AT_ONCE = 200 * 1024 * 1024  # of one sheet that has to be looked through as a whole
CAREFUL_ROWS = 200_000

ERROR_VALUE = "这一格是公式的错误值“{}”，请在原表中改成正确的内容后再导入"
NO_RESULT = "这一格是没有算出结果的公式“{}”，请用WPS或Excel打开原表、保存一次后再导入"

SHARED = "xl/sharedStrings.xml"

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_FAR = re.compile(rb'\br="[A-Z]{3}\d+"')


@dataclass
class SheetMarks:
    """The marks of one sheet; cells by row and column counted from 1."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    shapes: dict[tuple[int, int], str] = field(default_factory=dict)  # "ym", "y", or the zeros of a padded number

    def apply(self, sheet: RawSheet) -> None:
        """Puts the marks into the sheet read."""
        sheet.hidden_rows, sheet.hidden_columns = self.hidden_rows, self.hidden_columns
        for (row, column), fault in self.faults.items():
            _put(sheet, row, column, fault)
        for (row, column), shape in self.shapes.items():
            _put(sheet, row, column, reshaped(sheet.cell(row, column), shape))


class XlsxMarks:
    """Reads the marks of an .xlsx; any other file, or a part that is unusual, has none."""

    def __init__(self, content: bytes) -> None:
        """Opens the archive.

        Raises:
            UserError: the archive unpacks to more than the program can hold.
        """
        self.epoch_1904 = False
        self._parts: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._styles: dict[int, str] = {}
        self._usual = {0: PLAIN}
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            self._refuse_huge()
            self._read_catalogue()
        except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, ValueError, RuntimeError):
            self._parts = {}

    def of(self, name: str) -> SheetMarks:
        """Returns the marks of a sheet.

        Raises:
            UserError: the sheet spans more rows and columns than the program can hold.
        """
        part = self._parts.get(name)
        if part is None:
            return SheetMarks()
        try:
            if self._archive.getinfo(part).file_size > MAX_AT_ONCE:
                raise UserError(f"工作表“{name}”太大，里面又有公式或特别的格式，读不了", TOO_BIG)
            xml = self._archive.read(part)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError):
            return SheetMarks()
        _refuse_stray_cells(name, xml)
        marks = SheetMarks(_hidden_rows(xml), _hidden_columns(xml))
        if self._styles or b'"e"' in xml or re.search(rb"<(?:\w+:)?f\b", xml):
            self._mark_cells(xml, marks)
        return marks

    def plain_sheets(self) -> tuple[RawSheet, ...] | None:
        """Returns all sheets, read piece by piece, or None when one of them needs the cell reader.

        Raises:
            UserError: a sheet spans more than the program can hold.
            BadZipFile: a part is damaged, or longer than the archive says.
        """
        if not self._parts or self.epoch_1904:
            return None
        try:
            strings = self._strings()
            return tuple(self._plain_sheet(name, strings) for name in self._parts)
        except zlib.error as error:
            raise zipfile.BadZipFile(str(error)) from error
        except (NotPlainError, KeyError, OSError, RuntimeError):
            return None

    def _strings(self) -> list[str]:
        if SHARED not in self._archive.namelist():
            return []
        with self._archive.open(SHARED) as stream:
            return read_strings(stream)

    def _plain_sheet(self, name: str, strings: list[str]) -> RawSheet:
        with self._archive.open(self._parts[name]) as stream:
            return PlainSheet(name, strings, self._usual, hidden=name in self._hidden).read(stream)

    def _refuse_huge(self) -> None:
        if sum(item.file_size for item in self._archive.infolist()) > MAX_UNPACKED:
            raise UserError("表格文件展开后太大，读不了", TOO_BIG)

    def _read_catalogue(self) -> None:
        book = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        targets = {
            item.get("Id"): item.get("Target", "")
            for item in ElementTree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        }
        for item in book.iter():
            tag = item.tag.rpartition("}")[2]
            if tag == "workbookPr":
                self.epoch_1904 = item.get("date1904") in ("1", "true")
            elif tag == "sheet":
                target = targets.get(item.get(_RELATION), "")
                if item.get("state", "visible") != "visible":
                    self._hidden.add(item.get("name", ""))
                self._parts[item.get("name", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
        if "xl/styles.xml" in self._archive.namelist():
            styles = self._archive.read("xl/styles.xml")
            self._styles, self._usual = dict(notable_styles(styles)), usual_styles(styles)

    def _mark_cells(self, xml: bytes, marks: SheetMarks) -> None:
        for cell in _CELL.finditer(xml):
            attributes, inside = cell.group(1), cell.group(2)
            place = _REFERENCE.search(attributes)
            if place is None or inside is None:
                continue
            key = int(place[2]), column_number(place[1].decode())
            fault = _fault(attributes, inside)
            if fault is not None:
                marks.faults[key] = fault
                continue
            style = _STYLE.search(attributes) if self._styles else None
            if style and int(style[1]) in self._styles:
                marks.shapes[key] = self._styles[int(style[1])]


def reshaped(cell: object, shape: str) -> object:
    """Returns what the cell shows: a month without a day, a number with its leading zeros."""
    if isinstance(cell, date):
        if shape[0] != "y" or cell.day != 1 or (shape == "y" and cell.month != 1):
            return cell
        return f"{cell.year}年{cell.month}月" if shape == "ym" else f"{cell.year}年"
    if isinstance(cell, int) and not isinstance(cell, bool) and shape[0] == "0" and cell >= 0:
        return str(cell).zfill(len(shape))
    return cell


def _put(sheet: RawSheet, row: int, column: int, value: object) -> None:
    while len(sheet.rows) < row:  # a formula without a result may lie below everything else
        sheet.rows.append([])
    cells = sheet.rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value


def _fault(attributes: bytes, inside: bytes) -> Fault | None:
    value = _VALUE.search(inside)
    text = value[1].decode("utf-8", "replace") if value else ""
    if b't="e"' in attributes:
        return Fault(text, ERROR_VALUE.format(text))
    if text or b't="str"' in attributes or b"Str" in attributes:
        return None
    formula = _FORMULA.search(inside)
    if formula is None or b"<is" in inside:
        return None
    shown = "=" + (formula[1] or b"").decode("utf-8", "replace")[:40]
    return Fault(shown, NO_RESULT.format(shown))


def _hidden_rows(xml: bytes) -> frozenset[int]:
    if b"hidden=" not in xml:
        return frozenset()
    found = (item.group(1) for item in _ROW.finditer(xml))
    return frozenset(number for text in found if _is_hidden(text) for number in _numbers(text, b"r"))


def _hidden_columns(xml: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    head = xml[: xml.find(b"sheetData")]
    for item in _COLUMN.finditer(head):
        text = item.group(1)
        first, last = _numbers(text, b"min"), _numbers(text, b"max")
        if _is_hidden(text) and first and last and last[0] - first[0] < 1000:
            hidden.update(range(first[0], last[0] + 1))
    return frozenset(hidden)


def _is_hidden(attributes: bytes) -> bool:
    return b'hidden="1"' in attributes or b'hidden="true"' in attributes


def _numbers(attributes: bytes, name: bytes) -> list[int]:
    return [int(one) for one in re.findall(rb"\b" + name + rb'="(\d+)"', attributes)[:1]]


def _refuse_stray_cells(name: str, xml: bytes) -> None:
    """A single value in row 1,048,576 would make the reader hold the whole rectangle."""
    last = max((number for item in _ROW.finditer(xml) for number in _numbers(item.group(1), b"r")), default=0)
    if last < CAREFUL_ROWS and not _FAR.search(xml):
        return
    rows, columns, place = 0, 0, ""
    for row, column in _filled(xml):
        if row > rows or column > columns:
            place = f"第{row}行第{column}列"
        rows, columns = max(rows, row), max(columns, column)
    if rows * columns > MAX_GRID:
        raise UserError(f"工作表“{name}”太大：一直到{place}还有内容", TOO_BIG)


def _filled(xml: bytes) -> Iterator[tuple[int, int]]:
    for cell in _CELL.finditer(xml):
        place = _REFERENCE.search(cell.group(1))
        if place and cell.group(2) and (b"v>" in cell.group(2) or b"t>" in cell.group(2)):
            yield int(place[2]), column_number(place[1].decode())
