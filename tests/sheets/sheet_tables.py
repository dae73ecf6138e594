"""Columns and tables of the tests; every person is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref
from anyue_desktop.registers import REGISTERS
from anyue_desktop.sheets.raw import RawSheet
from anyue_desktop.sheets.row_reader import ReadRow, read_rows
from anyue_desktop.sheets.table import Table, read_table

WORKBOOKS = Path(__file__).parent.parent / "vectors" / "workbooks"
CONTEXT = Context(today=date(2026, 11, 23), township="512021206000")  # 天马乡


@dataclass(frozen=True)
class SeenColumn:
    """A field at a dotted path."""

    path: str
    field: Field
    register: Register

    @property
    def label(self) -> str:
        return self.field.label


def own_columns(name: str, prefix: str = "") -> list[SeenColumn]:
    register = REGISTERS[name]
    fields = [one for one in register.fields if one.typed and not isinstance(one.type, Ref)]
    return [SeenColumn(prefix + one.key, one, register) for one in fields]


CASE_COLUMNS = [*own_columns("person", "person."), *own_columns("elder_case")]
WHO = ("name", "id_number", "residence_division")
VISIT_COLUMNS = [
    *(one for one in own_columns("person", "case.person.") if one.field.key in WHO),
    *own_columns("elder_visit"),
]


def table_of(rows: Sequence[Sequence[object]], name: str = "Sheet1", file_name: str = "", **more: object) -> Table:
    sheet = RawSheet(name, [list(row) for row in rows], **more)  # type: ignore[arg-type]
    return read_table(sheet, CASE_COLUMNS, CONTEXT, file_name=file_name)


def read(rows: Sequence[Sequence[object]], **more: object) -> list[ReadRow]:
    return list(read_rows(table_of(rows, **more), CASE_COLUMNS, CONTEXT))  # type: ignore[arg-type]
