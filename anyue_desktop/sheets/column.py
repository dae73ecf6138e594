"""A column a workbook may have, and the ways people spell its header."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from anyue_desktop.core.field import Field
from anyue_desktop.core.register import Register

REASON = "错误原因"  # the column that is added when a workbook goes back
REQUIRED = "*"
GUIDE, CHOICES = "填表说明", "选项表"  # sheets of a template that hold no records
OWN_SHEETS = (GUIDE, CHOICES)

_IGNORED = ("序号", "编号", "序", "No", "行号", "乡镇街道", "乡镇", "镇乡", "街道", REASON)
_AGE = ("年龄", "周岁", "年龄岁", "实足年龄", "年龄周岁")
_WORDS = re.compile("老年人|老人|儿童|本人")
_BRACKETS = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")


class Column(Protocol):
    """A field at the end of a dotted path, seen from the register a sheet is about."""

    @property
    def path(self) -> str:
        """Dotted path: `person.name` of a case is the name of the case's person."""

    @property
    def field(self) -> Field:
        """The field."""

    @property
    def register(self) -> Register:
        """The register the field belongs to."""

    @property
    def label(self) -> str:
        """What the officer calls it; a workbook has each label once."""


def prefix_of(column: Column) -> str:
    """Returns what stands before the key in the path: `person.` of `person.name`."""
    return column.path[: len(column.path) - len(column.field.key)]


def spelling(text: str) -> str:
    """Returns the form in which headers are compared: no spaces, line breaks, brackets, signs, 老人/儿童/本人."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    return _WORDS.sub("", plain) or plain


class Spellings:
    """Knows the columns by label and by the other spellings their fields accept."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._by_label: dict[str, list[Column]] = {}
        self._by_header: dict[str, list[Column]] = {}
        for column in columns:
            self._by_label.setdefault(spelling(column.label), []).append(column)
            for other in column.field.headers:
                self._by_header.setdefault(spelling(other), []).append(column)
        self._ignored = {spelling(word) for word in _IGNORED}
        self._age = {spelling(word) for word in _AGE}

    def assign(self, texts: Mapping[int, Sequence[str]]) -> dict[int, Column]:
        """Gives each column of a sheet the field its header names.

        `texts` holds, by column number, the wordings a header may be read as, the best first. The exact label is
        stronger than another spelling, the whole text stronger than the text without its brackets; among equals the
        leftmost column wins, and no field is given twice.
        """
        found: dict[int, Column] = {}
        taken: set[str] = set()
        for index, remove in ((self._by_label, False), (self._by_header, False), *self._without_brackets()):
            for number in sorted(texts):
                if number in found:
                    continue
                column = _first(_wordings(texts[number], remove=remove), index, taken)
                if column is not None:
                    found[number] = column
                    taken.add(column.path)
        return found

    def is_known(self, wordings: Sequence[str]) -> bool:
        """Tells whether a header is known without being a field."""
        return self.is_ignored(wordings) or self.is_age(wordings)

    def is_ignored(self, wordings: Sequence[str]) -> bool:
        """Tells whether a header is known and of no use: a serial number, the township, an earlier 错误原因."""
        return any(spelling(text) in self._ignored for text in wordings)

    def is_age(self, wordings: Sequence[str]) -> bool:
        """Tells whether a header is the age, which is compared and never kept."""
        return any(spelling(text) in self._age for text in wordings)

    def _without_brackets(self) -> tuple[tuple[dict[str, list[Column]], bool], ...]:
        return (self._by_label, True), (self._by_header, True)


def _wordings(texts: Sequence[str], *, remove: bool) -> Iterator[str]:
    for text in texts:
        key = spelling(_BRACKETS.sub("", text) if remove else text)
        if key:
            yield key


def _first(keys: Iterator[str], index: Mapping[str, list[Column]], taken: set[str]) -> Column | None:
    for key in keys:
        for column in index.get(key, ()):
            if column.path not in taken:
                return column
    return None
