"""Everything a person can do with the records of a register."""

from __future__ import annotations

from collections.abc import Callable

from anyue_desktop.core.field_type import Context
from anyue_desktop.db.store import Store
from anyue_desktop.services.choices import Choice, Choices
from anyue_desktop.services.column_sets import ColumnSets
from anyue_desktop.services.drafting import Drafting
from anyue_desktop.services.entries import Entries, Saved
from anyue_desktop.services.histories import Histories
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.photos import Album
from anyue_desktop.services.suggesting import Suggesting

__all__ = ["Records", "Saved"]


class Records(Suggesting, Drafting, Histories, ColumnSets):
    """Looking, entering, drafting and looking back, over one store."""

    def __init__(self, store: Store, context: Callable[[], Context]) -> None:
        Lists.__init__(self, store)
        Entries.__init__(self, store, context)
        Drafting.__init__(self, store)
        Histories.__init__(self, store, self.set)
        self._choices = Choices(context().township)
        self.album = Album(store)

    def choices(self, register: str, path: str, text: str = "", township: str = "") -> list[Choice]:
        """Returns the values a text may mean in a field, the likeliest first; of villages those of a township."""
        return self._choices.of(register, path, text, township)

    def villages(self, township: str = "") -> list[Choice]:
        """Returns the villages of a township, the unit's own unless named; a county has none of its own."""
        return self._choices.villages(township)
