"""Records that hang on others: a case needs its person, a visit its case."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref
from anyue_desktop.registers import RECORDS, REGISTERS, Record


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
