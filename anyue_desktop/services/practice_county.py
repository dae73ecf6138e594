"""练习县局: a county workspace that holds 46 made-up townships, to learn with and to measure with."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day, month_of, shifted
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.exchange_tables import ACCEPTED, ReceivedPackage
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.work import Work
from anyue_desktop.registers import RECORDS, CountyManual
from anyue_desktop.services.carried import remember_carried
from anyue_desktop.services.marking import RECEIVED
from anyue_desktop.services.practice import (
    COUNTY_SEED,
    USUAL_SCALE,
    PracticeTownship,
    character_of,
    county_figures,
    townships,
)
from anyue_desktop.services.practice_workspace import FILLING, LOGIN, PASSPHRASE, filling, practice_folder
from anyue_desktop.services.unit import township_unit
from anyue_desktop.services.workspace import Workspace, create_county, exists, open_workspace

PUNCTUAL = 0.9  # townships that visit at least this share have reported the present month too
FIRST, SECOND = 1, 2  # packages


def practice_county_folder() -> Path:
    """Returns where the practice county lies unless said otherwise: beside the practice township."""
    return practice_folder().with_name(f"{practice_folder().name}（县局）")


def practice_county(folder: Path, *, progress: Progress | None = None, cost: Cost | None = None) -> Workspace:
    """Opens the practice county in a folder, making it the first time."""
    if exists(folder):
        return open_workspace(folder, LOGIN, PASSPHRASE)
    return create_practice_county(folder, LOGIN, PASSPHRASE, progress=progress, cost=cost)


def create_practice_county(
    folder: Path,
    login: str,
    words: str,
    *,
    scale: float = USUAL_SCALE,
    months: int = 12,
    without: Collection[str] = (),
    offline: Path | None = None,
    progress: Progress | None = None,
    cost: Cost | None = None,
) -> Workspace:
    """Makes a practice county whose townships' records look as if they had been received, and its own year figures.

    Each record has its township's code, the state “县局已接收” and a note of which site it came from, so that it can
    be returned; each township has packages on the list of those received. What is not there: the packages themselves,
    the townships' keys and their place on the trust list. So no receipt can be written for these sites, and a practice
    township that enrols here brings its own records beside the ones made up for it; leave it out by `without`.

    Raises:
        UserError: a weak passphrase.
        Unusable: the folder cannot be used.
    """
    followed = progress or Progress()
    today = clock.today()
    count = len(divisions().townships()) - len(set(without))
    workspace = create_county(folder, login, words, offline=offline, practice=True, cost=cost)
    with filling(workspace) as work:
        made = townships(today, scale, months=months, without=without)
        for one in followed.each(made, f"正在{FILLING}", count):
            _receive(work, one)
        work.insert_many(CountyManual, county_figures(today, COUNTY_SEED))
    return workspace


def _receive(work: Work, made: PracticeTownship) -> None:
    """Writes a township's records and the notes reception leaves beside them."""
    site = township_unit(made.township, practice=True).site
    punctual = character_of(made.township).visited >= PUNCTUAL
    present = first_day(month_of(clock.today())).isoformat()
    counts = {FIRST: 0, SECOND: 0}
    for register, rows in made.records.items():
        if not rows:
            continue
        work.insert_many(RECORDS[register], ({**row, "report_state": RECEIVED} for row in rows))
        for sequence, brought in _by_package(rows, present, punctual=punctual):
            counts[sequence] += len(brought)
            remember_carried(work.session, site, sequence, [_note(register, row) for row in brought], {})
    months = {FIRST: shifted(month_of(clock.today()), -1), SECOND: month_of(clock.today())}
    for sequence, count in counts.items():
        if count:
            work.session.add(_package(site, sequence, months[sequence], count))


def _by_package(
    rows: list[dict[str, Any]], present: str, *, punctual: bool
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The records each package brought: those of the present month with the second, where there is one."""
    late = [row for row in rows if punctual and row["created_at"] >= present]
    early = [row for row in rows if not punctual or row["created_at"] < present]
    yield from ((sequence, brought) for sequence, brought in ((FIRST, early), (SECOND, late)) if brought)


def _note(register: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What reception remembers of a record; the digest is of its id, since no line of a package stands behind it."""
    digest = hashlib.sha256(row["id"].encode()).hexdigest()
    return {"record_id": row["id"], "register": register, "revision": 1, "hash": digest}


def _package(site: str, sequence: int, month: str, count: int) -> ReceivedPackage:
    digest = hashlib.sha256(f"{site}/{sequence}".encode()).hexdigest()
    return ReceivedPackage(
        site=site,
        sequence=sequence,
        chain_id=new_id(),
        package_id=new_id(),
        hash=digest,
        file="",
        month=month,
        received_at=f"{min(last_day(month), clock.today())}T10:00:00+08:00",
        status=ACCEPTED,
        new=count,
    )
