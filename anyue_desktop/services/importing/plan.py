"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from anyue_desktop.core.problem import Kind
from anyue_desktop.services.histories import FieldChange
from anyue_desktop.sheets.marks import Mark
from anyue_desktop.sheets.raw import RawWorkbook
from anyue_desktop.sheets.table import Table


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A sentence about a row or one of its cells."""

    file: str
    sheet: str
    row: int
    column: str  # letter, empty for the whole row
    field: str  # label
    value: str
    message: str
    kind: Kind


@dataclass(frozen=True)
class SheetPlan:
    """How one sheet was understood: header → path, label, sample."""

    file: str
    sheet: str
    header_row: int
    mapping: list[tuple[str, str | None, str, str]]
    unknown: list[str]
    hidden_rows: int
    rows: int
    message: str = ""
    remembered: tuple[str, ...] = ()  # headers read as the officer said at an earlier import


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What becomes of one row; `fields` are the values that would change."""

    sheet: str
    row: int
    caption: str
    kind: Outcome
    fields: Sequence[FieldChange] = ()


@dataclass(frozen=True)
class Source:
    """A file as read and understood, kept so that it can be given back with marks."""

    book: RawWorkbook
    tables: Sequence[Table]


@dataclass
class Staged:
    """The values that would be written, by register, as narrow as they can be kept."""

    keys: dict[str, Sequence[str]] = field(default_factory=dict)  # register → columns; of later ones a row has none
    rows: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=dict)  # register → id → values
    fresh: set[str] = field(default_factory=set)  # ids of records that do not exist yet

    def values(self, register: str, *, fresh: bool) -> Iterator[dict[str, Any]]:
        """Gives the records to insert, or those to change."""
        keys = self.keys.get(register, ())
        for identity, row in self.rows.get(register, {}).items():
            if (identity in self.fresh) is fresh:
                yield dict(zip(keys, row, strict=False))


@dataclass
class ImportPlan:
    """The whole dry run."""

    register: str
    files: list[Path]
    choices: dict[str, str] = field(default_factory=dict)  # what the officer said of headers, this time
    operation: int = 0  # the newest entry of the operation log when the records were looked at
    sheets: list[SheetPlan] = field(default_factory=list)
    changes: list[PlannedChange] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    staged: Staged = field(default_factory=Staged)

    def marks(self, file: str) -> dict[str, list[Mark]]:
        """Returns what is to be said in a file when it goes back, by sheet: those with anything wrong."""
        found: dict[str, list[Mark]] = {}
        for one in self.problems:
            if one.file == file:
                message = f"{one.field}：{one.message}" if one.field else one.message
                mark = Mark(one.row, message, one.column, soft=one.kind is not Kind.ERROR)
                found.setdefault(one.sheet, []).append(mark)
        return {sheet: marks for sheet, marks in found.items() if any(not mark.soft for mark in marks)}

    def _count(self, outcome: Outcome) -> int:
        return sum(change.kind is outcome for change in self.changes)

    @property
    def new(self) -> int:
        """Rows that make a new record."""
        return self._count(Outcome.NEW)

    @property
    def changed(self) -> int:
        """Rows that change a record."""
        return self._count(Outcome.CHANGED)

    @property
    def same(self) -> int:
        """Rows that say what is already known."""
        return self._count(Outcome.SAME)

    @property
    def bad(self) -> int:
        """Rows that are refused, each with a reason."""
        return self._count(Outcome.BAD)

    @property
    def duplicates(self) -> int:
        """Rows that repeat a person of an earlier row."""
        return self._count(Outcome.DUPLICATE)


@dataclass(frozen=True)
class ImportResult:
    """What an import did."""

    batch: str
    new: int
    changed: int
    same: int
    bad: int
    duplicates: int
    problems: list[RowProblem]
