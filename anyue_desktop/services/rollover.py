"""年度结转: what goes into a new year, and what should be settled before (registers.md G.1; docs/decisions/0018)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.db import settings
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.access import open_registers
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.dashboard import Dashboard
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.worklists import WORKLISTS
from anyue_desktop.services.worklists.worklist import is_open

DONE_YEARS = "rollover_years"  # setting: year → the day it was rolled over
FIRST_YEAR = 2021
SEASON = (12, 1)  # December and January
SHOULD_END = "should_end"
BASE, UNASKED = "village_year_base.without_base", "unasked"


@dataclass(frozen=True)
class Carried:
    """The open records of a register that go on, and how many of them should have ended."""

    register: str
    title: str
    open: int
    should_end: int


@dataclass(frozen=True)
class YearPlan:
    """Everything a roll-over is about."""

    year: int
    carried: tuple[Carried, ...]
    to_ask: int  # people on 特困 support who are to be asked in the year
    base_year: int  # whose figures are due: the new year's once it has begun
    villages: tuple[Choice, ...]  # without figures of that year
    done_on: str = ""

    @property
    def carried_on(self) -> int:
        """How many open records go into the year."""
        return sum(one.open for one in self.carried)

    @property
    def to_settle(self) -> int:
        """How many of them should have ended."""
        return sum(one.should_end for one in self.carried)


class Rollover:
    """Looks at the turn of a year, and notes that it was made.

    Records go on by themselves, and no figure is copied: an answer or a figure of last year stands in its record until
    the new one takes its place, and the worklists say whose is still wanted.
    """

    def __init__(self, store: Store, records: Records, dashboard: Dashboard) -> None:
        self._store, self._records, self._dashboard = store, records, dashboard

    def usual_year(self) -> int:
        """Returns the year to roll over into: in December the coming one."""
        today = clock.today()
        return today.year + 1 if today.month == SEASON[0] else today.year

    def is_due(self) -> bool:
        """Whether it is the time of year, and the year has not been rolled over."""
        return clock.today().month in SEASON and not self._done_on(self.usual_year())

    def plan(self, year: int) -> YearPlan:
        """Looks at what a year begins with; writes nothing.

        Raises:
            UserError: the year is out of reach.
        """
        self._require(year)
        base_year = min(year, clock.today().year)
        carried = tuple(self._carried(name) for name, one in open_registers(self._store).items() if one.span)
        return YearPlan(
            year=year,
            carried=tuple(one for one in carried if one.open),
            to_ask=self._records.count(Query("person", worklist=UNASKED, month=f"{year}-01")),
            base_year=base_year,
            villages=tuple(self._dashboard.villages(BASE, f"{base_year}-01")),
            done_on=self._done_on(year),
        )

    def run(self, year: int) -> YearPlan:
        """Notes the roll-over in the operation log; a second time nothing is written.

        Raises:
            UserError: the year is out of reach or has not begun.
        """
        plan = self.plan(year)
        if year > clock.today().year:
            raise UserError(f"{year}年还没有到，不能结转", "现在可以先核对名单，元旦以后再办理结转")
        if plan.done_on:
            return plan
        with self._store.work(f"年度结转（{year}年）") as work:
            done = dict(settings.read_setting(work.session, DONE_YEARS, {}))
            done[str(year)] = clock.today().isoformat()
            settings.write_setting(work.session, DONE_YEARS, done)
            work.facts["year"] = year
            work.facts["open"] = {one.register: one.open for one in plan.carried}
            work.facts["should_end"] = {one.register: one.should_end for one in plan.carried if one.should_end}
        return self.plan(year)

    def _carried(self, register: str) -> Carried:
        record, known = RECORDS[register], self._records.register(register)
        living = select(func.count()).select_from(record).where(record.deleted_at.is_(None), is_open(record))
        with self._store.read() as session:
            count = session.scalar(living) or 0
        ending = SHOULD_END in WORKLISTS[register]
        query = Query(register, worklist=SHOULD_END)
        return Carried(register, known.title, count, self._records.count(query) if ending else 0)

    def _done_on(self, year: int) -> str:
        return str(self._store.setting(DONE_YEARS, {}).get(str(year), ""))

    def _require(self, year: int) -> None:
        latest = clock.today().year + 1
        if not FIRST_YEAR <= year <= latest:
            raise UserError(f"不能结转到{year}年", f"请填写{FIRST_YEAR}年至{latest}年之间的年度")
