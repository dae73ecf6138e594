"""One search to the first page of the list, with every match counted, on 100,000 people.

Beside it: filtering the same names in a workbook's rows held in memory, as a spreadsheet's filter box does.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from anyue_desktop.services.query import Query
from benchmarks.town import report, township

TEXTS = ("王", "wf", "zhang", "1941", "5120", "高滩", "wangf", "01225")


def main(people: int = 100_000) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = township(Path(folder) / "town", people, months=1)
        rows = workspace.records.values("elder_case", workspace.records.ids(Query("elder_case")))
        typed, looked = [], []
        for text in TEXTS:
            start = time.perf_counter()
            found = workspace.records.ids(Query("elder_case", search=text))
            workspace.records.rows("elder_case", found[:100])
            typed.append(time.perf_counter() - start)
            start = time.perf_counter()
            [row for row in rows if any(text in str(value) for value in row.values())]
            looked.append(time.perf_counter() - start)
        worst, middle = max(typed), statistics.median(typed)
        report(
            f"搜索：{people:,} 人",
            [
                ("搜出全部符合的人并取第一页（中位）", f"{middle * 1000:.0f} ms"),
                ("搜出全部符合的人并取第一页（最慢）", f"{worst * 1000:.0f} ms"),
                ("同样内容在表格里筛选（中位）", f"{statistics.median(looked) * 1000:.0f} ms"),
                ("倍数（表格 ÷ 本程序）", f"{statistics.median(looked) / middle:.1f}"),
            ],
        )
        workspace.close()


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
