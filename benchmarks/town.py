"""Workspaces full of made-up people for the measurements; made once per run in a folder of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, files
from anyue_desktop.services.workspace import Workspace, create_county, create_township

PASSPHRASE = "only-for-measuring-1"
ROWS_AT_ONCE = 20_000
OWN = "measure"


def township(folder: Path, people: int, months: int = 12) -> Workspace:
    """Makes a township with this many people and a year of visits, in one business action."""
    workspace = create_township(folder, PRACTICE_TOWNSHIP, "王芳", PASSPHRASE, practice=True, cost=FLOOR)
    with workspace.store.work("装入练习数据") as work:
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in RECORDS}
        for one in files(PRACTICE_TOWNSHIP, clock.today(), people, months=months):
            for register, row in one.rows():
                waiting[register].append(row)
            if sum(map(len, waiting.values())) >= ROWS_AT_ONCE:
                _flush(work, waiting)
        _flush(work, waiting)
    return workspace


def enrolled_pair(folder: Path, people: int, months: int = 12) -> tuple[Workspace, Workspace]:
    """Makes a township and a county that know each other."""
    sender, county = (
        township(folder / "township", people, months),
        create_county(folder / "county", "李", PASSPHRASE, practice=True, cost=FLOOR),
    )
    request = sender.enrolment.request(folder / "papers")
    approved = county.county_enrolment.approve(request.path, folder / "papers", request.fingerprint)
    sender.enrolment.accept(approved.path, " ".join(approved.root_fingerprint.split()[-2:]))
    return sender, county


@contextmanager
def timed(results: dict[str, float], name: str, watch: Callable[[], float] = time.perf_counter) -> Iterator[None]:
    """Notes how many seconds the block took."""
    start = watch()
    yield
    results[name] = watch() - start


def _flush(work: Any, waiting: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in waiting.items():
        if rows:
            work.insert_many(RECORDS[name], rows)
            rows.clear()


def report(title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Prints a small table and appends it to the results file."""
    lines = [f"\n## {title}\n", "| 项目 | 结果 |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    print("\n".join(lines), flush=True)
    with (Path(__file__).parent / "RESULTS.md").open("a", encoding="utf-8") as results:
        results.write("\n".join(lines) + "\n")
