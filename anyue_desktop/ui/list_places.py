"""Where the buttons, keys and rows of a list lead."""

from __future__ import annotations

from collections.abc import Sequence

from anyue_desktop.core.register import Register
from anyue_desktop.services.batches import batch_of
from anyue_desktop.services.columns import Column, column
from anyue_desktop.services.query import Query
from anyue_desktop.ui.elders.dossiers import DOSSIERS
from anyue_desktop.ui.list_head import VISITS
from anyue_desktop.ui.places import BatchPlace, JobPlace, NewPlace, PersonPlace, Place, RecordPlace
from anyue_desktop.ui.subjects import subject_of

JOBS = ("import", "print", "template")

WHY = ("report_state", "return_reason")


def place_of(action: str, query: Query, chosen: Sequence[str], columns: tuple[str, ...] = ()) -> Place | None:
    """Returns where an action on the chosen records of a list leads, or None; `columns` are those it shows."""
    first = chosen[0] if chosen else ""
    subject = subject_of(query.register)
    places: dict[str, Place | None] = {
        "new": NewPlace(query.register),
        "batch": _batch(query),
        "edit": RecordPlace(query.register, first) if first else None,
        "open": record_place(query.register, first) if first else None,
        "visit": _visit(query.register, first) if first else None,
        "visits": PersonPlace(first, "visits", query.register) if first else None,
        VISITS: JobPlace("import", Query("elder_visit", month=query.month)),
        "related": subject.place if subject else None,
        "export": JobPlace("export", query, first, columns=columns),
        **{job: JobPlace(job, query, first) for job in JOBS},
    }
    return places.get(action)


def record_place(register: str, identity: str) -> Place:
    """Returns where a record is looked at."""
    return PersonPlace(identity, register=register) if register in DOSSIERS else RecordPlace(register, identity)


def _visit(register: str, identity: str) -> Place | None:
    if register not in DOSSIERS:
        return None
    first = DOSSIERS[register].tabs[0]
    return NewPlace(first.register, {first.reference: identity})


def _batch(query: Query) -> Place | None:
    batch = batch_of(query.register)
    if batch is None:
        return None
    village = query.where.get(batch.village) if batch.owner == query.register else ""
    return BatchPlace(query.month, str(village or ""), batch.register)


def in_bin(columns: Sequence[Column], register: Register) -> list[Column]:
    """Returns the columns of a recycle bin: those of the list, and behind the first what became of the record."""
    first, *rest = columns
    shown = {one.path for one in columns}
    return [first, *(column(register, path) for path in WHY if path not in shown), *rest]
