"""Numbers of certificates that are not identity documents: disability certificates and organisations' credit codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.resident_id import normalise, read_id

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I O Z S V

_DISABILITY = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[1-9])?")


@dataclass(frozen=True)
class DisabilityCertificate:
    """A 残疾人证 number: the holder's ID number, type and grade of disability, and a mark of reissue."""

    text: str
    id_number: str
    kind: str  # code of list disability_type
    grade: str  # code of list disability_grade


def read_disability_certificate(raw: object, today: date) -> DisabilityCertificate:
    """Reads a certificate number of 20 characters, or 22 when it was issued again.

    Raises:
        BadValue: the form is wrong, or the ID number inside is.
    """
    text, _ = normalise(raw)
    found = _DISABILITY.fullmatch(text)
    if not found:
        raise BadValue(
            f"残疾人证号应为身份证号加类别（1-7）和等级（1-4）共20位，补办的再加B和次数，现为{len(text)}位：{quoted(text)}"
        )
    read_id(found[1], today)
    return DisabilityCertificate(text, found[1], found[2], found[3])


def read_credit_code(raw: object) -> str:
    """Reads a 统一社会信用代码 (GB 32100-2015).

    Raises:
        BadValue: length, characters or the check character are wrong.
    """
    text, _ = normalise(raw)
    if len(text) != 18:
        raise BadValue(f"统一社会信用代码应为18位，现为{len(text)}位：{quoted(text)}")
    strange = next((char for char in text if char not in CREDIT_ALPHABET), None)
    if strange is not None:
        raise BadValue(f"统一社会信用代码里不会有“{strange}”：{quoted(text)}，请对照证书核对")
    if text[17] != credit_check_character(text[:17]):
        raise BadValue(
            f"统一社会信用代码校验位不对，应为{credit_check_character(text[:17])}：{quoted(text)}，请对照证书核对"
        )
    return text


def credit_check_character(first_17: str) -> str:
    """Returns the 18th character for 17 (GB 32100-2015: weights 3^i mod 31)."""
    total = sum(CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first_17))
    return CREDIT_ALPHABET[-total % 31]
