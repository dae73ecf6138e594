"""Taking an import back: what it added is deleted, what it overwrote is restored, what has moved on is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.types import Refs
from anyue_desktop.db.history import STAMPS
from anyue_desktop.db.images import image_form
from anyue_desktop.db.tables import History, Operation
from anyue_desktop.db.work import Work
from anyue_desktop.registers import ALL, REGISTERS, Record

REASON = "撤销导入"
CHANGED_SINCE = "导入之后又修改过"
USED_SINCE = "导入之后已有别的记录用到它"
IDS_AT_ONCE = 5000


@dataclass(frozen=True)
class Kept:
    """A record of the batch that is left as it is, and why."""

    register: str
    record_id: str
    reason: str


@dataclass
class Undone:
    """What taking a batch back did."""

    removed: int = 0
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)


def undo_batch(work: Work, batch: str) -> Undone:
    """Takes an import back within `work`; records changed or used since are kept and listed.

    Raises:
        UserError: there is no such batch.
    """
    operations = _operations(work.session, batch)
    if not operations:
        raise UserError(f"没有找到导入批次“{batch}”", "请在导入记录中选择要撤销的批次")
    outcome = Undone()
    for record in reversed(ALL):  # what refers comes before what it refers to
        _restore(work, record, batch, operations, outcome)
        _remove(work, record, batch, operations, outcome)
    work.facts.update(undone=batch, kept=len(outcome.kept))
    return outcome


def _operations(session: Session, batch: str) -> list[int]:
    return list(
        session.scalars(select(Operation.n).where(Operation.obj.contains(f'"batch":"{batch}"', autoescape=True)))
    )


def _restore(work: Work, record: type[Record], batch: str, operations: list[int], outcome: Undone) -> None:
    images = _images(work.session, record, operations)
    for record_id in _added(work.session, record, batch):  # also changed by its own batch: it is removed as a whole
        images.pop(record_id, None)
    moved = _changed_since(work.session, record, images, operations)
    _keep(outcome, record, moved, CHANGED_SINCE)
    form = image_form(record)
    rows = [_values_again(form.load(image)) for record_id, image in images.items() if record_id not in moved]
    outcome.restored += len(_write(work, record, rows))


def _remove(work: Work, record: type[Record], batch: str, operations: list[int], outcome: Undone) -> None:
    added = _added(work.session, record, batch)
    moved = _changed_since(work.session, record, added, operations)
    used = _used(work.session, record, added - moved)
    _keep(outcome, record, moved, CHANGED_SINCE)
    _keep(outcome, record, used, USED_SINCE)
    rows = [{"id": record_id, "deleted_at": work.at} for record_id in sorted(added - moved - used)]
    outcome.removed += len(_write(work, record, rows))


def _write(work: Work, record: type[Record], rows: list[dict[str, Any]]) -> list[str]:
    for row in rows:
        work.recorder.reasons[record.__tablename__, row["id"]] = REASON
    return work.update_many(record, rows)


def _added(session: Session, record: type[Record], batch: str) -> set[str]:
    living = select(record.id).where(record.import_batch_id == batch, record.deleted_at.is_(None))
    return set(session.scalars(living))


def _images(session: Session, record: type[Record], operations: list[int]) -> dict[str, str]:
    """Returns what the records held before the batch touched them first."""
    rows = select(History.record_id, History.image).where(
        History.register == record.__tablename__, History.operation.in_(operations)
    )
    return {row.record_id: row.image for row in session.execute(rows.order_by(History.revision.desc()))}


def _changed_since(session: Session, record: type[Record], ids: Iterable[str], operations: list[int]) -> set[str]:
    found: set[str] = set()
    for chunk in _chunks(ids):
        later = select(History.record_id).where(
            History.register == record.__tablename__,
            History.record_id.in_(chunk),
            History.operation > min(operations),
            History.operation.not_in(operations),
        )
        found.update(session.scalars(later))
    return found


def _used(session: Session, record: type[Record], ids: Iterable[str]) -> set[str]:
    """Returns which of these records living records of any register still refer to."""
    found: set[str] = set()
    wanted = list(ids)
    for held, other in referring(record):
        for chunk in _chunks(wanted):
            living = select(held).where(held.in_(chunk), other.deleted_at.is_(None))
            found.update(session.scalars(living))
    return found


def referring(record: type[Record]) -> Iterator[tuple[ColumnElement[str], type[Record]]]:
    """Gives what the registers hold of references to this one: a column, or the members of a set."""
    for other in ALL:
        for column in other.__table__.columns:
            if any(key.column.table is record.__table__ for key in column.foreign_keys):
                yield column, other
        for one in REGISTERS[other.__tablename__].fields:
            if isinstance(one.type, Refs) and one.type.target == record.__tablename__:
                kept = type_coerce(other.__table__.c[one.key], String)
                yield func.json_each(kept).table_valued("value", joins_implicitly=True).c.value, other


def _keep(outcome: Undone, record: type[Record], ids: Iterable[str], reason: str) -> None:
    outcome.kept.extend(Kept(record.__tablename__, record_id, reason) for record_id in sorted(ids))


def _values_again(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in STAMPS}


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = list(ids)
    for start in range(0, len(ordered), IDS_AT_ONCE):
        yield ordered[start : start + IDS_AT_ONCE]
