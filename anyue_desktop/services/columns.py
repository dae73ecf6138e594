"""Dotted paths: how a list of one register shows fields of the records it points to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.register import Register, is_blank
from anyue_desktop.core.types import Photos, Ref, Refs, Text
from anyue_desktop.registers import REGISTERS

LONGEST_LIST = 4000  # characters of the names of several records


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
    current, through = register, None
    *segments, key = path.split(".")
    for segment in segments:
        through = reference(current, segment)
        if through is None:
            raise not_a_field(register, path)
        current = REGISTERS[current.target(through.key)]
    if key not in current.by_key:
        raise not_a_field(register, path)
    found = current.field(key)
    return Column(path, found if through is None else _seen_through(through, found, current), current)


def reference(register: Register, segment: str) -> Field | None:
    """Returns the reference a path segment names, to one record (`person`) or to several (`attendees`)."""
    known = register.by_key.get(reference_key(segment)) or register.by_key.get(segment)
    return known if known is not None and isinstance(known.type, Ref | Refs) else None


def _seen_through(through: Field, found: Field, target: Register) -> Field:
    """A field of somebody with a part to play is called after the part: 户主, 户主身份证号, 服务机构."""
    if target.name.endswith(through.key.removesuffix("_id")):
        return found
    kind = Text(LONGEST_LIST) if isinstance(through.type, Refs) else found.type
    if found.key != target.caption:
        label = f"{through.label}{found.label}"
        return replace(found, label=label, type=kind, headers=(), need=Need.OPTIONAL)
    seen = replace(found, label=through.label, headers=through.headers, type=kind)
    return replace(seen, need=through.need, help=through.help)


def sheet_columns(register: Register) -> list[Column]:
    """Returns the columns a register shows in lists."""
    return [column(register, path) for path in register.sheet]


def embedded(register: Register) -> Register | None:
    """Returns the register whose record is entered together with this one's."""
    return REGISTERS[register.target(register.embeds)] if register.embeds else None


def embedded_segment(register: Register) -> str:
    """Returns the path segment of the embedded record: `person`."""
    return register.embeds.removesuffix("_id")


def embedded_prefix(register: Register) -> str:
    """Returns how the paths of the embedded record begin: `person.`; nothing where none is embedded."""
    return f"{embedded_segment(register)}." if register.embeds else ""


def place(register: Register, values: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value into a record; the path of an embedded record is dotted (`person.phone`)."""
    segment, dot, key = path.partition(".")
    if dot and segment == embedded_segment(register):
        values[segment] = {**values[segment], key: value}
    else:
        values[path] = value


def told(register: Register, values: Mapping[str, Any]) -> str:
    """Returns values by path in words: 退出日期＝2026-11-10，退出原因＝死亡."""
    fields = {path: column(register, path).field for path in values}
    shown = {path: "（空）" if is_blank(value) else fields[path].type.show(value) for path, value in values.items()}
    return "，".join(f"{fields[path].label}＝{shown[path]}" for path in values)


def is_elsewhere(register: Register, path: str) -> bool:
    """Whether a path only names a record that is entered elsewhere."""
    prefix = embedded_prefix(register)
    return "." in path and not (prefix and path.startswith(prefix))


def typed_columns(register: Register) -> list[Column]:
    """Returns everything a person fills in for a register: what names the record it belongs to, then its own fields."""
    return [*_leading_columns(register), *_own_columns(register)]


def read_columns(register: Register) -> list[Column]:
    """Returns everything there is to read of a record: what a person fills in, then what the program notes in lists."""
    typed = typed_columns(register)
    known = {one.path for one in typed}
    return [*typed, *(one for one in sheet_columns(register) if one.path not in known)]


def workbook_columns(register: Register) -> list[Column]:
    """Returns every column a workbook may have: what a person fills in, and the numbers of the files it belongs to."""
    return [*typed_columns(register), *_numbers(register)]


def _numbers(register: Register) -> Iterator[Column]:
    """Gives the file numbers of the records one may belong to: 档案编号 on a list handed to a village."""
    for one in register.fields:
        if isinstance(one.type, Ref) and one.typed and one.key != register.embeds:
            rule = REGISTERS[one.type.target].numbering
            if rule is not None:
                yield column(register, f"{one.key.removesuffix('_id')}.{rule.key}")


def _own_columns(register: Register) -> Iterator[Column]:
    for one in register.fields:
        if one.typed and not isinstance(one.type, Ref | Refs | Photos):
            yield Column(one.key, one, register)


def _leading_columns(register: Register) -> Iterator[Column]:
    inner, prefix = embedded(register), embedded_prefix(register)
    if inner is not None:
        yield from (Column(f"{prefix}{one.path}", one.field, inner) for one in _own_columns(inner))
    yield from (one for one in sheet_columns(register) if is_elsewhere(register, one.path))


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
