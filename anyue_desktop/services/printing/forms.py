"""Forms: one declaration says which boxes a page has and what of a record stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from anyue_desktop.core.sheet import cell_text
from anyue_desktop.ledgers.form import Entry, FormRow, Label, Option, Part, Ticks
from anyue_desktop.services.printing.telling import Row, Told

LABEL = 24.0
WIDTH = 180.0
SIGN_MM = 14.0


class Line(Protocol):
    """One row of boxes."""

    @property
    def paths(self) -> tuple[str, ...]:
        """What of a record it reads."""

    def boxes(self, row: Row) -> FormRow:
        """Returns it filled in."""


@dataclass(frozen=True)
class Box:
    """A label and a value, or room to write one."""

    label: str
    told: Told
    share: float = 1


@dataclass(frozen=True)
class Boxes:
    """Labels of one width, and values that share what is left."""

    items: tuple[Box, ...]
    least_mm: float = 8.0
    stretch: float = 0.0

    @property
    def paths(self) -> tuple[str, ...]:
        """What of a record it reads."""
        return tuple(path for one in self.items for path in one.told.paths)

    def boxes(self, row: Row) -> FormRow:
        """Returns it filled in."""
        room = (WIDTH - LABEL * len(self.items)) / sum(one.share for one in self.items)
        parts: list[Part] = []
        for one in self.items:
            parts += [Label(one.label, LABEL), Entry(cell_text(one.told.tell(row)), one.share * room)]
        return FormRow(tuple(parts), self.least_mm, self.stretch)


@dataclass(frozen=True)
class Answers:
    """The answers of a coded field to tick, with a line for a remark where one is wanted."""

    label: str
    path: str
    remark_label: str = ""
    remark: str = ""  # its path
    without: tuple[str, ...] = ()  # answers of the list that are none here

    @property
    def paths(self) -> tuple[str, ...]:
        """What of a record it reads."""
        return (self.path, *filter(None, [self.remark]))

    def boxes(self, row: Row) -> FormRow:
        """Returns it with the given answers ticked."""
        return FormRow(self.parts(row, WIDTH))

    def parts(self, row: Row, width: float) -> tuple[Part, ...]:
        """Returns label and answers over a part of the page."""
        options = tuple(Option(name, ticked) for name, ticked in row.options(self.path, self.without))
        remark = row.plain(self.remark) if self.remark else ""
        return (Label(self.label, LABEL), Ticks(options, width - LABEL, self.remark_label, remark))


@dataclass(frozen=True)
class TwoAnswers:
    """Two short questions beside one another."""

    left: Answers
    right: Answers

    @property
    def paths(self) -> tuple[str, ...]:
        """What of a record they read."""
        return (*self.left.paths, *self.right.paths)

    def boxes(self, row: Row) -> FormRow:
        """Returns both with the given answers ticked."""
        return FormRow((*self.left.parts(row, WIDTH / 2), *self.right.parts(row, WIDTH / 2)))


@dataclass(frozen=True)
class Form:
    """One kind of page about records of one register; the person's part is known before anything was written."""

    register: str
    person: tuple[Line, ...]  # its paths lead through the case
    rest: tuple[Line, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Everything it reads of a record."""
        return paths_of((*self.person, *self.rest))

    def page(self, row: Row) -> tuple[FormRow, ...]:
        """Returns the page of a record."""
        return tuple(line.boxes(row) for line in (*self.person, *self.rest))


def paths_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Returns what of a record these lines read."""
    return tuple(dict.fromkeys(path for line in lines for path in line.paths))


def boxes(*items: tuple[str, Told] | tuple[str, Told, float], least_mm: float = 8.0, stretch: float = 0.0) -> Boxes:
    """Returns labels and values beside one another."""
    return Boxes(tuple(Box(*one) for one in items), least_mm, stretch)
