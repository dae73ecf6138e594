"""Neighbours given in a test, and what a register says of a record beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS

TODAY = Context(date(2026, 11, 23), "512021206000")
TOWNSHIP, VILLAGE, OTHER_VILLAGE, FAR_VILLAGE = "512021206000", "512021206200", "512021206201", "512021101200"


def uuid(number: int) -> str:
    """Returns a well-formed id."""
    return f"01a20000-0000-7000-8000-{number:012d}"


class Street:
    """Records that live beside the one under check."""

    def __init__(self, **registers: list[dict[str, Any]]) -> None:
        self.registers = registers

    def parent(self, register: str, identity: str) -> dict[str, Any] | None:
        return next((row for row in self.registers.get(register, []) if row["id"] == identity), None)

    def others(self, register: str, match: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows = self.registers.get(register, [])
        return [row for row in rows if all(row.get(key) == value for key, value in match.items())]


class Asked:
    """One good record of a register, asked what is said of it when something about it is different."""

    def __init__(self, register: str, values: dict[str, Any], street: Street) -> None:
        self.register, self.values, self.street = REGISTERS[register], values, street

    def said(self, street: Street | None = None, **changes: Any) -> dict[str, Kind]:
        """Returns the faults by code."""
        found = self.register.check({**self.values, **changes}, TODAY, street or self.street)
        return {problem.code: problem.kind for problem in found if problem.kind is not Kind.MISSING}

    def missing(self, street: Street | None = None, **changes: Any) -> set[str]:
        """Returns the fields that are wanted."""
        found = self.register.check({**self.values, **changes}, TODAY, street or self.street)
        return {problem.field for problem in found if problem.kind is Kind.MISSING}

    def filled(self, street: Street | None = None, **changes: Any) -> dict[str, Any]:
        """Returns the record with what follows from it."""
        return self.register.filled({**self.values, **changes}, TODAY, street or self.street)
