"""A county that receives one township after another, each with all its people and their visits.

Every reception has a process of its own, so that its memory and its time of the processor are its own; opening the
workspace is not counted.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.workspace import Workspace, open_workspace
from benchmarks.town import OWN, PASSPHRASE, alone, empty_county, enrol, rate, report, tell, township

MODULE = "benchmarks.growing_county"
ROWS = 8  # of the table: a few townships on the way
AVERAGED = 3  # receptions on either side of the growth: one alone says little on a busy machine


def main(townships: int, people: int, months: int) -> None:
    """Measures and reports."""
    codes = [one.code for one in islice(divisions().townships(), townships)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty_county(folder / "county").close()
        steps = [_next(folder, code, people, months) for code in codes]
        size = (folder / "county" / "main.db").stat().st_size / 1e6
        again = [_received(folder / f"empty-{number}", folder / "first") for number in range(AVERAGED)]
    records, processor = (sum(one[key] for one in steps) for key in ("records", "processor"))
    shown = range(0, len(steps), max(1, len(steps) // ROWS))
    report(
        f"县局逐个接收 {len(steps)} 个乡镇：各 {people:,} 人、{months} 个月探访，共 {records:,} 条",
        [
            *(
                (f"第 {at + 1} 个乡镇，{steps[at]['records']:,} 条", rate(steps[at]["records"], steps[at]))
                for at in shown
            ),
            ("全部", f"处理器 {processor:.0f} s，每处理器秒 {records / processor:,.0f} 条"),
            ("最大内存", f"{max(one['megabytes'] for one in steps):,.0f} MB"),
            ("县局数据库", f"{size:,.0f} MB"),
            (
                f"倍数（最后 {AVERAGED} 个 ÷ 随后空的县局，每条用的处理器）",
                f"{_cost(steps[-AVERAGED:]) / _cost(again):.2f}",
            ),
        ],
    )


def _next(folder: Path, code: str, people: int, months: int) -> dict[str, Any]:
    """Makes a township, lets it report everything, and measures how the county receives it."""
    sender = township(folder / "township", people, months, code)
    with contextlib.closing(open_workspace(folder / "county", "李", PASSPHRASE)) as county:
        enrol(sender, county, folder / "papers")
    sender.reporting.seal(month_of(clock.today()), folder / "stick")
    sender.close()
    if not (folder / "first").exists():  # the county is empty, and will be compared with what it becomes
        shutil.copytree(folder / "stick", folder / "first")
        for number in range(AVERAGED):
            shutil.copytree(folder / "county", folder / f"empty-{number}")
    found = _received(folder / "county", folder / "stick")
    for gone in ("township", "papers", "stick"):
        shutil.rmtree(folder / gone)
    return found


def _received(county: Path, stick: Path) -> dict[str, Any]:
    found = alone(MODULE, county, stick)
    print(county.name, rate(found["records"], found), file=sys.stderr, flush=True)  # the whole takes a while
    return found


def _cost(steps: list[dict[str, Any]]) -> float:
    seconds: float = sum(one["processor"] for one in steps)
    records: int = sum(one["records"] for one in steps)
    return seconds / records


def _receive(county: Workspace, stick: Path) -> dict[str, Any]:
    (received,) = county.receiving.receive([stick])
    if not received.taken_in:
        raise RuntimeError(received.message)
    return {"records": received.new}


if __name__ == "__main__":
    if sys.argv[1:2] == [OWN]:
        opened = open_workspace(Path(sys.argv[2]), "李", PASSPHRASE)
        tell(lambda: _receive(opened, Path(sys.argv[3])))
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--townships", type=int, default=46)
        parser.add_argument("--people", type=int, default=500)
        parser.add_argument("--months", type=int, default=12)
        main(**vars(parser.parse_args()))
