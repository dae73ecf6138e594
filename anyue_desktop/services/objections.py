"""Why one record of a package is not merged: owner, revision, content, parents (docs/package-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.register import TOWNSHIP
from anyue_desktop.db.batch_neighbours import PARENTS_KEPT
from anyue_desktop.exchange.records import Delete, Put
from anyue_desktop.exchange.status import Status
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.carried import Held, carried
from anyue_desktop.services.hanging import belonging
from anyue_desktop.services.transferring import moved_from
from anyue_desktop.services.wire import NotInDictionary, load_record, pointed_to, wire_form


class Objection(Exception):
    """A record is returned; the rest of its package is merged."""

    def __init__(self, status: Status, detail: str = "", field: str = "") -> None:
        super().__init__(f"{status.sentence}：{detail}" if detail else status.sentence)
        self.status, self.field = status, field


def is_known(record: Put | Delete, held: Held | None, site: str) -> bool:
    """Whether this very revision came before, or a new chain repeats the one the county holds."""
    if held is None or held["site"] != site:
        return False
    repeated = (held["hash"], held["revision"]) == (record.previous, record.revision)
    return bool(held["hash"] == record.hash or (repeated and waits(held)))


def is_apart(record: Put | Delete, held: Held | None, site: str) -> bool:
    """Whether a new chain brings a revision the county's does not follow from: a backup was put back meanwhile."""
    same = held is not None and held["site"] == site and held["register"] == record.table
    return bool(same and held and waits(held) and held["hash"] != record.previous)


def waits(held: Held) -> bool:
    """Whether a record has not crossed yet on the site's present chain."""
    return bool(held["sequence"] < 0)


def check_place(record: Put | Delete, held: Held | None, site: str, *, whole: bool = False) -> None:
    """Judges owner and revision; a `whole` package may bring what the county is supposed to know already.

    Raises:
        Objection: R_PREV_UNKNOWN, R_NOT_OWNER, R_SCHEMA, R_STALE or R_FORK.
    """
    if record.table in REGISTERS and REGISTERS[record.table].keeper != TOWNSHIP:
        raise Objection(Status.R_NOT_OWNER, f"“{REGISTERS[record.table].title}”由县局自己填写")
    if held is None:
        if record.previous is not None and not (whole and isinstance(record, Put)):
            raise Objection(Status.R_PREV_UNKNOWN)
        return
    if held["site"] != site:
        raise Objection(Status.R_NOT_OWNER)
    if held["register"] != record.table:
        raise Objection(Status.R_SCHEMA, "这条记录以前属于另一个登记册")
    if record.revision <= held["revision"]:
        raise Objection(Status.R_STALE)
    if record.previous != held["hash"]:
        raise Objection(Status.R_FORK)


def content(record: Put, site: str, context: Context) -> dict[str, Any]:
    """Returns the values of a record that the dictionary allows and whose township is the sender's.

    Raises:
        Objection: R_SCHEMA or R_TOWNSHIP.
    """
    try:
        values = load_record(record.table, record.data, context)
    except NotInDictionary as error:
        raise Objection(Status.R_SCHEMA, str(error), error.field) from error
    if str(values.get("township_code", ""))[:9] != site[1:10]:
        raise Objection(Status.R_TOWNSHIP, field="township_code")
    return values


class Parents:
    """The records a package may point to: those its township sent before, and those of the package itself."""

    def __init__(self, session: Session, site: str) -> None:
        self._session = session
        self._township = site[1:10]
        self._written: dict[str, str] = {}  # record id → register; what lately was pointed to
        self._batch: dict[str, str] = {}  # those of the batch at hand, for nothing of it is written yet
        self._gone: set[str] = set()  # records the township gave away

    def learn(self, batch: Iterable[Put | Delete]) -> None:
        """Begins a batch: looks up what is written already of what its records point to."""
        self._batch.clear()
        if len(self._written) > PARENTS_KEPT:
            self._written.clear()
            self._gone.clear()
        unknown = {one for record in batch for one in _pointed_to(record)}.difference(self._written)
        found = carried(self._session, unknown)
        elsewhere = {one for one, row in found.items() if row["site"][1:10] != self._township}
        self._gone |= moved_from(self._session, elsewhere, self._township)
        self._written.update((one, found[one]["register"]) for one in found.keys() - (elsewhere - self._gone))

    def add(self, record: Put) -> None:
        """Notes that a record of this batch is merged."""
        self._batch[record.id] = record.table

    def check(self, register: str, values: Mapping[str, Any]) -> None:
        """Judges where a record points to.

        Raises:
            Objection: R_SCHEMA: to a record the county does not have from this township; R_NOT_OWNER: it belongs to
                one that went to another township.
        """
        for key, target in wire_form(register).references:
            for parent in pointed_to(values[key]) if key in values else ():
                if parent in self._gone and key in dict(belonging(register)):
                    raise Objection(Status.R_NOT_OWNER)
                if target not in (self._written.get(parent), self._batch.get(parent)):
                    label = REGISTERS[register].field(key).label
                    raise Objection(Status.R_SCHEMA, f"“{label}”指向的记录县局没有收到", key)


def _pointed_to(record: Put | Delete) -> Iterator[str]:
    if isinstance(record, Put) and record.table in RECORDS:
        for key, _ in wire_form(record.table).references:
            if key in record.data:
                yield from pointed_to(record.data[key])
