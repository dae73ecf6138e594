"""Dates and months as village sheets write them (1950.1.1, 19500101, 1950年1月, 11月3日 …)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.field_type import BadValue, Context

EARLIEST = date(1880, 1, 1)
LATEST = date(2199, 12, 31)
EXAMPLE = "请写成1950-01-01这样的形式"

_EXCEL_EPOCH = date(1899, 12, 30)  # serials from 61 on; Excel believes in 1900-02-29 (serial 60)
_LAST_SERIAL = 60000
_FALSE_SERIAL = 60
_TIME_PART = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_BRACKET_PART = re.compile(r"\([^()]*\)$|(?:星期|周)[一二三四五六日天]$")
_LUNAR = re.compile(r"农历|阴历|旧历|正月|冬月|腊月|闰|初[一二三四五六七八九十\d]|廿|[元端]午")
_DAY = re.compile(r"(\d{4})[年./\-,、。](\d{1,2})[月./\-,、。](\d{1,2})[日号]?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[年./\-,、。](\d{1,2})月?份?|(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_NO_YEAR = re.compile(r"(\d{1,2})[月./\-、](\d{1,2})[日号]?")
_ONLY_MONTH = re.compile(r"(\d{1,2})月份?")
_SHORT_YEAR = re.compile(r"'?(\d{2})年.*|'?(\d{2})[./\-、](\d{1,2})[./\-、](\d{1,2})[日号]?")
_CLOCK = re.compile(r"(上午|下午|晚上|中午|早上)?(\d{1,2})(?:[:.](\d{2})(?::\d{2})?|[点时](半|\d{1,2})?分?整?)")
_AFTERNOON = {"下午", "晚上"}


class Precision(StrEnum):
    """How much of a date is known (code list `date_precision`)."""

    DAY = "1"
    MONTH = "2"
    YEAR = "3"
    LUNAR = "4"


@dataclass(frozen=True)
class DateReading:
    """A date read from a cell; a month or a year stands for its first day."""

    value: date
    precision: Precision = Precision.DAY
    notes: tuple[str, ...] = ()


def read_date(raw: object, context: Context) -> DateReading | None:
    """Reads a date cell or text; a blank gives None.

    Raises:
        BadValue: no date, an impossible or lunar one, a two-digit year, or a day without a year.
    """
    if isinstance(raw, datetime):
        return _in_range(DateReading(raw.date()), raw)
    if isinstance(raw, date):
        return _in_range(DateReading(raw), raw)
    text = _date_text(raw)
    if not text:
        return None
    reading = _with_year(text) or _serial(raw, text) or _without_year(raw, text, context)
    if reading is None:
        raise BadValue(_unreadable(text))
    return _in_range(reading, raw)


def read_month(raw: object, context: Context) -> str | None:
    """Reads a month as `YYYY-MM`; a date gives its month, a blank gives None.

    Raises:
        BadValue: no month can be read.
    """
    text = _date_text(raw)
    found = _ONLY_MONTH.fullmatch(text)
    if found and context.year is not None and 1 <= int(found[1]) <= 12:
        return f"{context.year:04d}-{int(found[1]):02d}"
    reading = read_date(raw, context)
    if reading is None:
        return None
    if reading.precision is Precision.YEAR:
        raise BadValue(f"{quoted(text)}只有年份，请写成2026-11这样的年月")
    return month_of(reading.value)


def read_time(raw: object) -> str | None:
    """Reads a time of day as `HH:MM`; a blank gives None.

    Raises:
        BadValue: no time can be read.
    """
    if isinstance(raw, (datetime, time)):
        return f"{raw.hour:02d}:{raw.minute:02d}"
    if isinstance(raw, float) and 0 <= raw < 1:  # Excel keeps a time as a fraction of the day
        minutes = round(raw * 1440) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    text = folded(raw)
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    if found:
        hour = int(found[2]) + (12 if found[1] in _AFTERNOON and int(found[2]) < 12 else 0)
        minute = 30 if found[4] == "半" else int(found[3] or found[4] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    raise BadValue(f"{quoted(text)}不是时间，请写成09:30这样的形式")


def age_on(birth: date, day: date) -> int:
    """Returns the full years of age; someone born on 29 February grows older on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def birthday(birth: date, age: int) -> date:
    """Returns the day somebody turns an age; 1 March for 29 February in common years."""
    year = birth.year + age
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def month_of(day: date) -> str:
    """Returns the `YYYY-MM` of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Returns the first day of a `YYYY-MM` month."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """Returns the last day of a `YYYY-MM` month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def shifted(month: str, count: int) -> str:
    """Returns the month `count` months later (earlier when negative)."""
    position = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{position // 12:04d}-{position % 12 + 1:02d}"


def real_date(year: int, month: int, day: int) -> date | None:
    """Returns the date, or None when the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date_text(raw: object) -> str:
    text = _TIME_PART.sub("", unicodedata.normalize("NFKC", cell_text(raw)))
    return folded(_BRACKET_PART.sub("", folded(text)))


def _with_year(text: str) -> DateReading | None:
    if _LUNAR.search(text):
        raise BadValue(f"{quoted(text)}是农历，请换算成公历再填写（身份证上的出生日期就是公历）")
    day = _EIGHT.fullmatch(text) or _DAY.fullmatch(text)
    if day:
        return DateReading(_existing(text, *map(int, day.groups())))
    month = _MONTH.fullmatch(text)
    if month:
        year, number = (int(part) for part in month.groups() if part)
        return DateReading(_existing(text, year, number, 1), Precision.MONTH, _doubt(text))
    year_only = _YEAR.fullmatch(text)
    if year_only and EARLIEST.year <= int(year_only[1]) <= LATEST.year:
        return DateReading(date(int(year_only[1]), 1, 1), Precision.YEAR)
    return None


def _doubt(text: str) -> tuple[str, ...]:
    return (f"{quoted(text)}只有年月，没有日",)


def _existing(text: str, year: int, month: int, day: int) -> date:
    found = real_date(year, month, day)
    if found is None:
        raise BadValue(f"{quoted(text)}中的日期 {year:04d}-{month:02d}-{day:02d} 不存在，请核对")
    return found


def _serial(raw: object, text: str) -> DateReading | None:
    number = _serial_number(raw, text)
    if number is None:
        return None
    if number == _FALSE_SERIAL:
        raise BadValue("Excel日期序号60是1900-02-29，这一天不存在，请核对")
    day = _EXCEL_EPOCH + timedelta(days=number + (number < _FALSE_SERIAL))
    return DateReading(day, notes=(f"数字{text}按Excel日期序号读作{day.isoformat()}",))


def _serial_number(raw: object, text: str) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float) and not raw.is_integer():  # a day with a time; smaller ones are 1950.1 or 11.3
        return int(raw) if 10000 <= raw <= _LAST_SERIAL else None
    if not re.fullmatch(r"[0-9]{1,5}", text) or (isinstance(raw, str) and len(text) < 5):
        return None
    return int(text) if 1 <= int(text) <= _LAST_SERIAL else None


def _without_year(raw: object, text: str, context: Context) -> DateReading | None:
    found = _NO_YEAR.fullmatch(text)
    if _SHORT_YEAR.fullmatch(text) or (found and int(found[1]) > 12):
        raise BadValue(f"{quoted(text)}的年份只有两位，看不出是哪个世纪，{EXAMPLE}")
    if found is None:
        return None
    if context.year is None:
        raise BadValue(f"{quoted(text)}没有年份，{EXAMPLE}")
    day = _existing(text, context.year, int(found[1]), int(found[2]))
    if isinstance(raw, float) and real_date(day.year, day.month, day.day * 10) and "." in text and len(found[2]) == 1:
        raise BadValue(f"数字{text}看不出是{day.day}日还是{day.day * 10}日，{EXAMPLE}")
    return DateReading(day, notes=(f"{quoted(text)}没有年份，按标题中的{context.year}年读作{day.isoformat()}",))


def _in_range(reading: DateReading, raw: object) -> DateReading:
    sentence = out_of_range(reading.value)
    if sentence:
        raise BadValue(sentence)
    if isinstance(raw, float) and reading.precision is Precision.MONTH and repr(raw).endswith(".1"):
        raise BadValue(f"数字{raw!r}看不出是1月还是10月，{EXAMPLE}")
    if reading.precision is Precision.YEAR:
        return replace(reading, notes=(*reading.notes, f"只有年份{reading.value.year}，没有月和日"))
    return reading


def out_of_range(day: date) -> str | None:
    """Returns the sentence for a date no register can hold, or None."""
    if day < EARLIEST:
        return f"日期{day.isoformat()}早于{EARLIEST.year}年，请核对年份"
    if day > LATEST:
        return f"日期{day.isoformat()}晚于{LATEST.year}年，请核对年份"
    return None


def _unreadable(text: str) -> str:
    return f"{quoted(text)}看不出是哪一天，{EXAMPLE}"
