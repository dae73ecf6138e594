"""What a command says: one JSON object for scripts, or lines and a table for people."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table

DONE, LOOK, USAGE, REFUSED, UNUSABLE, BUG, STOPPED = 0, 1, 2, 3, 4, 70, 130
OK = "OK"


@dataclass(frozen=True)
class Grid:
    """A table for people: headings and rows of texts."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """The outcome of a command; `notes` go to standard error whatever the form."""

    facts: Mapping[str, Any]
    lines: Sequence[str] = ()
    grid: Grid | None = None
    notes: Sequence[str] = field(default=())
    code: int = DONE

    STATUS: ClassVar[str] = "status"

    def show(self, *, as_json: bool) -> None:
        """Writes the answer: facts as the one JSON object on standard output, or the words."""
        for note in self.notes:
            say(note)
        if as_json:
            sys.stdout.write(json.dumps({self.STATUS: OK, **self.facts}, ensure_ascii=False, default=_plain) + "\n")
            return
        for line in self.lines:
            sys.stdout.write(line + "\n")
        if self.grid is not None and self.grid.rows:
            _draw(self.grid)


def say(text: str) -> None:
    """Tells the person something beside the answer."""
    sys.stderr.write(text + "\n")


def code_of(trouble: object) -> int:
    """Returns the exit code of a finished command: something to look at, or nothing."""
    return LOOK if trouble else DONE


def facts_of(value: Any, *keys: str) -> dict[str, Any]:
    """Returns the named fields of a dataclass, or all of them."""
    names = keys or tuple(one.name for one in dataclasses.fields(value))
    return {name: getattr(value, name) for name in names}


def grid_of(headings: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Grid:
    """Returns a table of the keys of `headings`, in their order."""
    return Grid(list(headings.values()), [[str(row[key]) for key in headings] for row in rows])


def _draw(grid: Grid) -> None:
    """Draws lines on a terminal; anywhere else a program reads columns parted by tabs."""
    if not sys.stdout.isatty():
        for row in (grid.headings, *grid.rows):
            sys.stdout.write("\t".join(row) + "\n")
        return
    table = Table()
    for number, heading in enumerate(grid.headings):
        width = max(len(row[number]) for row in grid.rows) if number == 0 else None
        table.add_column(heading, overflow="fold", min_width=width)  # what names a row stays whole, to be copied
    for row in grid.rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return facts_of(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)
