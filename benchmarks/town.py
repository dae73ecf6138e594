"""Workspaces full of made-up people for the measurements; made once per run in a folder of their own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, USUAL_SCALE, files
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.workspace import Workspace, create_county, create_township

PASSPHRASE = "only-for-measuring-1"
ROWS_AT_ONCE = 20_000
OWN = "measure"


def township(folder: Path, people: int, months: int = 12, code: str = PRACTICE_TOWNSHIP) -> Workspace:
    """Makes a township with this many people and a year of visits, in one business action."""
    workspace = create_township(folder, code, "王芳", PASSPHRASE, practice=True, cost=FLOOR)
    with workspace.store.work("装入练习数据") as work:
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in RECORDS}
        for one in files(code, clock.today(), people, months=months):
            for register, row in one.rows():
                waiting[register].append(row)
            if sum(map(len, waiting.values())) >= ROWS_AT_ONCE:
                _flush(work, waiting)
        _flush(work, waiting)
    return workspace


def enrolled_pair(folder: Path, people: int, months: int = 12) -> tuple[Workspace, Workspace]:
    """Makes a township and a county that know each other."""
    sender, county = township(folder / "township", people, months), empty_county(folder / "county")
    enrol(sender, county, folder / "papers")
    return sender, county


def empty_county(folder: Path) -> Workspace:
    """Makes a county that has received nothing yet."""
    return create_county(folder, "李", PASSPHRASE, practice=True, cost=FLOOR)


def enrol(sender: Workspace, county: Workspace, papers: Path) -> None:
    """Lets a township and the county know each other."""
    request = sender.enrolment.request(papers)
    approved = county.county_enrolment.approve(request.path, papers, request.fingerprint)
    sender.enrolment.accept(approved.path, " ".join(approved.root_fingerprint.split()[-2:]))


def county(folder: Path, scale: float = USUAL_SCALE, months: int = 12) -> Workspace:
    """Makes a county that holds 46 townships in all registers; scale 1 is about 600,000 records."""
    return create_practice_county(folder, "李", PASSPHRASE, scale=scale, months=months, cost=FLOOR)


@contextmanager
def timed(results: dict[str, float], name: str, watch: Callable[[], float] = time.perf_counter) -> Iterator[None]:
    """Notes how many seconds the block took."""
    start = watch()
    yield
    results[name] = watch() - start


def alone(module: str, *arguments: object) -> dict[str, Any]:
    """Runs a step of a measurement in a process of its own, so that its memory is its own; returns what it told."""
    command = [sys.executable, "-m", module, OWN, *map(str, arguments)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def tell(work: Callable[[], dict[str, Any]]) -> None:
    """Does the step and tells what came of it, with time by the clock, time of the processor and memory."""
    clock_start, processor_start = time.perf_counter(), time.process_time()
    found = work()
    found |= {
        "seconds": time.perf_counter() - clock_start,
        "processor": time.process_time() - processor_start,
        "megabytes": _peak() / 1024,
    }
    print(json.dumps(found))


def _peak() -> int:
    """Returns the most memory this process ever had, in KiB; `ru_maxrss` would count the one that started it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def rate(records: int, step: dict[str, Any]) -> str:
    """Returns how long a step took, as a table shows it."""
    per_second = records / step["processor"]
    return (
        f"{step['seconds']:.1f} s，其中处理器 {step['processor']:.1f} s，每处理器秒 {per_second:,.0f} 条，"
        f"最大内存 {step['megabytes']:,.0f} MB"
    )


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
