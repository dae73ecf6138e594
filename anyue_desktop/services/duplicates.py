"""One person kept by two townships (registers.md G.3, first mistake; docs/package-format.md, merge rules).

The records stay with their owners. An equal ID number makes them one person at once; where a number is missing, equal
name, birth date and sex only make a pair that somebody must decide. Pairs and clusters follow what the records say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.orm import Session, aliased

from anyue_desktop.core import clock
from anyue_desktop.core.divisions import divisions
from anyue_desktop.db.exchange_tables import PersonPair
from anyue_desktop.registers import Person, PersonCluster
from anyue_desktop.registers.person_rules import DEAD
from anyue_desktop.services.marking import chunks

IDS_AT_ONCE = 2000
NUMBER, NAME, UNLIKE = "number", "name", ""
WAITING, FIRST, SECOND, APART = "", "first", "second", "apart"

Key = tuple[str, str]  # two record ids, the smaller first


@dataclass(frozen=True)
class Double:
    """A person of the package at hand who looks like one of another township."""

    person: str
    other: str  # the other record's id
    township: str  # the other township's name, and nothing else of it
    likeness: str
    decision: str
    words: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decision == WAITING

    @property
    def message(self) -> str:
        """What the person's township is told; empty if it has nothing to mend."""
        if self.waits:
            return f"与{self.township}登记的人员重复" if self.likeness == NUMBER else ""
        kept = (min if self.decision == FIRST else max)(self.person, self.other)
        return "" if self.decision == APART or kept == self.person else self.words


def renew_doubles(session: Session, ids: Iterable[str]) -> list[Double]:
    """Finds anew whom these people look like, keeps pairs and clusters, and returns the pairs they are in now."""
    found: list[Double] = []
    for chunk in chunks(ids, IDS_AT_ONCE):
        alike, townships = _alike(session, chunk)
        known = _known(session, chunk)
        _keep_pairs(session, alike, known)
        renew_clusters(session, {one for pair in (*alike, *known) for one in pair})
        wanted = set(chunk)
        for pair, likeness in alike.items():
            held = known.get(pair)
            for person, other in (pair, pair[::-1]):
                if person in wanted:
                    decision, words = (held.decision, held.words) if held else (WAITING, "")
                    township = divisions().name(townships[other])
                    found.append(Double(person, other, township, likeness, decision, words))
    return found


def renew_clusters(session: Session, ids: Iterable[str]) -> None:
    """Makes the clusters of these people, and of all who hang together with them, as the pairs now say."""
    links = _links(session, set(ids))
    if not links:
        return
    for chunk in chunks(links, IDS_AT_ONCE):
        session.execute(delete(PersonCluster).where(PersonCluster.person_id.in_(chunk)))
    rows = [
        {"person_id": person, "cluster": min(together)}
        for together in _together(links)
        if len(together) > 1
        for person in sorted(together)
    ]
    if rows:
        session.execute(insert(PersonCluster), rows)


def _alike(session: Session, ids: Sequence[str]) -> tuple[dict[Key, str], dict[str, str]]:
    """Returns the pairs these people are in by what the records say, and the township of everybody in one."""
    other = aliased(Person)
    living = [
        condition
        for one in (Person, other)
        for condition in (one.deleted_at.is_(None), or_(one.life_status.is_(None), one.life_status.not_in(DEAD)))
    ]
    elsewhere = (Person.id.in_(ids), other.township_code != Person.township_code, *living)
    same_sex = or_(other.sex == Person.sex, other.sex.is_(None), Person.sex.is_(None))
    born_alike = and_(other.name == Person.name, other.birth_date == Person.birth_date, same_sex)
    ways = (
        (NAME, and_(born_alike, other.id_number.is_(None))),
        (NAME, and_(born_alike, Person.id_number.is_(None))),
        (NUMBER, other.id_number == Person.id_number),
    )
    alike: dict[Key, str] = {}
    townships: dict[str, str] = {}
    columns = (Person.id, Person.township_code, other.id, other.township_code)
    for likeness, same in ways:
        for mine, my_township, theirs, their_township in session.execute(select(*columns).where(same, *elsewhere)):
            alike[min(mine, theirs), max(mine, theirs)] = likeness
            townships |= {mine: my_township, theirs: their_township}
    return alike, townships


def _known(session: Session, ids: Sequence[str]) -> dict[Key, PersonPair]:
    either = or_(PersonPair.first.in_(ids), PersonPair.second.in_(ids))
    return {(row.first, row.second): row for row in session.scalars(select(PersonPair).where(either))}


def _keep_pairs(session: Session, alike: dict[Key, str], known: dict[Key, PersonPair]) -> None:
    """A pair that is alike no more is forgotten; one that was decided is remembered, should it be alike again."""
    for pair, row in known.items():
        if pair in alike:
            row.likeness = alike[pair]
        elif row.decision == WAITING:
            session.delete(row)
        else:
            row.likeness = UNLIKE
    for pair in sorted(alike.keys() - known.keys()):
        session.add(PersonPair(first=pair[0], second=pair[1], likeness=alike[pair], found_at=clock.stamp()))
    session.flush()


def _links(session: Session, ids: set[str]) -> dict[str, set[str]]:
    """Returns these people and everybody they are one with, each with whom it is one by a pair."""
    same = or_(
        and_(PersonPair.likeness == NUMBER, PersonPair.decision != APART),
        and_(PersonPair.likeness == NAME, PersonPair.decision.in_((FIRST, SECOND))),
    )
    links: dict[str, set[str]] = defaultdict(set)
    fresh = ids
    while fresh:
        for one in fresh:
            links[one]  # also whoever is alone
        reached: set[str] = set()
        for chunk in chunks(fresh, IDS_AT_ONCE):
            either = or_(PersonPair.first.in_(chunk), PersonPair.second.in_(chunk))
            for first, second in session.execute(select(PersonPair.first, PersonPair.second).where(same, either)):
                links[first].add(second)
                links[second].add(first)
                reached |= {first, second}
        fresh = {one for one in reached if one not in ids}
        ids = ids | fresh
    return links


def _together(links: dict[str, set[str]]) -> Iterator[set[str]]:
    left = set(links)
    while left:
        together, fresh = set[str](), {min(left)}
        while fresh:
            together |= fresh
            fresh = {other for one in fresh for other in links[one]} - together
        left -= together
        yield together


def doubles_of(session: Session, person: str) -> list[Double]:
    """Returns the pairs a person is in, as they are kept."""
    found = []
    for pair, row in sorted(_known(session, [person]).items()):
        if row.likeness != UNLIKE:
            other = pair[1] if pair[0] == person else pair[0]
            township = divisions().name(session.get_one(Person, other).township_code)
            found.append(Double(person, other, township, row.likeness, row.decision, row.words))
    return found
