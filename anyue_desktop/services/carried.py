"""Which revision of each record has crossed between township and county."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import Carried, CarriedBefore
from anyue_desktop.db.rows import row_form
from anyue_desktop.registers.base import table_of
from anyue_desktop.services import documents

TABLE, BEFORE = table_of(Carried), table_of(CarriedBefore)
_renew = (
    update(TABLE)
    .where(TABLE.c.record_id == bindparam("of"))
    .values(revision=bindparam("new_revision"), hash=bindparam("new_hash"), sequence=bindparam("new_sequence"))
)


Held = Mapping[str, Any]  # a row of `Carried`


def carried(session: Session, ids: Iterable[str]) -> dict[str, Held]:
    """Returns what crossed last of these records, by id; unknown ones are left out."""
    wanted = "WHERE record_id IN (SELECT value FROM json_each(?))"
    rows = row_form(TABLE).select(session.connection(), wanted, json.dumps([*ids]))
    return {row["record_id"]: row for row in rows}


def remember_carried(
    session: Session, site: str, sequence: int, rows: Sequence[dict[str, Any]], known: Mapping[str, Held]
) -> None:
    """Notes the revisions that crossed with a package, in place of the earlier ones, which are `known`."""
    fresh = [{**row, "site": site, "sequence": sequence} for row in rows if row["record_id"] not in known]
    row_form(TABLE).insert(session.connection(), fresh)
    again = [_renewal(row, sequence) for row in rows if row["record_id"] in known]
    if again:
        session.connection().execute(_renew, again)


def set_apart(session: Session, identity: str) -> None:
    """Notes that both sides hold this record otherwise: the county's content goes back with the receipt."""
    mine = (TABLE.c.record_id == identity, TABLE.c.sequence > 0)
    session.connection().execute(update(TABLE).where(*mine).values(sequence=-TABLE.c.sequence))


def count_given_back(session: Session, site: str, registers: Collection[str]) -> int:
    """Returns how many records of a site in these registers have not crossed on its present chain."""
    waiting = (TABLE.c.site == site, TABLE.c.sequence < 0, TABLE.c.register.in_(registers))
    return session.connection().scalar(select(func.count()).select_from(TABLE).where(*waiting)) or 0


def keep_carried(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Puts what the other side holds of these records in place of what was known to have crossed."""
    if rows:
        gone = delete(TABLE).where(TABLE.c.record_id == bindparam("of"))
        session.connection().execute(gone, [{"of": row["record_id"]} for row in rows])
        session.connection().execute(insert(TABLE), rows)


def earlier_revision(session: Session, held: Held | None) -> int:
    """Returns the revision of a record that crossed before the present chain began, 0 for none."""
    if held is None or held["sequence"] < 0:
        return int(held["revision"]) if held else 0
    before = (row["revision"] for row in _earlier(session, held["sequence"]) if row["record_id"] == held["record_id"])
    return int(next(before, 0))


def _renewal(row: Mapping[str, Any], sequence: int) -> dict[str, Any]:
    return {"of": row["record_id"], "new_revision": row["revision"], "new_hash": row["hash"], "new_sequence": sequence}


def keep_before(session: Session, sequence: int, ids: Iterable[str]) -> None:
    """Keeps what the county has of records that package `sequence` is about to renew, so that it can be taken back."""
    wanted = select(func.json_each(json.dumps([*ids])).table_valued("value").c.value)
    keys = ("record_id", "site", "revision", "hash", "sequence")
    now = select(literal(sequence), *(TABLE.c[key] for key in keys)).where(TABLE.c.record_id.in_(wanted))
    session.connection().execute(insert(BEFORE).from_select(["package", *keys], now))


def restore_before(session: Session, site: str, sequence: int) -> None:
    """Takes back that a package crossed to the county."""
    connection = session.connection()
    mine = and_(BEFORE.c.site == site, BEFORE.c.package == sequence)
    values = {key: BEFORE.c[key] for key in ("revision", "hash", "sequence")}
    connection.execute(update(TABLE).where(TABLE.c.record_id == BEFORE.c.record_id, mine).values(values))
    connection.execute(delete(TABLE).where(TABLE.c.site == site, TABLE.c.sequence == sequence))
    connection.execute(delete(BEFORE).where(mine))


def forget_before(session: Session, site: str) -> None:
    """Forgets what went before a site's packages: they are acknowledged, and cannot be taken back any more."""
    session.connection().execute(delete(BEFORE).where(BEFORE.c.site == site))


def keep_earlier(session: Session, sequence: int, earlier: Sequence[Held]) -> None:
    """Keeps what the county had of the records in package `sequence`, in case it rejects the whole package."""
    documents.keep(session, _earlier_name(sequence), json.dumps([dict(one) for one in earlier]).encode())


def forget_package(session: Session, sequence: int) -> list[tuple[str, str]]:
    """Takes back that a rejected package crossed, so that its records go again; returns their registers and ids."""
    mine = TABLE.c.sequence == sequence
    found = [
        (row.register, row.record_id)
        for row in session.execute(select(TABLE.c.register, TABLE.c.record_id).where(mine))
    ]
    ids = {identity for _, identity in found}
    session.connection().execute(delete(TABLE).where(mine))
    rows = [row for row in _earlier(session, sequence) if row["record_id"] in ids]
    if rows:
        session.connection().execute(insert(TABLE), rows)
    return found


def step_back(session: Session, row: Carried) -> None:
    """Takes back that this record crossed with its package: the county still has what it had before, or nothing."""
    before = [one for one in _earlier(session, row.sequence) if one["record_id"] == row.record_id]
    session.delete(row)
    session.flush()
    if before:
        session.connection().execute(insert(TABLE), before)


def earlier_ids(session: Session, sequence: int) -> set[str]:
    """Returns which records of a package an earlier package had already carried."""
    return {row["record_id"] for row in _earlier(session, sequence)}


def _earlier(session: Session, sequence: int) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(documents.held(session, _earlier_name(sequence)) or b"[]")
    return kept


def _earlier_name(sequence: int) -> str:
    return f"carried_before_{sequence:06d}"
