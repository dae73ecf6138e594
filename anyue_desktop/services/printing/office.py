"""What ledgers are made from: the records of one unit, and how far they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from anyue_desktop.core.dates import last_day
from anyue_desktop.core.divisions import divisions
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.access import permitted
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.minors import birth_path, is_young
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import Row, Teller
from anyue_desktop.services.query import Query, matching_ids
from anyue_desktop.services.unit import Unit

TOWNSHIP = "township_code"


@dataclass(frozen=True)
class Office:
    """One unit's records."""

    store: Store
    unit: Unit
    lists: Lists

    def whole_county(self, order: LedgerOrder) -> bool:
        """Whether the county prints what all its townships keep."""
        return self.unit.is_county and not order.township

    def township_name(self, code: str) -> str:
        """Returns the name of a township."""
        return divisions().name(code)

    def ids(self, register: str, order: LedgerOrder, village: str, *conditions: ColumnElement[bool]) -> list[str]:
        """Returns the ids of the records of an order; `village` is the dotted path of the village they belong to."""
        known = permitted(self.store, register)
        record = RECORDS[register]
        where = {village: order.village} if order.village and village else {}
        ids = matching_ids(known, Query(register, where=where)).where(*conditions)
        if order.township:
            ids = ids.where(record.township_code == order.township)
        with self.store.read() as session:
            return list(session.scalars(ids))

    def rows(
        self, register: str, ids: Sequence[str], paths: Sequence[str], tell: Teller, *, minor: bool | None = None
    ) -> list[Row]:
        """Returns the records of these ids, township by township; the county holds those of many.

        Whoever is under 14 is masked as a child unless `minor` says who is.
        """
        known = REGISTERS[register]
        born = birth_path(known)
        wanted = [*dict.fromkeys((*paths, TOWNSHIP, *([born] if born else [])))]
        values = self.lists.values(register, ids, wanted)
        return [
            Row(known, one, tell, minor=self._is_young(one, born, tell) if minor is None else minor)
            for one in sorted(values, key=lambda one: str(one[TOWNSHIP]))
        ]

    def _is_young(self, values: dict[str, Any], born: str, tell: Teller) -> bool:
        return bool(born) and is_young(values[born], tell.today)


def teller(order: LedgerOrder) -> Teller:
    """Returns who tells an order's values: ages are those of the month's last day."""
    return Teller(order.unmasked, last_day(order.month))
