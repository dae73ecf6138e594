"""A register: its fields and its rules, declared once and read by every surface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_checks import FieldChecks
from anyue_desktop.core.field_type import NOTHING, Context
from anyue_desktop.core.problem import Kind, Problem

Values = Mapping[str, Any]


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


class Entry(dict[str, Any]):
    """A record under check: its values, the day, and its neighbours; a field it does not have is blank."""

    __slots__ = ("_parents", "context", "neighbours", "register")

    def __init__(
        self, register: Register, values: Values, context: Context, neighbours: Neighbours | None = None
    ) -> None:
        super().__init__(values)
        self.register = register
        self.context = context
        self.neighbours = neighbours or Alone()
        self._parents: dict[str, Values | None] = {}

    def __missing__(self, key: str) -> None:
        return None

    def parent(self, key: str) -> Values | None:
        """Returns the record that a reference field points to, or None."""
        identity = self.get(key)
        if not identity:
            return None
        if identity not in self._parents:
            self._parents[identity] = self.neighbours.parent(self.register.target(key), identity)
        return self._parents[identity]

    def filled(self) -> Self:
        """Puts in what follows from the values, each filling seeing what those before it gave; returns itself."""
        for filling in self.register.fillings:
            for key, value in filling(self).items():
                if key in self.register.automatic or is_blank(self[key]):
                    self[key] = value
        return self

    def others(self, register: str = "", **match: Any) -> list[Values]:
        """Returns the other living records with these values, never the record itself."""
        found = self.neighbours.others(register or self.register.name, match)
        return [row for row in found if row.get("id") != self.get("id")] if found else []

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
        shown = self.register.show(key, self.get(key))
        changes = {path: value for path, value in suggestion.items() if self.get(path) != value}
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


_REMINDERS: set[Rule] = set()


def only_missing(rule: Rule) -> Rule:
    """Marks a rule that says nothing but 信息不全: an import, which asks for nothing but what is wrong, skips it."""
    _REMINDERS.add(rule)
    return rule


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
    unasked: Unasked | None = None  # fields that say nothing of a record like this one
    role: str = ""  # who may see it: operators without this role neither see nor write it
    keeper: str = TOWNSHIP  # which edition enters it: a township's goes to the county, the county's stays there

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by their keys."""
        return {one.key: one for one in self.fields}

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return {one.key: one.default for one in self.fields if one.default is not None}

    @cached_property
    def automatic(self) -> frozenset[str]:
        """The fields the program fills."""
        return frozenset(one.key for one in self.fields if one.need is Need.AUTO)

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
        return self._targets[key]

    @cached_property
    def _targets(self) -> dict[str, str]:
        return {one.key: target for one in self.fields if (target := getattr(one.type, "target", ""))}

    def show(self, key: str, value: Any) -> str:
        """Returns the text of a field's value; nothing shows as an empty text."""
        known = self.by_key.get(key)
        if known is None or value is None:
            return ""
        return known.type.show(value)

    def defaults(self) -> dict[str, Any]:
        """Returns the values a new record starts with."""
        return dict(self._defaults)

    def filled(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> dict[str, Any]:
        """Returns the values with what follows from them: automatic fields anew, others only where blank."""
        return dict(Entry(self, values, context, neighbours).filled())

    def left_out(self, values: Values) -> set[str]:
        """Returns the fields a record like this one is not asked for; one that holds a value is always asked for."""
        keys = self.unasked(values) if self.unasked is not None else ()
        return {key for key in keys if is_blank(values.get(key))}

    def check(self, values: Values, context: Context, neighbours: Neighbours | None = None) -> list[Problem]:
        """Returns all problems of one record: the one rule engine for form, import, report and reception."""
        problems = list(_field_problems(Entry(self, values, context)))
        if not any(problem.kind is Kind.ERROR for problem in problems):
            problems.extend(self.check_rules(values, context, neighbours))
        return problems

    def faults(self, entry: Entry, read: Collection[str] = ()) -> list[Problem]:
        """Returns what is wrong with a record, as `check` does but for every 信息不全: an import asks for nothing.

        `read` names the fields whose values their types have just read: what is read has been looked at.
        """
        unread = {key: entry[key] for key in entry.keys() - read}
        if self._is_whole(entry) and self.field_checks.all_pass(unread, entry.context):
            found: list[Problem] = []
            for rule in self._faulting_rules:
                found.extend(rule(entry))
        else:
            found = self.check(entry, entry.context, entry.neighbours)
        return [one for one in found if one.kind is not Kind.MISSING] if found else found

    def _is_whole(self, values: Values) -> bool:
        for key in self._needed:
            value = values.get(key)
            if not value and is_blank(value):
                return False
        return True

    @cached_property
    def _faulting_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule not in _REMINDERS)

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
        entry = Entry(self, values, context, neighbours)
        for rule in self.rules:
            yield from rule(entry)


def _field_problems(entry: Entry) -> Iterator[Problem]:
    checks = entry.register.field_checks
    for one in entry.register.fields:
        value = entry[one.key]
        if value is None or (not value and is_blank(value)):  # nearly always without the call
            if one.need is Need.DRAFT:
                yield entry.error(f"needs_{one.key}", f"“{one.label}”不能为空", one.key, "请填写")
            elif one.need is Need.REPORT:
                yield entry.missing(one.key)
            continue
        sentence = checks.sentence(one.key, value, entry.context)
        if sentence:
            yield entry.error(f"bad_{one.key}", sentence, one.key)
