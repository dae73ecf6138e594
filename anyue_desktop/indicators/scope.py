"""What an indicator is computed for: a month or the year so far, a place, and the 口径."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.indicators.basis import AS_MADE, Basis

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True)
class Scope:
    """One question to the indicators."""

    month: str  # YYYY-MM
    township: str = ""  # 12-digit code; empty for the county
    village: str = ""  # 12-digit code; empty for all villages
    whole_year: bool = False  # the year up to the end of the month
    basis: Basis = AS_MADE
    quarter: bool = False  # the quarter up to the end of the month

    @property
    def year(self) -> int:
        """The year the month is in."""
        return int(self.month[:4])

    @property
    def first(self) -> date:
        """The first day that counts."""
        return first_day(self.months[0])

    @property
    def last(self) -> date:
        """The last day that counts."""
        return last_day(self.month)

    @property
    def as_of(self) -> date:
        """The day of judgement: the month's last day, or today while it lasts."""
        return min(self.last, clock.today())

    @property
    def months(self) -> tuple[str, ...]:
        """The months that count, in order."""
        last = int(self.month[5:])
        first = 1 if self.whole_year else last - (last - 1) % MONTHS_OF_A_QUARTER if self.quarter else last
        return tuple(f"{self.year}-{number:02d}" for number in range(first, last + 1))

    @property
    def of_months(self) -> tuple[Scope, ...]:
        """The same question for each month that counts."""
        return tuple(replace(self, month=month, whole_year=False, quarter=False) for month in self.months)

    @property
    def is_county(self) -> bool:
        """Whether the county as a whole is asked for."""
        return not self.township and not self.village

    @property
    def this_year(self) -> Scope:
        """The same question for the year so far."""
        return replace(self, whole_year=True, quarter=False)
