"""What the rules ask beside the records of a long file: in bounded memory, and without a query for each record.

The parents of a batch are fetched together, and tens of thousands are kept. Whether other records say the same is seen
from a fingerprint of what every record says of a few fields, made in one pass: nearly always nobody else says it.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from anyue_desktop.core.register import Values
from anyue_desktop.core.remembered import Remembered
from anyue_desktop.core.types import Ref
from anyue_desktop.db.rows import ROWS_AT_ONCE, RowForm, driver, row_form
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.base import table_of

PARENTS_KEPT = 30_000  # of one register: about as many as a large township has people
ANSWERS_KEPT = 5_000  # rows that say the same as others, of one register and set of fields
PLACE_BITS = 28  # a fingerprint holds 35 bits of hash and the place of its row: up to 268 million rows
HASH_MASK = (1 << 35) - 1

SHORT = 12  # characters: a division's code

Said = tuple[Any, ...]


class BatchNeighbours:
    """Answers for the records that pass through `each`; whoever changes a register meanwhile says so to `forget`.

    Of a county only one township is looked at, where `township` names it.
    """

    def __init__(self, session: Session, *, township: str = "") -> None:
        self._connection = session.connection()
        self._township = township
        self._parents: dict[str, _Parents] = {}
        self._alike: dict[tuple[str, tuple[str, ...]], _Alike] = {}
        self._register = ""
        self._asking: Values = {}
        self.asked: dict[str, set[str]] = defaultdict(set)  # registers looked at for the records of each

    def each(self, register: str, rows: Iterable[Values], size: int = ROWS_AT_ONCE) -> Iterator[Values]:
        """Gives living records one by one, each to be checked before the next is taken; `size` are held at a time.

        Parents that records of this register do not look at are let go.
        """
        keys = [(one.key, one.type.target) for one in REGISTERS[register].fields if isinstance(one.type, Ref)]
        wanted = {target for _, target in keys} | self.asked[register]
        self._parents = {name: kept for name, kept in self._parents.items() if name in wanted}
        remaining = iter(rows)
        while batch := list(islice(remaining, size)):
            for key, target in keys:
                self._parents_of(target).fetch(row[key] for row in batch)
            for values in batch:
                self._register, self._asking = register, values
                yield values
        self._register = ""

    def forget(self, registers: Collection[str]) -> None:
        """Forgets what is kept of registers that were changed."""
        self._parents = {name: kept for name, kept in self._parents.items() if name not in registers}
        self._alike = {place: kept for place, kept in self._alike.items() if place[0] not in registers}

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the living record of a register with this id, or None."""
        self.asked[self._register].add(register)
        return self._parents_of(register).get(identity)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns the living records of a register whose fields equal `match`, in the order of their ids.

        The record that is being checked may be missing among them: it is no neighbour of its own.
        """
        self.asked[self._register].add(register)
        keys = tuple(match)
        alike = self._alike.get((register, keys))
        if alike is None:
            form = row_form(table_of(RECORDS[register]))
            alike = self._alike[register, keys] = _Alike(self._connection, form, keys, self._condition)
        said, places = alike.places(match)
        alone = len(places) == 1 and register == self._register and self._says(match)
        return alike.rows(match, said, places) if places and not alone else ()

    def _says(self, match: Values) -> bool:
        """Whether the record being checked is one of those looked for."""
        for key, value in match.items():
            if self._asking[key] != value:
                return False
        return not self._township or bool(self._asking["township_code"] == self._township)

    def _parents_of(self, register: str) -> _Parents:
        if register not in self._parents:
            form = row_form(table_of(RECORDS[register]))
            unindexed = f"+{self._condition}"  # whatever the planner thinks of the township, the ids are fewer
            self._parents[register] = _Parents(self._connection, form, unindexed)
        return self._parents[register]

    @property
    def _condition(self) -> str:
        living = "deleted_at IS NULL"
        return f"township_code = '{int(self._township):012}' AND {living}" if self._township else living


class _Held(Mapping[str, Any]):
    """A row in a quarter of the memory a dictionary takes."""

    __slots__ = ("_places", "_row")

    def __init__(self, places: Mapping[str, int], row: tuple[Any, ...]) -> None:
        self._places, self._row = places, row

    def __getitem__(self, key: str) -> Any:
        return self._row[self._places[key]]

    def get(self, key: str, default: Any = None) -> Any:
        place = self._places.get(key)
        return default if place is None else self._row[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._row)


class _Parents:
    """Records that others point to: those asked for lately."""

    def __init__(self, connection: Connection, form: RowForm, condition: str) -> None:
        self._connection, self._form, self._condition = connection, form, condition
        self._rows: dict[str, Values | None] = {}
        self._short: Remembered[str] = Remembered(str)

    def fetch(self, ids: Iterable[str | None]) -> None:
        wanted = [one for one in dict.fromkeys(ids) if one and one not in self._rows]
        if not wanted:
            return
        if len(self._rows) + len(wanted) > PARENTS_KEPT:
            self._rows.clear()
        self._rows.update(dict.fromkeys(wanted))
        for row in self._form.by_ids(self._connection, wanted, f"AND {self._condition}"):
            self._rows[row["id"]] = _Held(self._form.places, tuple(map(self._once, row.values())))

    def _once(self, value: Any) -> Any:
        """Keeps equal short texts once: codes, villages and days are most of a row."""
        return self._short[value] if type(value) is str and len(value) <= SHORT else value

    def get(self, identity: str) -> Values | None:
        if identity not in self._rows:
            self.fetch([identity])
        return self._rows[identity]


class _Alike:
    """Finds the records of a register that say the same of a few fields."""

    def __init__(self, connection: Connection, form: RowForm, keys: tuple[str, ...], condition: str) -> None:
        self._connection, self._form, self._keys = connection, form, keys
        self._prints = array("q", sorted(self._all_prints(condition)))
        self._answers: dict[Said, list[Values]] = {}
        self._held = 0

    def places(self, match: Values) -> tuple[Said, list[int]]:
        """Returns what is looked for as the database keeps it, and where records stand that most likely say it."""
        said = tuple([self._form.bind(key, match[key]) for key in self._keys])
        first = (hash(said) & HASH_MASK) << PLACE_BITS
        at, last = bisect_left(self._prints, first), first + (1 << PLACE_BITS)
        found = []
        while at < len(self._prints) and self._prints[at] < last:
            found.append(self._prints[at] - first)
            at += 1
        return said, found

    def rows(self, match: Values, said: Said, places: list[int]) -> Sequence[Values]:
        """Returns those of the records at these places that do say it."""
        if said not in self._answers:
            self._keep(said, [row for row in self._fetched(places) if all(row[key] == match[key] for key in match)])
        return self._answers[said]

    def _all_prints(self, condition: str) -> Iterator[int]:
        columns = ", ".join(self._keys)
        cursor = driver(self._connection).execute(
            f"SELECT rowid, {columns} FROM {self._form.table.name} WHERE {condition}"
        )
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            for place, *said in some:
                yield (hash(tuple(said)) & HASH_MASK) << PLACE_BITS | place

    def _fetched(self, places: list[int]) -> Iterator[Values]:
        wanted = "WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY id"
        return self._form.select(self._connection, wanted, json.dumps(places))

    def _keep(self, said: Said, rows: list[Values]) -> None:
        self._held += len(rows)
        if self._held > ANSWERS_KEPT:
            self._answers.clear()
            self._held = len(rows)
        self._answers[said] = rows
