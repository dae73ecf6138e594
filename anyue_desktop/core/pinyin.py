"""Pinyin of words and characters; the one home of pypinyin."""

from __future__ import annotations

import re
from functools import lru_cache
from types import ModuleType

_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def _pypinyin() -> ModuleType:
    import pypinyin  # noqa: PLC0415 - its dictionaries cost 0.3 s, which a start without a search need not pay

    return pypinyin


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """Returns the readings of one character without tones, the usual one first; nothing when none is known."""
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    found = _pypinyin().pinyin(char, style=_pypinyin().Style.NORMAL, heteronym=True, errors="ignore")
    if not found:
        return ()
    return tuple(dict.fromkeys(one for one in found[0] if _LETTERS.fullmatch(one)))


@lru_cache(maxsize=8192)
def phrase(text: str) -> tuple[str, str]:
    """Returns the full pinyin and the initials of a phrase, in lower-case letters and digits."""
    parts = [one.lower() for one in _pypinyin().lazy_pinyin(text, errors=lambda rest: list(rest))]
    parts = [part for part in parts if part.isascii() and part.isalnum()]
    return "".join(parts), "".join(part[0] for part in parts)
