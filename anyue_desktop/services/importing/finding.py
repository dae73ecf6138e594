"""Which person and which record a row of a workbook is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from anyue_desktop.core.dates import first_day
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.register import Neighbours, Register, Values, is_blank
from anyue_desktop.core.types import Date, Month, Ref, Refs
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.query import PERSON, person_path

NAMED = 5  # how many candidates a sentence lists

_BETWEEN_NAMES = re.compile("[、，,；;/\\s]+")


class Finder:
    """Finds persons and records by what a row says, among the stored and the staged ones."""

    def __init__(self, register: Register, neighbours: Neighbours) -> None:
        self.register = register
        self._neighbours = neighbours
        self._references = tuple(_references(register))
        self.segments = person_path(register) or []
        self._inside = _Inside(self.prefix)

    @property
    def prefix(self) -> str:
        """The beginning of the paths that speak of the person: `case.person.`."""
        return "".join(f"{segment}." for segment in self.segments)

    def said(self, values: Values) -> dict[str, Any]:
        """Returns what a row says of the person, by the rest of the path."""
        inside = self._inside
        return {
            rest: value for path, value in values.items() if (rest := inside[path]) and (value or not is_blank(value))
        }

    def person(self, said: Values) -> Values | None:
        """Returns the person a row's own words mean, or None if nobody is registered.

        Raises:
            BadValue: several people fit.
        """
        if said.get("id_number"):
            return _one(self._neighbours.others(PERSON, {"id_number": said["id_number"]}), said)
        if not said.get("name"):
            return None
        match = {"name": said["name"]}
        if said.get("residence_division"):
            match["residence_division"] = said["residence_division"]
        found: Sequence[Values] = self._neighbours.others(PERSON, match)
        if said.get("birth_date"):
            found = [one for one in found if one.get("birth_date") in (None, said["birth_date"])]
        return _one(found, said)

    def references(self, values: Values, *, wanted: bool = True) -> dict[str, Any]:
        """Returns the ids of the records a row names, by reference; the one entered with it is left out.

        Args:
            values: what the row says, by dotted path; a reference given by id is taken as it is.
            wanted: whether the row must say what it belongs to.

        Raises:
            BadValue: what is named is not found, or several are; or the row does not say what it belongs to.
        """
        found: dict[str, Any] = {}
        for one in self._references:
            said = under(values, f"{one.key.removesuffix('_id')}.")
            if not is_blank(values.get(one.key)):
                self._require(one, values[one.key])
            elif said:
                found[one.key] = self._meant(one, said, values)
            elif wanted and one.need is Need.DRAFT:
                raise BadValue(f"没有写明“{one.label}”，请填写")
        return found

    def record(self, values: Mapping[str, Any]) -> Values | None:
        """Returns the living record that these values speak of again, by the register's natural key.

        Of several stretches of time that is the open one, or the closed one that began on the same day.
        """
        key, span = self.register.natural_key, self.register.span
        if not key or values.get(key[0]) is None:
            return None
        found = self._neighbours.others(self.register.name, {one: values.get(one) for one in key})
        if span is None:
            return found[0] if found else None
        first, last = span
        again = [one for one in found if values.get(last) and one.get(last) and one.get(first) == values.get(first)]
        return next(iter(again or [one for one in found if not one.get(last)]), None)

    def _require(self, one: Field, held: Any) -> None:
        target = self.register.target(one.key)
        for identity in held if isinstance(held, tuple) else (held,):
            if self._neighbours.parent(target, identity) is None:
                raise BadValue(f"没有编号为 {identity} 的{one.label}")

    def _meant(self, one: Field, said: Values, values: Values) -> Any:
        target = REGISTERS[self.register.target(one.key)]
        if not isinstance(one.type, Refs):
            return self._identity(target, said, _day(self.register, values))
        names = [name for name in _BETWEEN_NAMES.split(str(said.get(target.caption) or "")) if name]
        found = (self._identity(target, {target.caption: name}, _day(self.register, values)) for name in names)
        return tuple(sorted(set(found))) or None

    def _identity(self, target: Register, said: Values, day: date | None) -> str:
        if target.name == PERSON:
            person = self.person(said)
            if person is None:
                name = said.get("name") or said.get("id_number") or ""
                raise BadValue(f"没有找到“{name}”的档案，请核对姓名、村和身份证号，或先导入花名册")
            return str(person["id"])
        match = {key: value for key, value in said.items() if "." not in key and key in target.by_key}
        if target.numbering is not None and target.numbering.key in match:
            return self._numbered(target, target.numbering.key, said)
        above = Finder(target, self._neighbours)
        whose = {key: above._meant(field, inner, said) for key, field, inner in _named(target, said)}
        found = self._neighbours.others(target.name, {**match, **whose})
        if not found:
            raise BadValue(self._nothing(target, said, whose))
        newest = _newest(target, found, day, of_one=bool(whose))
        if newest is None:
            shown = "、".join(str(one.get(target.caption) or "") for one in found[:NAMED])
            raise BadValue(f"有{len(found)}条{target.title}都符合：{shown}，请写得更明确")
        return str(newest["id"])

    def _numbered(self, target: Register, key: str, said: Values) -> str:
        """Finds a file by its number; a name beside it must be its holder's."""
        found = self._neighbours.others(target.name, {key: said[key]})
        if len(found) != 1:
            raise BadValue(self._nothing(target, {key: said[key]}, {}))
        name = said.get(f"{target.embeds.removesuffix('_id')}.name") if target.embeds else None
        holder = self._neighbours.parent(PERSON, found[0][target.embeds]) if name else None
        if holder is not None and holder["name"] != name:
            label = target.field(key).label
            raise BadValue(f"{label}{said[key]}是“{holder['name']}”的，表里写的是“{name}”，请核对")
        return str(found[0]["id"])

    def _nothing(self, target: Register, said: Values, whose: Values) -> str:
        name = under(said, Finder(target, self._neighbours).prefix).get("name") if whose else None
        if name and not any("." not in key for key in said):
            return f"“{name}”还没有建立“{target.title}”，请先导入或录入花名册"
        words = "、".join(str(_show(target, path, value)) for path, value in said.items())
        return f"没有找到{target.title}“{words}”，请核对，或先录入"


class _Inside(dict[str, str]):
    """What is left of a path behind its beginning; nothing where it begins otherwise."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, path: str) -> str:
        rest = path.removeprefix(self._prefix) if path.startswith(self._prefix) else ""
        self[path] = rest
        return rest


def under(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Returns the values of the paths that begin so, by the rest of the path; all of them for an empty beginning."""
    return {
        path.removeprefix(prefix): value
        for path, value in values.items()
        if path.startswith(prefix) and not is_blank(value)
    }


def _references(register: Register) -> Iterator[Field]:
    for one in register.fields:
        if isinstance(one.type, Ref | Refs) and one.key != register.embeds and one.typed:
            yield one


def _named(register: Register, said: Values) -> Iterator[tuple[str, Field, dict[str, Any]]]:
    for one in register.fields:
        inner = under(said, f"{one.key.removesuffix('_id')}.") if isinstance(one.type, Ref) else {}
        if inner:
            yield one.key, one, inner


def _day(register: Register, values: Values) -> date | None:
    """The day a record speaks of: the first day or month of its natural key."""
    for key in register.natural_key:
        if isinstance(register.field(key).type, Date) and values.get(key):
            return values[key]  # type: ignore[no-any-return]
        if isinstance(register.field(key).type, Month) and values.get(key):
            return first_day(values[key])
    return None


def _newest(target: Register, found: Sequence[Values], day: date | None, *, of_one: bool) -> Values | None:
    """The record that was open on the day; of one person's several the one that began last, else the only one."""
    fitting = list(found)
    if target.span is not None:
        first, last = target.span
        open_then = [one for one in found if not one.get(last) or (day and one[last] >= day)]
        fitting = sorted(open_then or found, key=lambda one: str(one.get(first) or ""))
        if of_one:
            return fitting[-1]
    return fitting[0] if len(fitting) == 1 else None


def _show(target: Register, path: str, value: Any) -> str:
    return target.show(path, value) if path in target.by_key else str(value)


def _one(found: Sequence[Values], said: Values) -> Values | None:
    if len(found) <= 1:
        return found[0] if found else None
    show = REGISTERS[PERSON].show
    places = "、".join(show("residence_division", one.get("residence_division")) for one in found[:NAMED])
    raise BadValue(f"有{len(found)}个“{said.get('name')}”（{places}），请填写身份证号以便区分")
