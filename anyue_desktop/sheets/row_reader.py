"""Turns the raw cells of a row into values, with everything that is doubtful or wrong said cell by cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import getitem
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Need
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.remembered import Remembered
from anyue_desktop.core.types import Date, ResidentId
from anyue_desktop.sheets.column import Column, prefix_of
from anyue_desktop.sheets.meanings import Meanings, Told
from anyue_desktop.sheets.raw import Fault, shown
from anyue_desktop.sheets.table import RawRow, Table

BIRTH, SEX, REMARK = "birth_date", "sex", "remark"
PRECISION = "precision"
DAYS_1904 = 1462  # the date system of old Macintosh workbooks begins so much later
FIRST_SERIAL, LAST_SERIAL = 10_000, 60_000

_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Finding:
    """A sentence about one cell."""

    path: str
    letter: str  # of the column, empty when the sheet has none
    label: str
    value: str  # what the cell shows
    message: str

    def __str__(self) -> str:
        return f"{self.label}：{self.message}"


@dataclass(slots=True)
class ReadRow:
    """The values of one row by path; `notes` are worth a look, `problems` are cells without a value."""

    row: RawRow
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    beside: dict[str, Any] = field(default_factory=dict)  # those of the values that stand in the cell of another field


@dataclass(slots=True)
class _Aside:
    """A value one column says for another field."""

    teller: Column
    key: str
    path: str
    value: Any


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Sequence[Column], context: Context, *, epoch_1904: bool = False) -> None:
        self._columns = {column.path: column for column in columns}
        self._letters = table.header.letters if table.header else {}
        self._context = replace(context, year=table.hints.year or context.year)
        self._epoch_1904 = epoch_1904
        self._told: list[Told] = []
        self._meanings = Remembered(self._meanings_of)
        self._shapes = Remembered(lambda paths: [self._meanings[path] for path in paths])

    def read(self, row: RawRow) -> ReadRow:
        """Reads one row; never raises for what stands in the cells."""
        found = map(getitem, self._shapes[row.paths], row.contents)
        result = ReadRow(row, {path: value for path, value in zip(row.paths, found, strict=True) if value is not None})
        if self._told:
            self._say(result, self._told)
            self._told.clear()
        if row.age is not None:
            self._compare_age(result)
        return result

    def _meanings_of(self, path: str) -> Mapping[object, Any]:
        column = self._columns.get(path)
        return defaultdict(_nothing) if column is None else Meanings(column, self._parse, self._told)

    def _say(self, result: ReadRow, told: Sequence[Told]) -> None:
        asides: list[_Aside] = []
        for column, raw, reading in told:
            if isinstance(reading, Fault):
                result.problems.append(self._finding(column, raw, reading.message))
            elif isinstance(reading, BadValue):
                result.problems.append(self._finding(column, raw, str(reading)))
            else:
                result.notes.extend(self._finding(column, raw, note) for note in reading.notes)
                asides.extend(self._aside(column, key, one) for key, one in reading.beside.items())
        if len(asides) > 1:
            asides.sort(key=_is_not_precision)  # the ID number may overrule it
        for aside in asides:
            self._add(result, aside)
            result.beside[aside.path] = aside.value

    def _parse(self, column: Column, raw: object) -> Reading[Any] | BadValue:
        kind = column.field.type
        if self._epoch_1904 and isinstance(kind, Date) and _is_serial(raw):
            raw = int(str(raw)) + DAYS_1904
        try:
            reading = kind.parse(raw, self._context)
        except BadValue as problem:
            return problem
        if PRECISION in reading.beside and column.field.need is Need.DRAFT:
            return BadValue(f"“{shown(raw)}”没有写到日，请写明年月日，如2026-11-23")
        return reading

    def _aside(self, column: Column, key: str, value: Any) -> _Aside:
        """The precision of `birth_date` is kept in `birth_precision`; a note behind another's name says whose it is."""
        if key == PRECISION:
            key = column.field.key.replace("_date", "_precision")
        elif key == REMARK and column.field.key != "name":
            value = f"{column.label}：{value}"
        return _Aside(column, key, prefix_of(column) + key, value)

    def _add(self, result: ReadRow, aside: _Aside) -> None:
        """Puts a value beside its teller, unless the sheet has its own; the ID number knows birth and sex better."""
        target = aside.teller.register.by_key.get(aside.key)
        if target is None:
            if not aside.key.endswith(PRECISION):
                self._note(result, aside.teller, f"“{aside.value}”没有可放的栏目，没有录入，请自行处理")
            return
        own = result.values.get(aside.path)
        if own is None:
            result.values[aside.path] = aside.value
            self._forgive(result, aside)
        elif aside.key in (BIRTH, SEX) and isinstance(aside.teller.field.type, ResidentId):
            self._prefer_number(result, aside, own)
        elif aside.key == REMARK:
            result.values[aside.path] = own if aside.value in own else f"{own}；{aside.value}"
        elif own != aside.value:
            said, kept = target.type.show(aside.value), target.type.show(own)
            self._note(
                result,
                aside.teller,
                f"{aside.teller.label}栏写着“{said}”，与“{target.label}”栏的“{kept}”不同，保留后者",
            )

    def _forgive(self, result: ReadRow, aside: _Aside) -> None:
        """An unreadable birth date or sex does no harm when the ID number says it."""
        for problem in [one for one in result.problems if one.path == aside.path]:
            text = aside.teller.register.show(aside.key, aside.value)
            result.problems.remove(problem)
            result.notes.append(replace(problem, message=f"{problem.message}；已按身份证号填为{text}"))

    def _prefer_number(self, result: ReadRow, aside: _Aside, own: Any) -> None:
        result.values[aside.path] = aside.value
        precision = result.values.pop(prefix_of(aside.teller) + "birth_precision", None) if aside.key == BIRTH else None
        if own == aside.value or _agrees(own, aside.value, precision):
            result.notes = [note for note in result.notes if note.path != aside.path]  # the number knows the day
            return
        register = aside.teller.register
        label = register.field(aside.key).label
        written, known = register.show(aside.key, own), register.show(aside.key, aside.value)
        message = f"{label}与身份证号不一致：表里是{written}，身份证号是{known}，已按身份证号填写，请核对"
        column = self._columns.get(aside.path, aside.teller)
        result.notes.append(self._finding(column, written, message))

    def _compare_age(self, result: ReadRow) -> None:
        found = _NUMBER.search(shown(result.row.age))
        born = next((value for path, value in result.values.items() if path.rpartition(".")[2] == BIRTH), None)
        if found is None or not isinstance(born, date):
            return
        age = age_on(born, self._context.today)
        if abs(age - int(found[0])) > 1:
            message = f"年龄写的是{found[0]}岁，按出生日期{born.isoformat()}应为{age}岁，请核对"
            result.notes.append(Finding("", "", "年龄", shown(result.row.age), message))

    def _note(self, result: ReadRow, column: Column, message: str) -> None:
        result.notes.append(self._finding(column, result.row.cells.get(column.path), message))

    def _finding(self, column: Column, raw: object, message: str) -> Finding:
        return Finding(column.path, self._letters.get(column.path, ""), column.label, shown(raw), message)


def read_rows(
    table: Table,
    columns: Sequence[Column],
    context: Context,
    *,
    epoch_1904: bool = False,
    progress: Progress | None = None,
) -> Iterator[ReadRow]:
    """Reads the records of a table one by one; may be cancelled between rows."""
    reader = RowReader(table, columns, context, epoch_1904=epoch_1904)
    counted = (progress or Progress()).each(table.rows, f"核对“{table.sheet.name}”", len(table.rows))
    return (reader.read(row) for row in counted)


def _nothing() -> None:
    """What a column means that is of no register."""


def _is_not_precision(aside: _Aside) -> bool:
    return not aside.key.endswith(PRECISION)


def _is_serial(raw: object) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, bool) and FIRST_SERIAL <= int(raw) <= LAST_SERIAL


def _agrees(written: Any, known: Any, precision: str | None) -> bool:
    """Whether a month or a year without a day is that of the full date."""
    if precision == "2":
        return (written.year, written.month) == (known.year, known.month)
    return precision == "3" and bool(written.year == known.year)
