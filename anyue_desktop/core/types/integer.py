"""A whole number."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading
from anyue_desktop.core.types.number import digits_of
from anyue_desktop.core.types.stored import checked


@dataclass(frozen=True)
class Integer(FieldType[int]):
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def parse(self, raw: object, context: Context) -> Reading[int]:
        """Reads a whole number; thousands separators and a unit behind it are no fault."""
        found = digits_of(raw)
        if found is None:
            return Reading(None)
        if found != found.to_integral_value():
            raise BadValue(f"应为整数，现为{quoted(str(raw))}")
        return checked(self, Reading(int(found)), context)

    def check(self, value: int, context: Context) -> str | None:
        """Refuses numbers outside the limits."""
        if self.low <= value <= self.high:
            return None
        return f"应在{self.low}到{self.high}之间，现为{value}，请核对"

    def show(self, value: int) -> str:
        """Returns the digits."""
        return str(value)

    def dump(self, value: int) -> Json:
        """Returns the number itself."""
        return value

    def load(self, stored: Json) -> int:
        """Returns a stored whole number."""
        if not isinstance(stored, int) or isinstance(stored, bool):
            raise BadValue(f"存储的内容{quoted(repr(stored))}不是整数")
        return stored
