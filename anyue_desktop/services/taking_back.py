"""撤回上报包: a package is taken back as if it had never come, while nothing newer depends on it.

What it added goes, what it overwrote comes back with its history, its returns and its place in the chain; the log
keeps both the reception and this. The package's own file stays in the inbox, so nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.exchange_tables import (
    ACCEPTED,
    Carried,
    CarriedBefore,
    Departed,
    PersonPair,
    ReceivedPackage,
    Return,
    SiteChain,
)
from anyue_desktop.db.images import image_form
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.tables import History, Operation
from anyue_desktop.db.undo import referring
from anyue_desktop.db.work import Work
from anyue_desktop.registers import RECORDS, Record
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.carried import restore_before
from anyue_desktop.services.duplicates import WAITING, renew_doubles
from anyue_desktop.services.marking import chunks
from anyue_desktop.services.unit import unit_name

RECEPTION = "接收上报包"
PERSON = "person"
IDS_AT_ONCE = 5000
INSTEAD = "有问题的记录请退回，由乡镇更正后再报"

Brought = dict[str, list[str]]  # register → ids of the records a package brought


@dataclass(frozen=True)
class TakenBack:
    """What taking a package back did."""

    site: str
    sequence: int
    removed: int  # records the package had added
    restored: int  # records that are again as they were before


@dataclass(frozen=True)
class Returnable:
    """A package that can be taken back, as long as nothing else depends on it."""

    site: str
    unit: str
    month: str
    sequence: int
    received_at: str
    new: int
    changed: int
    removed: int


def returnable(session: Session) -> list[Returnable]:
    """Returns the newest package of each site that no receipt has acknowledged yet, the newest first."""
    package = ReceivedPackage
    last = and_(SiteChain.site == package.site, SiteChain.chain_id == package.chain_id)
    newest = (SiteChain.sequence == package.sequence, SiteChain.acknowledged < package.sequence)
    found = select(package).join(SiteChain, last).where(package.status == ACCEPTED, *newest)
    return [
        Returnable(
            one.site, unit_name(one.site), one.month, one.sequence, one.received_at, one.new, one.changed, one.removed
        )
        for one in session.scalars(found.order_by(package.received_at.desc()))
    ]


def take_back(work: Work, site: str, sequence: int) -> TakenBack:
    """Takes a site's package back within `work`.

    Raises:
        UserError: it never came, something newer depends on it, or a receipt has acknowledged it.
    """
    session = work.session
    place, package = _newest(session, site, sequence)
    operation = _operation(session, package.hash)
    brought = _brought(session, site, sequence)
    _refuse_if_needed(session, package, operation, brought)
    restored = sum(_restore(work, RECORDS[register], ids, operation) for register, ids in brought.items())
    session.execute(delete(History).where(History.operation == operation))
    restore_before(session, site, sequence)
    _give_back_again(session, site, sequence)
    _step_back(session, place, package)
    renew_doubles(session, brought.get(PERSON, ()))
    work.also.update(brought)
    work.facts.update(package=package.hash, sequence=sequence, taken_back=operation)
    total = sum(len(ids) for ids in brought.values())
    return TakenBack(site, sequence, total - restored, restored)


def _newest(session: Session, site: str, sequence: int) -> tuple[SiteChain, ReceivedPackage]:
    place = session.get(SiteChain, site)
    package = session.get(ReceivedPackage, (site, sequence, place.chain_id)) if place else None
    if place is None or package is None:
        raise UserError(f"没有接收过设备 {site} 的第 {sequence} 包", "请核对设备号和第几包")
    if package.status != ACCEPTED:
        raise UserError(f"第 {sequence} 包当时整包退回，没有收下，不用撤回", "请乡镇重新上报")
    if sequence < place.sequence:
        raise UserError(
            f"第 {sequence} 包之后已经接收了第 {place.sequence} 包，不能撤回", f"请先撤回第 {place.sequence} 包"
        )
    if _begins_again(session, package):
        raise UserError(f"第 {sequence} 包是乡镇恢复备份后的第一包，不能撤回", INSTEAD)
    if sequence <= place.acknowledged:
        raise UserError(f"第 {sequence} 包已经写进回执，乡镇会当作县局已收，不能撤回", INSTEAD)
    return place, package


def _begins_again(session: Session, package: ReceivedPackage) -> bool:
    """Whether this is the first package of a site's later chain: taking it back would open a closed chain."""
    mine = (ReceivedPackage.site == package.site, ReceivedPackage.hash != package.hash)
    same = (ReceivedPackage.chain_id == package.chain_id, ReceivedPackage.sequence < package.sequence)
    return _any(session, *mine, ReceivedPackage.chain_id != package.chain_id) and not _any(session, *mine, *same)


def _operation(session: Session, digest: str) -> int:
    """Returns the number of the reception in the log."""
    of_package = Operation.obj.contains(f'"package":"{digest}"', autoescape=True)
    found = session.scalar(select(func.max(Operation.n)).where(Operation.act == RECEPTION, of_package))
    if found is None:
        raise UserError("操作日志里没有这个包的接收记录，不能撤回", "练习县局编造的上报包不能撤回")
    return found


def _brought(session: Session, site: str, sequence: int) -> Brought:
    brought: Brought = {}
    before = (CarriedBefore.package == sequence, CarriedBefore.record_id == Carried.record_id)
    confirmed = exists().where(*before, CarriedBefore.revision == Carried.revision)  # a new chain repeats what is held
    mine = (Carried.site == site, Carried.sequence == sequence, ~confirmed)
    for register, identity in session.execute(select(Carried.register, Carried.record_id).where(*mine)):
        brought.setdefault(register, []).append(identity)
    return brought


def _refuse_if_needed(session: Session, package: ReceivedPackage, operation: int, brought: Brought) -> None:
    for reason, found in (
        ("其中的记录在接收之后又变动过", _changed_since(session, operation, brought)),
        ("同乡镇另一台设备的记录已经用到其中的记录", _used(session, package, _added(session, operation, brought))),
        ("接收之后县局又退回过其中的记录", _returned_since(session, package)),
        ("其中的人员已经核定过是否重复", _decided_since(session, package, brought)),
        ("其中的人员已经转交给别的乡镇", _moved_since(session, package)),
    ):
        if found:
            raise UserError(f"第 {package.sequence} 包不能撤回：{reason}", INSTEAD)


def _changed_since(session: Session, operation: int, brought: Brought) -> bool:
    return any(
        _any(session, History.register == register, History.record_id.in_(some), History.operation > operation)
        for register, ids in brought.items()
        for some in chunks(ids, IDS_AT_ONCE)
    )


def _added(session: Session, operation: int, brought: Brought) -> Brought:
    """Returns what was not there before."""
    overwritten = set(session.scalars(select(History.record_id).where(History.operation == operation)))
    return {register: [one for one in ids if one not in overwritten] for register, ids in brought.items()}


def _used(session: Session, package: ReceivedPackage, added: Brought) -> bool:
    """Whether records of other packages refer to what this one added."""
    elsewhere = or_(Carried.site != package.site, Carried.sequence != package.sequence)
    return any(
        _any(session, held.in_(some), Carried.record_id == other.id, elsewhere)
        for register, ids in added.items()
        for held, other in referring(RECORDS[register])
        for some in chunks(ids, IDS_AT_ONCE)
    )


def _returned_since(session: Session, package: ReceivedPackage) -> bool:
    """What was given back before was closed by the package itself."""
    mine = (Carried.record_id == Return.record_id, Carried.site == package.site, Carried.sequence == package.sequence)
    return _any(session, Return.open.is_(True), Return.package == 0, *mine)


def _decided_since(session: Session, package: ReceivedPackage, brought: Brought) -> bool:
    since = and_(PersonPair.decision != WAITING, PersonPair.decided_at >= package.received_at)
    return any(
        _any(session, since, or_(PersonPair.first.in_(some), PersonPair.second.in_(some)))
        for some in chunks(brought.get(PERSON, ()), IDS_AT_ONCE)
    )


def _moved_since(session: Session, package: ReceivedPackage) -> bool:
    return _any(session, Departed.site == package.site, Departed.at >= package.received_at)


def _any(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return session.scalar(select(literal(1)).where(*conditions).limit(1)) is not None


def _restore(work: Work, record: type[Record], ids: Collection[str], operation: int) -> int:
    """Removes the rows, and writes those again that the package had overwritten; returns how many."""
    table, connection = table_of(record), work.session.connection()
    for some in chunks(ids, IDS_AT_ONCE):
        wanted = select(func.json_each(json.dumps(some)).table_valued("value").c.value)
        connection.execute(delete(table).where(table.c.id.in_(wanted)))
    overwritten, restored = _images(work.session, record, operation), 0
    while rows := list(islice(overwritten, IDS_AT_ONCE)):
        row_form(table).insert(connection, rows)
        work.recorder.touched[record.__tablename__].update(row["id"] for row in rows)  # people are found again
        restored += len(rows)
    return restored


def _images(session: Session, record: type[Record], operation: int) -> Iterator[dict[str, Any]]:
    mine = (History.register == record.__tablename__, History.operation == operation)
    for image in session.scalars(select(History.image).where(*mine)):
        yield image_form(record).load(image)


def _give_back_again(session: Session, site: str, sequence: int) -> None:
    session.execute(delete(Return).where(Return.site == site, Return.package == sequence))
    closed = (Return.site == site, Return.closed_by == sequence)
    session.execute(update(Return).where(*closed).values(open=True, closed_by=0))


def _step_back(session: Session, place: SiteChain, package: ReceivedPackage) -> None:
    """The chain stands again where it stood before."""
    session.delete(package)
    session.flush()
    before = session.get(ReceivedPackage, (place.site, place.sequence - 1, place.chain_id))
    if before is None:
        session.delete(place)
    else:
        place.sequence, place.hash = before.sequence, before.hash
