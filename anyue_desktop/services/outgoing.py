"""What a township has to send: every record newer than what the county has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.db.tables import History
from anyue_desktop.exchange.records import Delete, Put, Record
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.wire import wire_form

ROWS_AT_ONCE = 2000
WITHOUT_REASON = "删除"
Key = tuple[str, str]


class Outgoing:
    """The records of the next package, in an order in which every record follows those it points to."""

    def __init__(self, session: Session, reviewer: str, left_out: set[Key], *, everything: bool = False) -> None:
        self._session = session
        self._reviewer = reviewer
        self._everything = everything
        self._held_back = set(left_out)
        self.counts: Counter[str] = Counter()
        self.carried: list[dict[str, Any]] = []  # what the county will have, row by row
        self.waiting: set[Key] = set()  # held back because of the record they point to

    def records(self) -> Iterator[Record]:
        """Gives the lines; `counts`, `carried` and `waiting` are complete when it ends."""
        for register in RECORDS:
            for row in self._newer(register):
                record = self._line(register, row)
                if record is None:
                    continue
                self.counts[register] += 1
                self.carried.append(
                    {"record_id": record.id, "register": register, "revision": record.revision, "hash": record.hash}
                )
                yield record

    def _newer(self, register: str) -> Iterator[RowMapping]:
        table = RECORDS[register].__table__
        statement = select(table, Carried.hash.label("carried_hash")).outerjoin(
            Carried, Carried.record_id == table.c.id
        )
        if not self._everything:
            statement = statement.where(or_(Carried.revision.is_(None), table.c.revision > Carried.revision))
        statement = statement.where(or_(table.c.deleted_at.is_(None), Carried.hash.is_not(None)))
        rows = self._session.execute(statement.execution_options(yield_per=ROWS_AT_ONCE))
        return iter(rows.mappings())

    def _line(self, register: str, row: RowMapping) -> Record | None:
        key = (register, row["id"])
        if row["deleted_at"] is not None:
            return self._deletion(register, row)
        if key in self._held_back or self._waits(register, row):
            return None
        return Put(
            table=register,
            id=row["id"],
            revision=row["revision"],
            previous=row["carried_hash"],
            at=row["updated_at"],
            by=row["updated_by"],
            reviewer=self._reviewer,
            data=wire_form(register).dump(dict(row)),
        )

    def _waits(self, register: str, row: RowMapping) -> bool:
        """A record waits for the one it points to when the county has never seen that one."""
        for key, target in wire_form(register).references:
            parent = (target, row[key])
            if parent in self._held_back and self._session.get(Carried, row[key]) is None:
                self._held_back.add((register, row["id"]))
                self.waiting.add((register, row["id"]))
                return True
        return False

    def _deletion(self, register: str, row: RowMapping) -> Delete:
        newest = (
            select(History.reason)
            .where(and_(History.register == register, History.record_id == row["id"], History.reason.is_not(None)))
            .order_by(History.revision.desc())
            .limit(1)
        )
        return Delete(
            table=register,
            id=row["id"],
            revision=row["revision"],
            previous=row["carried_hash"],
            at=row["updated_at"],
            by=row["updated_by"],
            reviewer=self._reviewer,
            reason=self._session.scalar(newest) or WITHOUT_REASON,
        )
