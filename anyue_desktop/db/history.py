"""What a record held at any time: who changed what, when, in which action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.register import is_blank
from anyue_desktop.db.images import image_form
from anyue_desktop.db.tables import History, Operation
from anyue_desktop.registers import Record

STAMPS = frozenset({"revision", "updated_at", "updated_by"})

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Revision:
    """A record as it stood from one change to the next."""

    number: int
    at: str
    operator: str  # operator id
    operation: int | None  # None for the first: the record itself says when and by whom
    act: str
    reason: str
    changes: tuple[Change, ...]
    values: Values


def revisions(session: Session, record: type[Record], record_id: str) -> list[Revision]:
    """Returns all revisions of a record, the oldest first; empty if there is no such record."""
    now = session.connection().execute(select(record.__table__).where(record.id == record_id)).mappings().first()
    if now is None:
        return []
    found: list[Revision] = []
    operation, act, reason = None, "", ""
    for row in _overwritten(session, record, record_id):
        found.append(_revision(image_form(record).load(row.image), found, operation, act, reason))
        operation, act, reason = row.operation, row.act, row.reason or ""
    found.append(_revision(dict(now), found, operation, act, reason))
    return found


def at_revision(session: Session, record: type[Record], record_id: str, number: int) -> Values | None:
    """Returns a record's values at a revision, for putting one of them back; None if it never had that number."""
    return next((one.values for one in revisions(session, record, record_id) if one.number == number), None)


def as_of(session: Session, record: type[Record], record_id: str, day: date) -> Values | None:
    """Returns a record's values at the end of a day; None if it was not there yet or was deleted then."""
    last = clock.stamp(clock.end_of_day(day))
    standing = [one.values for one in revisions(session, record, record_id) if one.at <= last]
    if not standing or standing[-1]["deleted_at"] is not None:
        return None
    return standing[-1]


def _overwritten(session: Session, record: type[Record], record_id: str) -> list[Any]:
    images = (
        select(History.image, History.operation, History.reason, Operation.act)
        .join(Operation, Operation.n == History.operation)
        .where(History.register == record.__tablename__, History.record_id == record_id)
        .order_by(History.revision)
    )
    return list(session.execute(images))


def _revision(values: Values, earlier: list[Revision], operation: int | None, act: str, reason: str) -> Revision:
    changes = _changes(earlier[-1].values, values) if earlier else ()
    number, at, by = values["revision"], values["updated_at"], values["updated_by"]
    return Revision(number, at, by, operation, act, reason, changes, values)


def _changes(old: Values, new: Values) -> tuple[Change, ...]:
    return tuple(
        Change(key, old[key], new[key])
        for key in new
        if key not in STAMPS and old[key] != new[key] and not (is_blank(old[key]) and is_blank(new[key]))
    )
