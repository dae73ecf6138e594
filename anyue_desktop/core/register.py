"""A register: its fields and its rules, declared once and read by every surface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import Context, FieldType
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.remembered import Remembered

Values = Mapping[str, Any]
Check = Callable[[Any], str | None]

DAYS_AT_ONCE = 4  # days, townships and years of sheets whose answers are kept
_HASHED = frozenset({str, tuple, date})  # no two of these values are equal that are not the same


def is_blank(value: Any) -> bool:
    """Tells whether a value says nothing."""
    return value is None or value == () or value == ""


class Neighbours(Protocol):
    """Finds the records a rule needs beside the one it checks."""

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the living record of a register with this id, or None."""

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns the living records of a register whose fields equal `match`."""


class Alone:
    """Neighbours of a record that has none."""

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns None."""
        return None

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns nothing."""
        return ()


@dataclass(frozen=True)
class Entry:
    """A record under check: its values, the day, and its neighbours."""

    register: Register
    values: Values
    context: Context
    neighbours: Neighbours = field(default_factory=Alone)

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def parent(self, key: str) -> Values | None:
        """Returns the record that a reference field points to, or None."""
        identity = self.values.get(key)
        if not identity:
            return None
        return self.neighbours.parent(self.register.target(key), identity)

    def others(self, register: str = "", **match: Any) -> list[Values]:
        """Returns the other living records with these values, never the record itself."""
        found = self.neighbours.others(register or self.register.name, match)
        return [row for row in found if row.get("id") != self.values.get("id")]

    def error(self, code: str, message: str, key: str = "", hint: str = "") -> Problem:
        """Returns a 逻辑错误 pointing to a field."""
        return self._problem(Kind.ERROR, code, message, key, hint)

    def warning(self, code: str, message: str, key: str = "", hint: str = "") -> Problem:
        """Returns a 提示 that may be kept with a written reason."""
        return self._problem(Kind.WARNING, code, message, key, hint)

    def missing(self, key: str) -> Problem:
        """Returns the 信息不全 of a field a rule wants filled."""
        label = self.register.field(key).label
        return Problem(Kind.MISSING, f"“{label}”还没有填", key, "", "", f"missing_{key}")

    def _problem(self, kind: Kind, code: str, message: str, key: str, hint: str) -> Problem:
        return Problem(kind, message, key, self.register.show(key, self.values.get(key)), hint, code)


Rule = Callable[[Entry], Iterable[Problem]]
Filling = Callable[[Entry], Values]


@dataclass(frozen=True)
class Numbering:
    """How a register numbers its records: a prefix made from the record, then a serial of fixed width."""

    key: str
    prefix: Callable[[Values], str]
    width: int


@dataclass(frozen=True)
class Register:
    """A table of the programme: fields, rules, and how it shows itself."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    version: int = 1
    sheet: tuple[str, ...] = ()  # dotted paths of the columns in lists and workbooks
    fillings: tuple[Filling, ...] = ()  # what the record's own values and neighbours say of its other fields
    order: tuple[str, ...] = ()  # dotted paths of the natural order; "-" before a path turns it round
    caption: str = "id"  # dotted path of the text that names a record to a person
    embeds: str = ""  # the reference whose record is entered together with this one, found or created
    numbering: Numbering | None = None
    natural_key: tuple[str, ...] = ()  # fields that tell one record of the same person from another
    span: tuple[str, str] | None = None  # fields of the first and last day; a record without a last day is open
    role: str = ""  # who may see it: operators without this role neither see nor write it

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by their keys."""
        return {one.key: one for one in self.fields}

    def field(self, key: str) -> Field:
        """Returns the field with this key."""
        return self.by_key[key]

    def checks(self, context: Context) -> Sequence[tuple[Field, Check]]:
        """Returns what checks the value of each field."""
        return self._checks[context]

    @cached_property
    def _checks(self) -> Remembered[Sequence[tuple[Field, Check]]]:
        return Remembered(lambda context: [(one, _check_of(one.type, context)) for one in self.fields], DAYS_AT_ONCE)

    def target(self, key: str) -> str:
        """Returns the name of the register a reference field points to."""
        return str(getattr(self.by_key[key].type, "target"))  # noqa: B009 - only references have it

    def show(self, key: str, value: Any) -> str:
        """Returns the text of a field's value; nothing shows as an empty text."""
        known = self.by_key.get(key)
        if known is None or value is None:
            return ""
        return known.type.show(value)

    def defaults(self) -> dict[str, Any]:
        """Returns the values a new record starts with."""
        return {one.key: one.default for one in self.fields if one.default is not None}

    def filled(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> dict[str, Any]:
        """Returns the values with what follows from them: automatic fields anew, others only where blank."""
        result = dict(values)
        for filling in self.fillings:
            for key, value in filling(Entry(self, result, context, neighbours or Alone())).items():
                if self.by_key[key].need is Need.AUTO or is_blank(result.get(key)):
                    result[key] = value
        return result

    def check(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> list[Problem]:
        """Returns all problems of one record: the one rule engine for form, import, report and reception."""
        problems = list(_field_problems(Entry(self, values, context)))
        if not any(problem.kind is Kind.ERROR for problem in problems):
            problems.extend(self.check_rules(values, context, neighbours))
        return problems

    def check_rules(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> Iterator[Problem]:
        """Gives what the rules say of a record whose fields are each in order."""
        entry = Entry(self, values, context, neighbours or Alone())
        for rule in self.rules:
            yield from rule(entry)


def _field_problems(entry: Entry) -> Iterator[Problem]:
    values = entry.values
    for one, check in entry.register.checks(entry.context):
        value = values.get(one.key)
        if value is None or (not value and is_blank(value)):  # nearly always without the call
            if one.need is Need.DRAFT:
                yield entry.error(f"needs_{one.key}", f"“{one.label}”不能为空", one.key, "请填写")
            elif one.need is Need.REPORT:
                yield entry.missing(one.key)
            continue
        sentence = check(value)
        if sentence:
            yield entry.error(f"bad_{one.key}", sentence, one.key)


def _check_of(kind: FieldType[Any], context: Context) -> Check:
    """Returns what checks the values of one field on one day; answers about codes, days and villages are kept."""
    if not kind.recurring:
        return lambda value: kind.check(value, context)
    known: Remembered[str | None] = Remembered(lambda value: kind.check(value, context))
    return lambda value: known[value] if type(value) in _HASHED else kind.check(value, context)
