"""Values at dotted paths: `person.name` of a case stands in the person entered with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref
from anyue_desktop.services.columns import Column

OTHERS, OWNERS = "其他", "登记对象"


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
        """Whether nothing in it is wanted of everybody, nor shown in lists."""
        fields = [slot.field for slot in self.slots]
        return all(one.need in (Need.OPTIONAL, Need.CONDITIONAL) and not one.listed for one in fields)


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
        if isinstance(known, dict) and isinstance(value, Mapping):
            result[key] = merged(known, value)
        else:
            result[key] = value
    return result


def sections(register: Register, inner: Register | None) -> list[Section]:
    """Returns the sections of a register's form, those of the record entered together with it first."""
    found: dict[str, list[Slot]] = {}
    for slot in _slots(register, inner):
        usual = OWNERS if isinstance(slot.field.type, Ref) else OTHERS
        found.setdefault(slot.field.section or usual, []).append(slot)
    return [Section(title, tuple(slots)) for title, slots in found.items()]


def read_sections(columns: Iterable[Column]) -> list[Section]:
    """Returns the sections of a record to be read, whom it is about first."""
    found: dict[str, list[Slot]] = {}
    for one in columns:
        about = "." in one.path and not one.field.section
        found.setdefault(one.field.section or (OWNERS if about else OTHERS), []).append(Slot(one.path, one.field))
    return [Section(title, tuple(slots)) for title, slots in found.items()]


def _slots(register: Register, inner: Register | None) -> Iterator[Slot]:
    if inner is not None:
        segment = register.embeds.removesuffix("_id")
        yield from (Slot(f"{segment}.{one.key}", one) for one in inner.fields if _is_shown(one))
    for one in register.fields:
        if _is_shown(one) and one.key != register.embeds:
            yield Slot(one.key, one)


def _is_shown(one: Field) -> bool:
    """What a person fills, and what the program works out within a section of the form."""
    return one.typed or bool(one.section)
