"""Receiving the same package into an empty county and into one that holds many townships already."""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.core.divisions import divisions
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.carried import remember_carried
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, files
from anyue_desktop.services.workspace import Workspace, open_workspace
from benchmarks.town import OWN, PASSPHRASE, alone, enrolled_pair, rate, report, tell

MODULE = "benchmarks.growing_county"


def main(townships: int = 45, people: int = 3_000, months: int = 1) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sender, county = enrolled_pair(folder, people)
        sealed = sender.reporting.seal(month_of(clock.today()), folder / "stick")
        records = sum(sealed.counts.values())
        sender.close()
        county.close()
        shutil.copytree(folder / "county", folder / "grown")
        held = _fill(open_workspace(folder / "grown", "李", PASSPHRASE), townships, people, months)
        empty, grown = (alone(MODULE, folder / name, folder / "stick") for name in ("county", "grown"))
        report(
            f"县局越来越大：接收 {people:,} 人的 {records:,} 条记录",
            [
                ("县局原来是空的", rate(records, empty)),
                (f"县局已有 {townships} 个乡镇 {townships * people:,} 人，共 {held:,} 条", rate(records, grown)),
                ("倍数（已有 ÷ 空的）", f"{grown['processor'] / empty['processor']:.2f}"),
            ],
        )


def _fill(county: Workspace, townships: int, people: int, months: int) -> int:
    """Puts the records of other townships where their packages would have put them; returns how many."""
    others = [one.code for one in divisions().townships() if one.code != PRACTICE_TOWNSHIP]
    count = 0
    for code in islice(others, townships):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in RECORDS}
        for one in files(code, clock.today(), people, months=months):
            for register, row in one.rows():
                rows[register].append(row)
        with county.store.work("装入其他乡镇") as work:
            for register, made in rows.items():
                ids = work.insert_many(RECORDS[register], made)
                crossed = [{"record_id": one, "register": register, "revision": 1, "hash": "0" * 64} for one in ids]
                remember_carried(work.session, f"t{code[:9]}a", 1, crossed, {})
                count += len(ids)
    county.close()
    return count


def _receive(county: Path, stick: Path) -> dict[str, Any]:
    return {"status": open_workspace(county, "李", PASSPHRASE).receiving.receive([stick])[0].status}


if __name__ == "__main__":
    if sys.argv[1:2] == [OWN]:
        tell(lambda: _receive(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        main(*(int(text) for text in sys.argv[1:]))
