"""What a row of a sum ledger stands for: a village, or for the whole county a township."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import divisions
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.printing.listing import NO_VILLAGE
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder

NAMED = 12  # townships that a note names


@dataclass(frozen=True)
class Places:
    """The places of one ledger.

    A township the county has no record of has no row: a row of zeros would say that nobody lives there who should be
    counted, and the truth is that it has reported nothing.
    """

    township: str
    by_township: bool

    @property
    def title(self) -> str:
        """The heading above the places."""
        return "乡镇（街道）" if self.by_township else "村（社区）"

    def of(self, township: str, village: str | None) -> str:
        """Returns the place somebody counts for."""
        return township if self.by_township else village or ""

    def name(self, place: str) -> str:
        """Returns how a place is called."""
        return divisions().name(place) if place else NO_VILLAGE

    def within(self, record: Any) -> list[ColumnElement[bool]]:
        """Returns what keeps to the township of the order."""
        return [record.township_code == self.township] if self.township else []

    def all(self, session: Session, register: str, counted: Iterable[str]) -> list[str]:
        """Returns every place with a row, in the order of the codes: with nothing to count too, if it keeps records."""
        keeping = self._keeping(session, register) if self.by_township else set()
        return sorted({*counted, *keeping})

    def notes(self, session: Session, register: str) -> tuple[str, ...]:
        """Returns a sentence about the townships that have no row."""
        if not self.by_township:
            return ()
        keeping = self._keeping(session, register)
        silent = [one.short_name for one in divisions().townships() if one.code not in keeping]
        if not silent:
            return ()
        named = "、".join(silent[:NAMED]) + ("等" if len(silent) > NAMED else "")
        return (f"没有上报过这项数据、未列入本表的乡镇（街道）有{len(silent)}个：{named}。",)

    def _keeping(self, session: Session, register: str) -> set[str]:
        record = RECORDS[register]
        return set(session.scalars(select(record.township_code).where(record.deleted_at.is_(None)).distinct()))


def places_of(office: Office, order: LedgerOrder) -> Places:
    """Returns the places of an order."""
    return Places(order.township, office.whole_county(order))
