"""Records that hang on others: a case needs its person, a visit its case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref
from anyue_desktop.registers import RECORDS, REGISTERS, Record
from anyue_desktop.services.marking import chunks

IDS_AT_ONCE = 2000
BELONGING = (Need.DRAFT, Need.CONDITIONAL)  # references that say whose a record is


@dataclass
class Hanging:
    """Records with all that belong to them, living or deleted: ids by register, parents first."""

    whole: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shared: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # belong to other records as well


def hanging_on(session: Session, start: Mapping[str, Collection[str]]) -> Hanging:
    """Returns these records, by register, with everything that belongs to them."""
    found = Hanging()
    for name, record in RECORDS.items():
        found.whole[name].update(start.get(name, ()))
        keys = [(key, target) for key, target in belonging(name) if found.whole[target]]
        wanted = [getattr(record, key).in_(some) for key, to in keys for some in chunks(found.whole[to], IDS_AT_ONCE)]
        if not wanted:
            continue
        every = belonging(name)
        for row in session.execute(select(record.id, *(getattr(record, key) for key, _ in every)).where(or_(*wanted))):
            parents = zip(row[1:], (target for _, target in every), strict=True)
            elsewhere = any(one is not None and one not in found.whole[target] for one, target in parents)
            if row.id not in found.whole[name]:
                (found.shared if elsewhere else found.whole)[name].add(row.id)
    return found


def belonging(register: str) -> list[tuple[str, str]]:
    """Returns by which references a record belongs to others: their keys and the registers they point to."""
    return [
        (one.key, one.type.target)
        for one in REGISTERS[register].fields
        if isinstance(one.type, Ref) and one.need in BELONGING
    ]


def refuse_if_needed(session: Session, register: Register, identity: str) -> None:
    """Lets nobody delete what living records cannot be without.

    Raises:
        UserError: naming the registers and how many of their records.
    """
    hanging = []
    for other in REGISTERS.values():
        record = RECORDS[other.name]
        for key, target in _needs(other):
            if target == register.name:
                living = (getattr(record, key) == identity, record.deleted_at.is_(None))
                count = session.scalar(select(func.count()).select_from(record).where(*living)) or 0
                hanging += [f"{other.title}{count}条"] if count else []
    if hanging:
        used = f"还有{'、'.join(hanging)}用到这条“{register.title}”，不能删除"
        raise UserError(used, "请先删除它们；人已离开的请办理退出")


def refuse_if_orphaned(session: Session, register: Register, record: Record) -> None:
    """Lets nobody bring back a record without what it cannot be without.

    Raises:
        UserError: naming what lies in the recycle bin.
    """
    for key, target in _needs(register):
        parent = session.get(RECORDS[target], getattr(record, key))
        if parent is None or parent.deleted_at is not None:
            title = REGISTERS[target].title
            raise UserError(f"它所属的“{title}”在回收站里，不能单独恢复", f"请先恢复“{title}”")


def _needs(register: Register) -> Iterator[tuple[str, str]]:
    for one in register.fields:
        if isinstance(one.type, Ref) and one.need is Need.DRAFT:
            yield one.key, one.type.target
