"""An exact decimal number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from anyue_desktop.core.cells import folded, quoted
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading
from anyue_desktop.core.types.stored import checked, stored_text

_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,40}|[0-9]{1,3}(?:,[0-9]{3}){1,10})(?:\.[0-9]{1,40})?")
_EXPONENT = re.compile(r"[+-]?[0-9](?:\.[0-9]{1,20})?e[+-]?[0-9]{1,3}")
_UNIT = re.compile(r"(?:元|人|岁|周岁|张|个|户|次|天|日|分|平方米|平米|㎡|m2|%|处|名|间|床|小时|月|家|年)$")
_OTHER_UNITS = {"亩": "1亩≈667㎡", "公顷": "1公顷＝10000㎡", "万元": "1万元＝10000元", "万人": "1万人＝10000人"}
_STORED = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_MONEY_SIGN = "¥"


@dataclass(frozen=True)
class Number(FieldType[Decimal]):
    """A decimal of `digits` digits, `places` of them behind the point, from `low` to `high`."""

    digits: int
    places: int
    low: int | Decimal
    high: int | Decimal

    def parse(self, raw: object, context: Context) -> Reading[Decimal]:
        """Reads a number exactly; a workbook's binary fraction is rounded to the places kept."""
        found = digits_of(raw)
        if found is None:
            return Reading(None)
        sentence = self._outside(found)
        if sentence:
            raise BadValue(sentence)
        kept = round(found, self.places)
        if kept != found and not isinstance(raw, float):
            raise BadValue(f"最多{self.places}位小数，现为{quoted(str(raw))}")
        return checked(self, Reading(kept), context)

    def check(self, value: Decimal, context: Context) -> str | None:
        """Refuses numbers outside the limits or with too many digits."""
        if not value.is_finite():
            return f"{value}不是数字，请核对"
        sentence = self._outside(value)
        if sentence:
            return sentence
        if round(value, self.places) != value:
            return f"最多{self.places}位小数，现为{value}"
        if value.adjusted() + 1 > self.digits - self.places:
            return f"整数部分最多{self.digits - self.places}位，现为{value}"
        return None

    def _outside(self, value: Decimal) -> str | None:
        if self.low <= value <= self.high:
            return None
        return f"应在{self.low}到{self.high}之间，现为{value}，请核对"

    def show(self, value: Decimal) -> str:
        """Returns the number with all its places."""
        return f"{round(value, self.places):f}"

    def dump(self, value: Decimal) -> Json:
        """Returns the number as text, so that no reader makes a binary fraction of it."""
        return self.show(value)

    def load(self, stored: Json) -> Decimal:
        """Returns the number of a stored text."""
        text = stored_text(stored)
        if not _STORED.fullmatch(text):
            raise BadValue(f"存储的数字{quoted(text)}不对")
        return Decimal(text)


def digits_of(raw: object) -> Decimal | None:
    """Returns the number a cell or text holds, exactly; a blank gives None.

    Raises:
        BadValue: the text is no number.
    """
    text = folded(raw).casefold()
    if isinstance(raw, bool):
        raise BadValue(f"应为数字，现为{quoted(text)}")
    if isinstance(raw, Decimal):
        text = f"{raw:f}" if raw.is_finite() else str(raw)
    for unit, worth in _OTHER_UNITS.items():
        if text.endswith(unit):
            raise BadValue(f"{quoted(str(raw))}的单位是{unit}，请换算后再填（{worth}）")
    text = _UNIT.sub("", text.removeprefix(_MONEY_SIGN))
    if not text:
        return None
    if not (_PLAIN.fullmatch(text) or (isinstance(raw, float) and _EXPONENT.fullmatch(text))):
        raise BadValue(f"应为数字，现为{quoted(str(raw))}，请核对")
    return Decimal(text.replace(",", ""))
