"""What happened at the county, in the order of its operation log, as far as it changed what townships had sent."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import REJECTED, PersonPair, ReceivedPackage, Return
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.tables import Operation
from anyue_desktop.registers.base import table_of
from anyue_desktop.services import deciding, transferring
from anyue_desktop.services.county_enrolment import ASKING_FOR_TWO, ASKING_NO_MORE
from anyue_desktop.services.receiving import REJECTION
from anyue_desktop.services.returning import ANSWERING, BY_HAND, GIVING_BACK
from anyue_desktop.services.taking_back import RECEPTION

Row = dict[str, Any]


@dataclass(frozen=True)
class Took:
    """A package that took its place in the chain, taken in or rejected."""

    site: str
    sequence: int
    chain_id: str
    digest: str
    at: str
    name: str


@dataclass(frozen=True)
class GaveBack:
    """A record returned by hand: the row as it is kept now."""

    row: Row


@dataclass(frozen=True)
class Decided:
    """What was decided about two records; `words` are those that hold now."""

    first: str
    second: str
    decision: str
    words: str
    at: str
    by: str


@dataclass(frozen=True)
class Moved:
    """A person given to another site."""

    person: str
    to_site: str
    at: str
    by: str


@dataclass(frozen=True)
class Answered:
    """A receipt: what the site had sent until then can be taken back no more."""

    site: str


@dataclass(frozen=True)
class AskedForTwo:
    """From now on the county asks for a second person's review, or no more."""

    required: bool


Act = Took | GaveBack | Decided | Moved | Answered | AskedForTwo


@dataclass
class CountyActs:
    """The acts in order, and the hashes of packages that were taken back."""

    acts: list[Act] = field(default_factory=list)
    taken_back: set[str] = field(default_factory=set)
    unexplained: list[str] = field(default_factory=list)  # hashes of packages the log does not tell of

    @property
    def packages(self) -> list[Took]:
        """The packages among the acts."""
        return [one for one in self.acts if isinstance(one, Took)]


def acts_of(session: Session) -> CountyActs:
    """Reads the log of a county; a package taken back and received again counts where it was received last."""
    return _Reading(session).read()


class _Reading:
    def __init__(self, session: Session) -> None:
        self._session = session
        rows = session.scalars(select(ReceivedPackage)).all()
        self._packages = {row.hash: _took(row) for row in rows}
        rejected = [row for row in rows if row.status == REJECTED]
        self._rejected = _queues((row.site, row.hash) for row in sorted(rejected, key=_place))
        by_hand = (Return.package == 0, Return.code == BY_HAND)
        returns = row_form(table_of(Return)).select(session.connection(), "ORDER BY at, id")
        wanted = set(session.scalars(select(Return.id).where(*by_hand)))
        self._returns = _queues((row["record_id"], row) for row in returns if row["id"] in wanted)

    def read(self) -> CountyActs:
        """Returns everything in order."""
        found = CountyActs()
        last: dict[str, int] = {}
        for number, act in self._acts(found):
            if isinstance(act, Took):
                last[act.digest] = number
            found.acts.append(act)
        numbers = iter(range(len(found.acts)))
        found.acts = [
            act for act, number in zip(found.acts, numbers, strict=True)
            if not isinstance(act, Took) or last[act.digest] == number
        ]  # fmt: skip
        found.unexplained = sorted(self._packages.keys() - last.keys())
        return found

    def _acts(self, found: CountyActs) -> Iterator[tuple[int, Act]]:
        number = 0
        statement = select(Operation.act, Operation.obj, Operation.at, Operation.op).order_by(Operation.n)
        for name, text, at, by in self._session.execute(statement):
            obj = json.loads(text)
            if name == RECEPTION and obj.get("package", "") not in self._packages:
                found.taken_back.add(obj.get("package", ""))
            act = self._act(name, obj, at, by)
            if act is not None:
                yield number, act
                number += 1

    def _act(self, name: str, obj: Row, at: str, by: str) -> Act | None:
        subject = str(obj.get("subject", ""))
        _, _, identity = subject.partition("/")
        if name == RECEPTION:
            return self._packages.get(obj.get("package", ""))
        if name == REJECTION:
            return self._packages[queue.popleft()] if (queue := self._rejected[subject]) else None
        if name == GIVING_BACK:
            return GaveBack(queue.popleft()) if (queue := self._returns[identity]) else None
        if name == ANSWERING:
            return Answered(subject)
        if name in (ASKING_FOR_TWO, ASKING_NO_MORE):
            return AskedForTwo(name == ASKING_FOR_TWO)
        if name == transferring.ACT:
            return Moved(identity, obj["to_site"], at, by)
        return self._decided(identity, obj, at, by) if name == deciding.ACT else None

    def _decided(self, first: str, obj: Row, at: str, by: str) -> Decided | None:
        pair = self._session.get(PersonPair, (first, obj["other"]))
        return Decided(first, obj["other"], obj["decision"], pair.words, at, by) if pair else None


def _took(row: ReceivedPackage) -> Took:
    return Took(row.site, row.sequence, row.chain_id, row.hash, row.received_at, row.file)


def _place(row: ReceivedPackage) -> tuple[str, str, int]:
    return row.received_at, row.chain_id, row.sequence


def _queues(pairs: Iterator[tuple[str, Any]]) -> dict[str, deque[Any]]:
    queues: dict[str, deque[Any]] = defaultdict(deque)
    for key, value in pairs:
        queues[key].append(value)
    return queues
