"""Finds the header of a sheet and says which column holds which field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from anyue_desktop.sheets.column import Column, Spellings, spelling
from anyue_desktop.sheets.raw import RawSheet, is_blank, letter, shown

SEARCHED_ROWS = 10
NAMELESS = "（没有表头）"
ENOUGH = 3  # known labels that make a row the header

_NAME = {"姓名", "名字"}
_PART = re.compile(r"(责任|监护|联系|照料|赡养|扶养|帮扶)$")
_SOMEBODY = re.compile(r"(人|员|者|属|子女|家长|父亲|母亲|父母|配偶|干部|主任|户主|单位)$")


class Role(StrEnum):
    """What a column is for."""

    FIELD = "field"
    AGE = "age"  # compared with the birth date
    IGNORED = "ignored"  # 序号
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class HeaderCell:
    """One column of the sheet: its number from 1, its header, what it is taken for."""

    number: int
    text: str
    role: Role
    column: Column | None = None

    @property
    def letter(self) -> str:
        """The letters the officer sees above the column."""
        return letter(self.number)


@dataclass(frozen=True)
class Header:
    """The header rows of a sheet, `top` to `bottom`, and its columns."""

    top: int
    bottom: int
    cells: tuple[HeaderCell, ...]

    @property
    def fields(self) -> dict[int, Column]:
        """The fields by column number."""
        return {cell.number: cell.column for cell in self.cells if cell.column is not None}

    @property
    def unknown(self) -> tuple[HeaderCell, ...]:
        """The columns nobody knows."""
        return tuple(cell for cell in self.cells if cell.role is Role.UNKNOWN)

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letters of the columns by path."""
        return {cell.column.path: cell.letter for cell in self.cells if cell.column is not None}

    @property
    def age(self) -> int:
        """The number of the age column; 0 when there is none."""
        return next((cell.number for cell in self.cells if cell.role is Role.AGE), 0)

    def completed(self, used: Iterable[int]) -> Header:
        """Returns the header with the columns that hold something under no header, and no unknown text twice."""
        known = {cell.number for cell in self.cells}
        nameless = [HeaderCell(number, NAMELESS, Role.UNKNOWN) for number in used if number not in known]
        cells = sorted([*self.cells, *nameless], key=lambda cell: cell.number)
        times = Counter(cell.text for cell in cells)
        named = (replace(cell, text=f"{cell.text}{cell.letter}列") if times[cell.text] > 1 else cell for cell in cells)
        return replace(self, cells=tuple(named))

    def remapped(self, choices: Mapping[str, Column | None]) -> Header:
        """Returns the header with the officer's choices, by column letter; None means: leave this column out."""
        chosen = {column.path for column in choices.values() if column is not None}
        return replace(self, cells=tuple(_remapped(cell, choices, chosen) for cell in self.cells))


def _remapped(cell: HeaderCell, choices: Mapping[str, Column | None], chosen: set[str]) -> HeaderCell:
    if cell.letter in choices:
        column = choices[cell.letter]
        return replace(cell, column=column, role=Role.FIELD if column else Role.UNKNOWN)
    if cell.column is not None and cell.column.path in chosen:  # the officer gave its field to another column
        return replace(cell, column=None, role=Role.UNKNOWN)
    return cell


def find_header(sheet: RawSheet, columns: Sequence[Column]) -> Header | None:
    """Returns the header of a sheet, or None when none of the first rows looks like one."""
    spellings = Spellings(columns)
    for row in range(1, min(SEARCHED_ROWS, len(sheet.rows)) + 1):
        single = _read(sheet, row, row, spellings)
        double = _read(sheet, row, row + 1, spellings)
        if _score(double) > _score(single) and _is_header(double) and _upper_helps(sheet, row, spellings):
            return double
        if _is_header(single):
            return _read(sheet, row - 1, row, spellings) if _is_group_row(sheet, row - 1) else single
    return None


def samples(sheet: RawSheet, header: Header, count: int = 3) -> dict[str, list[str]]:
    """Returns the first different values under each header, by column letter, for the mapping page."""
    found: dict[str, dict[str, None]] = {cell.letter: {} for cell in header.cells}
    wanted = {cell.number: found[cell.letter] for cell in header.cells}
    seen: dict[int, set[object]] = {number: {None} for number in wanted}
    for _, row in sheet.numbered(header.bottom + 1):
        for number, raws in seen.items():
            raw = row[number - 1] if number <= len(row) else None
            if raw not in raws:
                raws.add(raw)
                wanted[number].update({text: None} if (text := shown(raw)) else {})
        seen = {number: raws for number, raws in seen.items() if len(wanted[number]) < count}
        if not seen:
            break
    return {place: list(texts) for place, texts in found.items()}


def _read(sheet: RawSheet, top: int, bottom: int, spellings: Spellings) -> Header:
    texts = _texts(sheet, top) if top == bottom else _joined(sheet, top, bottom)
    fields = spellings.assign(texts)
    cells = (_cell(number, wordings, fields.get(number), spellings) for number, wordings in sorted(texts.items()))
    return Header(top, bottom, tuple(cells))


def _cell(number: int, wordings: Sequence[str], column: Column | None, spellings: Spellings) -> HeaderCell:
    if column is not None:
        role = Role.FIELD
    elif spellings.is_age(wordings):
        role = Role.AGE
    elif spellings.is_ignored(wordings):
        role = Role.IGNORED
    else:
        role = Role.UNKNOWN
    return HeaderCell(number, " ".join(wordings[0].split()), role, column)


def _texts(sheet: RawSheet, row: int) -> dict[int, tuple[str, ...]]:
    cells = sheet.rows[row - 1] if 1 <= row <= len(sheet.rows) else []
    return {
        number: (str(cell),) for number, cell in enumerate(cells, 1) if isinstance(cell, str) and not is_blank(cell)
    }


def _joined(sheet: RawSheet, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """Reads two header rows together: `紧急联系人` above `电话` is `紧急联系人电话`."""
    upper, lower = _spread(sheet, top), _texts(sheet, bottom)
    joined: dict[int, tuple[str, ...]] = {}
    for number in sorted({*upper, *lower}):
        above, below = upper.get(number, ""), lower.get(number, ("",))[0]
        if not below:
            joined[number] = (above,)
        elif not above:
            joined[number] = (below,)
        elif somebody := _somebody(above):  # the name below is somebody else's
            own = (somebody,) if spelling(below) in _NAME else ()
            joined[number] = tuple(dict.fromkeys((above + below, somebody + below, *own)))
        else:
            joined[number] = (above + below, below, above)
    return joined


def _somebody(heading: str) -> str:
    """Returns whom a heading is about, or nothing: 探访责任 above 姓名 means the 探访责任人."""
    text = spelling(heading)
    return f"{heading}人" if _PART.search(text) else heading if _SOMEBODY.search(text) else ""


def _spread(sheet: RawSheet, row: int) -> dict[int, str]:
    """Returns the texts of a row, repeated over the columns they are merged across; sentences are no headings."""
    texts = {number: wordings[0] for number, wordings in _texts(sheet, row).items()}
    for span in sheet.merged:
        if span.top == row and span.left in texts:
            texts.update(dict.fromkeys(range(span.left, span.right + 1), texts[span.left]))
    return {number: text for number, text in texts.items() if ":" not in text and "：" not in text}


def _upper_helps(sheet: RawSheet, row: int, spellings: Spellings) -> bool:
    """Whether the upper row takes part in naming a column; a title above the header does not."""
    lower = _texts(sheet, row + 1)
    with_upper = {
        number: [text for text in wordings if (text,) != lower.get(number)]
        for number, wordings in _joined(sheet, row, row + 1).items()
    }
    known = spellings.assign(with_upper)
    return any(number in known or spellings.is_known(texts) for number, texts in with_upper.items())


def _is_group_row(sheet: RawSheet, row: int) -> bool:
    groups = [span for span in sheet.merged if span.top == span.bottom == row and span.right > span.left]
    return bool(groups) and len(_texts(sheet, row)) > 1


def _score(header: Header) -> int:
    return sum(cell.role is not Role.UNKNOWN for cell in header.cells)


def _is_header(header: Header) -> bool:
    known = _score(header)
    return bool(header.fields) and (known >= ENOUGH or (known > 1 and known == len(header.cells)))
