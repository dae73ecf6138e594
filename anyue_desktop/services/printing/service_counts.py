"""L9 居家养老服务月统计表: what home care each village had in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core.sheet import Cell, Column, Heading, Section, Sheet, share_text
from anyue_desktop.registers import HomecareEnrolment, HomecareLog, Person
from anyue_desktop.services.printing.listing import RIGHT, TOTAL, sheet_of
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.places import Places, places_of

SERVICES = {"助餐": "01", "助浴": "02", "助洁": "03", "助医": "04", "助行": "05", "助急": "06"}  # service_type
OTHER = "其他"
TIMES = ("服务人次",)
SATISFIED, ANSWERED = ("1", "2", "3"), ("1", "2", "3", "4")  # codelist satisfaction
NOTE = "说明：服务人数按人计，本月有服务记录的只计一次；满意度＝非常满意、满意、基本满意的记录占已评价记录的比例。"


@dataclass
class Served:
    """What one place had in a month."""

    people: set[str] = field(default_factory=set)
    times: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: Decimal = Decimal(0)
    money: Decimal = Decimal(0)
    satisfied: int = 0
    answered: int = 0

    def add(self, log: Mapping[str, Any]) -> None:
        """Counts one record."""
        kind = next((word for word, code in SERVICES.items() if code == log["service_type"]), OTHER)
        if log["times"]:
            self.people.add(log["person_id"])
        self.times[kind] += log["times"] or 0
        self.hours += log["hours"] or 0
        self.money += log["subsidy_amount"] or 0
        self.satisfied += log["satisfaction"] in SATISFIED
        self.answered += log["satisfaction"] in ANSWERED

    def cells(self, name: str) -> tuple[Cell, ...]:
        """Returns the values in print order."""
        times = (self.times[kind] for kind in (*SERVICES, OTHER))
        satisfied = share_text(self.satisfied, self.answered)
        return (name, len(self.people), *times, round(self.hours, 1), round(self.money, 2), satisfied)


def services_of_month(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the ledger, one row a place."""
    places = places_of(office, order)
    with office.store.read() as session:
        logs = _logs(session, order, places)
        names = places.all(session, HomecareEnrolment.__tablename__, (place for place, _ in logs))
        notes = (NOTE, *places.notes(session, HomecareEnrolment.__tablename__))
    rows = tuple(_sum(log for at, log in logs if at == place).cells(places.name(place)) for place in names)
    totals = _sum(log for _, log in logs).cells(TOTAL)
    section = Section(_columns(places.title), rows, totals)
    return sheet_of(number, heading, [section], "人、人次、小时、元", notes, 9.0, personal=False)


def _columns(title: str) -> tuple[Column, ...]:
    times = (Column(kind, 20, groups=TIMES) for kind in (*SERVICES, OTHER))
    ends = (Column("服务小时", 24, RIGHT), Column("补贴金额", 28, RIGHT), Column("满意度", 22))
    return (Column(title, 30), Column("服务人数", 23), *times, *ends)


def _logs(session: Session, order: LedgerOrder, places: Places) -> list[tuple[str, dict[str, Any]]]:
    """Returns the month's records, each with the place it counts for."""
    asked = (
        select(
            HomecareLog.township_code, Person.residence_division, HomecareEnrolment.person_id, HomecareLog.service_type,
            HomecareLog.times, HomecareLog.hours, HomecareLog.subsidy_amount, HomecareLog.satisfaction,
        )
        .join(HomecareEnrolment, HomecareEnrolment.id == HomecareLog.enrolment_id)
        .join(Person, Person.id == HomecareEnrolment.person_id)
        .where(HomecareLog.month == order.month, HomecareLog.deleted_at.is_(None), *places.within(HomecareLog))
    )  # fmt: skip
    rows = [dict(row) for row in session.execute(asked).mappings()]
    return [(places.of(row["township_code"], row["residence_division"]), row) for row in rows]


def _sum(logs: Iterable[Mapping[str, Any]]) -> Served:
    served = Served()
    for log in logs:
        served.add(log)
    return served
