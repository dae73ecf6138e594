"""Everything the 工作台 counts and measures, with 20,000 people and a year of visits."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from benchmarks.town import report, township

TIMES = 5


def main(people: int = 20_000) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = township(Path(folder) / "town", people)
        month, dashboard, indicators = month_of(clock.today()), workspace.dashboard, workspace.indicators
        report(
            f"工作台：{people:,} 人",
            [
                (f"{len(dashboard.worklists())} 个清单的数目", _shown(lambda: dashboard.counts(month))),
                ("各村本月探访", _shown(lambda: indicators.villages(month))),
                ("十二个月探访率", _shown(lambda: indicators.year_line(month))),
                ("全部指标", _shown(lambda: indicators.values(month))),
                ("状态栏", _shown(dashboard.status)),
            ],
        )
        workspace.close()


def _shown(work: Callable[[], object]) -> str:
    work()  # the first time compiles the questions
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return f"{statistics.median(seconds) * 1000:.0f} ms"


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
