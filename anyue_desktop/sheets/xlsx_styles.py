"""What the number formats of an .xlsx make of a number: a day, a month, a figure with leading zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

PLAIN, DAY = "plain", "day"

_MONTH_FORMATS = {17: "ym", 27: "ym", 36: "ym", 50: "ym", 52: "ym", 57: "ym"}  # built in, Chinese edition
_USUAL_FORMATS = {**dict.fromkeys((0, 1, 2, 3, 4, 9, 10, 49), PLAIN), 14: DAY}  # ECMA-376 part 1, 18.8.30
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|AM/PM|上午/下午', re.IGNORECASE)
_DAY = re.compile(r"y{4}([-/.年])m{1,2}([-/.月])d{1,2}日?(;@)?")


def usual_styles(xml: bytes) -> dict[int, str]:
    """Returns the cell styles that leave a number as it is, or show it as a day; what others do is another matter."""
    own = dict(_codes(xml))
    formats = {number: kind for number, kind in _USUAL_FORMATS.items() if number not in own}
    formats.update({number: DAY for number, code in own.items() if _DAY.fullmatch(_bare(code))})
    return {index: formats[number] for index, number in _styles(xml) if number in formats}


def notable_styles(xml: bytes) -> Iterator[tuple[int, str]]:
    """Yields the cell styles that show a month, a year or a number with leading zeros, with what they show."""
    shapes = {**_MONTH_FORMATS, **{number: shape for number, code in _codes(xml) if (shape := _shape(code))}}
    for index, number in _styles(xml):
        if number in shapes:
            yield index, shapes[number]


def _codes(xml: bytes) -> Iterator[tuple[int, str]]:
    root, space = _root(xml)
    for item in root.iter(f"{space}numFmt"):
        yield int(item.get("numFmtId", "0")), item.get("formatCode", "")


def _styles(xml: bytes) -> Iterator[tuple[int, int]]:
    root, space = _root(xml)
    styles = root.find(f"{space}cellXfs")
    for index, style in enumerate(styles if styles is not None else ()):
        yield index, int(style.get("numFmtId", "0"))


def _root(xml: bytes) -> tuple[ElementTree.Element, str]:
    root = ElementTree.fromstring(xml)
    return root, root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""


def _bare(code: str) -> str:
    """A format without its locale and the signs that only quote: `[$-804]yyyy"年"m"月"d"日"` is yyyy年m月d日."""
    return re.sub(r'\[\$-[^\]]*\]|["\\]', "", code).lower()


def _shape(code: str) -> str:
    first = code.split(";")[0]
    if re.fullmatch(r"0{2,}", first):
        return first
    letters = set(_LITERALS.sub("", first).lower())
    if "y" not in letters or letters & set("dhs"):
        return ""
    return "ym" if "m" in letters else "y"
