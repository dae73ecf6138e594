"""What a receipt tells a township of people the county gave to another one, or to this one (转交).

Records that went are kept, in the recycle bin, marked 已转交: they count nowhere and are reported no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete, select

from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.receipt_lines import Transfer
from anyue_desktop.registers import RECORDS
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.carried import carried
from anyue_desktop.services.hanging import hanging_on
from anyue_desktop.services.marking import MOVED, chunks, mark
from anyue_desktop.services.unit import unit_name

IDS_AT_ONCE = 2000
Place = tuple[str, str]  # register, id


class Departing:
    """Closes the records that went to another township, with all that belongs to them."""

    def __init__(self, work: Work, site: str) -> None:
        self._work = work
        self._session = work.session
        self._site = site
        self.gone: dict[Place, str] = {}  # what went with this receipt, and the name of its township now
        self.unreported: list[Place] = []  # what went nowhere: it belongs to what went, and the county never had it

    def take(self, lines: Sequence[Transfer]) -> None:
        """Closes what the lines name, unless that was done before."""
        units = {line.id: unit_name(line.to_site) for line in lines if line.to_site != self._site}
        there = self._still_here(units)
        if not any(there.values()):
            return
        hanging = hanging_on(self._session, there)
        known = carried(self._session, {one for ids in hanging.shared.values() for one in ids})
        for register in RECORDS:
            mine = there.get(register, set())
            others = (hanging.whole[register] | hanging.shared[register]) - mine
            self._put_away(register, others, "所属人员已由县局转交")
            self._put_away(register, mine, "县局转交")
            for identity in mine:
                mark(self._session, register, [identity], MOVED, f"已转交{units[identity]}")
                self.gone[register, identity] = units[identity]
            self._forget(mine | {one for one in others if one not in known})
        self._work.also.update(RECORDS)

    def _still_here(self, wanted: Collection[str]) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for register, record in RECORDS.items():
            table = table_of(record)
            for some in chunks(wanted, IDS_AT_ONCE):
                open_ones = select(table.c.id).where(table.c.id.in_(some), table.c.report_state != MOVED)
                found[register].update(self._session.scalars(open_ones))
        return found

    def _put_away(self, register: str, ids: Collection[str], reason: str) -> None:
        record = RECORDS[register]
        rows = self._work.recorder.before(record, ids)
        living = [one for one in ids if rows[one]["deleted_at"] is None]
        held = carried(self._session, living)
        for identity in living:
            self._work.recorder.reasons[register, identity] = reason
            if identity not in held or rows[identity]["revision"] > held[identity]["revision"]:
                self.unreported.append((register, identity))
        self._work.update_many(record, [{"id": identity, "deleted_at": self._work.at} for identity in living])

    def _forget(self, ids: Iterable[str]) -> None:
        """What never crossed, as far as the laptop knows, is never sent: neither a revision nor a deletion."""
        for some in chunks(ids, IDS_AT_ONCE):
            self._session.execute(delete(Carried).where(Carried.record_id.in_(some)))


def arrivals(lines: Iterable[Transfer], site: str) -> set[str]:
    """Returns the ids of the records that came to this site."""
    return {line.id for line in lines if line.to_site == site}
