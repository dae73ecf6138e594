"""A register: its fields and its rules, declared once and read by every surface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import NOTHING, Context
from anyue_desktop.core.problem import Kind, Problem

Values = Mapping[str, Any]
REMEMBERED = 5_000  # values per field
_REPEATING = frozenset({str, tuple, date, int, bool})  # kinds of values that come again: codes, names, days


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


@dataclass(slots=True)  # not frozen: one is made for every record, and freezing makes that three times slower
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

    def error(self, code: str, message: str, key: str = "", hint: str = "", *, suggestion: Values = NOTHING) -> Problem:
        """Returns a 逻辑错误 pointing to a field; `suggestion` are the values that would mend it."""
        return self._problem(Kind.ERROR, code, message, key, hint, suggestion)

    def warning(
        self, code: str, message: str, key: str = "", hint: str = "", *, suggestion: Values = NOTHING
    ) -> Problem:
        """Returns a 提示 that may be kept with a written reason; `suggestion` are the values that would mend it."""
        return self._problem(Kind.WARNING, code, message, key, hint, suggestion)

    def missing(self, key: str) -> Problem:
        """Returns the 信息不全 of a field a rule wants filled."""
        label = self.register.field(key).label
        return Problem(Kind.MISSING, f"“{label}”还没有填", key, "", "", f"missing_{key}")

    def _problem(self, kind: Kind, code: str, message: str, key: str, hint: str, suggestion: Values) -> Problem:
        shown = self.register.show(key, self.values.get(key))
        changes = {path: value for path, value in suggestion.items() if self.values.get(path) != value}
        return Problem(kind, message, key, shown, hint, code, changes)


TOWNSHIP, COUNTY = "township", "county"  # who keeps registers: an edition of the programme, a level of divisions
OWNER = "township_code"  # the field that says whose a record is

Rule = Callable[[Entry], Iterable[Problem]]
Filling = Callable[[Entry], Values]
Unasked = Callable[[Values], Collection[str]]

_HINTS: set[Rule] = set()


def only_hints(rule: Rule) -> Rule:
    """Marks a rule that says no 逻辑错误: whoever looks for errors alone, as the county does, need not ask it."""
    _HINTS.add(rule)
    return rule


@dataclass(frozen=True)
class Numbering:
    """How a register numbers its records: a prefix made from the record, then a serial of fixed width."""

    key: str
    prefix: Callable[[Values], str]
    width: int


class FieldChecks:
    """The fields' own checks; a value that passed on a day in a unit passes again without being looked at."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._kinds = {one.key: one.type for one in fields}
        self._kept: tuple[Context | None, dict[str, set[Any]]] = (None, {})

    def sentence(self, key: str, value: Any, context: Context) -> str | None:
        """Returns the sentence that says why a field's value is not allowed, or None."""
        passed = self.passed(context)[key]
        if value.__class__ not in _REPEATING:
            return self._kinds[key].check(value, context)
        if value in passed:
            return None
        sentence = self._kinds[key].check(value, context)
        if not sentence and len(passed) < REMEMBERED:
            passed.add(value)
        return sentence

    def all_pass(self, values: Values, context: Context) -> bool:
        """Whether no value among these is wrong by itself."""
        passed = self.passed(context)
        for key, value in values.items():
            if value is None or (known := passed.get(key)) is None:
                continue
            if value.__class__ in _REPEATING and value in known:
                continue
            if not is_blank(value) and self.sentence(key, value, context):
                return False
        return True

    def passed(self, context: Context) -> dict[str, set[Any]]:
        """Returns what passed in this context, by field."""
        known, passed = self._kept
        if known is not context and known != context:
            passed = {key: set() for key in self._kinds}
            self._kept = (context, passed)
        return passed


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
    unasked: Unasked | None = None  # fields that say nothing of a record like this one
    role: str = ""  # who may see it: operators without this role neither see nor write it
    keeper: str = TOWNSHIP  # which edition enters it: a township's goes to the county, the county's stays there

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by their keys."""
        return {one.key: one for one in self.fields}

    def field(self, key: str) -> Field:
        """Returns the field with this key."""
        return self.by_key[key]

    @cached_property
    def field_checks(self) -> FieldChecks:
        """The checks each field makes by itself."""
        return FieldChecks(self.fields)

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.fields if one.need is Need.DRAFT)

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
        entry = Entry(self, result, context, neighbours or Alone())  # each filling sees what those before it gave
        for filling in self.fillings:
            for key, value in filling(entry).items():
                if self.by_key[key].need is Need.AUTO or is_blank(result.get(key)):
                    result[key] = value
        return result

    def left_out(self, values: Values) -> set[str]:
        """Returns the fields a record like this one is not asked for; one that holds a value is always asked for."""
        keys = self.unasked(values) if self.unasked is not None else ()
        return {key for key in keys if is_blank(values.get(key))}

    def check(
        self, values: Values, context: Context, neighbours: Neighbours | None = None, *, with_missing: bool = True
    ) -> list[Problem]:
        """Returns all problems of one record: the one rule engine for form, import, report and reception.

        Without `with_missing` the fields' own 信息不全 are left out: an import asks for nothing but what is wrong.
        """
        if not with_missing and self._is_sound(values, context):
            return [one for one in self.check_rules(values, context, neighbours) if one.kind is not Kind.MISSING]
        found = _field_problems(Entry(self, values, context))
        problems = [one for one in found if with_missing or one.kind is not Kind.MISSING]
        if not any(problem.kind is Kind.ERROR for problem in problems):
            problems.extend(self.check_rules(values, context, neighbours))
        return problems

    def _is_sound(self, values: Values, context: Context) -> bool:
        """Whether no field by itself is wrong."""
        if any(is_blank(values.get(key)) for key in self._needed):
            return False
        return self.field_checks.all_pass(values, context)

    @cached_property
    def strict_rules(self) -> tuple[Rule, ...]:
        """The rules that may say a 逻辑错误."""
        return tuple(rule for rule in self.rules if rule not in _HINTS)

    def first_error(self, values: Values, context: Context, neighbours: Neighbours) -> Problem | None:
        """Returns the first 逻辑错误 that `check_rules` would give, or None."""
        entry = Entry(self, values, context, neighbours)
        for rule in self.strict_rules:
            for problem in rule(entry):
                if problem.kind is Kind.ERROR:
                    return problem
        return None

    def check_rules(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> Iterator[Problem]:
        """Gives what the rules say of a record whose fields are each in order."""
        entry = Entry(self, values, context, neighbours or Alone())
        for rule in self.rules:
            yield from rule(entry)


def _field_problems(entry: Entry) -> Iterator[Problem]:
    values, context = entry.values, entry.context
    checks = entry.register.field_checks
    for one in entry.register.fields:
        value = values.get(one.key)
        if value is None or (not value and is_blank(value)):  # nearly always without the call
            if one.need is Need.DRAFT:
                yield entry.error(f"needs_{one.key}", f"“{one.label}”不能为空", one.key, "请填写")
            elif one.need is Need.REPORT:
                yield entry.missing(one.key)
            continue
        sentence = checks.sentence(one.key, value, context)
        if sentence:
            yield entry.error(f"bad_{one.key}", sentence, one.key)
