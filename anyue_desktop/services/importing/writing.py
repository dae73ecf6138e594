"""Writes what a dry run staged."""

from __future__ import annotations

from typing import Any

from anyue_desktop.core.register import Register
from anyue_desktop.db.work import Work
from anyue_desktop.registers import Record
from anyue_desktop.services.entries import FROM_WORKBOOK, next_state, own_keys
from anyue_desktop.services.importing.plan import Staged
from anyue_desktop.services.marking import TO_REPORT
from anyue_desktop.services.numbering import Serials


def write(work: Work, serials: Serials, register: Register, record: type[Record], staged: Staged) -> None:
    """Inserts and changes the staged records of one register."""
    keys = own_keys(register) | {"id", "township_code"}
    fresh = staged.values(register.name, fresh=True)
    work.insert_many(record, (_numbered(serials, register, _own(values, keys)) for values in fresh))
    known = staged.values(register.name, fresh=False)
    work.update_many(record, (_corrected(values, keys) for values in known))


def _own(values: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return values if values.keys() <= keys else {key: value for key, value in values.items() if key in keys}


def _numbered(serials: Serials, register: Register, row: dict[str, Any]) -> dict[str, Any]:
    rule = register.numbering
    if rule is not None and not row.get(rule.key):
        row[rule.key] = serials.next(register, rule, row)
    row["source"], row["report_state"] = FROM_WORKBOOK, TO_REPORT
    return row


def _corrected(values: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return {**_own(values, keys), "report_state": next_state(values.get("report_state"))}
