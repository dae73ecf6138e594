"""Several records of another register, shown as chips."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context, Reading
from anyue_desktop.core.types import Codes
from anyue_desktop.services.records import Records
from anyue_desktop.ui.editors.code_set import CodesEditor
from anyue_desktop.ui.editors.lookup import RecordLookup


class RecordsLookup(RecordLookup):
    """Records of another register; names the one a chip stands for."""

    def name(self, value: Any) -> str:
        """Returns the name of the record with this id."""
        return super().name(value[0])


class RecordsEditor(CodesEditor):
    """Chips and the one box, as for codes; what is typed is looked for in the other register's list."""

    def __init__(
        self, field: Field, target: str, records: Records, context: Context, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, Codes(""), context, RecordsLookup(records, target), parent)

    def reading(self) -> Reading[Any]:
        """Returns the chips together with the record the text in the box means."""
        text = self.raw().strip()
        found = self.lookup.find(text) if text else ()
        if text and not found:
            raise BadValue(f"没有找到“{text}”，请重新输入")
        if len(found) > 1:
            raise BadValue(f"“{text}”对应 {len(found)} 条记录，请从列表里选")
        return Reading(self._joined(tuple(one.code for one in found)) or None)

    def _joined(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({*self._codes, *typed}))
