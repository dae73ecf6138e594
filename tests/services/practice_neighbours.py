"""Neighbours of made-up records, found by plain search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Values = Mapping[str, Any]
Records = Mapping[str, Sequence[Values]]


class Found:
    """Answers what the rules ask beside a record; equal questions are looked up once per set of fields."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._by_id = {row["id"]: row for rows in records.values() for row in rows}
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Values]]] = {}

    def parent(self, register: str, identity: str) -> Values | None:
        return self._by_id.get(identity)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        keys = tuple(sorted(match))
        if (register, keys) not in self._indexes:
            index: dict[tuple[Any, ...], list[Values]] = defaultdict(list)
            for row in self._records[register]:
                index[tuple(row.get(key) for key in keys)].append(row)
            self._indexes[register, keys] = index
        return self._indexes[register, keys].get(tuple(match[key] for key in keys), [])


__all__ = ["Found"]
