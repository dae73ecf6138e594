"""Several choices of a code list."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.codes import CodeList, code_list
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading
from anyue_desktop.core.types.stored import checked

Chosen = tuple[str, ...]


@dataclass(frozen=True)
class Codes(FieldType[Chosen]):
    """The codes of several entries of a list, in list order; `exclusive` (无) stands alone."""

    recurring = True

    list_name: str
    exclusive: str | None = None

    @property
    def list(self) -> CodeList:
        """The code list."""
        return code_list(self.list_name)

    def parse(self, raw: object, context: Context) -> Reading[Chosen]:
        """Reads names divided by 、 ， ; / or spaces."""
        if not folded(raw):
            return Reading(None)
        known = self.list
        codes = known.in_order(known.find(part).code for part in known.split(cell_text(raw)))
        return checked(self, Reading(codes or None), context)

    def check(self, value: Chosen, context: Context) -> str | None:
        """Refuses unknown codes, a wrong order, and 无 together with others."""
        unknown = next((code for code in value if code not in self.list), None)
        if unknown is not None:
            return f"“{self.list.title}”里没有代码{quoted(str(unknown))}，请重新选择"
        if self.exclusive in value and len(value) > 1:
            return f"“{self.list.show(str(self.exclusive))}”不能和其他选项同时选：{quoted(self.show(value))}"
        return None if self.list.in_order(value) == value else f"{quoted(self.show(value))}的顺序不对，请重新选择"

    def show(self, value: Chosen) -> str:
        """Returns the names, divided by 、."""
        return "、".join(map(self.list.show, value))

    def dump(self, value: Chosen) -> Json:
        """Returns the codes as a list."""
        return [*value]

    def load(self, stored: Json) -> Chosen:
        """Returns the codes of a stored list."""
        if not isinstance(stored, list) or not all(isinstance(code, str) for code in stored):
            raise BadValue(f"存储的内容{quoted(repr(stored))}不是代码的列表")
        return tuple(stored)
