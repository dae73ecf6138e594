"""References to several records."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import folded, quoted
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading
from anyue_desktop.core.identity import is_id
from anyue_desktop.core.types.stored import checked

Ids = tuple[str, ...]


@dataclass(frozen=True)
class Refs(FieldType[Ids]):
    """The ids of several records of the register called `target`, each once, in the order of their making."""

    target: str

    def parse(self, raw: object, context: Context) -> Reading[Ids]:
        """Reads ids divided by 、; people choose records, so only the program's own texts come here."""
        found = tuple(sorted({part for part in folded(raw).lower().split("、") if part}))
        return checked(self, Reading(found or None), context)

    def check(self, value: Ids, context: Context) -> str | None:
        """Refuses whatever is not a lower-case UUID, and ids out of order or named twice."""
        wrong = next((one for one in value if not is_id(one)), None)
        if wrong is not None:
            return f"{quoted(str(wrong))}不是档案标识，请重新选择对应的档案"
        return None if tuple(sorted(set(value))) == value else "所选的档案有重复或顺序不对，请重新选择"

    def show(self, value: Ids) -> str:
        """Returns the ids, divided by 、."""
        return "、".join(value)

    def dump(self, value: Ids) -> Json:
        """Returns the ids as a list."""
        return [*value]

    def load(self, stored: Json) -> Ids:
        """Returns the ids of a stored list."""
        if not isinstance(stored, list) or not all(isinstance(one, str) for one in stored):
            raise BadValue(f"存储的内容{quoted(repr(stored))}不是档案标识的列表")
        return tuple(stored)
