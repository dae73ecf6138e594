"""One TrueType font inside a document."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

_BEYOND_16_BITS = re.compile(r"(?<= <)[0-9A-F]{5,6}(?=>)")


class LedgerFont(TTFont):
    """A font whose text can be searched and copied out of the document, rare characters included.

    The library writes a code point above U+FFFF as five hexadecimal digits where the format wants UTF-16
    (ISO 32000-1 section 9.10.3), so that 𬱖 is copied out as ⳅ; the character maps are put right here.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), shapable=False)

    @functools.cached_property
    def characters(self) -> frozenset[str]:
        """What the font can draw."""
        return frozenset(map(chr, self.face.charToGlyph))

    def widths(self) -> dict[str, float]:
        """Returns the advance of every character in parts of the font size."""
        return {chr(point): width / 1000 for point, width in self.face.charWidths.items()}

    def width(self, character: str) -> float:
        """Returns the advance of one character in parts of the font size."""
        return float(self.face.charWidths.get(ord(character), self.face.defaultWidth)) / 1000

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Writes the font into the document with right character maps."""
        state = self.state[doc]
        names = [f"{state.internalName}+{number}" for number in range(len(state.subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name in names:
            mapping = doc.idToObject[fonts[name].ToUnicode.name]
            mapping.content = _BEYOND_16_BITS.sub(_surrogates, mapping.content)


def _surrogates(match: re.Match[str]) -> str:
    return chr(int(match.group(), 16)).encode("utf-16-be").hex().upper()
