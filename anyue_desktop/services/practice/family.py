"""关系人 of a made-up life."""

from __future__ import annotations

from typing import Any

from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.lives import NEIGHBOUR, NEPHEW, SPOUSE, Life

Values = dict[str, Any]

SUPPORTS, CARES, CALLED, OTHER = "1", "4", "5", "9"


def relations(draw: Draw, life: Life, person: Values) -> list[Values]:
    """Returns one record for each relative."""
    records = []
    for relative in life.relatives:
        called = relative.phone == person.get("emergency_phone")
        values: Values = {
            "id": numbers.record_id(draw, life.enrolled),
            "person_id": person["id"],
            "relative_name": relative.name,
            "relation": relative.relation,
            "role": _roles(relative.relation, called=called),
            "phone": relative.phone,
            "is_away": relative.away,
            "contact_frequency": relative.frequency,
        }
        if relative.place:
            values["work_place"] = relative.place
        records.append(values)
    return records


def _roles(relation: str, *, called: bool) -> tuple[str, ...]:
    if relation == SPOUSE:
        roles = [CARES]
    elif relation in (NEPHEW, NEIGHBOUR):
        roles = []
    else:
        roles = [SUPPORTS]
    if called:
        roles.append(CALLED)
    return tuple(roles) or (OTHER,)
