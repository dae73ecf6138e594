"""Identity numbers: GB 11643-1999 and the other documents people hold.

An ID number names the county of first registration, so any prefix is right: most elders of 安岳 hold 511023…,
the young 512021…, spouses anything (registers.md D.1).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from anyue_desktop.core.cells import LOST_DIGITS, cell_text, digits_lost, quoted
from anyue_desktop.core.dates import age_on, real_date
from anyue_desktop.core.field_type import BadValue

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(str(code) for first, last in _PROVINCE_RANGES for code in range(first, last + 1))
MALE, FEMALE = "1", "2"
OLDEST = 120

RESIDENT, PASSPORT, TAIWAN_PASS, HONG_KONG_PASS = "111", "414", "511", "516"
FOREIGN_RESIDENT, HONG_KONG_RESIDENT, TAIWAN_RESIDENT, NONE = "553", "811", "831", "000"
CHECKED, FORCED, FROM_15 = "1", "2", "3"

_STRIPPED = re.compile(r"[\s\u200b-\u200d\u2060\ufeff'’‘`＇\-‐‑‒–—―−－]")
_CLEAN = re.compile("[0-9]{17}[0-9X]")
_LOOK_LIKE_X = frozenset("×ХΧ*＊✕")
_LOOK_LIKE_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
_DOCUMENTS = {
    PASSPORT: (re.compile(r"[A-Z0-9]{5,17}"), "护照号应为5至17位字母和数字"),
    TAIWAN_PASS: (re.compile(r"[0-9]{8}"), "台湾居民来往大陆通行证号应为8位数字"),
    HONG_KONG_PASS: (re.compile(r"[HM][0-9]{8}([0-9]{2})?"), "港澳居民来往内地通行证号应为H或M加8位数字"),
}
_FREE_FORM = re.compile(r"[A-Z0-9()（）第号字]{1,30}")
_RECOGNISED = {HONG_KONG_PASS: _DOCUMENTS[HONG_KONG_PASS][0], PASSPORT: re.compile(r"[A-Z]{1,2}[0-9]{7,9}")}
_DOCUMENT_NAMES = {PASSPORT: "护照", HONG_KONG_PASS: "港澳居民来往内地通行证"}
_CENTENARIANS = frozenset({"996", "997", "998", "999"})  # sequences of 15-digit numbers kept for people born 18xx


class IdNumber(NamedTuple):
    """A valid number and what it says of its holder."""

    text: str
    kind: str  # code of list id_type
    birth_date: date | None = None
    sex: str | None = None  # code of list sex
    notes: tuple[str, ...] = ()
    verified: str = CHECKED  # code of list id_verify


def normalise(raw: object) -> tuple[str, tuple[str, ...]]:
    """Returns the number without marks of layout, in capitals, and what was changed beyond that.

    Raises:
        BadValue: a workbook turned the number into a figure, so its last digits are lost.
    """
    if digits_lost(raw):
        raise BadValue(LOST_DIGITS)
    typed = cell_text(raw)
    narrow = typed if typed.isascii() else "".join(_half_width(char) for char in typed)
    text = _STRIPPED.sub("", narrow).upper()
    if len(text) == 18 and text[17] in _LOOK_LIKE_X:
        return text[:17] + "X", (f"最后一位的“{text[17]}”已读作X",)
    return text, ()


def read_id(raw: object, today: date, *, forced: bool = False) -> IdNumber:
    """Reads an ID number of 18 or 15 digits, a residence permit, or a document told by its form.

    With `forced`, a wrong check character is kept and marked as such (verified by police or the household book).

    Raises:
        BadValue: the number cannot be right; the sentence says why.
    """
    if isinstance(raw, str) and is_clean(raw):
        found = _read_clean(raw, today)
        if found.verified == FORCED and not forced:
            raise BadValue(wrong_check(raw, today))
        return found
    text, notes = normalise(raw)
    if not text:
        raise BadValue("没有填写证件号码")
    if _OLD_FOREIGN.fullmatch(text):
        return IdNumber(text, FOREIGN_RESIDENT, notes=notes)
    for kind, form in _RECOGNISED.items():
        if form.fullmatch(text):
            return IdNumber(text, kind, notes=(*notes, f"{quoted(text)}按{_DOCUMENT_NAMES[kind]}登记"))
    if len(text) == 15:
        return _from_15(text, notes, today)
    return _from_18(text, notes, today, forced)


def is_clean(text: str) -> bool:
    """Whether a text is written as a number of 18 characters is kept; it may still be wrong."""
    return bool(_CLEAN.fullmatch(text))


def read_document(raw: object, kind: str, today: date) -> IdNumber:
    """Reads a number as the document of this `id_type` code.

    Raises:
        BadValue: the number does not have the form of that document.
    """
    if kind in (RESIDENT, FOREIGN_RESIDENT, HONG_KONG_RESIDENT, TAIWAN_RESIDENT):
        found = read_id(raw, today)
        if found.kind != kind:
            raise BadValue(f"号码与所选的证件类型不符：{quoted(found.text)}，请核对证件类型")
        return found
    text, notes = normalise(raw)
    form, sentence = _DOCUMENTS.get(kind, (_FREE_FORM, "证件号码只能用字母和数字"))
    if not form.fullmatch(text):
        raise BadValue(f"{sentence}，现为{quoted(text)}")
    return IdNumber(text, kind, notes=notes)


def check_character(first_17: str) -> str:
    """Returns the 18th character for 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK_CHARACTERS[sum(map(mul, map(int, first_17), WEIGHTS)) % 11]


def mask_id(text: str) -> str:
    """Returns the number with only its first and last four characters readable."""
    if len(text) <= 8:
        return "*" * len(text)
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"


def _half_width(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and folded.isalnum() else char


@lru_cache(maxsize=1024)  # the rules of one record ask for its number several times
def _read_clean(text: str, today: date) -> IdNumber:
    """Reads a number that is written as it is kept; a wrong check character is marked."""
    return _of_digits(text, (), today)


def _from_15(text: str, notes: tuple[str, ...], today: date) -> IdNumber:
    _only_digits(text)
    century = "18" if text[12:] in _CENTENARIANS else "19"
    longer = text[:6] + century + text[6:]
    longer += check_character(longer)
    found = _from_18(longer, (*notes, "15位旧号码已升为18位，请与本人证件核对"), today, forced=False)
    return IdNumber(found.text, found.kind, found.birth_date, found.sex, found.notes, FROM_15)


def _from_18(text: str, notes: tuple[str, ...], today: date, forced: bool) -> IdNumber:
    if len(text) != 18:
        raise BadValue(f"身份证号应为18位，现为{len(text)}位")
    _only_digits(text)
    found = _of_digits(text, notes, today)
    if found.verified == FORCED and not forced:
        raise BadValue(wrong_check(text, today))
    return found


def _of_digits(text: str, notes: tuple[str, ...], today: date) -> IdNumber:
    kind = _kind(text)
    birth = _birth_date(text, kind, today)
    verified = CHECKED if text[17] == check_character(text[:17]) else FORCED
    notes = (*notes, *_age_note(birth, today))
    return IdNumber(text, kind, birth, MALE if int(text[16]) % 2 else FEMALE, notes, verified)


def _only_digits(text: str) -> None:
    for position, char in enumerate(text, 1):
        if char in "0123456789" or (position == 18 and char == "X"):
            continue
        if char == "X":
            raise BadValue("X 只能在最后一位")
        raise BadValue(_strange(position, char))


def _strange(position: int, char: str) -> str:
    digit = _LOOK_LIKE_DIGIT.get(char)
    if digit:
        return f"第{position}位是字母{char}，应为数字{digit}"
    wanted = "数字或X" if position == 18 else "数字"
    name = f"字母{char}" if char.isascii() and char.isalpha() else quoted(char)
    return f"第{position}位是{name}，应为{wanted}"


def _kind(text: str) -> str:
    if text[0] == "9" and text[1:3] in PROVINCES:
        return FOREIGN_RESIDENT
    province = text[:2]
    if province not in PROVINCES:
        raise BadValue(f"前两位{province}不是任何省份的代码，请核对")
    if province in ("81", "82"):
        return HONG_KONG_RESIDENT
    return TAIWAN_RESIDENT if province == "83" else RESIDENT


def _birth_of(text: str) -> date | None:
    return real_date(int(text[6:10]), int(text[10:12]), int(text[12:14]))


def _birth_date(text: str, kind: str, today: date) -> date:
    birth = _birth_of(text)
    if birth is None or birth.year < 1800:
        seen = f"{text[6:10]}-{text[10:12]}-{text[12:14]}"
        fault = "不存在" if birth is None else "的年份不对"
        raise BadValue(f"出生日期 {seen} {fault}{_swap_hint(text, today)}")
    if birth > today:
        raise BadValue(f"出生日期晚于今天（{birth.isoformat()}）{_swap_hint(text, today)}")
    return birth


def _age_note(birth: date, today: date) -> tuple[str, ...]:
    age = age_on(birth, today)
    if birth.year >= 1900 and age <= OLDEST:
        return ()
    return (f"年龄异常：{birth.isoformat()}出生，现年{age}岁，请核对",)


def wrong_check(text: str, today: date) -> str:
    """Returns the sentence for a wrong 18th character, with the swapped neighbours that would explain it."""
    if _looks_rounded(text):
        return LOST_DIGITS
    hint = _swap_hint(text, today) or "；请核对是否有相邻两位写反"
    return f"校验位不对，应为{check_character(text[:17])}{hint}"


def _looks_rounded(text: str) -> bool:
    """Whether digits look like those of a double: neighbouring doubles of this size are 64 apart."""
    return text.isdigit() and (text.endswith("000") or int(text) % 64 == 0)


def _swap_hint(text: str, today: date) -> str:
    places = [f"第{at + 1}、{at + 2}位" for at in range(17) if _valid_when_swapped(text, at, today)]
    return f"；交换{'或'.join(places)}后校验正确，请核对" if places else ""


def unswapped(text: str, today: date) -> list[str]:
    """Returns the right numbers that a wrong one becomes when two neighbouring characters change places."""
    return [_swapped(text, at) for at in range(17) if len(text) == 18 and _valid_when_swapped(text, at, today)]


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _valid_when_swapped(text: str, at: int, today: date) -> bool:
    if text[at] == text[at + 1]:
        return False
    swapped = _swapped(text, at)
    if "X" in swapped[:17] or swapped[17] != check_character(swapped[:17]):
        return False
    birth = _birth_of(swapped)
    return birth is not None and birth.year >= 1900 and birth <= today and swapped[:2] in PROVINCES
