"""A month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.dates import EARLIEST, LATEST, read_month
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.stored import TextValued, checked

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Month(TextValued):
    """A month as `YYYY-MM`."""

    recurring = True

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a month in the forms sheets use; a day gives its month."""
        return checked(self, Reading(read_month(raw, context)), context)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses whatever is not a month of a register's years."""
        found = _MONTH.fullmatch(value)
        if not found:
            return f"{quoted(value)}不是年月，请写成2026-11这样的形式"
        if not EARLIEST.year <= int(found[1]) <= LATEST.year:
            return f"年月{value}的年份不对，请核对"
        return None
