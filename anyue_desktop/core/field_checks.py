"""The checks the fields of a register make by themselves, for hundreds of thousands of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context

REMEMBERED = 5_000  # values per field
NOTHING_SAID = ("", ())
_REPEATING = frozenset({str, tuple, date, int, bool})  # kinds of values that come again: codes, names, days


class FieldChecks:
    """The fields' own checks; a value that passed on a day in a unit passes again without being looked at."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._kinds = {one.key: one.type for one in fields}
        self._kept: tuple[Context | None, dict[str, set[Any]]] = (None, {})

    def sentence(self, key: str, value: Any, context: Context) -> str | None:
        """Returns the sentence that says why a field's value is not allowed, or None."""
        passed = self.passed(context)[key]
        if value.__class__ not in _REPEATING:
            return self._kinds[key].check(value, context)
        if value in passed:
            return None
        sentence = self._kinds[key].check(value, context)
        if not sentence and len(passed) < REMEMBERED:
            passed.add(value)
        return sentence

    def all_pass(self, values: Mapping[str, Any], context: Context) -> bool:
        """Whether no value among these is wrong by itself."""
        passed = self.passed(context)
        for key, value in values.items():
            if value is None or (known := passed.get(key)) is None:
                continue
            if value.__class__ in _REPEATING and value in known:
                continue
            if value not in NOTHING_SAID and self.sentence(key, value, context):
                return False
        return True

    def passed(self, context: Context) -> dict[str, set[Any]]:
        """Returns what passed in this context, by field."""
        known, passed = self._kept
        if known is not context:  # to compare them takes longer than to look at a value
            if known != context:
                passed = {key: set() for key in self._kinds}
            self._kept = (context, passed)
        return passed
