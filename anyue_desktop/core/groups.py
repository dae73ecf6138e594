"""Village groups (村民小组, 社): 一组, 1组, 第一组, 1社 … — text below the divisions, without codes."""

from __future__ import annotations

import re
import unicodedata

_NUMERALS = "零〇一二三四五六七八九十百两"
_GROUP = re.compile(rf"第?([0-9]{{1,3}}|[{_NUMERALS}]{{1,5}})(村民小组|村民组|小组|组|社(?!区)|队)")
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def tidy_group(text: str) -> str:
    """Returns `3组` for 三组, 第3组, 3 村民小组; `3社` stays 社; a bare number is a 组; anything else stays."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if re.fullmatch(r"[0-9]{1,3}", plain):
        return f"{int(plain)}组"
    found = _GROUP.fullmatch(plain)
    return _name(found) if found else text.strip()


def split_group(text: str) -> tuple[str, str]:
    """Divides `土桥村3组12号` into `土桥村` and `3组`; without a group the second part is empty.

    The group is the first one that has something before it; what follows it is a house, not a division.
    """
    for found in _GROUP.finditer(text):
        if found.start():
            return text[: found.start()], _name(found)
    return text, ""


def _name(found: re.Match[str]) -> str:
    unit = "社" if "社" in found[2] else "队" if found[2] == "队" else "组"
    return f"{_number(found[1])}{unit}"


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    total = _digits(hundreds) * 100
    if has_ten:
        total += (_digits(tens) or 1) * 10
    return total + _digits(ones)


def _digits(text: str) -> int:
    value = 0
    for char in text:
        value = value * 10 + _VALUES.get(char, 0)
    return value
