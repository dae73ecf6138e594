"""Which font draws which character."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from anyue_desktop.ledgers.font_files import BOLD, EXTENDED, RARE, REGULAR, font_file
from anyue_desktop.ledgers.ledger_font import LedgerFont

PLACEHOLDER = "〓"
_FALLBACKS = (RARE, EXTENDED)


class FontChain:
    """The program's fonts in the order they are asked; the large ones are loaded when a character needs them."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self.regular = self._load(REGULAR)
        self.bold = self._load(BOLD)
        self._plain_set = self.regular.characters
        self._bold_set = self.bold.characters
        self._found: dict[tuple[str, bool], LedgerFont] = {}
        self.widths = WidthTable(lambda character: self._width(character, bold=False), self.regular.widths())
        self.bold_widths = WidthTable(lambda character: self._width(character, bold=True), self.bold.widths())

    def draws(self, character: str) -> bool:
        """Says whether any font has the character."""
        return character in self._plain_set or any(character in font.characters for font in self._fallbacks)

    def shown(self, text: str) -> str:
        """Returns the text as it can be drawn: marks that draw nothing left out, 〓 for what no font has."""
        return text if self._plain_set.issuperset(text) else "".join(map(self._stand_in, text))

    def undrawable(self, text: str) -> tuple[str, ...]:
        """Returns the characters of a text that no font can draw, once each."""
        if self._plain_set.issuperset(text):
            return ()
        lost = (character for character in text if self._stand_in(character) == PLACEHOLDER != character)
        return tuple(dict.fromkeys(lost))

    def runs(self, text: str, *, bold: bool) -> Iterator[tuple[LedgerFont, str]]:
        """Splits a drawable text into stretches of one font each."""
        wanted, has = (self.bold, self._bold_set) if bold else (self.regular, self._plain_set)
        if has.issuperset(text):
            yield wanted, text
            return
        for font, characters in itertools.groupby(text, lambda character: self._font_of(character, bold)):
            yield font, "".join(characters)

    def _stand_in(self, character: str) -> str:
        if character in self._plain_set:
            return character
        if draws_nothing(character):
            return ""
        if self.draws(character):
            return character
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 and self.draws(plain) else PLACEHOLDER

    def _font_of(self, character: str, bold: bool) -> LedgerFont:
        key = character, bold
        if key not in self._found:
            self._found[key] = self._search(character, bold)
        return self._found[key]

    def _search(self, character: str, bold: bool) -> LedgerFont:
        if bold and character in self._bold_set:
            return self.bold
        if character in self._plain_set:
            return self.regular
        return next((font for font in self._fallbacks if character in font.characters), self.regular)

    @functools.cached_property
    def _fallbacks(self) -> tuple[LedgerFont, ...]:
        return tuple(map(self._load, _FALLBACKS))

    def _width(self, character: str, *, bold: bool) -> float:
        return self._font_of(character, bold).width(character)

    def _load(self, name: str) -> LedgerFont:
        font = LedgerFont(name.partition(".")[0], font_file(name, self._cache))
        pdfmetrics.registerFont(font)
        return font


class WidthTable(dict[str, float]):
    """Character widths in parts of the font size; one that is missing is looked up once."""

    def __init__(self, look_up: Callable[[str], float], known: dict[str, float]) -> None:
        super().__init__(known)
        self._look_up = look_up

    def __missing__(self, character: str) -> float:
        self[character] = width = self._look_up(character)
        return width

    def of(self, text: str) -> float:
        """Returns the width of a text in parts of the font size."""
        return sum(map(self.__getitem__, text))


def draws_nothing(character: str) -> bool:
    """Says whether a character is a control, a joiner or a variation selector, which have no shape of their own."""
    return (
        unicodedata.category(character) in ("Cc", "Cf")
        or "\ufe00" <= character <= "\ufe0f"
        or ("\U000e0100" <= character <= "\U000e01ef")
    )


@functools.cache
def font_chain(cache: Path | None = None) -> FontChain:
    """Returns the fonts, loaded once a process."""
    return FontChain(cache)
