"""Entries under way: saved at every pause of typing, without an operation of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.db.tables import DraftRow

Json = Any


@dataclass(frozen=True)
class Draft:
    """An entry that was not saved yet."""

    register: str
    record_id: str
    content: Mapping[str, Json]
    saved_at: str


class Drafts:
    """The drafts of one operator."""

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]], operator: str) -> None:
        self._writing = writing
        self._operator = operator

    def save(self, register: str, record_id: str, content: Mapping[str, Json]) -> str:
        """Keeps what is typed so far (JSON values by path) and returns the time."""
        row = DraftRow(register=register, record_id=record_id, operator=self._operator, saved_at=clock.stamp())
        row.content = json.dumps(dict(content), ensure_ascii=False)
        with self._writing() as session:
            session.merge(row)
        return row.saved_at

    def discard(self, register: str, record_id: str) -> None:
        """Forgets a draft."""
        with self._writing() as session:
            self.discard_in(session, register, record_id)

    def discard_in(self, session: Session, register: str, record_id: str) -> None:
        """Forgets a draft together with the action that saved the record."""
        mine = (DraftRow.register == register, DraftRow.record_id == record_id, DraftRow.operator == self._operator)
        session.execute(delete(DraftRow).where(*mine))

    def all(self, session: Session) -> list[Draft]:
        """Returns the operator's drafts, newest first."""
        rows = session.scalars(
            select(DraftRow).where(DraftRow.operator == self._operator).order_by(DraftRow.saved_at.desc())
        )
        return [Draft(row.register, row.record_id, json.loads(row.content), row.saved_at) for row in rows]
