"""退回与回执: the county's answers to its townships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.dates import last_day
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.identity import new_id
from anyue_desktop.db import chain
from anyue_desktop.db.exchange_tables import ACCEPTED, Carried, ReceivedPackage, Return, SiteChain
from anyue_desktop.db.store import Store
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.manifest import FIRST_SCHEMA, WITH_RECORDS, Heading
from anyue_desktop.exchange.receipt import write_receipt
from anyue_desktop.exchange.receipt_lines import Acknowledgement, GivenBack, ReceiptLine
from anyue_desktop.exchange.receipt_lines import Return as ReturnLine
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.stick import Stick
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import asking, backlog, documents, given_back, new_chain, transferring
from anyue_desktop.services.access import open_registers, permitted
from anyue_desktop.services.carried import forget_before
from anyue_desktop.services.dashboard import REPORT_DAY, USUAL_REPORT_DAY
from anyue_desktop.services.deciding import told_decisions
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.marking import RETURNED, mark
from anyue_desktop.services.reasons import tidy_reason
from anyue_desktop.services.unit import Unit, unit_name

BY_HAND = "R_RULE"
GIVING_BACK, ANSWERING = "退回记录", "制作回执"  # acts in the log
NOT_REPORTED, REPORTED, WITH_RETURNS, OVERDUE = "未报", "已收", "有退回", "逾期"


@dataclass(frozen=True)
class WrittenReceipt:
    """A receipt on the stick."""

    path: Path
    site: str
    accepted: int
    returned: int


@dataclass(frozen=True)
class UnitStatus:
    """How far a township is with a month."""

    unit: str
    code: str
    site: str
    state: str
    sequence: int
    records: int
    returned: int
    received_at: str


@dataclass(frozen=True)
class OpenReturn:
    """A record that was given back and not mended yet."""

    site: str
    unit: str
    register: str
    id: str
    caption: str
    label: str
    message: str
    code: str
    at: str


class Returning:
    """Gives records back and writes receipts."""

    def __init__(self, store: Store, unit: Unit, lists: Lists) -> None:
        self._store = store
        self._unit = unit
        self._lists = lists

    def give_back(self, site: str, register: str, identity: str, reason: str, field: str = "") -> None:
        """Returns a record to the site that owns it; it travels with every receipt until it comes back mended.

        Raises:
            UserError: no reason or a bad one, no such record of that site, or no such field.
        """
        known = permitted(self._store, register)
        message = tidy_reason(reason)
        if not message:
            raise UserError("退回原因不能为空", "请写明哪里不对、怎么改")
        if field and field not in known.by_key:
            raise UserError(f"“{known.title}”没有“{field}”这一项", "请填写项目名，或留空")
        with self._store.work(GIVING_BACK, f"{known.name}/{identity}") as work:
            carried = work.session.get(Carried, identity)
            if carried is None or carried.register != known.name or carried.site != site:
                raise UserError(f"设备 {site} 没有上报过编号为 {identity} 的“{known.title}”", "请核对设备号和记录编号")
            told = Return(
                id=new_id(),
                site=site,
                register=known.name,
                record_id=identity,
                revision=carried.revision,
                hash=carried.hash,
                code=BY_HAND,
                field=field,
                message=message,
                at=clock.stamp(),
            )
            give_back_by_hand(work, told)

    def site_of(self, register: str, identity: str) -> str:
        """Returns the site a record came from.

        Raises:
            UserError: it came from none.
        """
        known = permitted(self._store, register)
        with self._store.read() as session:
            carried = session.get(Carried, identity)
        if carried is None or carried.register != known.name:
            raise UserError("这条记录不是乡镇上报来的，不能退回", "请选择乡镇上报的记录")
        return carried.site

    def returns(self, site: str = "") -> list[OpenReturn]:
        """Returns what is still given back of the registers the operator may look into, by site."""
        seen = open_registers(self._store)
        statement = select(Return).where(Return.open.is_(True)).order_by(Return.site, Return.at)
        with self._store.read() as session:
            rows = session.scalars(statement.where(Return.site == site) if site else statement).all()
        return [self._shown(row) for row in rows if row.register in seen or row.register not in REGISTERS]

    def receipt(self, site: str, folder: Path) -> WrittenReceipt:
        """Writes a signed receipt for a site: what became of every package, and all records still given back.

        Raises:
            UserError: the site has sent nothing yet, or is not on the trust list any more.
            Refused: the stick cannot be written.
        """
        signer, lines, heading = self._prepared(site, backlog.receipt_floor(self._store))
        name = f"r-{site}-{heading.sequence:06d}.tpkg"
        local = self._store.workspace.outbox / name
        sealed = write_receipt(local, heading, lines, signer)
        with self._store.work(ANSWERING, site) as work:
            place = work.session.get_one(SiteChain, site)
            place.receipts, place.receipt_hash = heading.sequence, sealed.digest
            place.receipt_chain, place.acknowledged = heading.chain_id, place.sequence
            forget_before(work.session, site)
        acknowledged = [line for line in lines if isinstance(line, Acknowledgement)]
        returned = sum(isinstance(line, ReturnLine) and line.open for line in lines)
        return WrittenReceipt(Stick(folder).put(local), site, sum(one.accepted for one in acknowledged), returned)

    def status(self, month: str) -> list[UnitStatus]:
        """Returns how far each township is with a month, in the order of the division codes."""
        with self._store.read() as session:
            packages = session.scalars(select(ReceivedPackage).where(ReceivedPackage.month == month)).all()
            open_returns = select(Return.site, func.count()).where(Return.open.is_(True)).group_by(Return.site)
            returned = {row[0]: int(row[1]) for row in session.execute(open_returns)}
        late = clock.today() > self.due_day(month)
        by_township: dict[str, list[ReceivedPackage]] = {}
        for package in packages:
            if package.status == ACCEPTED:
                by_township.setdefault(package.site[1:10], []).append(package)
        return [
            _status(one.short_name, one.code, by_township.get(one.code[:9], []), returned, late=late)
            for one in divisions().townships()
        ]

    def packages(self, site: str = "") -> list[ReceivedPackage]:
        """Returns the packages received, the newest first."""
        statement = select(ReceivedPackage).order_by(ReceivedPackage.received_at.desc())
        with self._store.read() as session:
            found = session.scalars(statement.where(ReceivedPackage.site == site) if site else statement).all()
        return list(found)

    def due_day(self, month: str) -> date:
        """Returns the day until which a month is to be reported."""
        day = min(int(self._store.setting(REPORT_DAY, USUAL_REPORT_DAY)), last_day(month).day)
        return last_day(month).replace(day=day)

    def _prepared(self, site: str, floor: int) -> tuple[SigningKey, list[ReceiptLine], Heading]:
        with self._store.read() as session:
            place = session.get(SiteChain, site)
            if place is None:
                raise UserError(f"设备“{site}”还没有上报过", "请先接收它的上报包")
            trust = documents.trust_bundle(session)
            row = trust.current(site, clock.now()) if trust else None
            if trust is None or row is None:
                raise UserError(f"设备“{site}”不在有效的信任表里，不能给它写回执", "请先批准它的登记")
            head = chain.head(session)
            sequence = max(place.receipts, floor, backlog.newest_receipt(self._store.workspace.outbox, site)) + 1
            known = place.receipt_hash if place.receipts else place.hash  # which receipt went before, a restore forgot
            lines = list(_lines(session, site, place.hash))
            heading = Heading(
                sender=self._unit.site,
                recipient=site,
                recipient_keys=tuple(dict.fromkeys((row.recipient, documents.box_key(session).recipient))),
                kind="receipt",
                package_id=new_id(),
                chain_id=place.receipt_chain or new_id(),
                sequence=sequence,
                previous=known if sequence > 1 else NO_HASH,
                created_at=clock.now(),
                trust_version=trust.version,
                audit_head=head.hash,
                audit_length=head.length,
                schema_version=WITH_RECORDS if any(isinstance(one, GivenBack) for one in lines) else FIRST_SCHEMA,
            )
            return documents.receipt_key(session), lines, heading

    def _shown(self, row: Return) -> OpenReturn:
        known = REGISTERS.get(row.register)
        label = known.field(row.field).label if known and row.field in known.by_key else ""
        caption = self._lists.caption(row.register, row.record_id) if known else ""
        return OpenReturn(
            row.site, unit_name(row.site), row.register, row.record_id, caption, label, row.message, row.code, row.at
        )


def give_back_by_hand(work: Work, told: Return) -> None:
    """Gives a record back; a newer word about the same field takes the place of the one before."""
    of_field = (Return.record_id == told.record_id, Return.field == told.field)
    same = (*of_field, Return.code == BY_HAND, Return.open.is_(True))
    work.session.execute(update(Return).where(*same).values(open=False))
    work.session.add(told)
    mark(work.session, told.register, [told.record_id], RETURNED, told.message)
    work.also.add(told.register)


def _lines(session: Session, site: str, newest: str) -> Iterator[ReceiptLine]:
    for one in _lineage(session, site, newest):
        accepted = one.new + one.changed + one.removed + one.same
        yield Acknowledgement(
            one.chain_id, one.sequence, one.hash, one.status, accepted, one.returned, one.received_at, one.code
        )
    yield from backlog.lines_for(session, site)
    yield from asking.lines_for(session, site)
    returns = select(Return).where(Return.site == site, Return.open.is_(True)).order_by(Return.at, Return.id)
    for row in session.scalars(returns):
        yield ReturnLine(row.record_id, row.code, row.message, row.revision, row.hash, row.field)
    yield from told_decisions(session, site)
    yield from transferring.lines_for(session, site)
    yield from given_back.lines_for(session, site)


def _lineage(session: Session, site: str, newest: str) -> list[ReceivedPackage]:
    """Returns the packages the newest one goes back to, oldest first: those the site knows after a restore too."""
    rows = session.scalars(select(ReceivedPackage).where(ReceivedPackage.site == site)).all()
    by_hash, found = {row.hash: row for row in rows}, list[ReceivedPackage]()
    while newest in by_hash:
        last = by_hash[newest]
        found += [row for row in rows if row.chain_id == last.chain_id and row.sequence <= last.sequence]
        newest = new_chain.earlier_chain(session, last.chain_id)
    return sorted(found, key=lambda one: one.sequence)


def _status(
    name: str, code: str, packages: list[ReceivedPackage], returned: dict[str, int], *, late: bool
) -> UnitStatus:
    if not packages:
        return UnitStatus(name, code, "", OVERDUE if late else NOT_REPORTED, 0, 0, 0, "")
    last = max(packages, key=lambda one: one.sequence)
    given_back = sum(count for site, count in returned.items() if site[1:10] == code[:9])
    records = sum(one.new + one.changed + one.removed + one.same for one in packages)
    state = WITH_RETURNS if given_back else REPORTED
    return UnitStatus(name, code, last.site, state, last.sequence, records, given_back, last.received_at)
