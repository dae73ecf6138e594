"""Breaking a text into lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anyue_desktop.ledgers.fonts import WidthTable

NOT_FIRST = frozenset("，。、；：？！）】》〉」』”’％%…—·,.;:?!)]}")
NOT_LAST = frozenset("（【《〈「『“‘([{")
_PIECES = re.compile(r"[0-9A-Za-z*#@_+\-./%:]+|（[^（）]{1,3}）|.", re.DOTALL)


def break_lines(text: str, width: float, widths: WidthTable) -> list[str]:
    """Breaks a text into lines no wider than `width` (in parts of the font size).

    Words, numbers and short brackets stay whole unless they alone are too wide; no line begins with a closing mark or
    ends with an opening one (GB/T 15834-2011 section 5.1); a last line has no single character if that can be helped.
    """
    return [line for paragraph in text.splitlines() or [""] for line in _break(paragraph, width, widths)]


def _break(text: str, width: float, widths: WidthTable) -> list[str]:
    if widths.of(text) <= width:
        return [text]
    lines: list[list[str]] = [[]]
    room = width
    for piece in _pieces(text, width, widths):
        size = widths.of(piece)
        if size > room and lines[-1]:
            carried = _carried(lines[-1], piece, width, widths)
            del lines[-1][len(lines[-1]) - len(carried) :]
            lines.append(carried)
            room = width - sum(map(widths.of, carried))
        lines[-1].append(piece)
        room -= size
    _keep_company(lines)
    return ["".join(line).strip(" ") for line in lines]


def _pieces(text: str, width: float, widths: WidthTable) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if widths.of(piece) <= width:
            yield piece
        else:
            yield from piece


def _carried(line: list[str], piece: str, width: float, widths: WidthTable) -> list[str]:
    """Returns the end of a full line that must go with the piece that follows, if both fit a line."""
    cut, first = len(line), piece
    while cut > 1 and (first in NOT_FIRST or line[cut - 1] in NOT_LAST):
        cut -= 1
        first = line[cut]
    carried = line[cut:]
    return carried if widths.of("".join([*carried, piece])) <= width else []


def _keep_company(lines: list[list[str]]) -> None:
    """Gives a single last character the one before it, unless that would begin or end a line wrongly."""
    last = lines[-1]
    before = lines[-2] if len(lines) > 1 else []
    if len(last) != 1 or len(last[0]) != 1 or len(before) < 3:
        return
    if len(before[-1]) == 1 and before[-1] not in NOT_FIRST and before[-2] not in NOT_LAST:
        last.insert(0, before.pop())
