"""Rows of a table between Python and the database, for hundreds of thousands at a time.

SQLAlchemy's own column types say how each value is bound and read; what is left out is its work for every row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from anyue_desktop.core.remembered import Remembered
from anyue_desktop.registers.columns import Explanations

ROWS_AT_ONCE = 2000

Row = dict[str, Any]
Convert = Callable[[Any], Any]
_DIALECT = sqlite_dialect()
_RECURRING = frozenset({date, tuple})


class RowForm:
    """How the rows of one table are written and read."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.keys = tuple(table.columns.keys())
        self.places = {key: place for place, key in enumerate(self.keys)}
        self._known = frozenset(self.keys)
        self._binds = dict(_binds(table))
        self._reads = tuple(_reads(table))
        self._select = f"SELECT {', '.join(self.keys)} FROM {table.name}"

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts rows; a column that a row does not name stays empty.

        Raises:
            ValueError: a row names a column the table does not have.
        """
        named = set[str]().union(*rows)
        if named - self._known:
            raise ValueError(f"{self.table.name} has no column {named - self._known}")
        if rows:
            keys = [key for key in self.keys if key in named]  # to bind nothing takes as long as to bind something
            places = ", ".join("?" * len(keys))
            statement = f"INSERT INTO {self.table.name} ({', '.join(keys)}) VALUES ({places})"
            kept = zip(*(self._column(key, rows) for key in keys), strict=True)
            connection.exec_driver_sql(statement, list(kept))

    def _column(self, key: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        values, bind = [row.get(key) for row in rows], self._binds.get(key)
        return values if bind is None else [None if value is None else bind(value) for value in values]

    def bound(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Returns what the database keeps of a row, in the order of the columns."""
        return tuple(self.bind(key, row.get(key)) for key in self.keys)

    def bind(self, key: str, value: Any) -> Any:
        """Returns what the database keeps of one value."""
        bind = self._binds.get(key)
        return value if bind is None or value is None else bind(value)

    def values(self, found: Sequence[Any]) -> Row:
        """Returns the values of a row as the database gave it."""
        row = dict(zip(self.keys, found, strict=True))
        for key, read in self._reads:
            value = row[key]
            if value is not None:
                row[key] = read(value)
        return row

    def select(self, connection: Connection, rest: str = "", *given: Any) -> Iterator[Row]:
        """Gives the rows that `rest` (WHERE … ORDER BY …) asks for, a few thousand in memory at a time."""
        cursor = driver(connection).execute(f"{self._select} {rest}", given)
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            yield from map(self.values, some)

    def count(self, connection: Connection, rest: str = "") -> int:
        """Returns how many rows `rest` asks for."""
        return int(driver(connection).execute(f"SELECT count(*) FROM {self.table.name} {rest}").fetchone()[0])

    def by_ids(self, connection: Connection, ids: Iterable[str], more: str = "") -> Iterator[Row]:
        """Gives the rows with these ids; `more` is a further condition."""
        yield from self.select(connection, f"WHERE id IN (SELECT value FROM json_each(?)) {more}", json.dumps([*ids]))


def driver(connection: Connection) -> Any:
    """Returns the driver's connection, which gives plain tuples."""
    return connection.connection.driver_connection


@cache
def row_form(table: Table) -> RowForm:
    """Returns the form of a table."""
    return RowForm(table)


def _binds(table: Table) -> Iterator[tuple[str, Convert]]:
    for one in table.columns:
        bind = one.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        if bind is not None:
            yield one.key, _binding(bind)


def _reads(table: Table) -> Iterator[tuple[str, Convert]]:
    for one in table.columns:
        read = one.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
        if read is not None:  # what can be changed must not be given twice
            yield one.key, read if isinstance(one.type, Explanations) else Remembered(read).__getitem__


def _binding(bind: Convert) -> Convert:
    """Remembers days and sets of codes; other values are few, or equal without being written alike (1.0 and 1.00)."""
    known = Remembered(bind)
    return lambda value: known[value] if type(value) in _RECURRING else bind(value)
