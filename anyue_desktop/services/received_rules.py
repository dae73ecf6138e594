"""What the rules say of a package's records, as they stand when all of it is merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy.orm import Session

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Values
from anyue_desktop.db.batch_neighbours import BatchNeighbours
from anyue_desktop.db.rows import ROWS_AT_ONCE, row_form
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.marking import chunks


@dataclass
class _Found:
    """What was found of one register's records so far."""

    ids: list[str] = field(default_factory=list)  # all that came, in order
    wrong: dict[str, Problem] = field(default_factory=dict)
    again: bool = False  # what was found counts no more: read and check them all when everything is merged


class ReceivedRules:
    """Checks records while they are in hand, so that hardly any has to be read back.

    A later batch may change what a rule looked at. Then what was found of that register counts no more, and its records
    are checked when everything is merged.
    """

    def __init__(self, session: Session, township: str, context: Context) -> None:
        self._session, self._context = session, context
        self._neighbours = BatchNeighbours(session, township=township)
        self._found: dict[str, _Found] = defaultdict(_Found)

    def merged(self, register: str) -> Sequence[str]:
        """Returns the ids of the records that came, in their order."""
        return self._found[register].ids

    def check(self, rows: Mapping[str, Sequence[Values]], changed: Mapping[str, Sequence[str]]) -> None:
        """Checks a batch that is written.

        Args:
            rows: by register, the new records as they are stored.
            changed: by register, the ids of records that were changed or deleted.
        """
        touched = [name for name in RECORDS if name != REPORT and (name in rows or name in changed)]
        self._neighbours.forget(touched)
        for register, found in self._found.items():
            found.again = found.again or not self._neighbours.asked[register].isdisjoint(touched)
        for register in touched:
            new, old = rows.get(register, []), changed.get(register, [])
            found = self._found[register]
            found.ids.extend(chain((row["id"] for row in new), old))
            if not found.again:
                self._check(register, chain(new, self._living(register, old)))

    def wrong(self) -> Iterator[tuple[str, str, Problem]]:
        """Gives register, id and the first 逻辑错误 of every record that has one, now that everything is merged."""
        for register, found in self._found.items():
            if found.again:
                found.wrong.clear()
                self._check(register, self._living(register, found.ids))
            for identity, problem in found.wrong.items():
                yield register, identity, problem

    def _check(self, register: str, rows: Iterable[Values]) -> None:
        declared, wrong = REGISTERS[register], self._found[register].wrong
        for values in self._neighbours.each(register, rows):
            problem = declared.first_error(values, self._context, self._neighbours)
            if problem is not None:
                wrong[values["id"]] = problem

    def _living(self, register: str, ids: Sequence[str]) -> Iterator[Values]:
        form = row_form(table_of(RECORDS[register]))
        for chunk in chunks(ids, ROWS_AT_ONCE):
            yield from form.by_ids(self._session.connection(), chunk, "AND deleted_at IS NULL")
