"""What the officer once said a strange column means: remembered for workbooks of the same shape, village by village."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from anyue_desktop.db.settings import read_setting, write_setting
from anyue_desktop.sheets.column import Column, spelling
from anyue_desktop.sheets.hints import village_column
from anyue_desktop.sheets.table import Table

PREFIX = "import.columns."
Choices = dict[str, str]  # header → path; an empty path leaves the column out


def recall(session: Session, register: str, table: Table, columns: Sequence[Column]) -> Choices:
    """Returns the choices for a sheet: those for its village first, else the latest for its shape."""
    known = {column.path for column in columns} | {""}
    for key in _keys(register, table, columns):
        found: Choices | None = read_setting(session, key)
        if found:
            return {header: path for header, path in found.items() if path in known}
    return {}


def keep(session: Session, register: str, table: Table, columns: Sequence[Column], choices: Mapping[str, str]) -> None:
    """Remembers the choices that speak of a column of this sheet."""
    headers = {cell.text for cell in table.header.cells} if table.header else set()
    own = {header: path for header, path in choices.items() if header in headers}
    for key in _keys(register, table, columns) if own else ():
        earlier: Choices = read_setting(session, key) or {}
        write_setting(session, key, {**earlier, **own})


def _keys(register: str, table: Table, columns: Sequence[Column]) -> Iterator[str]:
    """Gives the settings' names: digests, so that no header or village stands outside the choices themselves."""
    if table.header is None:
        return
    shape = [spelling(cell.text) for cell in table.header.cells]
    village = village_column(columns)
    place = table.hints.implied.get(village.path, "") if village is not None else ""
    for told in dict.fromkeys((place, "")):
        yield PREFIX + hashlib.sha256("\n".join([register, told, *shape]).encode()).hexdigest()[:32]
