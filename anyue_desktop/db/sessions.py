"""The two kinds of session: one that only looks, one that a single business action writes through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

READ_ONLY = "a read only looks; changes belong into Store.work"


class ReadSession(Session):
    """A session for looking; the connection refuses writes as well (`PRAGMA query_only`)."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Refuses to write what a reader changed."""
        raise RuntimeError(READ_ONLY)

    def commit(self) -> None:
        """Refuses to commit."""
        raise RuntimeError(READ_ONLY)


class WorkSession(Session):
    """The session of one operation; it is committed by the store alone, when the operation ends."""

    def commit(self) -> None:
        """Refuses to end the operation early."""
        raise RuntimeError("an operation is committed when `Store.work` ends, never inside")

    def finish(self) -> None:
        """Commits; called by the store. A commit that fails (a full disk, a missing parent) leaves nothing open."""
        raw: Any = self.connection().connection.driver_connection
        try:
            super().commit()
        except BaseException:
            if raw.in_transaction:
                raw.rollback()
            raise
