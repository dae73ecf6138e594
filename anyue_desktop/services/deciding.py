"""核定重复人员: two townships' records side by side, and a person who says whose they are.

A decision is kept with who made it and when, told to both townships by receipt, and not asked again
(docs/package-format.md, merge rules).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.identity import new_id
from anyue_desktop.db.exchange_tables import Carried, PersonPair, Return
from anyue_desktop.db.store import Store
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.receipt_lines import Return as ReturnLine
from anyue_desktop.exchange.status import Status
from anyue_desktop.services.duplicates import (
    APART,
    FIRST,
    NUMBER,
    SECOND,
    UNLIKE,
    WAITING,
    Double,
    doubles_of,
    renew_clusters,
)
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.marking import RECEIVED, RETURNED, mark
from anyue_desktop.services.merging import LONGEST_REASON
from anyue_desktop.services.reasons import tidy_reason
from anyue_desktop.services.unit import unit_name

PERSON, ABOUT = "person", "id_number"
ACT = "核定重复人员"
LIKENESS = {NUMBER: "身份证号相同", "name": "姓名、出生日期相同，有一方没有身份证号"}


@dataclass(frozen=True)
class Candidate:
    """One of the two records of a pair."""

    id: str
    site: str
    unit: str


@dataclass(frozen=True)
class Pair:
    """Two records that look like one person."""

    first: Candidate
    second: Candidate
    caption: str
    likeness: str  # in words
    found_at: str
    decision: str = ""  # in words, empty while it waits
    decided_at: str = ""
    decided_by: str = ""


@dataclass(frozen=True)
class Compared:
    """One field of both records: the texts masked, but compared as they are."""

    label: str
    first: str
    second: str
    same: bool


class Deciding:
    """Shows pairs and keeps what was decided about them."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def pairs(self, *, decided: bool = False) -> list[Pair]:
        """Returns the pairs that wait for a decision, the oldest first; or those decided already."""
        wanted = PersonPair.decision != WAITING if decided else PersonPair.decision == WAITING
        alike = PersonPair.likeness != UNLIKE
        statement = select(PersonPair).where(wanted, alike).order_by(PersonPair.found_at, PersonPair.first)
        names = {one.id: one.name for one in self._store.vault.operators()}
        with self._store.read() as session:
            rows = [(row, *_candidates(session, row)) for row in session.scalars(statement)]
        return [
            Pair(
                first,
                second,
                self._lists.caption(PERSON, row.first),
                LIKENESS[row.likeness],
                row.found_at,
                _in_words(row.decision, first, second),
                row.decided_at or "",
                names.get(row.decided_by or "", row.decided_by or ""),
            )
            for row, first, second in rows
        ]

    def compare(self, pair: Pair) -> list[Compared]:
        """Returns both records field by field; what both leave empty is left out."""
        columns, ids = self._lists.read_columns(PERSON), (pair.first.id, pair.second.id)
        values = self._lists.values(PERSON, ids, [one.path for one in columns])
        first, second = (self._lists.facts(PERSON, one) for one in ids)
        shown = [
            Compared(one.label, first[one.path], second[one.path], values[0][one.path] == values[1][one.path])
            for one in columns
        ]
        return [one for one in shown if one.first or one.second]

    def decide(self, first: str, second: str, keep: str = "", words: str = "") -> None:
        """Decides about two records: whose the person is (`keep` is one of the two ids), or that they are two people.

        The township that loses the person gets its record back with the county's words. A decision may be made anew.

        Raises:
            UserError: there is no such pair, `keep` is neither of the two, or the words cannot be kept.
        """
        message = tidy_reason(words)
        low, high = min(first, second), max(first, second)
        if keep not in ("", low, high):
            raise UserError(f"“{keep}”不是这两条记录中的一条", "请写明由哪一条记录的乡镇登记，或者两人不是同一人")
        with self._store.work(ACT, f"{PERSON}/{low}") as work:
            row = work.session.get(PersonPair, (low, high))
            if row is None or row.likeness == UNLIKE:
                raise UserError("这两条记录不在疑似重复的名单里", "请刷新名单；乡镇可能已经更正或删除了其中一条")
            row.decision = APART if not keep else FIRST if keep == low else SECOND
            row.decided_at, row.decided_by = work.at, work.author.operator
            row.words = _words(message, work.session, keep) if keep else message
            settle(work, row)


def settle(work: Work, row: PersonPair) -> None:
    """Does what a decision kept in `row` asks: who is counted as one, and who gets a record back."""
    work.session.flush()
    people = (row.first, row.second)
    renew_clusters(work.session, people)
    for person in people:
        _settle(work.session, person)
    work.facts.update(other=row.second, decision=row.decision)
    work.also.add(PERSON)


def told_decisions(session: Session, site: str) -> Iterator[ReturnLine]:
    """Gives the receipt lines that tell a site of decisions after which it has nothing to mend."""
    here = or_(Carried.record_id == PersonPair.first, Carried.record_id == PersonPair.second)
    decided = (Carried.site == site, PersonPair.decision != WAITING, PersonPair.likeness != UNLIKE)
    mine = select(Carried).join(PersonPair, here).where(*decided).distinct().order_by(Carried.record_id)
    for held in session.scalars(mine):
        for double in doubles_of(session, held.record_id):
            if not double.waits and not double.message:
                message = f"县局核定：与{double.township}登记的{_outcome(double)}"
                yield ReturnLine(
                    held.record_id, Status.R_DUP_PERSON.name, message, held.revision, held.hash, ABOUT, open=False
                )


def _outcome(double: Double) -> str:
    return "不是同一人" if double.decision == APART else "是同一人，由本单位登记"


def _candidates(session: Session, row: PersonPair) -> tuple[Candidate, Candidate]:
    sites = [session.get_one(Carried, one).site for one in (row.first, row.second)]
    first, second = (Candidate(*one, unit_name(one[1])) for one in zip((row.first, row.second), sites, strict=True))
    return first, second


def _in_words(decision: str, first: Candidate, second: Candidate) -> str:
    kept = {FIRST: f"同一人，归{first.unit}", SECOND: f"同一人，归{second.unit}", APART: "不是同一人"}
    return kept.get(decision, "")


def _words(message: str, session: Session, keep: str) -> str:
    unit = unit_name(session.get_one(Carried, keep).site)
    decided = f"县局核定：与{unit}登记的是同一人，由{unit}登记"
    return f"{decided}。{message or '请核实后删除本单位的这条记录'}"


def _settle(session: Session, person: str) -> None:
    """Gives a person's record back with the words that hold now, or takes it off what is given back."""
    mine = (Return.record_id == person, Return.open.is_(True))
    of_doubles = (*mine, Return.code == Status.R_DUP_PERSON.name)
    told = session.scalars(select(Return).where(*of_doubles)).all()
    doubles = [one for one in doubles_of(session, person) if one.message and (told or not one.waits)]
    session.execute(update(Return).where(*of_doubles).values(open=False))
    if doubles:
        message = next((one.message for one in doubles if not one.waits), doubles[0].message)
        session.add(_return(session.get_one(Carried, person), message))
        mark(session, PERSON, [person], RETURNED, message[:LONGEST_REASON])
    elif told and session.scalar(select(Return.id).where(*mine).limit(1)) is None:
        mark(session, PERSON, [person], RECEIVED)


def _return(held: Carried, message: str) -> Return:
    return Return(
        id=new_id(),
        site=held.site,
        register=PERSON,
        record_id=held.record_id,
        revision=held.revision,
        hash=held.hash,
        code=Status.R_DUP_PERSON.name,
        field=ABOUT,
        message=message,
        at=clock.stamp(),
    )
