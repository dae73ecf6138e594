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
    """The living rows of one register in memory, with indexes made when first asked for.

    A row holds what stands under `keys`, which grow as rows say more: of a column nobody filled there is nothing.
    """

    def __init__(self, session: Session, register: str, shared: dict[Any, Any], township: str) -> None:
        table = RECORDS[register].__table__
        self.keys: list[str] = []
        self._blank = dict.fromkeys(table.columns.keys())
        self._known: set[str] = set()  # those of the keys, and names that are no columns
        self._rows: dict[str, Row] = {}
        self._indexes: dict[tuple[str, ...], _Index] = {}
        living = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        if township:
            living = living.where(table.c.township_code == township)
        for row in session.connection().execute(living):
            self._learn(self._blank)
            self._rows[row.id] = tuple(
                value if isinstance(value, dict) else shared.setdefault(value, value) for value in row
            )

    def get(self, identity: str) -> Values | None:
        row = self._rows.get(identity)
        return None if row is None else self._wide(row)

    def find(self, match: Values) -> Sequence[Values]:
        if not self._rows:
            return ()
        keys = tuple(match) if len(match) == 1 else tuple(sorted(match))
        index = self._indexes.get(keys)
        if index is None:
            index = self._indexes[keys] = self._indexed(keys)
        found = index.get(match[keys[0]] if len(keys) == 1 else tuple(map(match.__getitem__, keys)))
        return [self._wide(self._rows[identity]) for identity in found] if found else ()

    def put(self, values: Values) -> Row:
        """Adds a row, or writes the given values over the one with the same id; returns the row."""
        identity = values["id"]
        old = self._rows.get(identity)
        if old is not None:
            values = {**self._wide(old), **values}
        row = self._rows[identity] = self._narrow(values)
        for keys, index in self._indexes.items():
            if old is not None:
                index.remove(self._key(self._wide(old), keys), identity)
            index.add(self._key(values, keys), identity)
        return row

    def _narrow(self, values: Values) -> Row:
        self._learn(values)
        return tuple(map(values.get, self.keys))

    def _learn(self, values: Values) -> None:
        if not values.keys() <= self._known:
            self.keys.extend(key for key in values if key not in self._known and key in self._blank)
            self._known.update(values)

    def _wide(self, row: Row) -> dict[str, Any]:
        return {**self._blank, **dict(zip(self.keys, row, strict=False))}

    def _indexed(self, keys: tuple[str, ...]) -> _Index:
        index = _Index()
        for identity, row in self._rows.items():
            index.add(self._key(self._wide(row), keys), identity)
        return index

    def _key(self, values: Values, keys: tuple[str, ...]) -> Any:
        return values.get(keys[0]) if len(keys) == 1 else tuple(map(values.get, keys))


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

    def keys(self, register: str) -> Sequence[str]:
        """Returns the columns of a register's rows; they grow, and a row kept earlier has none of the later ones."""
        return self._rows(register).keys

    def _rows(self, register: str) -> _Rows:
        found = self._registers.get(register)
        if found is None:
            found = self._registers[register] = _Rows(self._session, register, self._shared, self._township)
        return found
