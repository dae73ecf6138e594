"""Workbooks going out: templates to fill in, lists to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.core.masking import mask
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.register import Register
from anyue_desktop.core.sheet import Cell
from anyue_desktop.db.store import Store
from anyue_desktop.services import columns
from anyue_desktop.services.access import permitted
from anyue_desktop.services.columns import Column
from anyue_desktop.services.minors import birth_path, hidden_of_child, is_young
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.unit import Unit
from anyue_desktop.sheets.column import Column as SheetColumn
from anyue_desktop.sheets.export import plain, write_export, write_export_csv

MASKED = "已脱敏"


@dataclass(frozen=True)
class Exported:
    """A workbook that was written."""

    path: Path
    rows: int


class Exporting:
    """Writes templates and lists."""

    def __init__(self, store: Store, unit: Unit, records: Records) -> None:
        self._store = store
        self._unit = unit
        self._records = records

    def template(self, register: str, target: Path) -> Path:
        """Writes the workbook a village fills in: all fields, drop-down lists, the township's villages.

        Raises:
            UserError: there is no such register, or the file cannot be written.
        """
        from anyue_desktop.sheets.template import write_template  # noqa: PLC0415 - openpyxl takes 0.3 s to load

        known = permitted(self._store, register)
        villages = [one.name for one in self._records.villages()]
        write_template(_as_workbook(target), known.title, columns.typed_columns(known), villages)
        return _as_workbook(target)

    def export(
        self,
        register: str,
        target: Path,
        *,
        query: Query | None = None,
        paths: Sequence[str] = (),
        unmask_reason: str = "",
        progress: Progress | None = None,
    ) -> Exported:
        """Writes what a list shows; what identifies people is masked unless a reason is given, which is logged.

        Raises:
            UserError: there is no such register, or the file cannot be written.
        """
        known = permitted(self._store, register)
        shown = [columns.column(known, path) for path in paths] or self._records.columns(known.name)
        ids = self._records.ids(query or Query(known.name))
        reason = unmask_reason.strip()
        values = self._values(known, ids, shown, guarded=not reason)
        show = plain if reason else _masked
        if target.suffix.lower() == ".csv":
            path = target
            rows = write_export_csv(path, shown, values, show=show, progress=progress)
        else:
            path = _as_workbook(target)
            notice = f"{self._unit.name}　{f'未脱敏：{reason}' if reason else MASKED}"
            rows = write_export(path, known.title, shown, values, show=show, notice=notice, progress=progress)
        self._store.note("export", {"register": known.name, "rows": rows, "unmasked": bool(reason), "reason": reason})
        return Exported(path, rows)

    def _values(
        self, known: Register, ids: Sequence[str], shown: Sequence[Column], *, guarded: bool
    ) -> list[dict[str, Any]]:
        born = birth_path(known) if guarded else ""
        wanted = dict.fromkeys([*(one.path for one in shown), *([born] if born else [])])
        rows = self._records.values(known.name, ids, [*wanted])
        if not born:
            return rows
        today = clock.today()
        return [{**row, **hidden_of_child(row, shown)} if is_young(row[born], today) else row for row in rows]


def _masked(column: SheetColumn, value: Any) -> Cell:
    if value is None:
        return None
    masked = mask(column.field, value)
    readable = plain(column, value)
    return readable if column.field.type.show(value) == masked else masked


def _as_workbook(target: Path) -> Path:
    return target if target.suffix.lower() == ".xlsx" else target.with_name(f"{target.name}.xlsx")
