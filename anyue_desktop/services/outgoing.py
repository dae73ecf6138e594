"""What a township has to send: every record newer than what the county has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.field import Need
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.rows import ROWS_AT_ONCE, Row, row_form
from anyue_desktop.db.tables import History
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.exchange.outgoing import Sealed
from anyue_desktop.exchange.package import write_package
from anyue_desktop.exchange.records import Delete, Put, Record
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.carried import Held, carried, remember_carried
from anyue_desktop.services.marking import SENT, mark
from anyue_desktop.services.photos import PHOTO_KEYS, Carrying
from anyue_desktop.services.reviewing import Answering
from anyue_desktop.services.wire import pointed_to, wire_form

WITHOUT_REASON = "删除"
Key = tuple[str, str]

# The next records in the order of their ids; what was deleted before the county knew of it never goes.
# What has not crossed on the present chain goes again, whatever its revision.
_CROSSED = "SELECT revision FROM carried WHERE record_id = id AND sequence > 0"
_NEWER = (
    f"WHERE id > ? AND revision > coalesce(({_CROSSED}), 0) "
    "AND (deleted_at IS NULL OR id IN (SELECT record_id FROM carried)) ORDER BY id LIMIT ?"
)


class Outgoing:
    """The records of the next package, in an order in which every record follows those it points to.

    They are noted as carried batch by batch while the package is written, within the same action.
    """

    def __init__(
        self,
        session: Session,
        site: str,
        sequence: int,
        answering: Answering,
        left_out: set[Key],
        registers: Collection[str],
        *,
        photos: bool = False,
    ) -> None:
        self._session = session
        self._site = site
        self._sequence = sequence
        self._answering = answering
        self._held_back = left_out
        self._registers = registers
        self.carrying = Carrying(session, sequence, wanted=photos)
        self.counts: Counter[str] = Counter()
        self.earlier: list[Held] = []  # what the county had of these records
        self.waiting: set[Key] = set()  # held back because of the record they point to
        self.unreviewed: set[Key] = set()  # held back because nobody else looked at them
        self._reviewers: dict[str, str] = {}  # of this batch
        self._known: set[str] = set()  # ids the county has or gets, of this batch and what it points to

    def records(self) -> Iterator[Record]:
        """Gives the lines; `counts`, `earlier` and `waiting` are complete when it ends."""
        for register in (name for name in RECORDS if name in self._registers):
            for batch in self._batches(register):
                yield from self._batch(register, batch)

    def write(self, target: Path, heading: Heading, signer: SigningKey, progress: Progress) -> Sealed:
        """Seals the records, and the photographs that travel with them; raises as `write_package`."""
        return write_package(target, heading, self.records(), signer, self.carrying.sources, progress)

    def _batches(self, register: str) -> Iterator[list[Row]]:
        form, connection, last = row_form(table_of(RECORDS[register])), self._session.connection(), ""
        while batch := list(form.select(connection, _NEWER, last, ROWS_AT_ONCE)):
            yield batch
            last = batch[-1]["id"]

    def _batch(self, register: str, rows: list[Row]) -> Iterator[Record]:
        held = carried(self._session, (row["id"] for row in rows))
        keys = [key for key, _ in wire_form(register).references]
        self._known = set(carried(self._session, {one for row in rows for key in keys for one in pointed_to(row[key])}))
        self._reviewers = self._answering.reviewers(self._session, rows)
        crossed: list[dict[str, Any]] = []
        for row in rows:
            if row["id"] not in self._reviewers and self._answering.waits(register, row, held.get(row["id"])):
                self.unreviewed.add((register, row["id"]))
                continue
            record = self._line(register, row, held[row["id"]]["hash"] if row["id"] in held else None)
            if record is not None:
                self._known.add(record.id)
                crossed.append(
                    {"record_id": record.id, "register": register, "revision": record.revision, "hash": record.hash}
                )
                yield record
        if crossed:
            self._note(register, crossed, held)

    def _note(self, register: str, crossed: list[dict[str, Any]], held: dict[str, Held]) -> None:
        ids = [row["record_id"] for row in crossed]
        self.counts[register] += len(ids)
        self.earlier.extend(held[one] for one in ids if one in held)
        remember_carried(self._session, self._site, self._sequence, crossed, held)
        mark(self._session, register, ids, SENT)

    def _line(self, register: str, row: Row, previous: str | None) -> Record | None:
        key = (register, row["id"])
        if row["deleted_at"] is not None:
            return self._deletion(register, row, previous)
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
            previous=previous,
            at=row["updated_at"],
            by=row["updated_by"],
            reviewer=self._reviewers.get(row["id"], self._answering.sealer),
            data=wire_form(register).dump({**row, **{key: _without(row[key], gone) for key, gone in unknown.items()}}),
            attachments=self.carrying.of(register, row[PHOTO_KEYS[register]]) if register in PHOTO_KEYS else (),
        )

    def _unknown_parents(self, register: str, row: Row) -> dict[str, list[str]]:
        """Returns the references to records the county neither has nor gets: held back, or deleted before they went."""
        keys = [key for key, _ in wire_form(register).references]
        unknown = {key: [one for one in pointed_to(row[key]) if one not in self._known] for key in keys}
        return {key: parents for key, parents in unknown.items() if parents}

    def _waits_for(self, register: str, key: str, parent: str) -> bool:
        """What a person says a record belongs to goes first; what the program noted, or is deleted, is left away."""
        need = REGISTERS[register].field(key).need
        if need in (Need.DRAFT, Need.AUTO):
            return need is Need.DRAFT
        table = RECORDS[REGISTERS[register].target(key)].__table__
        living = select(table.c.id).where(table.c.id == parent, table.c.deleted_at.is_(None))
        return self._session.scalar(living) is not None

    def _deletion(self, register: str, row: Row, previous: str | None) -> Delete:
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
            previous=previous,
            at=row["updated_at"],
            by=row["updated_by"],
            reviewer=self._reviewers.get(row["id"], self._answering.sealer),
            reason=self._session.scalar(newest) or WITHOUT_REASON,
        )


def _without(value: Any, gone: Sequence[str]) -> Any:
    """Returns a reference without the records that did not go."""
    return tuple(one for one in value if one not in gone) if isinstance(value, tuple) else None
