"""What the rules ask beside the record they check, one by one or for a hundred thousand records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.registers import RECORDS

Values = Mapping[str, Any]
Row = tuple[Any, ...]


class SqlNeighbours:
    """Answers by a query each: for the one record on the screen. Values are the stored ones, not the derived."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the living record of a register with this id, or None."""
        return next(iter(self.others(register, {"id": identity})), None)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns the living records of a register whose fields equal `match`."""
        table = RECORDS[register].__table__
        equal = (table.c[key] == value for key, value in match.items())
        found = select(table).where(table.c.deleted_at.is_(None), *equal).order_by(table.c.id)
        return [dict(row) for row in self._session.connection().execute(found).mappings()]


class _Rows:
    """The living rows of one register in memory, with indexes made when first asked for."""

    def __init__(self, session: Session, register: str, shared: dict[Any, Any], township: str) -> None:
        table = RECORDS[register].__table__
        self.keys = tuple(table.columns.keys())
        self._position = {key: place for place, key in enumerate(self.keys)}
        self._rows: dict[str, Row] = {}
        self._indexes: dict[tuple[str, ...], _Index] = {}
        own = self._position["id"]
        living = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        if township:
            living = living.where(table.c.township_code == township)
        for row in session.connection().execute(living):
            self._rows[row[own]] = tuple(
                value if isinstance(value, dict) else shared.setdefault(value, value) for value in row
            )

    def get(self, identity: str) -> Values | None:
        row = self._rows.get(identity)
        return None if row is None else dict(zip(self.keys, row, strict=True))

    def find(self, match: Values) -> list[Values]:
        keys = tuple(match) if len(match) == 1 else tuple(sorted(match))
        index = self._indexes.get(keys)
        if index is None:
            index = self._indexes[keys] = self._indexed(keys)
        found = index.get(match[keys[0]] if len(keys) == 1 else tuple(map(match.__getitem__, keys)))
        return [dict(zip(self.keys, self._rows[identity], strict=True)) for identity in found] if found else []

    def put(self, values: Values) -> Row:
        """Adds a row, or writes the given values over the one with the same id; returns the row."""
        identity = values["id"]
        old = self._rows.get(identity)
        if old is not None:
            values = {**dict(zip(self.keys, old, strict=True)), **values}
        row = tuple(map(values.get, self.keys))
        self._rows[identity] = row
        for keys, index in self._indexes.items():
            if old is not None:
                index.remove(self._key(old, keys), identity)
            index.add(self._key(row, keys), identity)
        return row

    def _indexed(self, keys: tuple[str, ...]) -> _Index:
        index = _Index()
        for identity, row in self._rows.items():
            index.add(self._key(row, keys), identity)
        return index

    def _key(self, row: Row, keys: tuple[str, ...]) -> Any:
        if len(keys) == 1:
            return row[self._position[keys[0]]]
        return tuple([row[self._position[key]] for key in keys])


class _Index:
    """The ids of the rows that have the same values, in the order they came; most values are one row's own."""

    def __init__(self) -> None:
        self._only: dict[Any, str] = {}
        self._several: dict[Any, list[str]] = {}

    def get(self, key: Any) -> Sequence[str]:
        several = self._several.get(key)
        if several is not None:
            return several
        only = self._only.get(key)
        return () if only is None else (only,)

    def add(self, key: Any, identity: str) -> None:
        if key in self._several:
            self._several[key].append(identity)
        elif key in self._only:
            self._several[key] = [self._only.pop(key), identity]
        else:
            self._only[key] = identity

    def remove(self, key: Any, identity: str) -> None:
        if key in self._several:
            self._several[key].remove(identity)
        else:
            del self._only[key]


class IndexedNeighbours:
    """Answers from memory: for checking or importing many records without a query each.

    A register is read when first asked for; of a county's only one township's, where `township` names it. Rows not yet
    saved (an import's dry run) are laid over what is stored.
    """

    def __init__(
        self, session: Session, overlay: Mapping[str, Iterable[Values]] | None = None, *, township: str = ""
    ) -> None:
        self._session = session
        self._township = township
        self._shared: dict[Any, Any] = {}  # equal values are kept once: codes, villages and dates repeat
        self._registers: dict[str, _Rows] = {}
        for register, rows in (overlay or {}).items():
            for values in rows:
                self.put(register, values)

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the living record of a register with this id, or None."""
        return self._rows(register).get(identity)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns the living records of a register whose fields equal `match`."""
        return self._rows(register).find(match)

    def put(self, register: str, values: Values) -> Row:
        """Lays a row (with its `id`) over what is stored; returns it as it is kept, in the order of `keys`."""
        return self._rows(register).put(values)

    def keys(self, register: str) -> tuple[str, ...]:
        """Returns the columns of a register's rows."""
        return self._rows(register).keys

    def _rows(self, register: str) -> _Rows:
        if register not in self._registers:
            self._registers[register] = _Rows(self._session, register, self._shared, self._township)
        return self._registers[register]
