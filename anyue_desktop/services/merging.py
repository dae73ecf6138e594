"""The county takes a township's records in (docs/package-format.md, merge rules).

Owner of a record is the site whose verified key signed the package, never a field of the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.collecting import collecting_seldom
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.db.exchange_tables import Carried, Return
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.records import Attachment, Delete, Put, Record
from anyue_desktop.exchange.status import Status
from anyue_desktop.registers import RECORDS
from anyue_desktop.registers.report_package import SPECIAL
from anyue_desktop.services.access import reported_registers
from anyue_desktop.services.arriving_photos import ArrivingPhotos
from anyue_desktop.services.carried import Held, carried, count_given_back, keep_before, remember_carried, set_apart
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.deleting import check_deletions
from anyue_desktop.services.duplicates import renew_doubles
from anyue_desktop.services.marking import RECEIVED, RETURNED, chunks, mark
from anyue_desktop.services.objections import Objection, Parents, check_place, content, is_apart, is_known, waits
from anyue_desktop.services.photos import PHOTO_KEYS
from anyue_desktop.services.received_rules import ReceivedRules
from anyue_desktop.services.transferring import departure
from anyue_desktop.services.wire import emptied

RECORDS_AT_ONCE = 1000
TAKEN_IN = "3"  # codelist data_source: not typed here
LONGEST_REASON = 200  # of the field return_reason


@dataclass
class Merged:
    """What a package did to the county's records."""

    month: str = ""
    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    conflicts: int = 0
    giving_back: int = 0  # records the county holds otherwise than the site, to go back with the receipt
    returned: dict[str, Return] = field(default_factory=dict)  # by record id

    @property
    def accepted(self) -> int:
        """Records the county now has as the township sent them."""
        return self.new + self.changed + self.removed + self.same


class Merge:
    """One package's records, merged within one business action."""

    def __init__(
        self,
        work: Work,
        site: str,
        sequence: int,
        context: Context,
        *,
        whole: bool = False,
        deletions_asked: bool = False,
        two_person: bool = False,
    ) -> None:
        self._work = work
        self._session: Session = work.session
        self._site = site
        self._sequence = sequence
        self._whole = whole
        self._context = context
        self._deletions_asked, self._two_person = deletions_asked, two_person
        self._parents = Parents(work.session, site)
        self._photos = ArrivingPhotos(work.session, context)
        self._rules = ReceivedRules(work.session, f"{site[1:10]}000", context)
        self._returned_before = _open_returns(work.session, site)
        self.merged = Merged()

    def take(self, records: Iterable[Record | Attachment]) -> Merged:
        """Merges everything, then checks what came in against the rules and the other townships.

        Raises:
            Refused: `E_DELETIONS`, unless the township was asked about what it deletes.
        """
        changes = self._photos.keep_from(records)
        with collecting_seldom():
            while batch := list(islice(changes, RECORDS_AT_ONCE)):
                self._take_batch(batch)
            self._session.flush()
            self._check_deletions()
            self._check_photos()
            for register, identity, problem in self._rules.wrong():
                self._return_stored(register, identity, Status.R_RULE, problem.message, problem.field)
        self._find_duplicates()
        self._remember_returns()
        if self._whole:
            self.merged.giving_back = count_given_back(self._session, self._site, reported_registers())
        return self.merged

    def _take_batch(self, batch: list[Put | Delete]) -> None:
        known = carried(self._session, (record.id for record in batch))
        self._parents.learn(batch)
        inserts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        updates: dict[str, list[dict[str, Any]]] = defaultdict(list)
        crossed: list[dict[str, Any]] = []
        for record in batch:
            held = known.get(record.id)
            if is_known(record, held, self._site):
                self.merged.same += 1
                if held and waits(held):
                    crossed.append(_crossed(record))
                continue
            if is_apart(record, held, self._site):
                continue
            try:
                values = self._values(record, held)
            except Objection as objection:
                self._object(record, objection)
                continue
            self._count(record, held)
            (inserts if held is None else updates)[record.table].append(values)
            crossed.append(_crossed(record))
        self._write(inserts, updates)
        renewed = [row["record_id"] for row in crossed if row["record_id"] in known]
        if renewed:
            keep_before(self._session, self._sequence, renewed)
        remember_carried(self._session, self._site, self._sequence, crossed, known)
        self._close_returns(row["record_id"] for row in crossed)

    def _object(self, record: Put | Delete, objection: Objection) -> None:
        if objection.status in (Status.R_FORK, Status.R_STALE):  # the county's own content goes back with the receipt
            set_apart(self._session, record.id)
        not_own = objection.status is Status.R_NOT_OWNER
        gone = departure(self._session, record, self._site) if not_own else ""  # told by the transfer, nothing to mend
        message, place = f"{objection}：{gone}" if gone else str(objection), (record.table, record.id, record.revision)
        self._return(*place, record.hash, objection.status, message, objection.field, open=not gone)

    def _values(self, record: Put | Delete, held: Held | None) -> dict[str, Any]:
        check_place(record, held, self._site, whole=self._whole)
        if self._two_person and record.by == record.reviewer and record.table != REPORT:
            raise Objection(Status.R_SELF_REVIEW)
        if isinstance(record, Delete):
            return {"id": record.id, "revision": record.revision, "deleted_at": record.at, "updated_at": record.at}
        found = content(record, self._site, self._context)
        self._parents.check(record.table, found)
        self._parents.add(record)
        if record.table == REPORT:
            self.merged.month = found.get("month", "") if found.get("kind") != SPECIAL else ""
        return {
            **({} if held is None else emptied(record.table)),
            **found,
            **self._photos.of(record),
            "id": record.id,
            "revision": record.revision,
            "updated_at": record.at,
            "updated_by": record.by,
            "report_state": RECEIVED,
            "return_reason": None,
            "deleted_at": None,
            "source": found.get("source") or TAKEN_IN,
        }

    def _check_photos(self) -> None:
        for record in self._photos.lacking():
            place = (record.table, record.id, Status.R_ATT_MISSING)
            self._return_stored(*place, Status.R_ATT_MISSING.sentence, PHOTO_KEYS[record.table])

    def _count(self, record: Put | Delete, held: Held | None) -> None:
        if held is None:
            self.merged.new += 1
        elif isinstance(record, Delete):
            self.merged.removed += 1
        else:
            self.merged.changed += 1

    def _write(self, inserts: Mapping[str, list[dict[str, Any]]], updates: Mapping[str, list[dict[str, Any]]]) -> None:
        written = {name: self._work.insert_rows(RECORDS[name], inserts[name]) for name in RECORDS if name in inserts}
        for name in (one for one in RECORDS if one in updates):
            self._work.update_many(RECORDS[name], updates[name])
        self._rules.check(written, {name: [row["id"] for row in rows] for name, rows in updates.items()})

    def _return(
        self,
        register: str,
        identity: str,
        revision: int,
        digest: str,
        status: Status,
        message: str,
        key: str,
        *,
        open: bool = True,
    ) -> None:
        self.merged.returned.setdefault(
            identity,
            Return(
                id=new_id(),
                site=self._site,
                register=register,
                record_id=identity,
                revision=revision,
                hash=digest,
                code=status.name,
                field=key,
                message=message,
                at=clock.stamp(),
                package=self._sequence,
                open=open,
            ),
        )

    def _close_returns(self, ids: Iterable[str]) -> None:
        for chunk in chunks(self._returned_before.intersection(ids), RECORDS_AT_ONCE):
            mine = (Return.site == self._site, Return.record_id.in_(chunk), Return.open.is_(True))
            self._session.execute(update(Return).where(*mine).values(open=False, closed_by=self._sequence))

    def _check_deletions(self) -> None:
        changed, removed = self.merged.changed, self.merged.removed
        if removed and not self._deletions_asked:
            check_deletions(self._session, self._site, self._sequence, changed=changed, removed=removed)

    def _find_duplicates(self) -> None:
        for double in renew_doubles(self._session, self._rules.merged("person")):
            self.merged.conflicts += double.waits
            if double.message:
                self._return_stored("person", double.person, Status.R_DUP_PERSON, double.message, "id_number")

    def _return_stored(self, register: str, identity: str, status: Status, message: str, key: str) -> None:
        held = self._session.execute(select(Carried.revision, Carried.hash).where(Carried.record_id == identity)).one()
        self._return(register, identity, held.revision, held.hash, status, message, key)
        mark(self._session, register, [identity], RETURNED, message[:LONGEST_REASON])

    def _remember_returns(self) -> None:
        self._close_returns(self.merged.returned)
        self._session.add_all(self.merged.returned.values())


def _crossed(record: Put | Delete) -> dict[str, Any]:
    return {
        "record_id": record.id,
        "register": record.table,
        "revision": record.revision,
        "hash": record.hash,
    }


def _open_returns(session: Session, site: str) -> set[str]:
    return set(session.scalars(select(Return.record_id).where(Return.site == site, Return.open.is_(True))))
