"""What stands in a workbook cell or an entry box, as plain text."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time

LOSSY_FROM = 1e15  # a double keeps 15 significant digits; whatever Excel stored beyond them is lost
LOST_DIGITS = "号码被Excel转成数字，后3位已丢失，请在Excel中设为“文本”后重新填写"
BLANK_SIGNS = frozenset({"/", "\\", "-", "--", "—", "——", "／", "－"})
LONGEST_QUOTE = 30

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d{2,}", re.IGNORECASE)


def cell_text(raw: object) -> str:
    """Returns the NFC text of a cell without outer white space; whole numbers lose their `.0`."""
    if raw is None:
        return ""
    if isinstance(raw, str) and raw.isascii() and raw.isprintable():
        return raw.strip()
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return _number_text(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time.min else raw.isoformat(" ", "seconds")
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()


def folded(raw: object) -> str:
    """Returns the text with full-width forms made plain and all white space gone; blank signs give nothing.

    For numbers, dates and choices only: NFKC would change characters of names.
    """
    text = cell_text(raw)
    text = "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())
    return "" if text in BLANK_SIGNS else text


def quoted(text: str) -> str:
    """Returns a value as a sentence shows it: in quotes, on one line, not too long."""
    line = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    if len(line) > LONGEST_QUOTE:
        line = line[:LONGEST_QUOTE] + "…"
    return f"“{line}”"


def digits_lost(raw: object) -> bool:
    """Whether a numeric cell, or text written like 5.12099E+17, has lost digits of a long number."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return abs(raw) >= LOSSY_FROM
    return bool(_SCIENTIFIC.fullmatch(folded(raw)))


def _number_text(value: float) -> str:
    if math.isfinite(value) and value.is_integer() and abs(value) < LOSSY_FROM:
        return str(int(value))
    return repr(value)
