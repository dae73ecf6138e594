"""The number of an identity document."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from anyue_desktop.core import resident_id
from anyue_desktop.core.cells import cell_text, digits_lost, folded, quoted
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types.stored import TextValued

# What officers write when there is no number, and the code of list id_missing_reason it stands for.
MISSING = {
    "无": "9", "没有": "9", "暂无": "9", "无证": "9", "无身份证": "9", "空": "9",
    "待补": "3", "补办中": "3", "遗失": "3", "丢失": "3", "遗失待补": "3", "证件遗失待补": "3", "身份证遗失": "3",
    "未落户": "1", "无户口": "1", "黑户": "1", "未上户": "1",
    "未办": "2", "未办理": "2", "新生儿": "2", "新生儿未办": "2",
    "拒绝提供": "4", "本人拒绝提供": "4",
    "待查": "5", "不详": "5", "不清楚": "5", "身份待查": "5",
}  # fmt: skip
_SAME_AS_ABOVE = re.compile('同上|同前|″|〃|"')
_OTHER_DOCUMENTS = (resident_id.TAIWAN_PASS, resident_id.PASSPORT)


@dataclass(frozen=True)
class ResidentId(TextValued):
    """An ID number (GB 11643-1999) or the number of another identity document.

    With `may_be_forced`, `check` lets a wrong check character pass: a rule of the register decides by `id_verified`.
    """

    may_be_forced: bool = False

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a number; what it says of its holder is read beside it."""
        if isinstance(raw, str) and resident_id.is_clean(raw):
            return _reading(resident_id.read_id(raw, context.today))
        if not folded(raw) and not digits_lost(raw):
            return Reading(None)
        text = "".join(cell_text(raw).split())
        if _SAME_AS_ABOVE.fullmatch(text):
            raise BadValue(f"身份证号不能写{quoted(text)}，每个人都要填写自己的号码")
        reason = MISSING.get(text)
        if reason:
            return _missing(text, reason)
        return _reading(resident_id.read_id(raw, context.today))

    def parse_as(self, raw: object, id_type: str, context: Context) -> Reading[str]:
        """Reads a number as the document of an `id_type` code, such as a passport.

        Raises:
            BadValue: the number does not have the form of that document.
        """
        if not folded(raw) and not digits_lost(raw):
            return Reading(None)
        return _reading(resident_id.read_document(raw, id_type, context.today))

    def check(self, value: str, context: Context) -> str | None:
        """Refuses numbers no identity document has."""
        try:
            found = resident_id.read_id(value, context.today, forced=self.may_be_forced).text
        except BadValue as error:
            return None if _other_document(value, context.today) else str(error)
        return None if found == value else f"证件号码应为{found}，现为{quoted(value)}"


def _missing(text: str, reason: str) -> Reading[str]:
    note = f"身份证号写的是{quoted(text)}，按没有证件登记，请核对无证原因"
    return Reading(None, (note,), {"id_type": resident_id.NONE, "id_missing_reason": reason})


def _reading(number: resident_id.IdNumber) -> Reading[str]:
    beside: dict[str, str | datetime.date] = {}
    if number.birth_date is not None:
        beside["birth_date"] = number.birth_date
    if number.sex is not None:
        beside["sex"] = number.sex
    if number.kind != resident_id.RESIDENT:  # what a register supposes anyway
        beside["id_type"] = number.kind
    beside["id_verified"] = number.verified
    return Reading(number.text, number.notes, beside)


def _other_document(value: str, today: datetime.date) -> bool:
    """Whether a text is a number that only its document's type explains; long digits are always an ID number."""
    if value.isdigit() and len(value) != 8:
        return False
    for kind in _OTHER_DOCUMENTS:
        try:
            return len(value) < 15 and resident_id.read_document(value, kind, today).text == value
        except BadValue:
            continue
    return False
