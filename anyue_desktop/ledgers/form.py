"""Forms: labelled boxes to read, to tick and to write in, one record a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from anyue_desktop.core.sheet import Align
from anyue_desktop.ledgers.frame import Frame
from anyue_desktop.ledgers.ink import MM, RULE_MM, Ink, line_height

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)  # the largest at which a form fits its page is taken
PAD_MM = 1.5
LABEL_GRAY = 0.95
BOX_MM = 3.2
BOX_GAP_MM = 1.2
OPTION_GAP_MM = 4.0
OPTION_LEADING = 1.55  # distance of lines of answers in parts of the text size


class Part(Protocol):
    """One box of a form."""

    @property
    def share(self) -> float:
        """Its part of the row's width."""

    def height(self, ink: Ink, width: float, size: float) -> float:
        """The height it needs, in millimetres."""

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float, size: float) -> None:
        """Draws it into a box given by its upper left corner."""


@dataclass(frozen=True)
class Label:
    """The name of what stands beside it."""

    text: str
    share: float

    def height(self, ink: Ink, width: float, size: float) -> float:
        """The height of its lines."""
        return _text_height(self._lines(ink, width, size), size)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float, size: float) -> None:
        """Draws it centred on gray."""
        ink.shade(x, y, width, height, LABEL_GRAY)
        ink.write_lines(x + width / 2, y + height / 2, self._lines(ink, width, size), size, Align.CENTER, bold=True)

    def _lines(self, ink: Ink, width: float, size: float) -> list[str]:
        return ink.break_text(self.text, width - 2 * PAD_MM, size, bold=True)


@dataclass(frozen=True)
class Entry:
    """A value, or room to write one."""

    text: str
    share: float

    def height(self, ink: Ink, width: float, size: float) -> float:
        """The height of its lines."""
        return _text_height(self._lines(ink, width, size), size)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float, size: float) -> None:
        """Draws it from the left."""
        ink.write_lines(x + PAD_MM, y + height / 2, self._lines(ink, width, size), size, Align.LEFT)

    def _lines(self, ink: Ink, width: float, size: float) -> list[str]:
        return ink.break_text(self.text, width - 2 * PAD_MM, size)


@dataclass(frozen=True)
class Option:
    """One answer that can be ticked."""

    name: str
    ticked: bool


@dataclass(frozen=True)
class Ticks:
    """Answers to tick, and a line for a remark where one is wanted."""

    options: tuple[Option, ...]
    share: float
    remark_label: str = ""
    remark: str = ""

    def height(self, ink: Ink, width: float, size: float) -> float:
        """The height of the lines the answers fill."""
        lines = len(list(self._rows(ink, width, size))) + len(self._remark_lines(ink, width, size))
        return lines * _option_line(size) + 2 * PAD_MM

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float, size: float) -> None:
        """Draws the answers line by line, the remark below."""
        middle = y + (height - self.height(ink, width, size)) / 2 + PAD_MM + _option_line(size) / 2
        for row in self._rows(ink, width, size):
            for option, left in row:
                _draw_box(ink, x + PAD_MM + left, middle - BOX_MM / 2, ticked=option.ticked)
                text = x + PAD_MM + left + BOX_MM + BOX_GAP_MM
                ink.write_lines(text, middle, [option.name], size, Align.LEFT, bold=option.ticked)
            middle += _option_line(size)
        for line in self._remark_lines(ink, width, size):
            ink.write_lines(x + PAD_MM, middle, [line], size, Align.LEFT)
            middle += _option_line(size)

    def _rows(self, ink: Ink, width: float, size: float) -> Iterator[list[tuple[Option, float]]]:
        row: list[tuple[Option, float]] = []
        left = 0.0
        for option in self.options:
            wide = BOX_MM + BOX_GAP_MM + ink.text_width(option.name, size, bold=True)
            if row and left + wide > width - 2 * PAD_MM:
                yield row
                row, left = [], 0.0
            row.append((option, left))
            left += wide + OPTION_GAP_MM
        yield row

    def _remark_lines(self, ink: Ink, width: float, size: float) -> list[str]:
        if not self.remark_label:
            return []
        return ink.break_text(f"{self.remark_label}：{self.remark}", width - 2 * PAD_MM, size)


@dataclass(frozen=True)
class FormRow:
    """Boxes beside one another; `stretch` says how much of a page's spare room the row takes.

    `least_mm` leaves room to write by hand; a form full of printed text may be lower.
    """

    parts: tuple[Part, ...]
    least_mm: float = 8.0
    stretch: float = 0.0

    def widths(self, width: float) -> list[float]:
        """Returns the widths of the boxes."""
        whole = sum(part.share for part in self.parts)
        return [part.share / whole * width for part in self.parts]

    def height(self, ink: Ink, width: float, size: float) -> float:
        """Returns the height the row needs."""
        needed = (part.height(ink, room, size) for part, room in zip(self.parts, self.widths(width), strict=True))
        return max(self.least_mm * size / SIZES[0], *needed)


def draw_form(ink: Ink, frame: Frame, rows: Sequence[FormRow]) -> None:
    """Draws one form on a fresh page; what does not fit goes on to a further page instead of being cut."""
    frame.draw()
    room = frame.bottom - frame.top
    size, heights = _fitted(ink, rows, frame.width, room)
    y = frame.top
    for row, height in zip(rows, _stretched(rows, heights, room), strict=True):
        if y + height > frame.bottom + 0.01:
            ink.next_page()
            frame.draw()
            y = frame.top
        _draw_row(ink, row, (frame.left, y, frame.width, height), size)
        y += height


def _fitted(ink: Ink, rows: Sequence[FormRow], width: float, room: float) -> tuple[float, list[float]]:
    """Returns the largest text size at which the rows fit the page, and their heights at that size."""
    heights: list[float] = []
    for size in SIZES:
        heights = [row.height(ink, width, size) for row in rows]
        if sum(heights) <= room:
            break
    return size, heights


def _stretched(rows: Sequence[FormRow], heights: Sequence[float], room: float) -> list[float]:
    spare = max(room - sum(heights), 0)
    whole = sum(row.stretch for row in rows) or 1
    return [height + spare * row.stretch / whole for row, height in zip(rows, heights, strict=True)]


def _draw_row(ink: Ink, row: FormRow, box: tuple[float, float, float, float], size: float) -> None:
    x, y, width, height = box
    widths = row.widths(width)
    edges = list(accumulate(widths, initial=x))
    for part, left, room in zip(row.parts, edges, widths, strict=False):
        part.draw(ink, left, y, room, height, size)
    ink.rules((edge, y, edge, y + height) for edge in edges[1:-1])
    ink.frame(x, y, width, height, RULE_MM / 2)
    ink.rules([(x, y, x, y + height), (x + width, y, x + width, y + height)], RULE_MM)


def _draw_box(ink: Ink, x: float, y: float, *, ticked: bool) -> None:
    ink.frame(x, y, BOX_MM, BOX_MM, RULE_MM / 2)
    if ticked:
        low = (x + BOX_MM * 0.4, y + BOX_MM * 0.8)
        ink.rules(
            [(x + BOX_MM * 0.15, y + BOX_MM * 0.5, *low), (*low, x + BOX_MM * 1.05, y - BOX_MM * 0.1)], RULE_MM * 1.8
        )


def _text_height(lines: Sequence[str], size: float) -> float:
    return len(lines) * line_height(size) + 2 * PAD_MM


def _option_line(size: float) -> float:
    return size * OPTION_LEADING / MM
