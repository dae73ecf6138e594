"""What title, sheet name and file name say about all rows of a sheet: year, month, village, group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.types import Division
from anyue_desktop.sheets.column import Column, prefix_of
from anyue_desktop.sheets.raw import RawSheet, shown

VILLAGE_LEVEL = "village"
GROUP_KEY = "group_name"
LONGEST_PREFIX = 10  # characters before a village's name: 安岳县天马乡土桥村
LONGEST_BARE_NAME = 6

_YEAR = re.compile(r"(20\d{2})\s*[年.\-/]")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月")
_YEAR_MONTH = re.compile(r"(20\d{2})\s*[年.\-/]\s*(1[0-2]|0?[1-9])(?!\d)")
_NAMED = re.compile(
    r"(?:村名|村别|所在村|所属村|村（社区）|村\(社区\)|填报单位[^:：]*|单位|村|社区)\s*[:：]\s*([^\s:：,，;；]+)"
)
_VILLAGE = re.compile(r"[\u3400-\u9fff]{1,12}?(?:村|社区)")
_GROUP = re.compile(r"第?[0-9０-９一二三四五六七八九十]{1,3}\s*(?:村民小组|村民组|小组|组|社)(?!区)")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Hints:
    """Year and month named above the table, and raw texts for columns whose cells are blank, by path."""

    year: int | None = None
    month: int | None = None
    implied: Mapping[str, str] = field(default_factory=dict)


def read_hints(file_name: str, sheet: RawSheet, header_row: int, columns: Sequence[Column], context: Context) -> Hints:
    """Reads the hints: the rows above the header first, then the name of the sheet, then that of the file."""
    above = [shown(cell) for _, row in sheet.numbered() if _ < header_row for cell in row if cell is not None]
    texts = [*above, sheet.name, file_name]
    year, month = _year_and_month(texts)
    village = village_column(columns)
    if village is None:
        return Hints(year, month)
    implied = {}
    place = _first_village(texts, village, context)
    if place:
        implied[village.path] = place
    group = next((found[0] for text in (sheet.name, *above) if (found := _GROUP.search(text))), "")
    if group:
        implied[prefix_of(village) + GROUP_KEY] = group
    return Hints(year, month, implied)


def village_column(columns: Sequence[Column]) -> Column | None:
    """Returns the column that says where somebody lives: the first one that holds a village."""
    for column in columns:
        if isinstance(column.field.type, Division) and column.field.type.level == VILLAGE_LEVEL:
            return column
    return None


def group_of(text: str) -> str:
    """Returns the text if it names a village group and nothing else (`三组`, `第3村民小组`), otherwise nothing."""
    return text.strip() if _GROUP.fullmatch(text.strip()) else ""


def names_village(text: str, column: Column, context: Context) -> bool:
    """Tells whether a text is the name of a village."""
    try:
        return column.field.type.parse(text, context).value is not None
    except BadValue:
        return False


def _year_and_month(texts: Sequence[str]) -> tuple[int | None, int | None]:
    for text in texts:
        both = _YEAR_MONTH.search(text)
        if both:
            return int(both[1]), int(both[2])
    years = (found for text in texts if (found := _YEAR.search(text)))
    year = next(years, None)
    months = (found for text in texts if (found := _MONTH.search(text)))
    month = next(months, None)
    return (int(year[1]) if year else None), (int(month[1]) if month else None)


def _first_village(texts: Sequence[str], column: Column, context: Context) -> str:
    for text in texts:
        for candidate in _candidates(text):
            if names_village(candidate, column, context):
                return candidate
    return ""


def _candidates(text: str) -> Iterator[str]:
    """Yields what may be a village's name: after a colon, before 村 or 社区, or a short text that is nothing else."""
    for found in _NAMED.finditer(text):
        yield found[1]
    for found in _VILLAGE.finditer(text):
        name = found[0]
        yield from (name[start:] for start in range(min(LONGEST_PREFIX, len(name) - 2)))
    if _HAN.fullmatch(text) and len(text) <= LONGEST_BARE_NAME:
        yield text
