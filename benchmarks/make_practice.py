"""Making the practice township and a practice county of 46 townships, and opening the county's first list."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, USUAL_SCALE, whole_township
from anyue_desktop.services.practice_workspace import LOGIN, PASSPHRASE, create_practice
from anyue_desktop.services.query import Query
from benchmarks.town import county, report, timed


def main(scale: float = USUAL_SCALE) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        with timed(seconds, "只编写练习乡镇"):
            made = whole_township(PRACTICE_TOWNSHIP, clock.today())
        with timed(seconds, "建立练习乡镇（编写、加密、写盘）"):
            create_practice(Path(folder) / "town", LOGIN, PASSPHRASE, cost=FLOOR).close()
        with timed(seconds, "建立练习县局（编写、加密、写盘）"):
            workspace = county(Path(folder) / "county", scale)
        with timed(seconds, "县局打开老年人列表第一页"):
            workspace.records.rows("elder_case", workspace.records.ids(Query("elder_case"))[:100])
        records = workspace.dashboard.status().records
        size = (Path(folder) / "county" / "main.db").stat().st_size / 1e6
        workspace.close()
    told = [(name, f"{value:.2f} s") for name, value in seconds.items()]
    whole = sum(len(rows) for rows in made.records.values())
    report(f"练习台账：乡镇 {whole:,} 条，县局 {records:,} 条", [*told, ("县局数据库", f"{size:.0f} MB")])


if __name__ == "__main__":
    main(*(float(text) for text in sys.argv[1:]))
