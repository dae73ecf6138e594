"""Serial numbers of files: a prefix made from the record, then the next free number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core.clock import stamp
from anyue_desktop.core.register import Numbering, Register
from anyue_desktop.registers import RECORDS, Record


class Serials:
    """Gives numbers within one business action; asks the database once per prefix."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[str, int] = {}
        self._now = stamp()

    def number(self, register: Register, record: Record) -> None:
        """Numbers a new record, if its register numbers its records."""
        rule = register.numbering
        if rule is None or getattr(record, rule.key):
            return
        values = {key: getattr(record, key) for key in ("township_code", "created_at", *register.by_key)}
        setattr(record, rule.key, self.next(register, rule, values))

    def next(self, register: Register, rule: Numbering, values: dict[str, Any]) -> str:
        """Returns the next number for a record with these values."""
        prefix = rule.prefix(values if values.get("created_at") else {**values, "created_at": self._now})
        if prefix not in self._last:
            column = getattr(RECORDS[register.name], rule.key)
            highest = self._session.scalar(select(func.max(column)).where(column.startswith(prefix)))
            self._last[prefix] = int(highest.removeprefix(prefix)) if highest else 0
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:0{rule.width}d}"
