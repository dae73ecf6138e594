"""工作台: what must be done now, as counts that open their lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.dates import last_day
from anyue_desktop.db import settings
from anyue_desktop.db.exchange_tables import Return, SentPackage
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS
from anyue_desktop.services import documents
from anyue_desktop.services.access import open_registers
from anyue_desktop.services.checking import REPORT
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.drafting import Drafting
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.safekeeping import LAST_BACKUP
from anyue_desktop.services.worklists import ALL, VILLAGE_LISTS, VillageList, Worklist

REPORT_DAY, USUAL_REPORT_DAY = "report_day", 28
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


@dataclass(frozen=True)
class Reported:
    """What was reported last."""

    package: str
    receipt: str


class Dashboard:
    """Counts what waits."""

    def __init__(self, store: Store, records: Records) -> None:
        self._store = store
        self._records = records

    def worklists(self, registers: Collection[str] = ()) -> dict[str, Worklist | VillageList]:
        """Returns by name the lists that say what to do, in order; `registers` limits them to these."""
        seen = open_registers(self._store)
        every: tuple[Worklist | VillageList, ...] = (*ALL, *VILLAGE_LISTS.values())
        return {
            one.name: one
            for one in every
            if one.counted and one.register in seen and (not registers or one.register in registers)
        }

    def counts(self, month: str, registers: Collection[str] = ()) -> dict[str, int]:
        """Returns how many records, or villages, each list has, and how many drafts there are."""
        counts = {name: self._count(one, month) for name, one in self.worklists(registers).items()}
        return {**counts, DRAFTS: len(Drafting(self._store).drafts())}

    def villages(self, name: str, month: str) -> list[Choice]:
        """Returns the villages of a list of villages."""
        with self._store.read() as session:
            have = set(session.scalars(VILLAGE_LISTS[name].have(month)))
        return [one for one in self._records.villages() if one.code not in have]

    def _count(self, one: Worklist | VillageList, month: str) -> int:
        if isinstance(one, VillageList):
            return len(self.villages(one.name, month))
        return self._records.count(Query(one.register, worklist=one.key, month=month))

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
                mine = and_(record.created_by == operator, record.created_at.startswith(today))
                both = select(func.count(), func.count(case((mine, 1)))).where(record.deleted_at.is_(None))
                living, new = session.execute(both).one()
                records, entered = records + living, entered + new
            waiting = (Return.open.is_(True), Return.register.in_(seen))
            returned = session.scalar(select(func.count()).select_from(Return).where(*waiting)) or 0
            reported = _reported(session)
            backup = settings.read_setting(session, LAST_BACKUP, "")
        return Status(
            records=records,
            entered_today=entered,
            drafts=len(Drafting(self._store).drafts()),
            returned=returned,
            last_backup=backup,
            last_package=reported.package,
            last_receipt=reported.receipt,
        )

    def reported(self) -> Reported:
        """Returns what was reported last."""
        with self._store.read() as session:
            return _reported(session)

    def enrolment_warnings(self) -> list[str]:
        """Returns what the officer must soon do about the laptop's enrolment; mostly nothing."""
        with self._store.read() as session:
            return documents.warnings(session, self._store.keys.unit["site"], clock.now())

    def days_left(self, month: str) -> int:
        """Returns the days left to the month's report day (the 28th unless set otherwise); negative when it is past."""
        day = int(self._store.setting(REPORT_DAY, USUAL_REPORT_DAY))
        end = last_day(month)
        return (end.replace(day=min(day, end.day)) - clock.today()).days


def _reported(session: Session) -> Reported:
    last = session.scalars(select(SentPackage).order_by(SentPackage.sequence.desc()).limit(1)).first()
    answered = session.scalar(select(func.max(SentPackage.answered_at)))
    return Reported(f"{last.month} 第{last.sequence}包" if last else "", answered or "")
