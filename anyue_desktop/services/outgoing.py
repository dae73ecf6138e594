"""What a township has to send: every record newer than what the county has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.field import Need
from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.db.tables import History
from anyue_desktop.exchange.records import Delete, Put, Record
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.wire import pointed_to, wire_form

ROWS_AT_ONCE = 2000
WITHOUT_REASON = "删除"
Key = tuple[str, str]


class Outgoing:
    """The records of the next package, in an order in which every record follows those it points to."""

    def __init__(
        self,
        session: Session,
        reviewer: str,
        left_out: set[Key],
        registers: Collection[str],
        *,
        everything: bool = False,
    ) -> None:
        self._session = session
        self._registers = registers
        self._reviewer = reviewer
        self._everything = everything
        self._held_back = left_out
        self.counts: Counter[str] = Counter()
        self.carried: list[dict[str, Any]] = []  # what the county will have, row by row
        self.waiting: set[Key] = set()  # held back because of the record they point to
        self._sent: set[str] = set()  # ids in this package
        self._carried: dict[str, bool] = {}  # ids asked for: whether an earlier package had them

    def records(self) -> Iterator[Record]:
        """Gives the lines; `counts`, `carried` and `waiting` are complete when it ends."""
        for register in (name for name in RECORDS if name in self._registers):
            for row in self._newer(register):
                record = self._line(register, row)
                if record is None:
                    continue
                self.counts[register] += 1
                self._sent.add(record.id)
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
        in_order = statement.order_by(table.c.id).execution_options(yield_per=ROWS_AT_ONCE)
        rows = self._session.execute(in_order)
        return iter(rows.mappings())

    def _line(self, register: str, row: RowMapping) -> Record | None:
        key = (register, row["id"])
        if row["deleted_at"] is not None:
            return self._deletion(register, row)
        if key in self._held_back:
            return None
        unknown = self._unknown_parents(register, row)
        if any(self._waits_for(register, key, one) for key, parents in unknown.items() for one in parents):
            self.waiting.add(key)
            return None
        return Put(
            table=register,
            id=row["id"],
            revision=row["revision"],
            previous=row["carried_hash"],
            at=row["updated_at"],
            by=row["updated_by"],
            reviewer=self._reviewer,
            data=wire_form(register).dump({**row, **{key: _without(row[key], gone) for key, gone in unknown.items()}}),
        )

    def _unknown_parents(self, register: str, row: RowMapping) -> dict[str, list[str]]:
        """Returns the references to records the county neither has nor gets: held back, or deleted before they went."""
        keys = [key for key, _ in wire_form(register).references]
        unknown = {key: [one for one in pointed_to(row[key]) if not self._county_gets(one)] for key in keys}
        return {key: parents for key, parents in unknown.items() if parents}

    def _waits_for(self, register: str, key: str, parent: str) -> bool:
        """What a person says a record belongs to goes first; what the program noted, or is deleted, is left away."""
        need = REGISTERS[register].field(key).need
        if need in (Need.DRAFT, Need.AUTO):
            return need is Need.DRAFT
        table = RECORDS[REGISTERS[register].target(key)].__table__
        living = select(table.c.id).where(table.c.id == parent, table.c.deleted_at.is_(None))
        return self._session.scalar(living) is not None

    def _county_gets(self, identity: str) -> bool:
        if identity in self._sent:
            return True
        if identity not in self._carried:
            found = select(Carried.record_id).where(Carried.record_id == identity)
            self._carried[identity] = self._session.scalar(found) is not None
        return self._carried[identity]

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


def _without(value: Any, gone: Sequence[str]) -> Any:
    """Returns a reference without the records that did not go."""
    return tuple(one for one in value if one not in gone) if isinstance(value, tuple) else None
