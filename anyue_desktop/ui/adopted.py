"""A person who is already registered: what is known is brought out, and nobody is entered twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyue_desktop.core.register import Register, is_blank
from anyue_desktop.services.records import Records


def adopted(records: Records, register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values with the registered person of the same ID number, when the name does not contradict it."""
    segment = register.embeds.removesuffix("_id")
    within = values.get(segment) if segment else None
    if segment != "person" or not within or not within.get("id_number") or within.get("created_at"):
        return dict(values)
    known = records.find_person(within["id_number"])
    if known is None or within.get("name") not in (None, known["name"]):
        return dict(values)
    typed = {key: value for key, value in within.items() if key != "id" and not is_blank(value)}
    return {**values, segment: {**known, **typed}}
