"""转交: a person moves to another township with everything kept about them, decided at the county.

The owner of the records changes, and nothing else of them: the site that lost them is told by the `transfer` lines of
every receipt, the site that got them is given them like records it lost (docs/package-format.md, receipts).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.exchange_tables import Carried, Departed, Return, SiteChain
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.store import Store
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.receipt_lines import Transfer
from anyue_desktop.exchange.records import Delete, Put
from anyue_desktop.registers import RECORDS, Person
from anyue_desktop.registers.base import table_of
from anyue_desktop.services import documents
from anyue_desktop.services.carried import carried, keep_carried
from anyue_desktop.services.duplicates import renew_doubles
from anyue_desktop.services.hanging import belonging, hanging_on
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.marking import RECEIVED, mark
from anyue_desktop.services.unit import township_unit, unit_name
from anyue_desktop.services.wire import pointed_to, wire_form

SITE = re.compile("t[0-9]{9}[a-z]")
PERSON = "person"
ACT = "转交人员"
NOT_CONFIRMED = -1  # the new site has not sent the record yet


@dataclass(frozen=True)
class Transferred:
    """A person who belongs to another township now."""

    person: str
    caption: str
    site: str
    to_site: str
    unit: str
    to_unit: str
    records: int  # the person and what is kept about them
    at: str


class Transferring:
    """Gives people from one township to another."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def transfer(self, person: str, unit: str) -> Transferred:
        """Gives a person, with everything kept about them, to a township (name or code) or one of its laptops.

        Raises:
            UserError: no such person of a township, or the other township cannot take them.
        """
        with self._store.work(ACT, f"{PERSON}/{person}") as work:
            session = work.session
            held, record = session.get(Carried, person), session.get(Person, person)
            if held is None or record is None or record.deleted_at is not None:
                raise UserError("只能转交乡镇报来的人员", "请在“人员基础信息”里选一个人")
            target, left = self._target(session, unit), held.site
            if target[1:10] == left[1:10]:
                raise UserError(f"这个人已经由{unit_name(left)}登记", "请选择另一个乡镇")
            _refuse_second(session, record, target)
            count = move(work, person, target)
            work.facts.update(from_site=left, to_site=target, records=count)
        caption = self._lists.caption(PERSON, person)
        return Transferred(person, caption, left, target, unit_name(left), unit_name(target), count, work.at)

    def transfers(self) -> list[Transferred]:
        """Returns the people who were given to another township, the newest first."""
        with self._store.read() as session:
            gone = select(Departed).join(Person, Person.id == Departed.record_id).order_by(Departed.at.desc())
            rows = session.scalars(gone).all()
            counts = {row.record_id: _count(session, row) for row in rows}
        return [
            Transferred(
                row.record_id,
                self._lists.caption(PERSON, row.record_id),
                row.site,
                row.to_site,
                unit_name(row.site),
                unit_name(row.to_site),
                counts[row.record_id],
                row.at,
            )
            for row in rows
        ]

    def _target(self, session: Session, unit: str) -> str:
        """Returns the laptop that gets the records: one that has reported and still may."""
        trust, chains = documents.trust_bundle(session), session.scalars(select(SiteChain.site)).all()
        living = [one for one in chains if trust and trust.current(one, clock.now())]
        if unit in living:
            return unit
        township = township_unit(unit[1:10] if SITE.fullmatch(unit) else unit)
        name, sites = township.name, sorted(one for one in living if one[1:10] == township.code[:9])
        if not sites:
            raise UserError(f"{name}还没有设备上报过，不能转给它", "请先给它办理设备登记并接收一次上报包")
        if len(sites) > 1:
            raise UserError(f"{name}有几台设备：{'、'.join(sites)}", "请写明转给哪一台设备")
        return sites[0]


def lines_for(session: Session, site: str) -> Iterator[Transfer]:
    """Gives the receipt lines that tell a site which records it lost, and which of those given with it came to it."""
    lost = select(Departed.record_id, Departed.to_site).where(Departed.site == site)
    waiting = (Carried.record_id == Departed.record_id, Carried.site == site, Carried.sequence < 0)
    came = select(Departed.record_id, Departed.to_site).join(Carried, Carried.record_id == Departed.record_id)
    for statement in (lost, came.where(Departed.to_site == site, *waiting).distinct()):
        for row in session.execute(statement.order_by(Departed.record_id)):
            yield Transfer(row.record_id, row.to_site)


def moved_from(session: Session, ids: Collection[str], township: str) -> set[str]:
    """Returns which of these records a township (nine digits) had and gave away."""
    return set(_targets(session, ids, township))


def departure(session: Session, record: Put | Delete, site: str) -> str:
    """Returns why a site sends in vain what it, or what it belongs to, gave away; empty if that is not the reason.

    A record the county never took in is noted as gone too, so that its site is told.
    """
    township = site[1:10]
    for target in _targets(session, [record.id], township).values():
        return f"已转交{unit_name(target)}"
    if isinstance(record, Put):
        parents = [one for key, _ in belonging(record.table) for one in pointed_to(record.data.get(key))]
        for target in _targets(session, parents, township).values():
            session.merge(Departed(record_id=record.id, site=site, to_site=target, at=clock.stamp()))
            return f"它所属的档案已转交{unit_name(target)}"
    return ""


def _targets(session: Session, ids: Collection[str], township: str) -> dict[str, str]:
    mine = (Departed.record_id.in_(ids), func.substr(Departed.site, 2, 9) == township)
    rows = session.execute(select(Departed.record_id, Departed.to_site).where(*mine)) if ids else ()
    return {row.record_id: row.to_site for row in rows}


def move(work: Work, person: str, target: str) -> int:
    """Makes a site the owner of a person with everything kept about them; returns how many records that is."""
    session = work.session
    whole = hanging_on(session, {PERSON: [person]}).whole
    together = {one for ids in whole.values() for one in ids}
    count = sum(_give(work, register, ids, target, together) for register, ids in whole.items() if ids)
    renew_doubles(session, [person])
    work.also.update(RECORDS)
    return count


def _give(work: Work, register: str, ids: set[str], target: str, together: Collection[str]) -> int:
    """Changes the owner of records of one register, who go with all of `together`; returns how many."""
    session = work.session
    held = carried(session, ids)
    rows = row_form(table_of(RECORDS[register])).by_ids(session.connection(), [*held])
    changed = [_changed(register, row, target, together) for row in rows]
    if not changed:
        return 0
    work.update_many(RECORDS[register], changed)
    keys = ("record_id", "register", "hash")
    new = {row["id"]: {"revision": row["revision"], "site": target, "sequence": NOT_CONFIRMED} for row in changed}
    keep_carried(session, [{**{key: held[one][key] for key in keys}, **rest} for one, rest in new.items()])
    mine = (Return.record_id.in_(new), Return.open.is_(True))
    session.execute(update(Return).where(*mine).values(open=False))
    mark(session, register, new, RECEIVED)
    _note(session, {one: str(held[one]["site"]) for one in new}, target, work.at)
    return len(changed)


def _note(session: Session, former: Mapping[str, str], target: str, at: str) -> None:
    session.execute(update(Departed).where(Departed.record_id.in_(former)).values(to_site=target))
    came_back = (Departed.record_id.in_(former), Departed.site == target)
    session.execute(delete(Departed).where(*came_back))
    for identity, site in former.items():
        session.merge(Departed(record_id=identity, site=site, to_site=target, at=at))
    session.flush()


def _changed(register: str, row: Mapping[str, Any], target: str, together: Collection[str]) -> dict[str, Any]:
    """A record under its new township; what it points to there and cannot take along is left away."""
    needed = {key for key, _ in belonging(register)}
    optional = (key for key, _ in wire_form(register).references if key not in needed)
    left = {key: None for key in optional if row[key] not in together}
    return {"id": row["id"], "township_code": f"{target[1:10]}000", "revision": row["revision"] + 1, **left}


def _refuse_second(session: Session, person: Person, target: str) -> None:
    same = (Person.id_number == person.id_number, Person.township_code == f"{target[1:10]}000")
    if person.id_number and session.scalar(select(Person.id).where(*same, Person.deleted_at.is_(None)).limit(1)):
        name = unit_name(target)
        raise UserError(f"{name}已经登记了这个人", "请在“重复人员”里核定由谁登记，不用转交")


def _count(session: Session, row: Departed) -> int:
    together = (Departed.site == row.site, Departed.to_site == row.to_site, Departed.at == row.at)
    return session.scalar(select(func.count()).select_from(Departed).where(*together)) or 0
