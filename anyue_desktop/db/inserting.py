"""How rows of Python values become rows of a table, without an object or a compiled statement each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Dialect, Table
from sqlalchemy.types import TypeEngine

from anyue_desktop.registers import Record
from anyue_desktop.registers.base import table_of
from anyue_desktop.registers.columns import CodeSet

REMEMBERED = 4096

Convert = Callable[[Any], Any]


class Inserting:
    """The INSERT of one table and what its columns make of a value."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self._keys = tuple(table.columns.keys())
        self._known = frozenset(self._keys)
        self._convert: list[tuple[int, Convert]] = []
        for place, column in enumerate(table.columns):
            convert = _converter(column.type, dialect)
            if convert is not None:
                self._convert.append((place, convert))
        quoted = dialect.identifier_preparer.quote
        names = ", ".join(quoted(column.name) for column in table.columns)
        marks = ", ".join("?" * len(self._keys))
        self._statement = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})"

    def insert(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Inserts rows by field key; what a row does not name is empty."""
        parameters = [self._parameters(row) for row in rows]
        if parameters:
            connection.exec_driver_sql(self._statement, parameters)

    def _parameters(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        if not self._known.issuperset(row):
            raise KeyError(f"no columns {sorted(set(row) - self._known)}")
        values = [row.get(key) for key in self._keys]
        for place, convert in self._convert:
            if values[place] is not None:
                values[place] = convert(values[place])
        return tuple(values)


@cache
def inserting(record: type[Record], dialect: Dialect) -> Inserting:
    """Returns the INSERT of a mapped class."""
    return Inserting(table_of(record), dialect)


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if convert is not None and isinstance(kind, (Date, CodeSet)):  # days and sets of codes repeat
        return lru_cache(maxsize=REMEMBERED)(convert)
    return convert
