"""List ledgers: one declaration says which records stand in which columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from anyue_desktop.core.dates import last_day
from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Section, Sheet
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.printing.office import TOWNSHIP, Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.telling import Row, Teller, Told

Total = Callable[[Sequence[Row]], Cell]
Condition = Callable[[Any, str], ColumnElement[bool]]  # (record class, YYYY-MM) → which records
Beside = Callable[[Session, LedgerOrder], Mapping[str, Mapping[str, Any]]]  # id → what is found out beside the record

CENTER, LEFT, RIGHT = Align.CENTER, Align.LEFT, Align.RIGHT
TOTAL, SUBTOTAL, OF_COUNTY = "合计", "小计", "全县合计"
MONEY_PLACES = 2  # of amounts and areas
NO_VILLAGE = "（未填村）"


@dataclass(frozen=True)
class ListColumn:
    """One column: its heading, its width in millimetres, what it says, and what stands below it in the last row."""

    title: str
    width: float
    told: Told
    align: Align = CENTER
    total: Total | None = None
    groups: tuple[str, ...] = ()

    @property
    def column(self) -> Column:
        """The column as it is drawn."""
        return Column(self.title, self.width, self.align, self.groups)


@dataclass(frozen=True)
class Listing:
    """Records of one register, a row each.

    The whole county's are printed township by township, each beginning a page: they are filed by township.
    """

    register: str
    columns: tuple[ListColumn, ...]
    condition: Condition
    village: str  # dotted path of the village a record belongs to
    beside: Beside | None = None
    also: tuple[str, ...] = ()  # paths that sums and order read beside those of the columns
    together: Told | None = None  # the caption of records that stand together on pages of their own
    order: Callable[[Row], Any] | None = None  # instead of the register's own
    as_of: Callable[[str], Any] = last_day  # the day ages are taken on
    of_children: bool = False  # whoever stands in it is masked as a child
    caption: str = ""
    measure: str = "人"
    notes: tuple[str, ...] = ()
    text_size: float = 8.0
    of_one: str = "id"  # where the id of the person's case stands

    def rows(self, office: Office, order: LedgerOrder) -> list[Row]:
        """Returns the records, in print order and not yet numbered."""
        record = RECORDS[self.register]
        conditions = [self.condition(record, order.month)]
        if order.case_id:
            conditions.append(getattr(record, self.of_one) == order.case_id)
        ids = office.ids(self.register, order, self.village, *conditions)
        tell = Teller(order.unmasked, self.as_of(order.month))
        rows = office.rows(self.register, ids, self._paths(), tell, minor=self.of_children or None)
        self._add_beside(office, order, rows)
        place = self.order
        return rows if place is None else sorted(rows, key=lambda row: (row[TOWNSHIP], place(row)))

    def sections(self, office: Office, order: LedgerOrder) -> tuple[Section, ...]:
        """Returns its tables: one, or one a township, or one for those who stand together."""
        rows = self.rows(office, order)
        whole = office.whole_county(order)

        def caption(row: Row) -> str:
            place = f"{office.township_name(row[TOWNSHIP])}　" if whole else ""
            return f"{place}{self.together.tell(row) if self.together else self.caption}".strip("　")

        grouped = [(words, list(members)) for words, members in groupby(rows, caption)] or [(self.caption, [])]
        if len(grouped) == 1 or not whole:
            return tuple(
                self._section(members, words, TOTAL, number) for number, (words, members) in enumerate(grouped)
            )
        parts = [self._section(members, words, SUBTOTAL, place) for place, (words, members) in enumerate(grouped)]
        return (*parts, Section(self._columns, (), self._totals(rows, TOTAL), OF_COUNTY))

    def sheet(self, number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
        """Returns the ledger."""
        return sheet_of(number, heading, self.sections(office, order), self.measure, self.notes, self.text_size)

    @property
    def _columns(self) -> tuple[Column, ...]:
        return tuple(one.column for one in self.columns)

    def _paths(self) -> list[str]:
        told = [one.told for one in self.columns] + ([self.together] if self.together else [])
        return [*dict.fromkeys((*self.also, *(path for one in told for path in one.paths)))]

    def _add_beside(self, office: Office, order: LedgerOrder, rows: Sequence[Row]) -> None:
        if self.beside is None:
            return
        with office.store.read() as session:
            found = self.beside(session, order)
        for row in rows:
            row.values.update(found.get(row["id"], {}))

    def _section(self, rows: Sequence[Row], caption: str, label: str, place: int) -> Section:
        for number, row in enumerate(rows, start=1):
            row.number = number
        cells = tuple(tuple(one.told.tell(row) for one in self.columns) for row in rows)
        return Section(self._columns, cells, self._totals(rows, label), caption, new_page=place > 0)

    def _totals(self, rows: Sequence[Row], label: str) -> tuple[Cell, ...]:
        _label, *others = self.columns
        return (label, *(one.total(rows) if one.total else "" for one in others))


def sheet_of(
    number: str,
    heading: Heading,
    sections: Sequence[Section],
    measure: str,
    notes: tuple[str, ...] = (),
    text_size: float = 8.0,
    *,
    personal: bool = True,
) -> Sheet:
    """Returns a ledger of these tables."""
    first, *more = sections
    return Sheet(
        number,
        LEDGERS[number],
        heading,
        first.columns,
        first.rows,
        first.totals,
        first.caption,
        tuple(more),
        measure,
        notes=notes,
        text_size=text_size,
        personal=personal,
    )


def people(rows: Sequence[Row]) -> Cell:
    """How many people stand in it."""
    return f"{len(rows)}人"


def items(unit: str) -> Total:
    """How many rows there are."""
    return lambda rows: f"{len(rows)}{unit}"


def distinct(path: str, unit: str = "人") -> Total:
    """How many different ones stand in it."""
    return lambda rows: f"{len({row[path] for row in rows})}{unit}"


def summed(path: str) -> Total:
    """The sum of a column; blank cells add nothing."""

    def add(rows: Sequence[Row]) -> Cell:
        values = [row[path] for row in rows if row[path] is not None]
        exact = any(isinstance(one, Decimal) for one in values)
        return round(sum(values, Decimal(0)), MONEY_PLACES) if exact else sum(values)

    return add


def answered(path: str, value: Any = True) -> Total:
    """How many say so."""
    return lambda rows: sum(row[path] == value for row in rows)
