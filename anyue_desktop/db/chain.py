"""The operation log as a hash chain: a rewritten line no longer fits its successors (security.md §5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.db.acts import Act
from anyue_desktop.db.canonical import canonical
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.tables import Operation

GENESIS = "0" * 64
CLOCK_SLACK = timedelta(minutes=5)
ROWS_AT_ONCE = 5000


class Head(NamedTuple):
    """The end of the chain: what a package carries to anchor it at the county."""

    hash: str
    length: int


def link_hash(n: int, at: str, op: str, act: str, obj: str, prev: str) -> str:
    """Returns the SHA-256 of one entry in canonical JSON."""
    entry = {"act": act, "at": at, "n": n, "obj": obj, "op": op, "prev": prev}
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def head(session: Session) -> Head:
    """Returns the last hash and the length."""
    last = session.execute(select(Operation.h, Operation.n).order_by(Operation.n.desc()).limit(1)).first()
    return Head(last.h, last.n) if last else Head(GENESIS, 0)


def newest_time(session: Session) -> str:
    """Returns the latest time any entry was made, empty for an empty log; the clock is never believed behind it."""
    return session.scalar(select(func.max(Operation.at))) or ""


def append(session: Session, operator: str, act: str, obj: Mapping[str, Any], at: str) -> int:
    """Adds an entry and returns its number."""
    end = head(session)
    number, text = end.length + 1, canonical(obj)
    entry = {"n": number, "at": at, "op": operator, "act": act, "obj": text, "prev": end.hash}
    own = link_hash(number, at, operator, act, text, end.hash)
    session.connection().execute(insert(Operation).values(**entry, h=own))
    return number


def mark_clock(session: Session, operator: str, at: str) -> bool:
    """Adds a `clock.back` entry if the clock stands more than five minutes before the last entry."""
    last = session.scalar(select(Operation.at).order_by(Operation.n.desc()).limit(1))
    if last is None or datetime.fromisoformat(at) >= datetime.fromisoformat(last) - CLOCK_SLACK:
        return False
    append(session, operator, Act.CLOCK_BACK, {"from": last, "to": at}, at)
    return True


def check(session: Session, last: int | None = None) -> Head:
    """Checks the whole chain, or its last entries, and returns its head.

    Raises:
        Unusable: E_AUDIT_BROKEN, naming the first entry that does not fit.
    """
    end = head(session)
    number = max(end.length - last, 0) if last is not None else 0
    previous = session.scalar(select(Operation.h).where(Operation.n == number)) if number else GENESIS
    rows = select(
        Operation.n, Operation.at, Operation.op, Operation.act, Operation.obj, Operation.prev, Operation.h
    ).where(Operation.n > number)
    for row in session.execute(rows.order_by(Operation.n).execution_options(yield_per=ROWS_AT_ONCE)):
        number += 1
        fits = row.n == number and row.prev == previous
        if not fits or row.h != link_hash(row.n, row.at, row.op, row.act, row.obj, row.prev):
            raise unusable(Status.AUDIT_BROKEN, f"第{number}条")
        previous = row.h
    return end


def present() -> str:
    """Returns the time to write into an entry."""
    return clock.stamp()
