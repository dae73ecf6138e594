"""Records the county gives back: what a laptop lost, or holds otherwise, since a backup was put back.

The county sends its own content with every receipt until the laptop's next package confirms or corrects it
(docs/package-format.md, receipts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.db.exchange_tables import Carried, Return
from anyue_desktop.db.rows import Row, row_form
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.receipt_lines import GivenBack
from anyue_desktop.exchange.status import Status
from anyue_desktop.registers import RECORDS
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.carried import carried, earlier_revision, keep_carried
from anyue_desktop.services.marking import MOVED, RECEIVED, RETURNED, mark
from anyue_desktop.services.wire import NotInDictionary, emptied, load_record, wire_form

BOTH_CHANGED = "恢复备份以后，本机又改过这条记录，与县局保存的不同；县局的内容在修改历史里，请对照后保存，下次一起上报"
WHY = "县局保存的内容（恢复备份以前上报的）"
_WAITING = "WHERE id IN (SELECT record_id FROM carried WHERE site = ? AND sequence < 0) ORDER BY id"


def lines_for(session: Session, site: str) -> Iterator[GivenBack]:
    """Gives what the county holds of a site that has not crossed on its present chain, parents first."""
    waiting = select(Carried.record_id, Carried.revision, Carried.hash).where(
        Carried.site == site, Carried.sequence < 0
    )
    held = {row.record_id: row for row in session.execute(waiting)}
    if not held:
        return
    for register, record in RECORDS.items():
        form = wire_form(register)
        for row in row_form(table_of(record)).select(session.connection(), _WAITING, site):
            place = held[row["id"]]
            gone, data = row["deleted_at"] is not None, form.dump(row)
            yield GivenBack(
                register, row["id"], place.revision, place.hash, row["updated_at"], row["updated_by"], data, gone
            )


class TakingBack:
    """The township's side: lost records come back, those changed on both sides are kept beside each other."""

    def __init__(self, work: Work, context: Context, site: str) -> None:
        self._work = work
        self._session = work.session
        self._context = context
        self._site = site
        self._lost: dict[str, list[Row]] = defaultdict(list)
        self._older: dict[str, list[Row]] = defaultdict(list)
        self._expected: Collection[str] = ()
        self.brought = 0
        self.came: list[tuple[str, str]] = []  # register and id of what another township had
        self.apart: list[tuple[str, str]] = []  # register and id of what both sides changed

    def take(self, lines: Sequence[GivenBack], arrivals: Collection[str] = ()) -> None:
        """Takes the lines in; what the laptop holds as the county does is left alone.

        `arrivals` are the ids of what was another township's.

        Raises:
            Refused: E_SCHEMA_NEWER: a field this program does not know yet.
        """
        known, self._expected = carried(self._session, (line.id for line in lines)), arrivals
        fresh = [line for line in lines if line.id not in known or known[line.id]["hash"] != line.hash]
        rows = self._own(fresh)
        for line in fresh:
            self._place(line, rows.get(line.id), known.get(line.id))
        for register in RECORDS:
            self._write(register)
        keep_carried(self._session, [_as_carried(line, self._site) for line in fresh])

    def _own(self, lines: Iterable[GivenBack]) -> dict[str, Row]:
        by_register: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            if line.table not in RECORDS:
                raise Status.E_SCHEMA_NEWER.refusal(line.table)
            by_register[line.table].append(line.id)
        connection = self._session.connection()
        found = (row_form(table_of(RECORDS[name])).by_ids(connection, ids) for name, ids in by_register.items())
        return {row["id"]: row for rows in found for row in rows}

    def _place(self, line: GivenBack, own: Row | None, held: Mapping[str, Any] | None) -> None:
        values = self._values(line)
        if own is None:
            self._lost[line.table].append({**values, "revision": line.revision})
        elif own["report_state"] != MOVED and own["revision"] > earlier_revision(self._session, held):
            self._keep_both(line, own, values)
        else:
            newest = max(line.revision, own["revision"] + 1)
            self._older[line.table].append({**emptied(line.table), **values, "revision": newest})

    def _values(self, line: GivenBack) -> Row:
        try:
            values = load_record(line.table, line.data, self._context)
        except NotInDictionary as error:
            raise Status.E_SCHEMA_NEWER.refusal(str(error)) from error
        gone = line.at if line.deleted else None
        return {**values, "id": line.id, "updated_at": line.at, "updated_by": line.by, "deleted_at": gone}

    def _keep_both(self, line: GivenBack, own: Row, values: Row) -> None:
        between = max(line.revision, own["revision"]) + 1
        record = RECORDS[line.table]
        self._work.update_many(record, [{"id": line.id, "revision": between + 1}])
        theirs = {**own, **emptied(line.table), **values, "revision": between}
        self._work.recorder.keep_other(record, theirs, WHY)
        self._session.add(
            Return(
                id=new_id(),
                site=self._site,
                register=line.table,
                record_id=line.id,
                revision=between + 1,
                hash=line.hash,
                code=Status.R_FORK.name,
                message=BOTH_CHANGED,
                at=self._work.at,
            )
        )
        self.apart.append((line.table, line.id))

    def _write(self, register: str) -> None:
        record = RECORDS[register]
        lost, older = self._lost[register], self._older[register]
        if lost:
            self._work.insert_many(record, lost)
        if older:
            self._work.update_many(record, older)
        ids = [row["id"] for row in (*lost, *older)]
        self.came += [(register, one) for one in ids if one in self._expected]
        self.brought += sum(one not in self._expected for one in ids)
        mark(self._session, register, ids, RECEIVED)
        mark(self._session, register, [one for name, one in self.apart if name == register], RETURNED, BOTH_CHANGED)


def _as_carried(line: GivenBack, site: str) -> dict[str, Any]:
    facts = {"record_id": line.id, "register": line.table, "site": site, "hash": line.hash}
    return {**facts, "revision": line.revision, "sequence": -1}
