"""L3 月探访汇总表: what each place had to visit in a month, counted by the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core import codes
from anyue_desktop.core.dates import first_day, last_day
from anyue_desktop.core.sheet import Heading, Sheet
from anyue_desktop.indicators.visit_rate import active_in, counting_codes, counting_visit
from anyue_desktop.ledgers.month_summary import VillageMonth, month_summary
from anyue_desktop.registers import ElderCase, ElderVisit, Person
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.places import Places, places_of

OF_WHICH = {"01": "living_alone", "02": "empty_nest", "03": "left_behind", "04": "disabled", "05": "severely_disabled",
            "06": "bereaved_only_child"}  # fmt: skip
AT_HOME, REMOTE = "1", ("2", "3")
NO_ISSUE, DONE = "00", ("0", "3")


def visits_of_month(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the ledger."""
    places = places_of(office, order)
    with office.store.read() as session:
        notes = places.notes(session, ElderCase.__tablename__)
        return month_summary(place_months(session, order.month, places), heading, places.title, notes)


def place_months(session: Session, month: str, places: Places) -> list[VillageMonth]:
    """Returns one row a place that has people to visit, in the order of the codes."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    place_of: dict[str, str] = {}
    waiting: set[str] = set()
    for case_id, township, village, categories, visited in _cases(session, month, places):
        place = place_of[case_id] = places.of(township, village)
        counts[place].update(["due", *(OF_WHICH[code] for code in categories or () if code in OF_WHICH)])
        if visited:
            counts[place]["visited"] += 1
        else:
            waiting.add(case_id)
    for visit in _visits(session, month):
        if visit["case_id"] not in place_of:
            continue
        place = place_of[visit["case_id"]]
        counts[place].update(_marks(visit))
        if visit["case_id"] in waiting and visit["visit_result"] not in counting_codes("visit_result"):
            reasons[place][codes.code_list("visit_result").show(visit["visit_result"] or "")] += 1
    names = places.all(session, ElderCase.__tablename__, counts)
    return [_row(places.name(place), counts[place], reasons[place]) for place in names]


def reasons_by_case(session: Session, month: str) -> dict[str, str]:
    """Returns, for people tried but not reached in a month, what the last try found."""
    known = codes.code_list("visit_result")
    return {
        visit["case_id"]: known.show(visit["visit_result"])
        for visit in _visits(session, month)
        if visit["visit_result"] and visit["visit_result"] not in counting_codes("visit_result")
    }


def _cases(session: Session, month: str, places: Places) -> Iterable[Any]:
    visited = counting_visit(ElderCase, month).label("visited")
    return session.execute(
        select(ElderCase.id, ElderCase.township_code, Person.residence_division, ElderCase.categories, visited)
        .join(Person, Person.id == ElderCase.person_id)
        .where(active_in(ElderCase, month), *places.within(ElderCase))
    )


def _visits(session: Session, month: str) -> list[dict[str, Any]]:
    keys = ("case_id", "visit_method", "visit_result", "safety_issues", "needs", "follow_up")
    columns = [getattr(ElderVisit, key) for key in keys]
    days = ElderVisit.visit_date.between(first_day(month), last_day(month))
    statement = select(*columns).where(days, ElderVisit.deleted_at.is_(None)).order_by(ElderVisit.visit_date)
    return [dict(row) for row in session.execute(statement).mappings()]


def _marks(visit: Mapping[str, Any]) -> list[str]:
    marks = []
    if visit["visit_method"] == AT_HOME:
        marks.append("home_visits")
    elif visit["visit_method"] in REMOTE:
        marks.append("remote_visits")
    problems = [one for one in visit["safety_issues"] or () if one != NO_ISSUE]
    marks += ["problems"] * len(problems)
    if visit["follow_up"] in DONE:
        marks += ["handled"] * len(problems)
    return marks


def _row(name: str, counts: Counter[str], reasons: Counter[str]) -> VillageMonth:
    return VillageMonth(
        village=name,
        due=counts["due"],
        **{name: counts[name] for name in OF_WHICH.values()},
        visited=counts["visited"],
        home_visits=counts["home_visits"],
        remote_visits=counts["remote_visits"],
        unvisited_reason="、".join(f"{reason}{count}人" for reason, count in reasons.items()),
        problems=counts["problems"],
        handled=counts["handled"],
    )
