"""Which values stay for the next record of a register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyue_desktop.core.register import is_blank
from anyue_desktop.ui.paths import value_at, with_value

USUAL: dict[str, tuple[str, ...]] = {
    "elder_case": (
        "person.residence_division", "responsible_name", "responsible_type", "responsible_phone", "consent_kind",
        "enrol_date", "enrol_source",
    ),
    "elder_visit": ("visit_date", "visitor_name", "visitor_type", "visit_method"),
}  # fmt: skip


class Pins:
    """The carried-over values of one form; a person may pin and unpin any field."""

    def __init__(self, register: str) -> None:
        self._paths = set(USUAL.get(register, ()))

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def toggle(self, path: str) -> bool:
        """Pins or unpins a field; returns whether it is pinned now."""
        self._paths ^= {path}
        return path in self._paths

    def carry(self, values: Mapping[str, Any], start: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the values of the next record: a fresh start with the pinned values of the last one."""
        result = dict(start)
        for path in sorted(self._paths):
            value = value_at(values, path)
            if not is_blank(value):
                result = with_value(result, path, value)
        return result
