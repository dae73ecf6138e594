"""What the cells of one column mean: the same content in the same column is read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyue_desktop.core.field_type import BadValue, Reading
from anyue_desktop.sheets.column import Column
from anyue_desktop.sheets.raw import Fault, is_blank

REMEMBERED = 10_000  # different contents kept per column

Told = tuple[Column, object, Reading[Any] | BadValue | Fault]  # a cell, and what is to be said beside its value


class Meanings(dict[object, Any]):
    """`meanings[content]` is the value; whatever else a content says goes to `told`, each time it is asked for.

    Only blanks, texts and days are kept under themselves: 1, 1.0 and True are equal, and may mean three things.
    """

    __slots__ = ("_column", "_is_plain", "_parse", "_readings", "_told")

    def __init__(self, column: Column, parse: Callable[[Column, object], Reading[Any] | BadValue], told: list[Told]):
        super().__init__({None: None})
        self._column = column
        self._is_plain = column.field.type.is_plain
        self._parse = parse
        self._told = told
        self._readings: dict[tuple[type, object], Reading[Any] | BadValue] = {}

    def __missing__(self, content: object) -> Any:
        if content.__class__ is str and self._is_plain(content):
            return self._kept(content, content)
        if is_blank(content):
            return None
        if isinstance(content, Fault):
            self._told.append((self._column, content, content))
            return None
        found = self._reading(content)
        if isinstance(found, BadValue):
            self._told.append((self._column, content, found))
            return None
        if found.notes or found.beside:
            self._told.append((self._column, content, found))
        elif isinstance(content, str):
            return self._kept(content, found.value)
        return found.value

    def _kept(self, content: object, value: Any) -> Any:
        if len(self) < REMEMBERED:
            self[content] = value
        return value

    def _reading(self, content: object) -> Reading[Any] | BadValue:
        key = (content.__class__, content)
        found = self._readings.get(key)
        if found is None:
            found = self._parse(self._column, content)
            if len(self._readings) < REMEMBERED:
                self._readings[key] = found
        return found
