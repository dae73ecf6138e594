"""Dotted paths: how a list of one register shows fields of the records it points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Ref
from anyue_desktop.registers import REGISTERS


@dataclass(frozen=True)
class Column:
    """A field seen from a register: `person.name` of a case is the name of the case's person."""

    path: str
    field: Field
    register: Register  # the register the field belongs to

    @property
    def label(self) -> str:
        """What the officer calls it."""
        return self.field.label


def register_named(name: str) -> Register:
    """Returns a register by its table name or its Chinese title.

    Raises:
        UserError: there is none.
    """
    for register in REGISTERS.values():
        if name in (register.name, register.title):
            return register
    known = "、".join(f"{one.name}（{one.title}）" for one in REGISTERS.values())
    raise UserError(f"没有名为“{name}”的登记册", f"可用的有：{known}")


def reference_key(segment: str) -> str:
    """Returns the key of the reference a path segment names: `person` is `person_id`."""
    return f"{segment}_id"


def not_a_field(register: Register, path: str) -> UserError:
    """Returns what to raise for a path that leads to no field."""
    return UserError(f"“{register.title}”没有“{path}”这一项", "请核对项目名称")


def column(register: Register, path: str) -> Column:
    """Returns the column at the end of a dotted path.

    Raises:
        UserError: a part of the path is not a field.
    """
    current = register
    *segments, key = path.split(".")
    for segment in segments:
        known = current.by_key.get(reference_key(segment))
        if known is None or not isinstance(known.type, Ref):
            raise not_a_field(register, path)
        current = REGISTERS[known.type.target]
    if key not in current.by_key:
        raise not_a_field(register, path)
    return Column(path, current.field(key), current)


def sheet_columns(register: Register) -> list[Column]:
    """Returns the columns a register shows in lists."""
    return [column(register, path) for path in register.sheet]


def embedded(register: Register) -> Register | None:
    """Returns the register whose record is entered together with this one's."""
    return REGISTERS[register.target(register.embeds)] if register.embeds else None


def embedded_segment(register: Register) -> str:
    """Returns the path segment of the embedded record: `person`."""
    return register.embeds.removesuffix("_id")


def typed_columns(register: Register) -> list[Column]:
    """Returns everything a person fills in for a register: what names the record it belongs to, then its own fields."""
    return [*_leading_columns(register), *_own_columns(register)]


def _own_columns(register: Register) -> Iterator[Column]:
    for one in register.fields:
        if one.typed and not isinstance(one.type, Ref):
            yield Column(one.key, one, register)


def _leading_columns(register: Register) -> Iterator[Column]:
    inner = embedded(register)
    if inner is not None:
        prefix = embedded_segment(register)
        yield from (Column(f"{prefix}.{one.path}", one.field, inner) for one in _own_columns(inner))
        return
    yield from (one for one in sheet_columns(register) if "." in one.path)


def find_column(register: Register, name: str) -> Column:
    """Returns the column an officer or a script names by path, key or label.

    Raises:
        UserError: none or several have that name.
    """
    columns = typed_columns(register)
    for found in (
        [one for one in columns if one.path == name],
        [one for one in columns if one.field.key == name],
        [one for one in columns if one.label == name],
    ):
        if len(found) == 1:
            return found[0]
    return column(register, name)
