"""L1 of 5,000 people as PDF. Beside it: writing the same rows as a workbook, which would still have to be printed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.services.printing import LedgerOrder
from benchmarks.town import report, timed, township


def main(people: int = 5_600) -> None:
    """Measures and reports; some of the people have left the list, about nine in ten are printed."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = township(folder / "town", people, months=1)
        order = LedgerOrder("L1", month_of(clock.today()))
        with timed(seconds, "pdf"):
            printed = workspace.printing.print_ledger(order, folder / "L1.pdf")
        with timed(seconds, "xlsx"):
            workspace.printing.print_ledger(order, folder / "L1.xlsx")
        rows = len(workspace.indicators.behind("I04", order.month, "denominator").ids)
        report(
            f"花名册 L1：{rows:,} 行",
            [
                ("PDF", f"{seconds['pdf']:.1f} s，{printed.pages} 页"),
                ("同样内容写成工作簿", f"{seconds['xlsx']:.1f} s"),
                ("倍数（PDF ÷ 工作簿）", f"{seconds['pdf'] / seconds['xlsx']:.1f}"),
            ],
        )
        workspace.close()


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
