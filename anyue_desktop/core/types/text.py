"""Free text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anyue_desktop.core import glyphs
from anyue_desktop.core.cells import LOST_DIGITS, cell_text, digits_lost, quoted
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types.stored import TextValued, checked

_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# Control and direction characters and non-characters: they hide or turn text, and packages must not carry them.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]")
# Most texts: common Han characters, digits, letters and everyday signs, with single spaces between. Nothing in them
# can be wrong but their length, so hundreds of thousands of them are checked with one look each.
_SIGNS = "[\u4e00-\u9fff0-9A-Za-z，。、；：？！（）()·.,:/+-]+"
_EVERYDAY = re.compile(f"{_SIGNS}(?: {_SIGNS})*")


SHORT = 36  # an operator's id


@dataclass(frozen=True)
class Text(TextValued):
    """NFC text of at most `max_length` code points, on one line unless `multiline`."""

    max_length: int
    multiline: bool = False

    @property
    def recurring(self) -> bool:
        """Short texts say who and when."""
        return self.max_length <= SHORT

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a text; line ends of a one-line text become spaces."""
        if not isinstance(raw, str) and digits_lost(raw):
            raise BadValue(LOST_DIGITS)
        text = self._tidy(cell_text(raw))
        notes = tuple(map(glyphs.missing_glyph, glyphs.undrawable(text)))
        return checked(self, Reading(text or None, notes), context)

    def is_plain(self, text: str) -> bool:
        """Knows the everyday texts."""
        return self._is_everyday(text) and not glyphs.undrawable(text)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses texts that are too long, hold control characters or are not tidy."""
        if self._is_everyday(value):
            return None
        strange = next((char for char in value if _FORBIDDEN.match(char) or ord(char) & 0xFFFE == 0xFFFE), None)
        if strange is not None:
            return f"{quoted(value)}里有看不见的控制字符（U+{ord(strange):04X}），请删去后重新填写"
        if len(value) > self.max_length:
            return f"最多{self.max_length}个字，现为{len(value)}个字：{quoted(value)}，请缩短"
        if self._tidy(cell_text(value)) != value:
            return f"{quoted(value)}里有多余的空白或换行，请重新填写"
        return None

    def _is_everyday(self, text: str) -> bool:
        return len(text) <= self.max_length and bool(_EVERYDAY.fullmatch(text))

    def _tidy(self, text: str) -> str:
        text = _LINE_ENDS.sub("\n", text)
        lines = [" ".join(line.split(" ")).strip() for line in text.replace("\t", " ").split("\n")]
        joined = "\n".join(lines) if self.multiline else " ".join(line for line in lines if line)
        return unicodedata.normalize("NFC", joined).strip()
