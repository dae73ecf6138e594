"""The table of a ledger: how high each row is, and how header and rows are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from anyue_desktop.core.sheet import Align, Cell, Column, HeadCell, cell_text, head_cells
from anyue_desktop.ledgers.ink import Ink, line_height

ROW_MM = 9.0  # low rows leave no room to correct by hand
PAD_MM = 1.0
HEAD_GRAY = 0.93
Lines = list[str]


@dataclass(frozen=True)
class LaidRow:
    """A row broken into lines, and its height in millimetres."""

    cells: tuple[Lines, ...]
    height: float
    bold: bool = False


class Table:
    """Columns spread over a width; lays rows out and draws them."""

    def __init__(self, ink: Ink, columns: Sequence[Column], left: float, width: float, size: float) -> None:
        self._ink = ink
        self._size = size
        self._columns = columns
        scale = width / sum(column.width_mm for column in columns)
        self._widths = [column.width_mm * scale for column in columns]
        self._edges = [left, *accumulate(self._widths, initial=left)][1:]
        self._heads = [(cell, self._head_lines(cell)) for cell in head_cells(columns)]
        self._levels = [0.0, *accumulate(self._level_heights())]
        self.head_height = self._levels[-1]

    def lay_out(self, row: Sequence[Cell], *, bold: bool = False) -> LaidRow:
        """Breaks the cells of a row into lines."""
        texts = map(cell_text, row)
        cells = tuple(self._break(text, width, bold=bold) for text, width in zip(texts, self._widths, strict=True))
        return LaidRow(cells, max(ROW_MM, self._needed(max(cells, key=len))), bold)

    def pieces(self, row: LaidRow, room: float) -> Iterator[LaidRow]:
        """Splits a row that is higher than a whole page, so that nothing is cut off."""
        fit = max(int((room - 2 * PAD_MM) / line_height(self._size)), 1)
        longest = max(map(len, row.cells))
        if row.height <= room or longest <= fit:
            yield row
            return
        for start in range(0, longest, fit):
            cells = tuple(lines[start : start + fit] for lines in row.cells)
            yield LaidRow(cells, max(ROW_MM, self._needed(max(cells, key=len))), row.bold)

    def draw_head(self, top: float) -> None:
        """Draws the header, as many levels as it has."""
        ink, edges = self._ink, self._edges
        ink.shade(edges[0], top, edges[-1] - edges[0], self.head_height, HEAD_GRAY)
        for cell, lines in self._heads:
            left, right = edges[cell.first], edges[cell.last]
            upper, lower = top + self._levels[cell.top], top + self._levels[cell.bottom]
            ink.write_lines((left + right) / 2, (upper + lower) / 2, lines, self._size, Align.CENTER, bold=True)
            ink.rules([(right, upper, right, lower), (left, lower, right, lower)])
        self._outline(top, top + self.head_height)

    def draw_rows(self, rows: Sequence[LaidRow], top: float) -> float:
        """Draws rows below one another; returns where they end."""
        levels = list(accumulate((row.height for row in rows), initial=top))
        for row, upper in zip(rows, levels, strict=False):
            self._draw_cells(row, upper)
        self._grid(levels)
        return levels[-1]

    def _draw_cells(self, row: LaidRow, upper: float) -> None:
        middle = upper + row.height / 2
        for lines, column, left, right in zip(row.cells, self._columns, self._edges, self._edges[1:], strict=False):
            if lines != [""]:
                x = _anchor(column.align, left, right)
                self._ink.write_lines(x, middle, lines, self._size, column.align, bold=row.bold)

    def _grid(self, levels: Sequence[float]) -> None:
        left, right = self._edges[0], self._edges[-1]
        across = [(left, level, right, level) for level in levels]
        down = [(edge, levels[0], edge, levels[-1]) for edge in self._edges[1:-1]]
        self._ink.rules([*across, *down])
        self._outline(levels[0], levels[-1])

    def _outline(self, top: float, bottom: float) -> None:
        left, right = self._edges[0], self._edges[-1]
        self._ink.frame(left, top, right - left, bottom - top)

    def _level_heights(self) -> list[float]:
        """The height of each level: groups as high as their words, the lowest what the longest heading still lacks."""
        depth = max(cell.bottom for cell, _ in self._heads)
        inner = [
            max((self._needed(lines) for cell, lines in self._heads if (cell.top, cell.bottom) == (level, level + 1)),
                default=0.0)
            for level in range(depth - 1)
        ]  # fmt: skip
        lacking = [self._needed(lines) - sum(inner[cell.top :]) for cell, lines in self._heads if cell.bottom == depth]
        return [*inner, max(ROW_MM, *lacking)]

    def _head_lines(self, cell: HeadCell) -> Lines:
        return self._break(cell.text, self._edges[cell.last] - self._edges[cell.first], bold=True)

    def _break(self, text: str, width: float, *, bold: bool) -> Lines:
        return self._ink.break_text(text, width - 2 * PAD_MM, self._size, bold=bold)

    def _needed(self, lines: Lines) -> float:
        return len(lines) * line_height(self._size) + 2 * PAD_MM


def _anchor(align: Align, left: float, right: float) -> float:
    if align is Align.CENTER:
        return (left + right) / 2
    return left + PAD_MM if align is Align.LEFT else right - PAD_MM
