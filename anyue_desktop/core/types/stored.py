"""What field types share: a value that is its own text, and limits enforced alike when read and when received."""

from __future__ import annotations

from typing import TypeVar

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading

V = TypeVar("V")


class TextValued(FieldType[str]):
    """A type whose values are texts in one canonical form."""

    def show(self, value: str) -> str:
        """Returns the value itself."""
        return value

    def dump(self, value: str) -> Json:
        """Returns the value itself."""
        return value

    def load(self, stored: Json) -> str:
        """Returns a stored text."""
        return stored_text(stored)


def stored_text(stored: Json) -> str:
    """Returns a JSON text.

    Raises:
        BadValue: the JSON is something else.
    """
    if not isinstance(stored, str):
        raise BadValue(f"存储的内容{quoted(repr(stored))}不是文字")
    return stored


def checked(kind: FieldType[V], reading: Reading[V], context: Context) -> Reading[V]:
    """Returns the reading if its value is allowed.

    Raises:
        BadValue: `check` refuses the value.
    """
    sentence = None if reading.value is None else kind.check(reading.value, context)
    if sentence:
        raise BadValue(sentence)
    return reading
