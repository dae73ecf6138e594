"""审核: where the county asks for two people, somebody else looks at every record before it is reported.

A review is of one revision; whoever changes the record again makes a new one necessary. What nobody reviewed stays
out of the package and waits (docs/package-format.md, trust).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import Carried, Reviewed
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS, Record
from anyue_desktop.services import documents
from anyue_desktop.services.access import holds, open_registers, permitted, reported_registers, require
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.marking import chunks

IDS_AT_ONCE = 2000
REVIEWER = "reviewer"
NEW, CHANGED, REMOVED = "新增", "修改", "删除"


@dataclass(frozen=True)
class Waiting:
    """A record somebody must look at before it is reported."""

    register: str
    id: str
    title: str  # of the register
    caption: str
    change: str  # NEW, CHANGED or REMOVED
    by: str  # name of who entered it
    at: str
    own: bool  # entered by whoever is logged in, so that somebody else must look


@dataclass(frozen=True)
class ReviewDone:
    """What came of a review."""

    reviewed: int
    own: int  # left, because the operator entered them


class Reviewing:
    """Lists what waits for a second person, and keeps who looked."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def required(self) -> bool:
        """Whether the county's trust bundle asks for two people."""
        with self._store.read() as session:
            return is_required(session)

    def count(self) -> int:
        """Returns how many records wait; none where the county does not ask for it."""
        if not self.required():
            return 0
        with self._store.read() as session:
            records = [RECORDS[name] for name in self._registers()]
            counts = (session.scalar(select(func.count()).select_from(one).where(*_waits(one))) for one in records)
            return sum(count or 0 for count in counts)

    def waiting(self) -> list[Waiting]:
        """Returns what waits, register by register; nothing where the county does not ask for it."""
        if not self.required():
            return []
        names, own = {one.id: one.name for one in self._store.vault.operators()}, self._store.keys.operator.id
        found: list[Waiting] = []
        for register in self._registers():
            with self._store.read() as session:
                rows = [dict(row) for row in _rows(session, RECORDS[register])]
            captions = self._captions(register, [row["id"] for row in rows])
            title = REGISTERS[register].title
            for row in rows:
                by, caption = row["updated_by"], captions.get(row["id"], "")
                change = REMOVED if row["deleted_at"] else CHANGED if row["crossed"] else NEW
                one = Waiting(
                    register, row["id"], title, caption, change, names.get(by, by), row["updated_at"], by == own
                )
                found.append(one)
        return found

    def approve(self, chosen: Iterable[tuple[str, str]]) -> ReviewDone:
        """Notes that whoever is logged in has looked at these records (register, id) as they are now.

        Raises:
            UserError: the operator is no reviewer, or there is no such register.
        """
        require(self._store, REVIEWER, "审核")
        by_register: dict[str, list[str]] = {}
        for register, identity in chosen:
            by_register.setdefault(permitted(self._store, register).name, []).append(identity)
        done = own = 0
        with self._store.work("审核记录") as work:
            for register, ids in by_register.items():
                fresh, mine = _split(work.session, RECORDS[register], ids, work.author.operator)
                own += mine
                done += len(fresh)
                _keep(work.session, [{**row, "operator": work.author.operator, "at": work.at} for row in fresh])
            work.facts.update(reviewed=done)
            work.also.update(by_register)
        return ReviewDone(done, own)

    def _registers(self) -> Iterator[str]:
        seen = open_registers(self._store)
        for name in (*reported_registers(), *reported_registers(special=True)):
            if name in seen and name != REPORT:
                yield name

    def _captions(self, register: str, ids: Sequence[str]) -> dict[str, str]:
        path = REGISTERS[register].caption
        return {row["id"]: str(row[path] or "") for row in self._lists.values(register, ids, [path])} if ids else {}

    def may_review(self) -> bool:
        """Whether whoever is logged in may review."""
        return holds(self._store, REVIEWER)


@dataclass(frozen=True)
class Answering:
    """Who answers for the records of a package: whoever seals it, or, where two are asked for, each one's reviewer."""

    sealer: str  # operator id
    two_person: bool = False

    def reviewers(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Returns who reviewed these records as they are now, by record id."""
        now = {row["id"]: row["revision"] for row in rows}
        found: dict[str, str] = {}
        for some in chunks(now, IDS_AT_ONCE):
            for row in session.scalars(select(Reviewed).where(Reviewed.record_id.in_(some))):
                if row.revision == now[row.record_id]:
                    found[row.record_id] = row.operator
        return found

    def waits(self, register: str, row: Mapping[str, Any], held: Mapping[str, Any] | None) -> bool:
        """Whether a record nobody reviewed must stay out; one that crossed as it is now may go again."""
        crossed = held is not None and held["revision"] >= row["revision"]
        return self.two_person and register != REPORT and not crossed


def is_required(session: Session) -> bool:
    """Whether the trust bundle in force asks for two people."""
    trust = documents.trust_bundle(session)
    return trust is not None and trust.two_person


def _waits(record: type[Record]) -> tuple[ColumnElement[bool], ...]:
    crossed = select(Carried.revision).where(Carried.record_id == record.id).scalar_subquery()
    looked = exists().where(Reviewed.record_id == record.id, Reviewed.revision == record.revision)
    known = or_(record.deleted_at.is_(None), crossed.is_not(None))
    return record.revision > func.coalesce(crossed, 0), known, ~looked


def _rows(session: Session, record: type[Record]) -> Iterator[RowMapping]:
    crossed = select(Carried.revision).where(Carried.record_id == record.id).scalar_subquery().label("crossed")
    wanted = (record.id, record.updated_by, record.updated_at, record.deleted_at, crossed)
    yield from session.execute(select(*wanted).where(*_waits(record)).order_by(record.id)).mappings()


def _split(
    session: Session, record: type[Record], ids: Sequence[str], operator: str
) -> tuple[list[dict[str, Any]], int]:
    fresh: list[dict[str, Any]] = []
    own = 0
    for some in chunks(ids, IDS_AT_ONCE):
        wanted = select(record.id, record.revision, record.updated_by).where(and_(record.id.in_(some), *_waits(record)))
        for row in session.execute(wanted):
            if row.updated_by == operator:
                own += 1
            else:
                fresh.append({"record_id": row.id, "revision": row.revision})
    return fresh, own


def _keep(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    for some in chunks((row["record_id"] for row in rows), IDS_AT_ONCE):
        session.execute(delete(Reviewed).where(Reviewed.record_id.in_(some)))
    if rows:
        session.execute(insert(Reviewed), list(rows))
