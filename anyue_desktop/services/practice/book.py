"""The records of a made-up township as they are written: stamped, filled in and numbered as on entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anyue_desktop.core.field_type import Context
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.draw import Draw

Values = dict[str, Any]

TYPED, TO_REPORT = "1", "1"


class Book:
    """Records by register; the neighbours of those that are still to be written."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.records: dict[str, list[Values]] = {name: [] for name in RECORDS}
        self._by_id: dict[str, Values] = {}
        self._serials: Counter[str] = Counter()
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Values]]] = {}

    def write(self, register: str, draw: Draw, day: date, values: Values) -> Values:
        """Adds what somebody typed on a day, with everything the programme adds; returns the whole record."""
        known = REGISTERS[register]
        typed = {
            "id": numbers.record_id(draw, day),
            "created_at": numbers.moment_of(draw, day),
            "source": TYPED,
            "township_code": self.context.township,
            "report_state": TO_REPORT,
            **values,
        }
        whole = known.filled(typed, self.context, self)
        if known.numbering:
            whole[known.numbering.key] = self._numbered(known.numbering.prefix(whole), known.numbering.width)
        self.take(register, whole)
        return whole

    def take(self, register: str, whole: Values) -> None:
        """Adds a record that is whole already."""
        self.records[register].append(whole)
        self._by_id[whole["id"]] = whole
        for (name, keys), index in self._indexes.items():
            if name == register:
                index.setdefault(tuple(whole.get(key) for key in keys), []).append(whole)

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the record of a register with this id, or None."""
        return self._by_id.get(identity)

    def others(self, register: str, match: Mapping[str, Any]) -> Sequence[Values]:
        """Returns the records of a register whose fields equal `match`."""
        keys = tuple(match)
        index = self._indexes.get((register, keys))
        if index is None:
            index = self._indexes[register, keys] = {}
            for row in self.records[register]:
                index.setdefault(tuple(row.get(key) for key in keys), []).append(row)
        return index.get(tuple(match.values()), ())

    def _numbered(self, prefix: str, width: int) -> str:
        self._serials[prefix] += 1
        return f"{prefix}{self._serials[prefix]:0{width}d}"
