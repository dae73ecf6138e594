"""Finding people by name, pinyin, initials, any part of an ID or telephone number, or village.

Measured on 100,000 people (benchmarks in the tests' figures): one `instr` pass over a narrow table of about 12 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, select, true
from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import Divisions, divisions
from anyue_desktop.db.rows import ROWS_AT_ONCE, row_form
from anyue_desktop.db.tables import PersonSearch
from anyue_desktop.registers import Person
from anyue_desktop.registers.base import table_of

KEYS = (
    "id",
    "name",
    "name_pinyin",
    "name_initials",
    "id_number",
    "phone",
    "phone2",
    "emergency_phone",
    "residence_division",
    "group_name",
    "deleted_at",
)
BETWEEN = "\n"  # no search text holds it, so no hit runs over two fields


def folded(text: str) -> str:
    """Returns a text as it is compared: full-width forms, case and spaces do not matter."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    return plain if plain.isalnum() else "".join(plain.split())


def search_text(person: Mapping[str, Any]) -> str:
    """Returns what a person is found by."""
    place = _place(divisions(), person.get("residence_division"), person.get("group_name"))
    pinyin = (person.get("name_pinyin") or "").split()
    initials = (person.get("name_initials") or "").split()
    numbers = (person.get(key) for key in ("id_number", "phone", "phone2", "emergency_phone"))
    parts = [person["name"], *pinyin, *initials, *numbers]
    return BETWEEN.join(["", *(folded(part) for part in parts if part), *([place] if place else [])])


@lru_cache(maxsize=1024)
def _place(known: Divisions, division: str | None, group: str | None) -> str:
    return folded((known.name(division) if division else "") + (group or ""))


def refresh(session: Session, ids: Iterable[str]) -> None:
    """Rewrites the search rows of these people as their records now are."""
    remaining = iter(ids)
    connection = session.connection()
    columns = [Person.__table__.c[key] for key in KEYS]
    while chunk := list(islice(remaining, ROWS_AT_ONCE)):
        people = connection.execute(select(*columns).where(Person.__table__.c.id.in_(chunk)))
        rows = [_row(dict(zip(KEYS, person, strict=True))) for person in people]
        connection.execute(delete(PersonSearch).where(PersonSearch.person_id.in_(chunk)))
        row_form(table_of(PersonSearch)).insert(connection, rows)


def matching(text: str) -> ColumnElement[bool]:
    """Returns the condition on `Person` that all words of a search text are found; an empty text finds everybody."""
    return Person.id.in_(select(PersonSearch.person_id).where(_found(text)))


def find_people(session: Session, text: str, limit: int | None = None) -> list[str]:
    """Returns the ids of living people: first those something of whose begins with the text, then by pinyin."""
    starts = func.instr(PersonSearch.text, BETWEEN + folded(text)) > 0
    found = select(PersonSearch.person_id).where(PersonSearch.living, _found(text))
    order = (case((starts, 0), else_=1), PersonSearch.pinyin, PersonSearch.person_id)
    return list(session.scalars(found.order_by(*order).limit(limit)))


def _found(text: str) -> ColumnElement[bool]:
    words = (folded(word) for word in text.split())
    return and_(true(), *(func.instr(PersonSearch.text, word) > 0 for word in words if word))


def _row(person: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "person_id": person["id"],
        "text": search_text(person),
        "pinyin": person.get("name_pinyin") or folded(person["name"]),
        "living": person.get("deleted_at") is None,
    }
