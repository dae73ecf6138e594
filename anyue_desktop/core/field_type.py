"""The contract of every field type: how a value is read, checked, shown and stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

V = TypeVar("V")
Json = str | int | bool | list[str] | dict[str, str] | None
NOTHING: Mapping[str, Any] = {}


class BadValue(ValueError):
    """A text or cell that cannot be read as the field wants; its message is a sentence for the officer."""


@dataclass(frozen=True)
class Context:
    """What a text is read against."""

    today: date
    township: str = ""  # 12-digit code of the unit that reads; empty at the county
    year: int | None = None  # the year a sheet's title names, for dates written without one
    unit: str = ""  # 12-digit code of the unit that enters, where it is no township
    attributes: Mapping[tuple[str, str, str], Any] = field(default_factory=dict, hash=False)  # what the unit has
    # changed of a code's attributes, by list, code and attribute

    @property
    def owner(self) -> str:
        """The unit a new record belongs to."""
        return self.unit or self.township


@dataclass(frozen=True)
class Reading(Generic[V]):
    """A value read from a text or cell, with what the text says beside it."""

    value: V | None
    notes: tuple[str, ...] = ()  # sentences the officer should see; nothing is wrong
    beside: Mapping[str, Any] = field(default_factory=lambda: NOTHING)  # values for sibling fields, by key


class FieldType(ABC, Generic[V]):
    """One kind of value. The surfaces know values only through these five verbs."""

    @property
    def recurring(self) -> bool:
        """Whether few different values stand in very many records, so that answers about them are worth keeping."""
        return False

    @abstractmethod
    def parse(self, raw: object, context: Context) -> Reading[V]:
        """Reads a typed text or a workbook cell (str, int, float, bool, date, datetime or None).

        A blank gives a `Reading` of None. The value has passed `check`.

        Raises:
            BadValue: the text cannot be this kind of value; the message names the value seen and the remedy.
        """

    def is_plain(self, text: str) -> bool:
        """Whether one look shows that a text is a value as it is kept, and says nothing beside; in doubt it is not."""
        return False

    def check(self, value: V, context: Context) -> str | None:
        """Returns the sentence that says why a value is not allowed, or None."""
        return None

    @abstractmethod
    def show(self, value: V) -> str:
        """Returns the text a person reads; `parse(show(value))` gives the value back."""

    @abstractmethod
    def dump(self, value: V) -> Json:
        """Returns the JSON form carried in packages and drafts."""

    @abstractmethod
    def load(self, stored: Json) -> V:
        """Returns the value of a JSON form.

        Raises:
            BadValue: the JSON is not of this type's form.
        """
