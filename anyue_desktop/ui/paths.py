"""Values at dotted paths: `person.name` of a case stands in the person entered with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref

OTHERS = "其他"


@dataclass(frozen=True)
class Slot:
    """A field with the path it has in the form."""

    path: str
    field: Field


@dataclass(frozen=True)
class Section:
    """A titled part of a form."""

    title: str
    slots: tuple[Slot, ...]

    @property
    def optional(self) -> bool:
        """Whether nothing in it is wanted of everybody."""
        return all(slot.field.need in (Need.OPTIONAL, Need.CONDITIONAL) for slot in self.slots)


def value_at(values: Mapping[str, Any], path: str) -> Any:
    """Returns the value at a path, or None."""
    segment, dot, rest = path.partition(".")
    if not dot:
        return values.get(segment)
    return value_at(values.get(segment) or {}, rest)


def with_value(values: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Returns the values with another value at a path."""
    segment, dot, rest = path.partition(".")
    if not dot:
        return {**values, segment: value}
    return {**values, segment: with_value(values.get(segment) or {}, rest, value)}


def merged(values: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values with those of a later state, level by level."""
    result = dict(values)
    for key, value in later.items():
        known = result.get(key)
        both = isinstance(known, dict) and isinstance(value, Mapping)
        result[key] = merged(known, value) if both else value
    return result


def sections(register: Register, inner: Register | None) -> list[Section]:
    """Returns the sections of a register's form, those of the record entered together with it first."""
    found: dict[str, list[Slot]] = {}
    for slot in _slots(register, inner):
        found.setdefault(slot.field.section or OTHERS, []).append(slot)
    return [Section(title, tuple(slots)) for title, slots in found.items()]


def _slots(register: Register, inner: Register | None) -> Iterator[Slot]:
    if inner is not None:
        segment = register.embeds.removesuffix("_id")
        yield from (Slot(f"{segment}.{one.key}", one) for one in inner.fields if one.typed)
    for one in register.fields:
        if one.typed and one.key != register.embeds:
            yield Slot(one.key, one)


def references(register: Register) -> list[str]:
    """Returns the keys of the records a record belongs to."""
    return [one.key for one in register.fields if one.typed and isinstance(one.type, Ref)]
