"""Where a person can go. A page names a place; the window opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anyue_desktop.services.query import Query


@dataclass(frozen=True)
class Place:
    """Somewhere to go."""


@dataclass(frozen=True)
class NamedPlace(Place):
    """A page there is one of, by its name: `home`, `elders`, `reporting`, `system` and others."""

    name: str
    at: str = field(default="", compare=False)  # what to show first there, such as an indicator's number


@dataclass(frozen=True)
class ListPlace(Place):
    """The records that answer a question."""

    query: Query = field(hash=False)
    title: str = ""


@dataclass(frozen=True)
class IdsPlace(Place):
    """Particular records, such as the people behind a bar of a chart."""

    register: str
    ids: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class PersonPlace(Place):
    """One person or facility: file, what belongs to it, history."""

    case_id: str
    tab: str = ""
    register: str = "elder_case"


@dataclass(frozen=True)
class RecordPlace(Place):
    """One record in its form, at a field, with a word about it (such as the reviewer's)."""

    register: str
    identity: str
    path: str = ""
    message: str = ""


@dataclass(frozen=True)
class BrowsePlace(Place):
    """The registers of the county's townships, or of one."""

    township: str = ""  # 12-digit code; empty for all
    register: str = ""


@dataclass(frozen=True)
class NewPlace(Place):
    """A blank form."""

    register: str
    given: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class DraftPlace(Place):
    """An unfinished entry."""

    register: str
    key: str


@dataclass(frozen=True)
class VillagesPlace(Place):
    """Villages for which a record is still wanted, by the name of their list."""

    name: str
    month: str


@dataclass(frozen=True)
class BatchPlace(Place):
    """What a month, or its year, wants of everybody who is due, one row each."""

    month: str
    village: str = ""
    register: str = "elder_visit"


@dataclass(frozen=True)
class JobPlace(Place):
    """Something to do in a dialog, by its name: `import`, `export`, `print`, `template`, `receipt` and others."""

    job: str
    query: Query | None = field(default=None, hash=False)
    case_id: str = ""  # the record chosen in the list
    ledger: str = ""  # the number of the ledger to print
    columns: tuple[str, ...] = ()  # of an export: what the list shows, in its order
