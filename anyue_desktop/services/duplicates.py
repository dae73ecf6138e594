"""The same person registered by two townships (registers.md G.3, first mistake)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from anyue_desktop.core.divisions import divisions
from anyue_desktop.registers import Person
from anyue_desktop.registers.person_rules import DEAD

IDS_AT_ONCE = 2000


def persons_elsewhere(session: Session, ids: Iterable[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """Gives each of these people whom another township also has, with that township's name and nothing else."""
    other = aliased(Person)
    same = and_(
        other.id_number == Person.id_number,
        other.township_code != Person.township_code,
        other.deleted_at.is_(None),
        other.life_status.is_distinct_from(DEAD[0]),
    )
    remaining = iter(ids)
    while chunk := list(islice(remaining, IDS_AT_ONCE)):
        rows = session.execute(
            select(Person.id, other.township_code)
            .join(other, same)
            .where(Person.id.in_(chunk), Person.id_number.is_not(None), Person.deleted_at.is_(None))
        )
        for identity, township in rows:
            yield {"id": identity}, divisions().name(township)
