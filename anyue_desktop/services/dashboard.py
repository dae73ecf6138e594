"""工作台: what must be done now, as counts that open their lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from anyue_desktop.core import clock
from anyue_desktop.core.dates import last_day
from anyue_desktop.db import settings
from anyue_desktop.db.exchange_tables import Return, SentPackage
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.access import open_registers
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.drafting import Drafting
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.query import Query
from anyue_desktop.services.safekeeping import LAST_BACKUP
from anyue_desktop.services.worklists import WORKLISTS, Worklist

REPORT_DAY, USUAL_REPORT_DAY = "report_day", 28
SHOWN = ("unvisited", "returned", "returned_visits", "follow_up", "overdue", "incomplete")
DRAFTS = "drafts"


@dataclass(frozen=True)
class Status:
    """The numbers of the status bar."""

    records: int
    entered_today: int
    drafts: int
    returned: int
    last_backup: str
    last_package: str
    last_receipt: str


class Dashboard:
    """Counts what waits."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def worklists(self) -> dict[str, Worklist]:
        """Returns the lists of the 工作台 by key, in order."""
        seen = open_registers(self._store)
        return {key: WORKLISTS[key] for key in SHOWN if WORKLISTS[key].register in seen}

    def counts(self, month: str) -> dict[str, int]:
        """Returns how many records each worklist has, and how many drafts there are."""
        counts = {
            key: self._lists.count(Query(one.register, worklist=key, month=month))
            for key, one in self.worklists().items()
        }
        return {**counts, DRAFTS: len(Drafting(self._store).drafts())}

    def status(self) -> Status:
        """Returns the numbers of the status bar."""
        today, operator = clock.today().isoformat(), self._store.keys.operator.id
        records = entered = 0
        with self._store.read() as session:
            seen = open_registers(self._store)
            for name in seen:
                if name == REPORT:
                    continue
                record = RECORDS[name]
                living = select(func.count()).select_from(record).where(record.deleted_at.is_(None))
                records += session.scalar(living) or 0
                mine = living.where(record.created_by == operator, record.created_at.startswith(today))
                entered += session.scalar(mine) or 0
            last = session.scalars(select(SentPackage).order_by(SentPackage.sequence.desc()).limit(1)).first()
            waiting = (Return.open.is_(True), Return.register.in_(seen))
            returned = session.scalar(select(func.count()).select_from(Return).where(*waiting)) or 0
            answered = session.scalar(select(func.max(SentPackage.answered_at)))
            backup = settings.read_setting(session, LAST_BACKUP, "")
        return Status(
            records=records,
            entered_today=entered,
            drafts=len(Drafting(self._store).drafts()),
            returned=returned,
            last_backup=backup,
            last_package=f"{last.month} 第{last.sequence}包" if last else "",
            last_receipt=answered or "",
        )

    def days_left(self, month: str) -> int:
        """Returns the days left to the month's report day (the 28th unless set otherwise); negative when it is past."""
        day = int(self._store.setting(REPORT_DAY, USUAL_REPORT_DAY))
        end = last_day(month)
        return (end.replace(day=min(day, end.day)) - clock.today()).days
