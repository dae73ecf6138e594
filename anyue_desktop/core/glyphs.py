"""Which characters the program's fonts can draw."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from anyue_desktop.core import resources


class Coverage:
    """The code points some font of the program can draw; without ranges everything counts as drawable."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        ordered = sorted(ranges)
        self._firsts = [first for first, _ in ordered]
        self._lasts = [last for _, last in ordered]
        self._drawn: set[str] = set()  # characters asked for before: a few thousand make up all texts

    def draws(self, char: str) -> bool:
        """Whether a font has the character; white space needs none."""
        if not self._firsts or char.isspace():
            return True
        at = bisect_right(self._firsts, ord(char)) - 1
        return at >= 0 and ord(char) <= self._lasts[at]

    def undrawable(self, text: str) -> tuple[str, ...]:
        """Returns the characters of a text no font can draw, once each."""
        if self._drawn.issuperset(text):
            return ()
        missing = tuple(dict.fromkeys(char for char in text if not self.draws(char)))
        self._drawn.update(char for char in text if char not in missing)
        return missing


def read_coverage(path: Path) -> Coverage:
    """Reads `{"ranges": [[first, last], …]}`; a missing file means nothing is known to be missing."""
    if not path.is_file():
        return Coverage()
    return Coverage((first, last) for first, last in json.loads(path.read_text(encoding="utf-8"))["ranges"])


@lru_cache(maxsize=1)
def coverage() -> Coverage:
    """Returns what the fonts that come with the program can draw."""
    return read_coverage(resources.path("fonts", "coverage.json"))


def undrawable(text: str) -> tuple[str, ...]:
    """Returns the characters of a text no font of the program can draw, once each."""
    return () if text.isascii() else coverage().undrawable(text)


def missing_glyph(char: str) -> str:
    """Returns the sentence for a character no font can draw."""
    return f"“{char}”（U+{ord(char):04X}）没有字体能显示，打印时会印成〓；内容已照原样保存，请联系县局添加字体"
