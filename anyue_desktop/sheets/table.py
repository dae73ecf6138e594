"""The rows of one sheet as records to be read: without titles, totals, signatures and blank lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.types import ResidentId
from anyue_desktop.sheets.column import OWN_SHEETS, Column
from anyue_desktop.sheets.header import ENOUGH, Header, Role, find_header
from anyue_desktop.sheets.hints import Hints, group_of, names_village, read_hints, village_column
from anyue_desktop.sheets.raw import RawSheet, RawWorkbook, is_blank, shown

NO_HEADER = "没有找到表头：前10行里没有一行写着三个以上认得的栏目名（如姓名、身份证号、村）"
NO_ROWS = "表头下面没有数据"
EMPTY = "空表"
OF_TEMPLATE = "模板自带的说明，没有数据"

FOOTER, HEADER_AGAIN, SECTION, NO_DATA = "合计、签字或说明行", "重复的表头", "分组标题行", "没有数据的行"

_FOOTER = re.compile(
    r"(合计|小计|总计|共计|累计|填表|制表|审核|单位负责人|负责人|经办人|填报|报送|盖章|联系电话[:：]|备注[:：]|说明|填写说明|注[:：]|注意)"
)
_TOTAL = re.compile(r".{0,8}(合计|小计|总计)[:：]?\d*人?")
_LABELLED = re.compile(r"[:：]")
_DIGITS = re.compile(r"\d{6}")
_FIRST_CELLS = 3


@dataclass(frozen=True)
class RawRow:
    """One record of a sheet, still as it stands in the cells."""

    sheet: str
    number: int  # row number as the officer sees it
    cells: Mapping[str, object]  # by path; cells merged from above and hints filled in
    unknown: Mapping[str, object] = field(default_factory=dict)  # by header text
    age: object = None
    hidden: bool = False


@dataclass(frozen=True)
class Skipped:
    """A row that is no record, and why."""

    number: int
    reason: str
    text: str


@dataclass(frozen=True)
class Table:
    """One sheet understood: its header, its records, and what was left out."""

    sheet: RawSheet
    header: Header | None
    hints: Hints = field(default_factory=Hints)
    rows: tuple[RawRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    message: str = ""  # why there are no records

    @property
    def hidden_rows(self) -> int:
        """How many records stand in hidden rows."""
        return sum(row.hidden for row in self.rows)


def read_tables(book: RawWorkbook, columns: Sequence[Column], context: Context) -> list[Table]:
    """Understands every sheet of a workbook."""
    return [read_table(sheet, columns, context, file_name=book.path.stem) for sheet in book.sheets]


def read_table(
    sheet: RawSheet,
    columns: Sequence[Column],
    context: Context,
    *,
    file_name: str = "",
    header: Header | None = None,
) -> Table:
    """Understands one sheet; `header` is given when the officer has changed the mapping."""
    if sheet.name in OWN_SHEETS:
        return Table(sheet, None, message=OF_TEMPLATE)
    if all(is_blank(cell) for row in sheet.rows for cell in row):
        return Table(sheet, None, message=EMPTY)
    found = header or find_header(sheet, columns)
    if found is None:
        return Table(sheet, None, message=NO_HEADER)
    found = found.completed(_columns_in_use(sheet, found.bottom))
    hints = read_hints(file_name, sheet, found.top, columns, context)
    rows = _Rows(sheet, found, hints, columns, context)
    rows.collect()
    message = "" if rows.found else NO_ROWS
    return Table(sheet, found, hints, tuple(rows.found), tuple(rows.skipped), message)


def _columns_in_use(sheet: RawSheet, header_row: int) -> set[int]:
    """Returns the numbers of the columns that hold something in the rows of people."""
    used: set[int] = set()
    for _, row in sheet.numbered(header_row + 1):
        filled = {number: cell for number, cell in enumerate(row, 1) if not is_blank(cell)}
        if not filled.keys() <= used and not is_footer(list(filled.values())):
            used |= filled.keys()
    return used


class _Rows:
    """Walks down the rows below a header."""

    def __init__(
        self, sheet: RawSheet, header: Header, hints: Hints, columns: Sequence[Column], context: Context
    ) -> None:
        self.found: list[RawRow] = []
        self.skipped: list[Skipped] = []
        self._sheet = sheet
        self._header = header
        self._context = context
        self._fields = header.fields
        self._telling = [cell.number for cell in header.cells if cell.role in (Role.FIELD, Role.UNKNOWN)]
        self._unknown = {cell.number: cell.text for cell in header.unknown}
        self._implied = dict(hints.implied)
        self._village = village_column(columns)
        self._header_texts = {
            number: {text for row in (header.top, header.bottom) if not is_blank(text := sheet.cell(row, number))}
            for number in self._fields
        }
        self._merged = _merged_above(sheet, header)

    def collect(self) -> None:
        """Sorts every row into records and skipped rows; a row with nothing but a serial number is not worth a word."""
        for number, row in self._sheet.numbered(self._header.bottom + 1):
            filled = [cell for cell in row if not is_blank(cell)]
            if not any(not is_blank(_at(row, index)) for index in self._telling) and not any(map(_is_text, filled)):
                continue
            reason = self._why_not(row, filled)
            if reason:
                self.skipped.append(Skipped(number, reason, " ".join(shown(cell) for cell in filled)[:60]))
            else:
                self.found.append(self._record(number, row))

    def _why_not(self, row: Sequence[object], filled: Sequence[object]) -> str:
        if is_footer(filled) and not self._has_id_number(row):
            return FOOTER
        if len(filled) == 1 and isinstance(filled[0], str) and self._is_section(filled[0]):
            return SECTION
        if not any(not is_blank(_at(row, number)) for number in self._fields):
            return NO_DATA
        if self._is_header_again(row):
            return HEADER_AGAIN
        return ""

    def _has_id_number(self, row: Sequence[object]) -> bool:
        numbers = (
            shown(_at(row, at)) for at, column in self._fields.items() if isinstance(column.field.type, ResidentId)
        )
        return any(_DIGITS.search(number) for number in numbers)

    def _is_section(self, text: str) -> bool:
        """Takes a line like “三组” or “土桥村” between the records as what the blank cells below it mean."""
        if self._village is None:
            return False
        group = group_of(text)
        if group:
            self._implied[self._village.path.removesuffix(self._village.field.key) + "group_name"] = group
        elif names_village(text, self._village, self._context):
            self._implied[self._village.path] = text
        else:
            return False
        return True

    def _is_header_again(self, row: Sequence[object]) -> bool:
        same = sum(_at(row, number) in texts for number, texts in self._header_texts.items())
        return same >= min(ENOUGH, len(self._header_texts))

    def _record(self, number: int, row: Sequence[object]) -> RawRow:
        cells = {column.path: self._cell(number, row, index) for index, column in self._fields.items()}
        for path, text in self._implied.items():
            if is_blank(cells.get(path)):
                cells[path] = text
        unknown = {text: _at(row, index) for index, text in self._unknown.items() if not is_blank(_at(row, index))}
        hidden = number in self._sheet.hidden_rows or self._sheet.hidden
        return RawRow(self._sheet.name, number, cells, unknown, _at(row, self._header.age), hidden)

    def _cell(self, number: int, row: Sequence[object], index: int) -> object:
        own = _at(row, index)
        if is_blank(own):
            return self._merged.get((number, index))
        return own


def is_footer(filled: Sequence[object]) -> bool:
    """Tells whether the filled cells of a row are a total, a signature line or a remark below the table.

    The words count in the first cell only, so a person whose remark says 合计 or 说明 stays a person.
    """
    first = "".join(shown(filled[0]).split())
    if _FOOTER.match(first) or all(isinstance(cell, str) and _LABELLED.search(cell) for cell in filled):
        return True
    return any(_TOTAL.fullmatch("".join(shown(cell).split())) for cell in filled[:_FIRST_CELLS])


def _merged_above(sheet: RawSheet, header: Header) -> dict[tuple[int, int], object]:
    """Returns what a merged range says for the cells below its first; a name or an ID number belongs to one row."""
    below: dict[tuple[int, int], object] = {}
    for span in sheet.merged:
        for index in range(span.left, span.right + 1):
            column = header.fields.get(index)
            if span.bottom == span.top or span.top <= header.bottom or column is None or _is_personal(column):
                continue
            value = sheet.cell(span.top, span.left)
            below.update({(row, index): value for row in range(span.top + 1, span.bottom + 1)})
    return below


def _is_personal(column: Column) -> bool:
    return column.field.key == "name" or isinstance(column.field.type, ResidentId)


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip().isdecimal()


def _at(row: Sequence[object], number: int) -> object:
    return row[number - 1] if 0 < number <= len(row) else None
