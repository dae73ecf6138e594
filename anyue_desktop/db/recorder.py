"""Keeps what a change overwrites: before-images, stamps and counts of one operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from anyue_desktop.core import identity
from anyue_desktop.db.images import image_form
from anyue_desktop.db.rows import Row, row_form
from anyue_desktop.db.tables import History
from anyue_desktop.registers import Record
from anyue_desktop.registers.base import table_of

NEW, CHANGED, REMOVED = "new", "changed", "removed"
OPERATIONS = "operation"


@dataclass(frozen=True)
class Author:
    """Who acts, for which unit, when and in which operation."""

    operator: str
    township: str
    at: str
    operation: int
    batch: str | None


class Recorder:
    """Watches one writing session; also used by the bulk paths."""

    def __init__(self, session: Session, author: Author) -> None:
        self.session = session
        self.author = author
        self.reasons: dict[tuple[str, str], str] = {}
        self.counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.touched: dict[str, set[str]] = defaultdict(set)  # record ids already imaged or new, by register
        self.searched: set[str] = set()  # new people whose search rows are written and still right
        self._new: Row = {
            "id": "",  # a new one for each
            "township_code": author.township,
            "created_at": author.at,
            "created_by": author.operator,
            "updated_at": author.at,
            "updated_by": author.operator,
            "revision": 1,
            "import_batch_id": author.batch,
        }

    def refuse_bypass(self, state: ORMExecuteState) -> None:
        """Stops statements that would change records behind the history's back."""
        mapper = state.bind_mapper
        changes = state.is_insert or state.is_update or state.is_delete
        if changes and mapper is not None and issubclass(mapper.class_, Record):
            raise RuntimeError("records are changed through the session's objects, insert_many or update_many")

    def before_flush(self, session: Session, *_: object) -> None:
        """Stamps what is new and images what is about to be overwritten."""
        if any(isinstance(gone, Record) for gone in session.deleted):
            raise RuntimeError("a record is never physically deleted; use Work.delete")
        for fresh in session.new:
            if isinstance(fresh, Record):
                self._stamp_new(fresh)
        changed: dict[type[Record], list[Record]] = defaultdict(list)
        for one in session.dirty:
            if isinstance(one, Record) and session.is_modified(one, include_collections=False):
                changed[type(one)].append(one)
        for record, ones in changed.items():
            self._stamp_changed(record, ones)

    def new_rows(self, record: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[Row]:
        """Returns rows to insert with their stamps, counted as new; values given are kept.

        Later changes in this operation need no image of them.
        """
        stamped = [self._stamped(row) for row in rows]
        self.touched[record.__tablename__].update(row["id"] for row in stamped)
        self.counts[record.__tablename__][NEW] += len(stamped)
        return stamped

    def _stamped(self, row: Mapping[str, Any]) -> Row:
        stamped = {**self._new, **row}
        for key in row.keys() & self._new.keys():
            if not stamped[key]:
                stamped[key] = self._new[key]
        if not stamped["id"]:
            stamped["id"] = identity.new_id()
        return stamped

    def before(self, record: type[Record], ids: Iterable[str]) -> dict[str, Row]:
        """Returns the rows as the database holds them now, by id."""
        form, connection = row_form(table_of(record)), self.session.connection()
        return {row["id"]: row for row in form.by_ids(connection, ids)}

    def keep(self, record: type[Record], rows: Iterable[Row]) -> None:
        """Stores the images of rows that are overwritten for the first time in this operation."""
        register, form = record.__tablename__, image_form(record)
        images = [
            {
                "register": register,
                "record_id": row["id"],
                "revision": row["revision"],
                "operation": self.author.operation,
                "image": form.dump(row),
                "reason": self.reasons.get((register, row["id"])),
            }
            for row in rows
            if row["id"] not in self.touched[register]
        ]
        if images:
            self.session.connection().execute(insert(History), images)
        self.touched[register].update(image["record_id"] for image in images)

    def keep_other(self, record: type[Record], values: Row, reason: str) -> None:
        """Stores what another copy of a record held, as a revision of its own beside this operation's images."""
        image = image_form(record).dump(values)
        row = {"register": record.__tablename__, "record_id": values["id"], "revision": values["revision"]}
        stored = {**row, "operation": self.author.operation, "image": image, "reason": reason}
        self.session.connection().execute(insert(History), stored)

    def count_change(self, record: type[Record], was: Mapping[str, Any], deleted_at: str | None) -> None:
        """Counts a change, or a removal when the record was living before."""
        removed = deleted_at is not None and was["deleted_at"] is None
        self.counts[record.__tablename__][REMOVED if removed else CHANGED] += 1

    def summary(self) -> dict[str, dict[str, int]]:
        """Returns the counts by register."""
        return {register: dict(counts) for register, counts in self.counts.items()}

    def _stamp_new(self, fresh: Record) -> None:
        given = {key: value for key, value in vars(fresh).items() if not key.startswith("_")}
        for key, value in self.new_rows(type(fresh), [given])[0].items():
            if given.get(key) != value:
                setattr(fresh, key, value)

    def _stamp_changed(self, record: type[Record], ones: list[Record]) -> None:
        rows = self.before(record, [one.id for one in ones])
        self.searched.difference_update(rows)
        first = [one for one in ones if one.id not in self.touched[record.__tablename__]]
        self.keep(record, rows.values())
        for one in first:
            was = rows[one.id]
            self.count_change(record, was, one.deleted_at)
            given = inspect(one).attrs
            for key, value in self.stamps(was).items():
                if not given[key].history.has_changes():  # the county keeps the stamps a package brings
                    setattr(one, key, value)

    def stamps(self, was: Mapping[str, Any]) -> Row:
        """Returns what every change writes beside the changed values."""
        author = self.author
        return {"revision": was["revision"] + 1, "updated_at": author.at, "updated_by": author.operator}
