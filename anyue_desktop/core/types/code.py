"""One choice of a code list."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.cells import cell_text, folded, quoted
from anyue_desktop.core.codes import CodeList, code_list
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.core.types.stored import TextValued


@dataclass(frozen=True)
class Code(TextValued):
    """The code of one entry of the list called `list_name`."""

    recurring = True

    list_name: str

    @property
    def list(self) -> CodeList:
        """The code list."""
        return code_list(self.list_name)

    def parse(self, raw: object, context: Context) -> Reading[str]:
        """Reads a code, a name, a synonym or pinyin."""
        if not folded(raw):
            return Reading(None)
        return Reading(self.list.find(cell_text(raw)).code)

    def check(self, value: str, context: Context) -> str | None:
        """Refuses codes the list does not have."""
        return None if value in self.list else f"“{self.list.title}”里没有代码{quoted(value)}，请重新选择"

    def show(self, value: str) -> str:
        """Returns the name of the code."""
        return self.list.show(value)
