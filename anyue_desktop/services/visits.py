"""探访: the month's visits of the people on the list, one by one or as a grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select

from anyue_desktop.core import clock
from anyue_desktop.core.dates import age_on, first_day, last_day
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.phones import mask_phone
from anyue_desktop.core.register import Values
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS, ElderVisit
from anyue_desktop.services.batches import BATCHES
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.entries import FROM_GRID, Saved
from anyue_desktop.services.lists import plain
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records

VISIT = ElderVisit.__tablename__
CASE = "elder_case"
IDS_AT_ONCE = 500
STABLE = ("visit_method", "health", "mental", "safety_issues", "hygiene", "housing", "supplies", "needs", "actions")
PATHS = (
    "person.name", "person.sex", "person.birth_date", "person.residence_division", "person.group_name",
    "person.phone", "categories", "responsible_name", "last_visit_date", "next_due_date", "enrol_date",
)  # fmt: skip


@dataclass(frozen=True)
class DueRow:
    """One person of the month's grid."""

    case_id: str
    name: str
    sex: str
    age: int | None
    village: str
    group: str
    categories: str
    responsible: str
    phone: str
    last_visit: date | None
    next_due: date | None
    visited: bool
    last: dict[str, Any] | None  # the last visit's values


class Visits:
    """The visits of elders."""

    def __init__(self, store: Store, records: Records, context: Callable[[], Context]) -> None:
        self._store = store
        self._records = records
        self._context = context

    def month(self, month: str, *, village: str = "", responsible: str = "", only_due: bool = False) -> list[DueRow]:
        """Returns the people to be visited in a month, by village and name; `only_due` leaves the visited out."""
        where = {"person.residence_division": village} if village else {}
        if responsible:
            where["responsible_name"] = responsible
        ids = self._records.ids(Query(CASE, where=where, worklist="due", month=month))
        waiting = set(self._records.ids(Query(CASE, where=where, worklist="unvisited", month=month)))
        chosen = [one for one in ids if one in waiting] if only_due else ids
        last = self._last_visits(chosen)
        rows = self._records.values(CASE, chosen, PATHS)
        return [_due(row, row["id"] not in waiting, last.get(row["id"]), month) for row in rows]

    def save_batch(self, rows: Sequence[Values]) -> list[Saved]:
        """Saves the rows of a grid as one action; a row with a 逻辑错误 is left out and says why."""
        return self._records.save_all(VISIT, rows, action="批量录入", source=FROM_GRID)

    def like_last(self, last: Values) -> dict[str, Any]:
        """Returns the answers that usually stay as they were (同上次)."""
        return {**{key: last[key] for key in STABLE if last.get(key)}, "copied_from": last["id"]}

    def of_case(self, case_id: str, limit: int = 50, offset: int = 0, register: str = VISIT) -> list[dict[str, Any]]:
        """Returns the visits of one person, the newest first, page by page."""
        record, mine = _visits_of(register, case_id)
        statement = (
            select(record).where(*mine).order_by(record.visit_date.desc(), record.id.desc()).limit(limit).offset(offset)
        )
        with self._store.read() as session:
            return [plain(one) for one in session.scalars(statement)]

    def month_dots(self, case_id: str, year: int, register: str = VISIT) -> list[int]:
        """Returns how many visits each month of a year had, twelve numbers."""
        record, mine = _visits_of(register, case_id)
        month = extract("month", record.visit_date)
        within = record.visit_date.between(date(year, 1, 1), date(year, 12, 31))
        statement = select(month, func.count()).where(*mine, within).group_by(month)
        with self._store.read() as session:
            counts = {int(number): count for number, count in session.execute(statement)}
        return [counts.get(number, 0) for number in range(1, 13)]

    def visit_days(self, case_id: str, month: str, register: str = VISIT) -> list[date]:
        """Returns the days of a month on which the person was visited."""
        record, mine = _visits_of(register, case_id)
        within = record.visit_date.between(first_day(month), last_day(month))
        with self._store.read() as session:
            return sorted(session.scalars(select(record.visit_date).where(*mine, within)))

    def villages(self) -> list[Choice]:
        """Returns the villages of the township."""
        return self._records.villages()

    def _last_visits(self, case_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        newest = (
            select(ElderVisit.case_id, func.max(ElderVisit.visit_date).label("day"))
            .where(ElderVisit.deleted_at.is_(None))
            .group_by(ElderVisit.case_id)
        )
        found: dict[str, dict[str, Any]] = {}
        with self._store.read() as session:
            for start in range(0, len(case_ids), IDS_AT_ONCE):
                chunk = newest.where(ElderVisit.case_id.in_(case_ids[start : start + IDS_AT_ONCE])).subquery()
                visits = select(ElderVisit).join(
                    chunk, (chunk.c.case_id == ElderVisit.case_id) & (chunk.c.day == ElderVisit.visit_date)
                )
                living = session.scalars(visits.where(ElderVisit.deleted_at.is_(None)))
                found |= {one.case_id: plain(one) for one in living}
        return found


def _visits_of(register: str, case_id: str) -> tuple[Any, tuple[Any, ...]]:
    """Returns the class of a register of visits, and the conditions for the living visits of a case."""
    record: Any = RECORDS[register]
    return record, (getattr(record, BATCHES[register].reference) == case_id, record.deleted_at.is_(None))


def _due(row: dict[str, Any], visited: bool, last: dict[str, Any] | None, month: str) -> DueRow:
    born, person, case = row["person.birth_date"], REGISTERS["person"], REGISTERS[CASE]
    return DueRow(
        case_id=row["id"],
        name=row["person.name"],
        sex=person.show("sex", row["person.sex"]),
        age=age_on(born, min(last_day(month), clock.today())) if born else None,
        village=person.show("residence_division", row["person.residence_division"]),
        group=row["person.group_name"] or "",
        categories=case.show("categories", row["categories"]),
        responsible=row["responsible_name"] or "",
        phone=mask_phone(row["person.phone"]) if row["person.phone"] else "",
        last_visit=row["last_visit_date"],
        next_due=row["next_due_date"],
        visited=visited,
        last=last,
    )
