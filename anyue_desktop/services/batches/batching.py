"""Who is due, line by line, with what was entered before; and saving the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_

from anyue_desktop.core.register import Values
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.batches.batch import Batch, DueLine
from anyue_desktop.services.batches.kinds import BATCHES
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.entries import FROM_GRID, Saved
from anyue_desktop.services.lists import plain
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records

IDS_AT_ONCE = 500
DUE, WAITING = "due", "waiting"  # the worklists every owner of a batch has
Found = dict[tuple[Any, ...], dict[str, Any]]


class Batching:
    """The lines of every grid, from its declaration."""

    def __init__(self, store: Store, records: Records) -> None:
        self._store, self._records = store, records

    def villages(self) -> list[Choice]:
        """Returns the villages of the township."""
        return self._records.villages()

    def lines(self, register: str, month: str, *, village: str = "", only_due: bool = False) -> list[DueLine]:
        """Returns the lines of a month, or of its year; `only_due` leaves out what is done."""
        batch = BATCHES[register]
        if batch.owner:
            found = self._lines_of_owners(batch, month, village)
        else:
            found = self._lines_of_villages(batch, month, village)
        return [one for one in found if not (only_due and one.done)]

    def save(self, register: str, rows: Sequence[Values]) -> list[Saved]:
        """Saves the rows of a grid as one action; a row with a 逻辑错误 is left out and says why."""
        return self._records.save_all(register, rows, action="批量录入", source=FROM_GRID)

    def like_last(self, register: str, last: Values) -> dict[str, Any]:
        """Returns the answers that usually stay as they were (同上次)."""
        known = {key: last[key] for key in BATCHES[register].stable if last.get(key)}
        return {**known, "copied_from": last["id"]} if "copied_from" in REGISTERS[register].by_key else known

    def _lines_of_owners(self, batch: Batch, month: str, village: str) -> Iterator[DueLine]:
        where = {batch.village: village} if village else {}
        ids = self._records.ids(Query(batch.owner, where=where, worklist=DUE, month=month))
        paths = [fact.path for fact in (batch.name, *batch.facts)] + ([batch.each[0]] if batch.each else [])
        rows = self._records.values(batch.owner, ids, paths)
        last, stored = self._before(batch, ids, month)
        waiting = set(self._records.ids(Query(batch.owner, where=where, worklist=WAITING, month=month)))
        for row in rows:
            told = tuple(_shown(batch, fact.path, row[fact.path]) for fact in batch.facts)
            for given in _givens(batch, row, month):
                key = _key(batch, given)
                yield DueLine(
                    given=given,
                    name=_name(batch, row, given),
                    facts=told,
                    done=key in stored if batch.period else row["id"] not in waiting,
                    last=last.get(key),
                    stored=stored.get(key),
                )

    def _lines_of_villages(self, batch: Batch, month: str, village: str) -> Iterator[DueLine]:
        villages = [one for one in self.villages() if village in ("", one.code)]
        last, stored = self._before(batch, [one.code for one in villages], month)
        for one in villages:
            given = {batch.reference: one.code, **_period(batch, month)}
            key = _key(batch, given)
            former = last.get(key)
            start = {name: former[name] for name in batch.begins if former and former[name] is not None}
            yield DueLine(given, one.name, (), key in stored, former, stored.get(key), start)

    def _before(self, batch: Batch, owners: Sequence[str], month: str) -> tuple[Found, Found]:
        """Returns the newest record of each line, and for a batch by period the newest before it and its own."""
        record: Any = RECORDS[batch.register]
        time = getattr(record, batch.time)
        if batch.period is None:
            return self._newest(batch, owners, ()), {}
        now = batch.period(month)
        return self._newest(batch, owners, (time < now,)), self._newest(batch, owners, (time == now,))

    def _newest(self, batch: Batch, owners: Sequence[str], conditions: Iterable[Any]) -> Found:
        record: Any = RECORDS[batch.register]
        keys = [getattr(record, name) for name in _keys(batch)]
        living = (record.deleted_at.is_(None), *conditions)
        newest = select(*keys, func.max(getattr(record, batch.time)).label("newest")).where(*living).group_by(*keys)
        found: Found = {}
        with self._store.read() as session:
            for start in range(0, len(owners), IDS_AT_ONCE):
                chunk = newest.where(keys[0].in_(owners[start : start + IDS_AT_ONCE])).subquery()
                same = tuple_(*keys, getattr(record, batch.time)) == tuple_(*chunk.c)
                for one in session.scalars(select(record).join(chunk, same).where(*living)):
                    values = plain(one)
                    found[_key(batch, values)] = values
        return found


def _keys(batch: Batch) -> list[str]:
    return [batch.reference, *([batch.each[1]] if batch.each else [])]


def _key(batch: Batch, values: Values) -> tuple[Any, ...]:
    return tuple(values[name] for name in _keys(batch))


def _period(batch: Batch, month: str) -> dict[str, Any]:
    return {batch.time: batch.period(month)} if batch.period is not None else {}


def _givens(batch: Batch, row: Values, month: str) -> Iterator[dict[str, Any]]:
    given = {batch.reference: row["id"], **_period(batch, month)}
    if batch.each is None:
        yield given
        return
    for code in row[batch.each[0]] or ():
        yield {**given, batch.each[1]: code}


def _name(batch: Batch, row: Values, given: Values) -> str:
    name = str(row[batch.name.path] or "")
    return f"{name} {REGISTERS[batch.register].show(batch.each[1], given[batch.each[1]])}" if batch.each else name


def _shown(batch: Batch, path: str, value: Any) -> str:
    return "" if value is None else columns.column(REGISTERS[batch.owner], path).field.type.show(value)
