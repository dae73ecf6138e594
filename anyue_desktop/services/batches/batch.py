"""What a batch grid is of, and what one of its lines is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Period = Callable[[str], Any]  # YYYY-MM → the value of a record's time in that month


@dataclass(frozen=True)
class Fact:
    """One thing said of a line beside its name."""

    label: str
    path: str  # of the owner's register
    ems: float


@dataclass(frozen=True)
class Batch:
    """Records of one register, entered for all owners that are due; declared, never programmed."""

    register: str
    title: str
    owner: str  # register of those that are due; blank where villages are
    reference: str  # the field that ties a record to its owner
    time: str  # the field that says when
    columns: tuple[str, ...]
    name: Fact
    village: str = ""  # path of the owner's village
    facts: tuple[Fact, ...] = ()
    each: tuple[str, str] | None = None  # one line for each code of an owner's field, and the field it goes to
    stable: tuple[str, ...] = ()  # what 同上次 repeats
    begins: tuple[str, ...] = ()  # what a new record takes over from the one before without being asked
    before: str = ""  # what the record before is called where its figures are shown: 上年, 上月
    period: Period | None = None  # one record a period: the stored one is changed; without it a day is typed
    yearly: bool = False
    done: str = "已录入"
    only: str = "只看没录入的"

    @property
    def given_keys(self) -> tuple[str, ...]:
        """The fields that tie a record to its line, in the order of `DueLine.given`."""
        return (
            self.reference,
            *((self.time,) if self.period is not None else ()),
            *((self.each[1],) if self.each is not None else ()),
        )

    @property
    def dated(self) -> bool:
        """Whether the day of each record is typed."""
        return self.period is None


@dataclass(frozen=True)
class DueLine:
    """One line of a grid: whom it is about, and what is known already."""

    given: dict[str, Any]  # ties the new record to its owner, and to its period
    name: str
    facts: tuple[str, ...] = ()
    done: bool = False
    last: dict[str, Any] | None = None  # the record before
    stored: dict[str, Any] | None = None  # the record of this very period
    start: dict[str, Any] = field(default_factory=dict)  # what a new record takes over

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells the lines of a grid apart."""
        return tuple(self.given.values())
