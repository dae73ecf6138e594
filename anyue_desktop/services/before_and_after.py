"""A county's database beside the one rebuilt from its archive: what is carried over, and what is not the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from anyue_desktop.core.register import TOWNSHIP
from anyue_desktop.db.exchange_tables import Carried, Departed, PersonPair, ReceivedPackage, Return, SiteChain
from anyue_desktop.db.rows import Row, row_form
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.base import Base, table_of

KEPT: dict[type[Base], tuple[Callable[[Any], object], tuple[str, ...]]] = {  # which row it is, and what it keeps
    SiteChain: (lambda row: row.site, ("receipts", "receipt_hash", "receipt_chain", "acknowledged")),
    ReceivedPackage: (lambda row: (row.site, row.sequence, row.chain_id), ("received_at",)),
    PersonPair: (lambda row: (row.first, row.second), ("found_at",)),
    Departed: (lambda row: (row.record_id, row.site), ("at",)),
    Return: (
        lambda row: (row.site, row.record_id, row.code, row.field, row.revision, row.package, row.message),
        ("at",),
    ),
}


def sent_registers() -> list[str]:
    """Returns the registers whose records come with packages."""
    return [name for name in RECORDS if REGISTERS[name].keeper == TOWNSHIP]


def keep_times(before: Session, after: Session) -> None:
    """What happened again keeps the time when it happened, and a chain the receipts it was answered with."""
    for kind, (name, kept) in KEPT.items():
        old = {name(row): row for row in before.scalars(select(kind))}
        for row in after.scalars(select(kind)):
            same = old.get(name(row))
            for key in kept if same is not None else ():
                setattr(row, key, getattr(same, key))
    after.flush()


def differences(before: Session, after: Session) -> Iterator[tuple[str, int]]:
    """Gives the tables whose rows are not the same in both, with how many are not."""
    for register in sent_registers():
        if count := _unlike(table_of(RECORDS[register]), "id", before, after):
            yield register, count
    if count := _unlike(table_of(Carried), "record_id", before, after):
        yield Carried.__tablename__, count


def _unlike(table: Table, key: str, before: Session, after: Session) -> int:
    one, other = (row_form(table).select(session.connection(), f"ORDER BY {key}") for session in (before, after))
    return sum(mine != theirs for mine, theirs in _side_by_side(one, other, key))


def _side_by_side(one: Iterable[Row], other: Iterable[Row], key: str) -> Iterator[tuple[Row | None, Row | None]]:
    """Gives the rows of two sorted lists beside each other; where one has no such row, None."""
    left, right = iter(one), iter(other)
    mine, theirs = next(left, None), next(right, None)
    while mine is not None or theirs is not None:
        if theirs is None or (mine is not None and mine[key] < theirs[key]):
            yield mine, None
            mine = next(left, None)
        elif mine is None or theirs[key] < mine[key]:
            yield None, theirs
            theirs = next(right, None)
        else:
            yield mine, theirs
            mine, theirs = next(left, None), next(right, None)
