"""Records as they travel: which fields go into a package, and how they come out of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.register import is_blank
from anyue_desktop.core.remembered import Remembered
from anyue_desktop.core.types import Codes, Ref, Refs
from anyue_desktop.registers import RECORDS, REGISTERS

REASONS = "explanations"
Load = Callable[[Any], Any]


@dataclass(frozen=True)
class WireForm:
    """How the records of one register travel."""

    dumps: tuple[tuple[str, Callable[[Any], Any]], ...]
    references: tuple[tuple[str, str], ...]  # key, register it points to

    def dump(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the JSON object of a record: only what is filled in."""
        data: dict[str, Any] = {}
        for key, dump in self.dumps:
            value = values[key]
            if value or not is_blank(value):  # nearly always without the call
                data[key] = dump(value)
        if values.get(REASONS):
            data[REASONS] = values[REASONS]
        return data


@cache
def wire_form(register: str) -> WireForm:
    """Returns the form of a register; derived and local fields do not travel."""
    stored = {column.key for column in RECORDS[register].__table__.columns}
    fields = [one for one in REGISTERS[register].fields if one.exported and one.key in stored]
    return WireForm(
        dumps=tuple((one.key, one.type.dump) for one in fields),
        references=tuple((one.key, one.type.target) for one in fields if isinstance(one.type, Ref | Refs)),
    )


@cache
def emptied(register: str) -> dict[str, None]:
    """Returns the fields a newer revision may have emptied: what is not filled in does not travel."""
    columns = RECORDS[register].__table__.columns
    return {key: None for key, _ in wire_form(register).dumps if columns[key].nullable}


def pointed_to(value: Any) -> tuple[str, ...]:
    """Returns the ids a reference holds, as value or as JSON: none, one or several."""
    if type(value) is str:
        return (value,)
    held = value if isinstance(value, list | tuple) else (value,)
    return tuple(one for one in held if isinstance(one, str))


class NotInDictionary(ValueError):
    """A record whose table, keys or values the dictionary does not know."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def load_record(register: str, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Returns the values of a record that came in a package.

    Raises:
        NotInDictionary: an unknown register or key, or a value its field does not allow.
    """
    try:
        loads = _loads_of(register, context, tuple(data))
        return {key: load(stored) for key, load, stored in zip(data, loads, data.values(), strict=True)}
    except (NotInDictionary, TypeError, KeyError):  # what is wrong is said in the order of the record
        return load_plainly(register, data, context)


def load_plainly(register: str, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Returns what `load_record` does, field by field and without remembering anything.

    Raises:
        NotInDictionary: as `load_record`.
    """
    if register not in REGISTERS:
        raise NotInDictionary(f"没有“{register}”这个登记册")
    known = _loads(register, context)
    values: dict[str, Any] = {}
    for key, stored in data.items():
        if key not in known:
            raise NotInDictionary(f"没有“{key}”这一项", key)
        values[key] = known[key](stored)
    for one in REGISTERS[register].fields:
        if one.need is Need.DRAFT and one.key not in values:
            raise NotInDictionary(f"“{one.label}”不能为空", one.key)
    return values


@lru_cache(maxsize=2048)  # records of one register have much the same fields filled in
def _loads_of(register: str, context: Context, keys: tuple[str, ...]) -> tuple[Load, ...]:
    """Returns what loads a record with these keys, made once from the declaration.

    Raises:
        KeyError: the register or a key is unknown.
        NotInDictionary: a key is missing.
    """
    known = _remembering(register, context)
    missing = {one.key for one in REGISTERS[register].fields if one.need is Need.DRAFT}.difference(keys)
    if missing:
        raise NotInDictionary(str(missing))
    return tuple(known[key] for key in keys)


@lru_cache(maxsize=2 * len(REGISTERS))
def _remembering(register: str, context: Context) -> Mapping[str, Load]:
    loads = dict(_loads(register, context))
    for one in REGISTERS[register].fields:
        if one.key in loads and one.type.recurring:
            load = loads[one.key]
            loads[one.key] = _lists(load) if isinstance(one.type, Codes) else Remembered(load).__getitem__
    return loads


@lru_cache(maxsize=2 * len(REGISTERS))
def _loads(register: str, context: Context) -> Mapping[str, Load]:
    fields = (REGISTERS[register].field(key) for key, _ in wire_form(register).dumps)
    return {one.key: _load(one, context) for one in fields} | {REASONS: _reasons}


def _load(field: Field, context: Context) -> Load:
    """Returns what reads and checks the JSON of one field."""
    load, check, needed = field.type.load, field.type.check, field.need is Need.DRAFT

    def loaded(stored: Any) -> Any:
        try:
            value = load(stored)
        except BadValue as error:
            raise NotInDictionary(f"“{field.label}”的值不合规定：{error}", field.key) from error
        sentence = check(value, context)
        if sentence or (needed and is_blank(value)):
            raise NotInDictionary(sentence or f"“{field.label}”不能为空", field.key)
        return value if value != () else None  # an empty set is kept as nothing

    return loaded


def _lists(load: Load) -> Load:
    """Remembers lists; only lists of texts are ever allowed, and to a text nothing but that text is equal."""
    known = Remembered(lambda codes: load([*codes]))
    return lambda stored: known[tuple(stored)] if type(stored) is list else load(stored)


def _reasons(stored: Any) -> dict[str, str] | None:
    if isinstance(stored, dict) and all(isinstance(reason, str) for reason in stored.values()):
        return stored or None
    raise NotInDictionary("情况说明的写法不合规定", REASONS)
