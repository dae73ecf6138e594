"""The rows of one sheet as records to be read: without titles, totals, signatures and blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import overload

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
_PLAIN_NUMBER = re.compile("[0-9]{17}[0-9X]")
_FIRST_CELLS = 3


@dataclass(slots=True)
class RawRow:
    """One record of a sheet, still as it stands in the cells."""

    sheet: str
    number: int  # row number as the officer sees it
    paths: tuple[str, ...]
    contents: Sequence[object]  # of the cells, by path; cells merged from above and hints filled in
    unknown: Mapping[str, object] = field(default_factory=dict)  # by header text
    age: object = None
    hidden: bool = False

    @property
    def cells(self) -> dict[str, object]:
        """The contents by path."""
        return dict(zip(self.paths, self.contents, strict=True))


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
    rows: Sequence[RawRow] = ()
    skipped: tuple[Skipped, ...] = ()
    message: str = ""  # why there are no records

    @property
    def hidden_rows(self) -> int:
        """How many records stand in hidden rows."""
        return self.rows.count_hidden() if isinstance(self.rows, Records) else 0


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
    return Table(sheet, found, hints, rows.found, tuple(rows.skipped), message)


def _columns_in_use(sheet: RawSheet, header_row: int) -> set[int]:
    """Returns the numbers of the columns that hold something in the rows of people."""
    used: set[int] = set()
    unused: Sequence[int] = range(1, max(map(len, sheet.rows), default=0) + 1)
    for _, row in sheet.numbered(header_row + 1):
        if all(is_blank(_at(row, number)) for number in unused):
            continue
        filled = {number: cell for number, cell in enumerate(row, 1) if not is_blank(cell)}
        if not is_footer(list(filled.values())):
            used |= filled.keys()
            unused = [number for number in unused if number not in used]
    return used


class Records(Sequence[RawRow]):
    """The records of a sheet, each put together from its cells when it is asked for."""

    def __init__(self, sheet: RawSheet, header: Header) -> None:
        self._sheet = sheet
        self._paths = {number: column.path for number, column in header.fields.items()}
        self._in_order = tuple(self._paths.values())
        self._last = max(self._paths, default=0)
        self._pick = itemgetter(*(number - 1 for number in self._paths)) if len(self._paths) > 1 else None
        self._unknown = {cell.number: cell.text for cell in header.unknown}
        self._age = header.age
        self._merged = _merged_above(sheet, header)
        self._found: list[tuple[int, Mapping[str, str]]] = []

    def add(self, number: int, implied: Mapping[str, str]) -> None:
        """Takes a row for a record; `implied` is what stands above it for its blank cells, by path."""
        self._found.append((number, implied))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[RawRow]:
        return (self._record(number, implied) for number, implied in self._found)

    @overload
    def __getitem__(self, place: int) -> RawRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[RawRow]: ...
    def __getitem__(self, place: int | slice) -> RawRow | list[RawRow]:
        if isinstance(place, slice):
            return [self._record(number, implied) for number, implied in self._found[place]]
        return self._record(*self._found[place])

    def count_hidden(self) -> int:
        """Returns how many records stand in hidden rows."""
        return sum(self._is_hidden(number) for number, _ in self._found)

    def _is_hidden(self, number: int) -> bool:
        return self._sheet.hidden or number in self._sheet.hidden_rows

    def _record(self, number: int, implied: Mapping[str, str]) -> RawRow:
        row = self._sheet.rows[number - 1]
        if self._pick is not None and self._last <= len(row):
            contents = self._pick(row)
        else:
            contents = [_at(row, at) for at in self._paths]
        paths = self._in_order
        if self._merged or implied:
            paths, contents = self._completed(number, dict(zip(paths, contents, strict=True)), implied)
        unknown = {text: cell for at, text in self._unknown.items() if not is_blank(cell := _at(row, at))}
        return RawRow(self._sheet.name, number, paths, contents, unknown, _at(row, self._age), self._is_hidden(number))

    def _completed(
        self, number: int, cells: dict[str, object], implied: Mapping[str, str]
    ) -> tuple[tuple[str, ...], Sequence[object]]:
        """Fills the blank cells with what stands in a merged cell or a line above them."""
        if self._merged:
            self._fill_down(number, cells)
        for path, text in implied.items():
            if is_blank(cells.get(path)):
                cells[path] = text
        return tuple(cells), tuple(cells.values())

    def _fill_down(self, number: int, cells: dict[str, object]) -> None:
        for index, path in self._paths.items():
            if is_blank(cells[path]):
                cells[path] = self._merged.get((number, index))


class _Rows:
    """Walks down the rows below a header."""

    def __init__(
        self, sheet: RawSheet, header: Header, hints: Hints, columns: Sequence[Column], context: Context
    ) -> None:
        self.found = Records(sheet, header)
        self.skipped: list[Skipped] = []
        self._sheet = sheet
        self._header = header
        self._context = context
        self._fields = header.fields
        self._telling = [cell.number for cell in header.cells if cell.role in (Role.FIELD, Role.UNKNOWN)]
        self._numbers = [at for at, column in self._fields.items() if isinstance(column.field.type, ResidentId)]
        self._implied: Mapping[str, str] = dict(hints.implied)
        self._village = village_column(columns)
        self._header_texts = {
            number: {text for row in (header.top, header.bottom) if not is_blank(text := sheet.cell(row, number))}
            for number in self._fields
        }
        self._header_words = set[object]().union(*self._header_texts.values())

    def collect(self) -> None:
        """Sorts every row into records and skipped rows; a row with nothing but a serial number is not worth a word."""
        for number, row in self._sheet.numbered(self._header.bottom + 1):
            if self._is_plainly_record(row):
                self.found.add(number, self._implied)
                continue
            filled = [cell for cell in row if not is_blank(cell)]
            if not any(not is_blank(_at(row, index)) for index in self._telling) and not any(map(_is_text, filled)):
                continue
            reason = self._why_not(row, filled)
            if reason:
                self.skipped.append(Skipped(number, reason, " ".join(shown(cell) for cell in filled)[:60]))
            else:
                self.found.add(number, self._implied)

    def _is_plainly_record(self, row: Sequence[object]) -> bool:
        """Whether a row with an ID number and no word of the header in it needs no closer look."""
        return self._header_words.isdisjoint(row) and any(
            isinstance(cell := _at(row, at), str) and _PLAIN_NUMBER.fullmatch(cell) for at in self._numbers
        )

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
        return any(_DIGITS.search(shown(_at(row, at))) for at in self._numbers)

    def _is_section(self, text: str) -> bool:
        """Takes a line like “三组” or “土桥村” between the records as what the blank cells below it mean."""
        if self._village is None:
            return False
        group = group_of(text)
        if group:
            path = self._village.path.removesuffix(self._village.field.key) + "group_name"
            self._implied = {**self._implied, path: group}
        elif names_village(text, self._village, self._context):
            self._implied = {**self._implied, self._village.path: text}
        else:
            return False
        return True

    def _is_header_again(self, row: Sequence[object]) -> bool:
        same = sum(_at(row, number) in texts for number, texts in self._header_texts.items())
        return same >= min(ENOUGH, len(self._header_texts))


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
