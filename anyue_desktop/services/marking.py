"""上报状态: where a record stands between township and county. It is local, so it makes no new revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import update
from sqlalchemy.orm import Session

from anyue_desktop.registers import RECORDS
from anyue_desktop.registers.base import table_of

TO_REPORT, SENT, RETURNED, RECEIVED, CORRECTED, MOVED = "1", "2", "3", "4", "5", "6"  # codelist report_state
IDS_AT_ONCE = 5000


def mark(session: Session, register: str, ids: Iterable[str], state: str, reason: str | None = None) -> None:
    """Sets the state of records without touching their content, revision or history."""
    table = table_of(RECORDS[register])
    for chunk in chunks(ids, IDS_AT_ONCE):
        changed = update(table).where(table.c.id.in_(chunk)).values(report_state=state, return_reason=reason)
        session.connection().execute(changed)


def chunks(items: Iterable[str], size: int) -> Iterable[Sequence[str]]:
    """Gives the items in lists of at most `size`."""
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk
