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
from anyue_desktop.core.types import Ref, Refs
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


def pointed_to(value: Any) -> tuple[str, ...]:
    """Returns the ids a reference holds, as value or as JSON: none, one or several."""
    held = value if isinstance(value, list | tuple) else (value,)
    return tuple(one for one in held if isinstance(one, str))


class NotInDictionary(ValueError):
    """A record whose table, keys or values the dictionary does not know."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Loading:
    """How the JSON of a register's records becomes values on one day, made once from the declaration."""

    texts: Mapping[str, Load]  # for a JSON text, by key
    others: Mapping[str, Load]  # for any other JSON, by key
    needed: Mapping[str, str]  # keys without which there is no record, with their labels


def load_record(register: str, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Returns the values of a record that came in a package.

    Raises:
        NotInDictionary: an unknown register or key, or a value its field does not allow.
    """
    if register not in REGISTERS:
        raise NotInDictionary(f"没有“{register}”这个登记册")
    loading = _loading(register, context)
    values: dict[str, Any] = {}
    for key, stored in data.items():
        load = loading.texts.get(key) if type(stored) is str else loading.others.get(key)
        if load is None:
            raise NotInDictionary(f"没有“{key}”这一项", key)
        values[key] = load(stored)
    if not loading.needed.keys() <= values.keys():
        missing = next(key for key in loading.needed if key not in values)
        raise NotInDictionary(f"“{loading.needed[missing]}”不能为空", missing)
    return values


@lru_cache(maxsize=2 * len(REGISTERS))
def _loading(register: str, context: Context) -> Loading:
    known = REGISTERS[register]
    texts: dict[str, Load] = {REASONS: _reasons}
    others: dict[str, Load] = {REASONS: _reasons}
    for key, _ in wire_form(register).dumps:
        texts[key] = others[key] = load = _load(known.field(key), context)
        if known.field(key).type.recurring:
            texts[key], others[key] = Remembered(load).__getitem__, _lists(load)
    return Loading(texts, others, {one.key: one.label for one in known.fields if one.need is Need.DRAFT})


def _load(field: Field, context: Context) -> Load:
    """Returns what reads and checks the JSON of one field."""
    kind = field.type

    def load(stored: Any) -> Any:
        try:
            value = kind.load(stored)
        except BadValue as error:
            raise NotInDictionary(f"“{field.label}”的值不合规定：{error}", field.key) from error
        sentence = kind.check(value, context)
        if sentence:
            raise NotInDictionary(sentence, field.key)
        return value

    return load


def _lists(load: Load) -> Load:
    """Remembers lists of texts; a list that holds anything else is looked at anew, for 1 would be found as true."""
    known = Remembered(lambda codes: load([*codes]))
    texts = {str}
    return lambda stored: (
        known[tuple(stored)] if type(stored) is list and texts.issuperset(map(type, stored)) else load(stored)
    )


def _reasons(stored: Any) -> dict[str, str]:
    if isinstance(stored, dict) and all(isinstance(reason, str) for reason in stored.values()):
        return stored
    raise NotInDictionary("情况说明的写法不合规定", REASONS)
