"""Telephone numbers as officers write them: mobile, landline with area code 028, several in one cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anyue_desktop.core.cells import BLANK_SIGNS, LOST_DIGITS, cell_text, digits_lost, quoted
from anyue_desktop.core.field_type import BadValue

AREA_CODE = "028"  # 资阳 shares the area code of 成都
NONE_WORDS = frozenset({"无", "没有", "暂无", "无电话", "无手机", "没电话", "没有电话", "空", "0"})
EXAMPLE = "请写成13800001111或028-24500000"

_LEFT_OUT = re.compile(r"(?<!\d)(?:\+86|0086)")
_BETWEEN = re.compile(r"(?<=[0-9])[\s\-‐–—.·()]+(?=[0-9])")
_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|x|#)\s*(\d{1,5})(?!\d)", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AREA = "0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(rf"({_AREA})-?([0-9]{{7,8}})(?:-([0-9]{{1,5}}))?")
_SEPARATORS = re.compile(r"[/、，,；;|\n和或]+")
_LOCAL = re.compile(r"[2-8][0-9]{7}")
_CANONICAL = re.compile(rf"1[3-9][0-9]{{9}}|{_AREA}-[0-9]{{7,8}}(?:-[0-9]{{1,5}})?")


@dataclass(frozen=True)
class PhoneReading:
    """The numbers of a cell, the first one first."""

    numbers: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_phones(raw: object) -> PhoneReading:
    """Reads the telephone numbers of a cell; a blank, or a word for none, gives no numbers.

    Raises:
        BadValue: the text holds no number, or one of the wrong length.
    """
    if isinstance(raw, str) and is_mobile(raw):
        return PhoneReading((raw,))
    if digits_lost(raw):
        raise BadValue(LOST_DIGITS)
    text = unicodedata.normalize("NFKC", cell_text(raw))
    if not text or text in BLANK_SIGNS:
        return PhoneReading(())
    if "".join(text.split()) in NONE_WORDS:
        return PhoneReading((), (f"{quoted(text)}：没有电话",))
    return _numbers_of(text)


def is_mobile(text: str) -> bool:
    """Whether a text is a mobile number in the form kept in records."""
    return bool(_MOBILE.fullmatch(text))


def is_phone(text: str) -> bool:
    """Whether a text is a number in the form kept in records."""
    return bool(_CANONICAL.fullmatch(text))


def mask_phone(text: str) -> str:
    """Returns the number with its middle hidden: 138****5678, 028-24****56."""
    landline = _LANDLINE.fullmatch(text)
    if landline and "-" in text:
        local = landline[2]
        return f"{landline[1]}-{local[:2]}{'*' * (len(local) - 4)}{local[-2:]}"
    if len(text) < 8:
        return "*" * len(text)
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


def _numbers_of(text: str) -> PhoneReading:
    notes: list[str] = []
    numbers: list[str] = []
    for part in _SEPARATORS.split(text):
        for run in _runs(part):
            number, note = _read_one(run, text)
            numbers.append(number)
            notes.extend(note)
    if not numbers:
        raise BadValue(f"{quoted(text)}里没有电话号码，{EXAMPLE}")
    words = re.sub(r"[\d\s\-+()./、，,；;|转分机和或·]", "", text)
    if words:
        notes.append(f"电话栏里的文字{quoted(words)}没有录入")
    if len(numbers) > 2:
        notes.append(f"电话栏有{len(numbers)}个号码，只录入了前两个，没有录入：{'、'.join(numbers[2:])}")
    return PhoneReading(tuple(dict.fromkeys(numbers)), tuple(notes))


def _runs(part: str) -> list[str]:
    """The runs of digits of a part; white space inside one number does not divide it."""
    part = _EXTENSION.sub(r"#\1", _LEFT_OUT.sub("", part))
    spaced = [_BETWEEN.sub("-", run) for run in part.split()]
    if len(spaced) > 1 and all(map(_whole, spaced)):
        return spaced
    return re.findall(r"[0-9][0-9\-#]*", _BETWEEN.sub("-", part))


def _whole(run: str) -> bool:
    return any(form.fullmatch(run) for form in (_MOBILE, _LANDLINE, _LOCAL))


def _read_one(run: str, seen: str) -> tuple[str, tuple[str, ...]]:
    base, _, extension = run.partition("#")
    digits = base.replace("-", "")
    if digits.startswith("86") and _MOBILE.fullmatch(digits[2:]):
        digits = digits[2:]
    if _MOBILE.fullmatch(digits):
        return digits, ()
    landline = _LANDLINE.fullmatch(base.rstrip("-")) or _LANDLINE.fullmatch(digits)
    if landline:
        return _landline(landline[1], landline[2], landline[3] or extension), ()
    return _mended(digits, extension, seen)


def _mended(digits: str, extension: str, seen: str) -> tuple[str, tuple[str, ...]]:
    if len(digits) == 10 and digits.startswith(AREA_CODE[1:]):
        number = _landline(AREA_CODE, digits[2:], extension)
        return number, (f"{quoted(seen)}少了区号开头的0，已读作{number}，请核对",)
    if _LOCAL.fullmatch(digits):
        number = _landline(AREA_CODE, digits, extension)
        return number, (f"{quoted(seen)}没有区号，已读作{number}，请核对",)
    if digits.startswith("1"):
        raise BadValue(_wrong_mobile(digits, seen))
    raise BadValue(f"{quoted(seen)}不是电话号码，{EXAMPLE}")


def _wrong_mobile(digits: str, seen: str) -> str:
    if len(digits) != 11:
        return f"手机号应为11位，现为{len(digits)}位：{quoted(seen)}"
    return f"手机号第2位应为3至9，现为{digits[1]}：{quoted(seen)}"


def _landline(area: str, local: str, extension: str) -> str:
    return f"{area}-{local}-{extension}" if extension else f"{area}-{local}"
