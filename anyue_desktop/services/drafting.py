"""草稿: entries under way, kept at every pause so that no keystroke is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.register import Register, is_blank
from anyue_desktop.db.store import Store
from anyue_desktop.services import columns
from anyue_desktop.services.access import enterable, open_registers, permitted

RAW = "raw"  # what was typed but cannot be read yet, by dotted path


@dataclass(frozen=True)
class Draft:
    """An entry that was not saved yet."""

    register: str
    key: str
    caption: str
    saved_at: str


class Drafting:
    """Keeps and gives back what is being typed; values by key, the embedded record under its segment."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save_draft(self, register: str, key: str, values: Mapping[str, Any]) -> str:
        """Keeps the values, and under `raw` the texts no value could be read from; returns the time."""
        return self._store.drafts.save(register, key, _dumped(enterable(self._store, register), values))

    def draft(self, register: str, key: str) -> dict[str, Any] | None:
        """Returns what was kept, or None."""
        known = permitted(self._store, register)
        with self._store.read() as session:
            for one in self._store.drafts.all(session):
                if (one.register, one.record_id) == (register, key):
                    return _loaded(known, one.content)
        return None

    def drop_draft(self, register: str, key: str) -> None:
        """Forgets a draft: the record has been saved, or the officer gave it up."""
        self._store.drafts.discard(register, key)

    def drafts(self) -> list[Draft]:
        """Returns the operator's drafts of the registers open to him, newest first."""
        with self._store.read() as session:
            found = self._store.drafts.all(session)
        seen = open_registers(self._store)
        return [
            Draft(one.register, one.record_id, _caption(seen[one.register], one.content), one.saved_at)
            for one in found
            if one.register in seen
        ]


def _dumped(known: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    segment = columns.embedded_segment(known)
    inner = columns.embedded(known)
    kept: dict[str, Any] = {RAW: dict(values.get(RAW) or {}), "id": values.get("id")}
    for key, value in values.items():
        if key in known.by_key and not is_blank(value):
            kept[key] = known.field(key).type.dump(value)
    if inner is not None and values.get(segment):
        kept[segment] = _dumped(inner, values[segment])
    return kept


def _loaded(known: Register, kept: Mapping[str, Any]) -> dict[str, Any]:
    segment = columns.embedded_segment(known)
    inner = columns.embedded(known)
    values: dict[str, Any] = {RAW: dict(kept.get(RAW) or {})}
    if kept.get("id"):
        values["id"] = kept["id"]
    for key, stored in kept.items():
        if key in known.by_key:
            try:
                values[key] = known.field(key).type.load(stored)
            except BadValue:
                values[RAW][key] = str(stored)
    if inner is not None and isinstance(kept.get(segment), dict):
        values[segment] = _loaded(inner, kept[segment])
    return values


def _caption(known: Register, kept: Mapping[str, Any]) -> str:
    inner = kept.get(columns.embedded_segment(known)) or {}
    name = kept.get("name") or inner.get("name") or (kept.get(RAW) or {}).get("name") or ""
    return f"{known.title} {name}".strip()
