"""The dry run: reads every row against what is registered and says what would become of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.register import Entry, Neighbours, Register, Values
from anyue_desktop.core.remembered import Remembered
from anyue_desktop.db.neighbours import IndexedNeighbours
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.entries import WithEmbedded
from anyue_desktop.services.histories import FieldChange
from anyue_desktop.services.importing.finding import Finder
from anyue_desktop.services.importing.plan import ImportPlan, Outcome, PlannedChange, RowProblem
from anyue_desktop.services.query import PERSON
from anyue_desktop.sheets.row_reader import Finding, ReadRow
from anyue_desktop.sheets.table import Table

_MASKED = re.compile(r"[0-9]{4,6}\*+[0-9X]{4}")


class Planner:
    """Takes rows one by one; later rows see what earlier ones would do."""

    def __init__(
        self, plan: ImportPlan, neighbours: IndexedNeighbours, context: Context, defaults: Mapping[str, Any]
    ) -> None:
        self._plan = plan
        self._register = REGISTERS[plan.register]
        self._inner = columns.embedded(self._register)
        self._neighbours = neighbours
        self._context = context
        self._defaults = defaults
        self._finder = Finder(self._register, neighbours)
        self._caption_column = columns.column(self._register, self._register.caption)
        self._is_elsewhere = Remembered(partial(columns.is_elsewhere, self._register))  # by path
        self._seen: dict[str, int] = {}  # record id → number of the change that first met it

    def take(self, file: str, table: Table, read: ReadRow) -> None:
        """Decides about one row."""
        row = _Row(self._plan, file, table, read, self._register)
        for note in read.notes:
            row.say(note, Kind.WARNING)
        problems = [finding for finding in read.problems if not self._is_masked_name(finding)]
        if problems:
            for finding in problems:
                row.say(finding, Kind.ERROR)
            row.becomes(Outcome.BAD)
            return
        if self._is_unfilled(read):
            row.becomes(Outcome.SAME)
            return
        try:
            self._place(row, {**self._defaults, **read.values} if self._defaults else read.values, read.beside)
        except BadValue as error:
            row.refuse(str(error))

    def _is_masked_name(self, finding: Finding) -> bool:
        """Whether a cell shows the hidden number of somebody whom the row also names: a list handed to a village."""
        return columns.is_elsewhere(self._register, finding.path) and bool(_MASKED.fullmatch(finding.value))

    def _is_unfilled(self, read: ReadRow) -> bool:
        """Whether a row only says whose record it would be, as the lines of a list nobody has filled in yet."""
        return bool(read.values) and all(map(self._is_elsewhere.__getitem__, read.values))

    def _place(self, row: _Row, values: dict[str, Any], beside: Mapping[str, Any]) -> None:
        of_person = self._finder.said(values)
        about_somebody = self._inner is not None or self._register.name == PERSON
        person = self._finder.person(of_person) if about_somebody else None
        row.caption = self._caption(values, of_person, person)
        own = {path: value for path, value in values.items() if "." not in path}
        said = _Said({**own, **self._finder.references(values)}, own.keys() - beside)
        if self._inner is not None:
            whose = _Said(of_person, of_person.keys() - self._finder.said(beside))
            self._place_with_person(row, whose, said, person)
        elif about_somebody:
            self._stage_or_refuse(row, said, person)
        else:
            self._stage_or_refuse(row, said, self._finder.record(self._filled(said.values)))

    def _caption(self, values: Mapping[str, Any], said: Mapping[str, Any], person: Mapping[str, Any] | None) -> str:
        """What names the row to the officer: the record's own caption, or the person."""
        own = values.get(self._register.caption)
        if own is not None:
            return self._caption_column.field.type.show(own)
        return str(said.get("name") or (person or {}).get("name") or "")

    def _place_with_person(self, row: _Row, whose: _Said, said: _Said, person: Values | None) -> None:
        inner, register = self._inner, self._register
        if inner is None:
            return
        if person is not None and (first := self._first_met(person["id"])):
            row.say_row(f"“{row.caption}”与{first}是同一个人，只导入一次", Kind.WARNING)
            row.becomes(Outcome.DUPLICATE)
            return
        whole, person_changes = self._merged(inner, whose.values, person, self._neighbours)
        own = {**said.values, register.embeds: whole["id"]}
        known = self._finder.record(own) if person else None
        together = WithEmbedded(self._neighbours, inner.name, whole)
        record, own_changes = self._merged(register, own, known, together)
        problems = [_at(problem, self._finder.prefix) for problem in inner.faults(whole, whose.read)]
        problems.extend(register.faults(record, said.read))
        if row.tell(problems):
            row.becomes(Outcome.BAD)
            return
        self._seen[whole["id"]] = len(self._plan.changes)
        self._stage(inner, whole, new=person is None, changed=bool(person_changes))
        self._stage(register, record, new=known is None, changed=bool(own_changes))
        row.becomes(_outcome(known, person_changes + own_changes), person_changes + own_changes)

    def _first_met(self, identity: str) -> str:
        """Returns in words where a record was met before; nothing when it was not."""
        number = self._seen.get(identity)
        if number is None:
            return ""
        earlier = self._plan.changes[number]
        return f"“{earlier.sheet}”第{earlier.row}行"

    def _filled(self, own: Mapping[str, Any]) -> dict[str, Any]:
        return self._register.filled(own, self._context, self._neighbours)

    def _stage_or_refuse(self, row: _Row, said: _Said, known: Values | None) -> None:
        register = self._register
        record, changes = self._merged(register, said.values, known, self._neighbours)
        if known is not None and (first := self._first_met(known["id"])):
            row.say_row(f"与{first}重复，只导入一次", Kind.WARNING)
            row.becomes(Outcome.DUPLICATE)
            return
        if row.tell(register.faults(record, said.read)):
            row.becomes(Outcome.BAD)
            return
        self._seen[record["id"]] = len(self._plan.changes)
        self._stage(register, record, new=known is None, changed=bool(changes))
        row.becomes(_outcome(known, changes), changes)

    def _merged(
        self, register: Register, said: Mapping[str, Any], known: Mapping[str, Any] | None, neighbours: Neighbours
    ) -> tuple[Entry, list[FieldChange]]:
        """Returns the record as it would be, and what that changes; blank cells change nothing."""
        if known is None:
            fresh = {**register.defaults(), **said, "id": new_id(), "township_code": self._context.owner}
            return Entry(register, fresh, self._context, neighbours).filled(), []
        result = Entry(register, {**known, **said}, self._context, neighbours).filled()
        changed = [
            one
            for one in register.fields
            if one.typed and one.key in said and known.get(one.key) != result.get(one.key)
        ]
        return result, [_change(register, one, known, result) for one in changed]

    def _stage(self, register: Register, values: Values, *, new: bool, changed: bool) -> None:
        staged = self._plan.staged
        if new:
            staged.fresh.add(values["id"])
        if new or changed:
            if register.name not in staged.rows:
                staged.rows[register.name], staged.keys[register.name] = {}, self._neighbours.keys(register.name)
            staged.rows[register.name][values["id"]] = self._neighbours.put(register.name, values)


class _Said(NamedTuple):
    """What a row says of a record, and what of it the cells of its own columns say: that has been looked at."""

    values: dict[str, Any]
    read: Collection[str]


class _Row:
    """One row on its way into the plan."""

    def __init__(self, plan: ImportPlan, file: str, table: Table, read: ReadRow, register: Register) -> None:
        self._plan, self._file, self._read, self._register = plan, file, read, register
        self._sheet = table.sheet.name
        self._header = table.header
        self.caption: str | None = None  # the first name in the row, as long as nothing better is known

    def say(self, finding: Finding, kind: Kind) -> None:
        """Tells about one cell."""
        self._problem(finding.letter, finding.label, finding.value, finding.message, kind)

    def say_row(self, message: str, kind: Kind) -> None:
        """Tells about the whole row."""
        self._problem("", "", "", message, kind)

    def refuse(self, message: str) -> None:
        """Refuses the row with one reason."""
        self.say_row(message, Kind.ERROR)
        self.becomes(Outcome.BAD)

    def tell(self, problems: Iterable[Problem]) -> bool:
        """Tells what the rules found (信息不全 is no matter of an import); returns whether the row is refused."""
        refused = False
        for problem in problems:
            if problem.kind is Kind.MISSING:
                continue
            refused = refused or problem.kind is Kind.ERROR
            message = f"{problem.message}，{problem.hint}" if problem.hint else problem.message
            label = columns.column(self._register, problem.field).label if problem.field else ""
            letter = self._header.letters.get(problem.field, "") if self._header else ""
            self._problem(letter, label, problem.value, message, problem.kind)
        return refused

    def becomes(self, outcome: Outcome, changes: Sequence[FieldChange] = ()) -> None:
        """Writes down what becomes of the row."""
        caption = self.caption
        if caption is None:
            caption = next((str(value) for path, value in self._read.values.items() if path.endswith("name")), "")
        self._plan.changes.append(PlannedChange(self._sheet, self._read.row.number, caption, outcome, changes or ()))

    def _problem(self, letter: str, label: str, value: str, message: str, kind: Kind) -> None:
        number = self._read.row.number
        self._plan.problems.append(RowProblem(self._file, self._sheet, number, letter, label, value, message, kind))


def _at(problem: Problem, prefix: str) -> Problem:
    path = f"{prefix}{problem.field}" if problem.field else ""
    return Problem(problem.kind, problem.message, path, problem.value, problem.hint, problem.code)


def _change(register: Register, one: Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> FieldChange:
    before, after = register.show(one.key, old.get(one.key)), register.show(one.key, new.get(one.key))
    return FieldChange(one.key, one.label, before, after)


def _outcome(known: Mapping[str, Any] | None, changes: list[FieldChange]) -> Outcome:
    if known is None:
        return Outcome.NEW
    return Outcome.CHANGED if changes else Outcome.SAME
