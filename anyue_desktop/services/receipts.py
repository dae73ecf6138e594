"""回执: the county's answer, taken in by the township that sent the packages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.db import chain
from anyue_desktop.db.exchange_tables import Carried, Return, SentPackage
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.authentic import Desk, Receiver
from anyue_desktop.exchange.receipt import Receipt, open_receipt
from anyue_desktop.exchange.receipt_lines import Return as ReturnLine
from anyue_desktop.exchange.status import Status
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services import documents, new_chain
from anyue_desktop.services.access import open_registers
from anyue_desktop.services.asking import FULL, Wish, keep_asked, wishes
from anyue_desktop.services.carried import forget_package, step_back
from anyue_desktop.services.departing import Departing, arrivals
from anyue_desktop.services.given_back import TakingBack
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.marking import CORRECTED, RECEIVED, RETURNED, SENT, TO_REPORT, mark
from anyue_desktop.services.photos import PHOTO_KEYS, send_again
from anyue_desktop.services.receipt_files import arrived, keep, receipt_files
from anyue_desktop.services.unit import Unit

NOT_STORED = ("R_SCHEMA", "R_TOWNSHIP", "R_PREV_UNKNOWN", "R_SELF_REVIEW")  # the county keeps what it had before
BEFORE_ALL = b"0"
ACCEPTED, REJECTED = "accepted", "rejected"
ADDED_UP = ("brought_back", "unreported")  # what each of several receipts did
PERSON = "person"


@dataclass(frozen=True)
class Returned:
    """A record the county gave back, with its words."""

    register: str
    id: str
    caption: str
    field: str
    label: str
    message: str
    code: str


@dataclass(frozen=True)
class ReceiptResult:
    """What the newest receipt says: 已收 N 条, 退回 M 条."""

    status: str
    accepted: int
    returned: int
    packages: int
    records: list[Returned] = field(default_factory=list)
    decisions: list[Returned] = field(default_factory=list)  # what the county decided and asks no more about
    brought_back: int = 0  # records lost since a backup was put back, that the county had
    apart: int = 0  # records changed here and at the county since
    departed: list[Returned] = field(default_factory=list)  # people the county gave to another township
    arrived: list[Returned] = field(default_factory=list)  # people the county gave to this one
    asked: list[Wish] = field(default_factory=list)  # what the county asks for
    unreported: int = 0  # of what went: records and changes the county never had, which went nowhere

    def brought_words(self) -> str:
        """Returns what the officer reads of the records that came back."""
        return f"恢复备份后缺少的 {self.brought_back} 条记录已从县局带回来"

    def more_words(self) -> list[str]:
        """Returns what the officer reads of people who came and went, and of what the county asks for."""
        came = [f"“{one.caption}”由县局转来，请核对住址和档案" for one in self.arrived]
        went = [f"“{one.caption}”{one.message}，本机的记录移到回收站留存，不再上报" for one in self.departed]
        asked = [one.told() for one in self.asked]
        left = f"其中 {self.unreported} 条还没有报到县局，没有随人转走，请从回收站查看后告诉对方"
        return [*came, *went, *([left] if self.unreported else []), *asked]


class Receipts:
    """Takes in receipts and lists what is still returned."""

    def __init__(self, store: Store, unit: Unit, lists: Lists) -> None:
        self._store = store
        self._unit = unit
        self._lists = lists

    def take(self, paths: Sequence[Path]) -> ReceiptResult:
        """Takes in the county's receipts, the newest last; an older one among them is passed over.

        Of a folder or stick, the receipts named for this laptop are taken.

        Raises:
            Refused: a receipt that must not be believed; nothing is changed by it.
            UserError: there is no receipt among the files.
        """
        files = receipt_files(paths, self._unit.site)
        if not files:
            raise UserError("没有找到回执文件", "请选择文件名以 r- 开头的 .tpkg 文件，或它所在的文件夹")
        results = [self._take_one(path) for path in sorted(files, key=lambda one: one.name)]
        taken = [result for result in results if result is not None]
        if not taken:
            raise Refused("E_REPLAY", "这份回执以前已经接收过", "不需要再接收，退回的记录在“退回待改”里")
        newest = taken[-1]
        for older in taken[:-1]:
            newest.arrived.extend(older.arrived)
            newest.departed.extend(older.departed)
        return replace(newest, **{key: sum(getattr(one, key) for one in taken) for key in ADDED_UP})

    def returned(self) -> list[Returned]:
        """Returns the records that wait to be mended, of the registers the operator may look into."""
        with self._store.read() as session:
            rows = session.scalars(select(Return).where(Return.open.is_(True)).order_by(Return.at, Return.id)).all()
            seen = open_registers(self._store)
            return [self._shown(row) for row in rows if row.register in seen and _still_returned(session, row)]

    def _take_one(self, path: Path) -> ReceiptResult | None:
        inbox = self._store.workspace.inbox
        with arrived(path, inbox) as local:
            result = self._taken(local)
            if result is not None:
                keep(local, inbox, self._unit.site)
        return result

    def _taken(self, local: Path) -> ReceiptResult | None:
        try:
            receipt = self._opened(local)
        except Refused as refused:
            if refused.status == "E_REPLAY":
                return None
            raise
        with self._store.work("接收县局回执") as work:
            self._apply(work.session, receipt)
            taking, departing = TakingBack(work, self._context(), self._unit.site), Departing(work, self._unit.site)
            came = arrivals(receipt.transfers, self._unit.site)
            taking.take(receipt.given_back, came)
            departing.take(receipt.transfers)
            for line in receipt.returns:
                if line.open:
                    self._give_back(work.session, line)
            work.also.update(RECORDS)
        heads = receipt.acknowledgements
        return ReceiptResult(
            status="OK",
            accepted=sum(one.accepted for one in heads if one.status == ACCEPTED),
            returned=sum(line.open for line in receipt.returns),
            packages=len(heads),
            records=self.returned(),
            decisions=self._decisions(receipt),
            brought_back=taking.brought,
            apart=len(taking.apart),
            departed=[
                self._moved(one, f"已转交{unit}") for (name, one), unit in departing.gone.items() if name == PERSON
            ],
            arrived=[self._moved(one, "") for name, one in taking.came if name == PERSON],
            unreported=len(departing.unreported),
            asked=self.asked(),
        )

    def asked(self) -> list[Wish]:
        """Returns what the newest receipt asks this laptop for."""
        with self._store.read() as session:
            return list(wishes(session, self._unit.site))

    def _moved(self, person: str, message: str) -> Returned:
        return Returned(PERSON, person, self._lists.caption(PERSON, person), "", "", message, "")

    def _context(self) -> Context:
        return Context(clock.today(), self._unit.code)

    def _opened(self, local: Path) -> Receipt:
        with self._store.read() as session:
            trust = documents.trust_bundle(session)
            if trust is None:
                raise UserError("本机还没有接收县局的信任表，无法核对回执", "请先办理设备登记")
            sent = {(row.chain_id, row.sequence): row.hash for row in session.scalars(select(SentPackage))}
            newest = chain.newest_time(session)
            desk = Desk(
                Receiver(self._unit.site, (documents.box_key(session),)),
                trust,
                clock.now(),
                datetime.fromisoformat(newest) - chain.CLOCK_SLACK if newest else None,
            )
            last = int(documents.held(session, documents.RECEIPTS_TAKEN) or BEFORE_ALL)
            restored = not self._all_answered(session)
        return open_receipt(
            local, desk, last, lambda chain_id, sequence: sent.get((chain_id, sequence)), after_restore=restored
        )

    def _all_answered(self, session: Session) -> bool:
        return new_chain.is_answered(session, self._store.workspace.outbox, self._unit.site)

    def _apply(self, session: Session, receipt: Receipt) -> None:
        documents.keep(session, documents.RECEIPTS_TAKEN, str(receipt.manifest.heading.sequence).encode())
        accepted = []
        for one in receipt.acknowledgements:
            sent = session.get(SentPackage, one.sequence)
            if sent is None or sent.hash != one.digest:  # made after the backup that was put back
                continue
            if one.status == REJECTED and sent.state != REJECTED:
                _send_again(session, one.sequence)
            sent.state, sent.returned, sent.answered_at = one.status, one.returned, one.at
            if one.status == ACCEPTED:
                accepted.append(one.sequence)
        session.flush()
        for register in RECORDS:
            _mark_received(session, register, accepted)
        session.execute(update(Return).values(open=False))
        keep_asked(session, self._unit.site, receipt.requests)
        if any(one.what == FULL for one in receipt.requests) and self._all_answered(session):
            new_chain.ask_for(session)

    def _give_back(self, session: Session, line: ReturnLine) -> None:
        carried = session.get(Carried, line.id)
        if carried is None:
            return
        record = session.get(RECORDS[carried.register], line.id)
        session.add(
            Return(
                id=new_id(),
                site=self._unit.site,
                register=carried.register,
                record_id=line.id,
                revision=line.revision,
                hash=line.hash,
                code=line.code,
                field=line.field,
                message=line.message,
                at=clock.stamp(),
            )
        )
        if record is not None and record.revision == line.revision:
            mark(session, carried.register, [line.id], RETURNED, line.message)
        if line.code in NOT_STORED and carried.hash == line.hash:
            step_back(session, carried)
        if line.code == Status.R_ATT_MISSING.name and record is not None and carried.register in PHOTO_KEYS:
            send_again(session, carried.register, getattr(record, PHOTO_KEYS[carried.register]))

    def _decisions(self, receipt: Receipt) -> list[Returned]:
        told = [line for line in receipt.returns if not line.open]
        with self._store.read() as session:
            held = {line.id: session.get(Carried, line.id) for line in told}
        return [
            Returned(
                row.register,
                line.id,
                self._lists.caption(row.register, line.id),
                line.field,
                "",
                line.message,
                line.code,
            )
            for line in told
            if (row := held[line.id]) is not None
        ]

    def _shown(self, row: Return) -> Returned:
        register = REGISTERS[row.register]
        label = register.field(row.field).label if row.field in register.by_key else ""
        caption = self._lists.caption(row.register, row.record_id)
        return Returned(row.register, row.record_id, caption, row.field, label, row.message, row.code)


def _still_returned(session: Session, row: Return) -> bool:
    record = session.get(RECORDS[row.register], row.record_id)
    return record is not None and record.deleted_at is None and record.revision == row.revision


def _send_again(session: Session, sequence: int) -> None:
    """Everything of a package the county rejected waits for the next one."""
    by_register: dict[str, list[str]] = defaultdict(list)
    for register, identity in forget_package(session, sequence):
        by_register[register].append(identity)
    for register, ids in by_register.items():
        mark(session, register, ids, TO_REPORT)


def _mark_received(session: Session, register: str, sequences: Sequence[int]) -> None:
    table = RECORDS[register].__table__
    ids = session.scalars(
        select(table.c.id)
        .join(Carried, Carried.record_id == table.c.id)
        .where(
            Carried.sequence.in_(sequences),
            Carried.revision == table.c.revision,
            table.c.report_state.in_((SENT, CORRECTED, RETURNED)),
        )
    ).all()
    mark(session, register, ids, RECEIVED)
