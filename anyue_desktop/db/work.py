"""One business action: one transaction, one operation in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from anyue_desktop.core.register import is_blank
from anyue_desktop.db import search
from anyue_desktop.db.recorder import Author, Recorder
from anyue_desktop.db.rows import ROWS_AT_ONCE, Row, row_form
from anyue_desktop.registers import Record
from anyue_desktop.registers.base import table_of


class Work:
    """What a service changes within `Store.work`."""

    def __init__(self, session: Session, author: Author) -> None:
        self.session = session
        self.author = author
        self.recorder = Recorder(session, author)
        self.also: set[str] = set()  # registers whose state changed without a new revision
        self.facts: dict[str, Any] = {}  # goes into the log entry: ids and numbers, never personal data

    @property
    def operation(self) -> int:
        """The number of the log entry this action becomes."""
        return self.author.operation

    @property
    def batch(self) -> str | None:
        """The import batch new records are stamped with."""
        return self.author.batch

    @property
    def at(self) -> str:
        """The time of the action, as kept in records."""
        return self.author.at

    def delete(self, record: Record, reason: str = "") -> None:
        """Deletes a record softly; the reason stays in its history and travels with the deletion."""
        if record.deleted_at is not None:
            return
        if reason:
            self.explain(record, reason)
        record.deleted_at = self.at

    def explain(self, record: Record, reason: str) -> None:
        """Says why a record is changed; kept beside what the change overwrites."""
        self.recorder.reasons[record.__tablename__, record.id] = reason

    def insert_many(self, record: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Inserts rows of Python values by field key, without objects; returns their ids in order."""
        self.session.flush()
        ids: list[str] = []
        form, connection = row_form(table_of(record)), self.session.connection()
        for chunk in _chunks(rows):
            stamped = self.recorder.new_rows(record, chunk)
            form.insert(connection, stamped)
            fresh = [row["id"] for row in stamped]
            if record.__tablename__ == search.PERSON:
                search.add(connection, stamped)
                self.recorder.searched.update(fresh)
            ids.extend(fresh)
        return ids

    def update_many(self, record: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Writes the given values of existing records (each row has its `id`); returns the ids that changed.

        Rows that say what is already so are left alone. `deleted_at` may be among the values.
        """
        self.session.flush()
        changed: list[str] = []
        for chunk in _chunks(rows):
            changed.extend(self._update_chunk(record, chunk))
        if changed:
            self._expire(record, set(changed))
        return changed

    def _update_chunk(self, record: type[Record], chunk: list[Mapping[str, Any]]) -> list[str]:
        before = self.recorder.before(record, [row["id"] for row in chunk])
        real = [row for row in chunk if _differs(row, before[row["id"]])]
        self.recorder.searched.difference_update(row["id"] for row in real)
        register = record.__tablename__
        first = {row["id"] for row in real} - self.recorder.touched[register]
        self.recorder.keep(record, (before[row["id"]] for row in real))
        by_keys: dict[tuple[str, ...], list[Row]] = {}
        for row in real:
            was = before[row["id"]]
            full = dict(row)
            if row["id"] in first:
                full = {**self.recorder.stamps(was), **full}
                self.recorder.count_change(record, was, full.get("deleted_at"))
            by_keys.setdefault(tuple(sorted(full)), []).append(full)
        for keys, group in by_keys.items():
            self._execute_update(record, keys, group)
        return [row["id"] for row in real]

    def _execute_update(self, record: type[Record], keys: tuple[str, ...], rows: list[Row]) -> None:
        values: Row = {key: bindparam(f"_{key}") for key in keys if key != "id"}
        statement = update(record).where(record.id == bindparam("_id")).values(values)
        self.session.connection().execute(statement, [{f"_{key}": row[key] for key in keys} for row in rows])

    def _expire(self, record: type[Record], ids: set[str]) -> None:
        for loaded in list(self.session.identity_map.values()):
            if isinstance(loaded, record) and loaded.id in ids:
                self.session.expire(loaded)


def _chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_AT_ONCE)):
        yield chunk


def _differs(row: Mapping[str, Any], was: Mapping[str, Any]) -> bool:
    return any(was[key] != value and not (is_blank(was[key]) and is_blank(value)) for key, value in row.items())
