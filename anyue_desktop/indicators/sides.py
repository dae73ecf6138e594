"""The two sides of a number: what is added up, for one place or for many in one query, and which records that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import Select, func, literal, null, select
from sqlalchemy.orm import Session

from anyue_desktop.core.divisions import TOWNSHIP, VILLAGE, divisions
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.registers import PersonCluster

Amount = int | Decimal
CENTS = 2  # areas and money are kept to two decimals
ONE, NOBODY = literal(1), null()
THE_COUNTY = ""  # the key of what belongs to no township


class Counted(StrEnum):
    """What of the rows makes the number."""

    AMOUNT = "amount"  # their amounts, added up
    PERSONS = "person"  # the different persons; each counts once, in the county also if several townships have it
    TOWNSHIPS = TOWNSHIP  # the different townships of the division list they lie in
    VILLAGES = VILLAGE  # the different villages of the division list they lie in


@dataclass(frozen=True)
class Sum:
    """What came together in one place; rows whose amount nobody filled in are only counted."""

    amount: Amount = 0
    rows: int = 0
    blank: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.amount + other.amount, self.rows + other.rows, self.blank + other.blank)


Sums = dict[str, Sum]  # place code → what came together there


class Side(Protocol):
    """A numerator or a denominator."""

    @property
    def register(self) -> str:
        """The register of the records behind; empty where they are places of the division list."""

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Returns what comes together in each township, or village, of the scope."""

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns the records or places behind, each with what it gives."""


def gives(identity: Any, township: Any, village: Any, amount: Any = ONE, person: Any = NOBODY) -> Select[Any]:
    """Returns the SELECT of a side made of records, without its conditions."""
    return select(
        identity.label("id"),
        amount.label("amount"),
        township.label("township"),
        village.label("village"),
        person.label("person"),
    )


@dataclass(frozen=True)
class Rows:
    """A side made of records.

    `rows` returns what `gives` begins: id, amount, township, village and, where persons are counted, person.
    """

    register: str
    rows: Callable[[Scope], Select[Any]]
    counted: Counted = Counted.AMOUNT

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Adds up in the database; one query whatever the number of places."""
        inner = self._within(scope).subquery()
        if self.counted in (Counted.TOWNSHIPS, Counted.VILLAGES):
            return self._places(session, inner, by)
        place, amount = inner.c[by], inner.c.amount
        total = func.count(inner.c.person.distinct()) if self.counted is Counted.PERSONS else func.sum(amount)
        found = session.execute(select(place, total, func.count(), func.count(amount)).group_by(place))
        return {code or THE_COUNTY: Sum(exact(total), rows, rows - known) for code, total, rows, known in found}

    def total(self, session: Session, scope: Scope) -> Sum:
        """Adds up the whole scope; whom several townships have counts once."""
        whole = sum(self.sums(session, scope).values(), Sum())
        return replace(whole, amount=whole.amount - self.again(session, scope))

    def again(self, session: Session, scope: Scope) -> int:
        """Returns how many persons of the county are counted once more because another township has them too."""
        if self.counted is not Counted.PERSONS or not scope.is_county:
            return 0
        inner = self._within(scope).subquery()
        more = func.count(inner.c.person.distinct()) - func.count(PersonCluster.cluster.distinct())
        shared = inner.join(PersonCluster, PersonCluster.person_id == inner.c.person)
        return int(session.scalar(select(more).select_from(shared)) or 0)

    def clusters(self, session: Session, scope: Scope) -> dict[str, str]:
        """Returns the records behind whose person several townships have, each with the person they share."""
        if self.counted is not Counted.PERSONS:
            return {}
        inner = self._within(scope).subquery()
        shared = inner.join(PersonCluster, PersonCluster.person_id == inner.c.person)
        rows = session.execute(select(inner.c.id, PersonCluster.cluster).select_from(shared))
        return {identity: person for identity, person in rows}  # noqa: C416 - typed rows

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns the records behind by id; one without an amount gives nothing."""
        inner = self._within(scope).subquery()
        found = session.execute(select(inner.c.id, inner.c.amount).where(inner.c.amount.is_not(None)))
        return {identity: exact(amount) for identity, amount in found}

    def places(self, session: Session, scope: Scope) -> set[str]:
        """Returns the townships or villages that are counted."""
        inner = self._within(scope).subquery()
        place = inner.c[TOWNSHIP if self.counted is Counted.TOWNSHIPS else VILLAGE]
        found = session.scalars(select(place).where(inner.c.amount.is_not(None), place.is_not(None)).distinct())
        return set(found)

    def _places(self, session: Session, inner: Any, by: str) -> Sums:
        wanted = inner.c[self.counted.value]
        found = session.execute(select(inner.c[by], wanted).where(inner.c.amount.is_not(None)).distinct())
        known = {code for code, _ in listed(self.counted.value)}
        sums: Sums = defaultdict(Sum)
        for place, code in found:
            if code in known:
                sums[place or THE_COUNTY] += Sum(1, 1)
        return dict(sums)

    def _within(self, scope: Scope) -> Select[Any]:
        statement = self.rows(scope)
        columns = statement.selected_columns
        if scope.village:
            return statement.where(columns.village == scope.village)
        return statement.where(columns.township == scope.township) if scope.township else statement


@dataclass(frozen=True)
class Places:
    """A side made of all townships, or all villages, of the division list that are not abolished."""

    level: str
    register: str = ""

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Counts the places of the scope."""
        sums: Sums = defaultdict(Sum)
        for code, township in self._within(scope):
            sums[township if by == TOWNSHIP else code] += Sum(1, 1)
        return dict(sums)

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns the places by code."""
        return {code: 1 for code, _ in self._within(scope)}

    def _within(self, scope: Scope) -> list[tuple[str, str]]:
        if scope.village:
            return [one for one in listed(self.level) if one[0] == scope.village]
        return [one for one in listed(self.level) if scope.township in ("", one[1])]


@dataclass(frozen=True)
class Given:
    """A side that is a number of the 口径, for the scope as a whole; 0 says nobody gave it."""

    amount: Callable[[Scope], int]
    register: str = ""

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Returns the number under the place asked for."""
        amount, place = self.amount(scope), scope.township if by == TOWNSHIP else scope.village
        return {place: Sum(amount, 1)} if amount else {}

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns nothing: no records stand behind it."""
        return {}


@dataclass(frozen=True)
class Either:
    """A side that is one thing where there is any of it, or else another."""

    first: Side
    second: Side

    @property
    def register(self) -> str:
        """The register of what is looked for first."""
        return self.first.register

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Returns the sums of the first that has any."""
        return self.first.sums(session, scope, by) or self.second.sums(session, scope, by)

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns what stands behind the first."""
        return self.first.amounts(session, scope)


@dataclass(frozen=True)
class OfTheTownship:
    """A side that is the whole township's also where one of its villages is asked for."""

    side: Side

    @property
    def register(self) -> str:
        """The register behind."""
        return self.side.register

    def sums(self, session: Session, scope: Scope, by: str = TOWNSHIP) -> Sums:
        """Returns under each place what its township has."""
        whole = self.side.sums(session, replace(scope, village=""), TOWNSHIP)
        return {place: whole[township] for place, township in listed(by) if township in whole}

    def amounts(self, session: Session, scope: Scope) -> dict[str, Amount]:
        """Returns what stands behind the township's."""
        return self.side.amounts(session, replace(scope, village=""))


def listed(level: str) -> list[tuple[str, str]]:
    """Returns the townships or villages that exist now, each with its township."""
    townships = divisions().townships()
    if level == TOWNSHIP:
        return [(one.code, one.code) for one in townships]
    return [(village.code, one.code) for one in townships for village in divisions().children(one.code)]


def exact(amount: Any) -> Amount:
    """Returns a sum of the database exactly: decimals are kept as text and added up as floating numbers there."""
    if amount is None:
        return 0
    if isinstance(amount, int):
        return amount
    found = round(Decimal(str(amount)), CENTS)
    return int(found) if found == int(found) else found
