"""From starting the program to a window that answers, with 20,000 people and a year of visits.

Beside it: reading a roster of the same people with openpyxl, which is what opening the village's workbook costs at
least. Needs a screen, or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

from benchmarks.town import OWN, PASSPHRASE, report, timed, township

STARTS = 3
LOGIN = "王芳"


def main(people: int = 20_000) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = township(folder / "town", people)
        workspace.exporting.export("elder_case", folder / "花名册.xlsx")
        workspace.close()
        _start(folder / "town")  # the first start of an installation compiles and unpacks
        starts = [_start(folder / "town") for _ in range(STARTS)]
        with timed(seconds, "openpyxl"):
            list(
                openpyxl.load_workbook(folder / "花名册.xlsx", read_only=True).worksheets[0].iter_rows(values_only=True)
            )
        report(
            f"启动：{people:,} 人",
            [
                ("从启动到工作台数字全部算完（中间一次）", f"{sorted(starts)[STARTS // 2]:.1f} s"),
                ("最慢一次", f"{max(starts):.1f} s"),
                ("openpyxl 读同样人数的花名册", f"{seconds['openpyxl']:.1f} s"),
            ],
        )


def _start(folder: Path) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.start_window", OWN, str(folder)]
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=usual)
    return time.perf_counter() - start


def _open_and_leave(folder: Path) -> None:
    """What the measured process does: unlock, show the window, wait until the first page has its numbers, leave."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - its import is part of what is measured
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - likewise

    from anyue_desktop.app import Desktop  # noqa: PLC0415 - likewise
    from anyue_desktop.services.workspace import open_workspace  # noqa: PLC0415 - likewise
    from anyue_desktop.ui.preferences import Preferences  # noqa: PLC0415 - likewise

    application = QApplication([])
    desktop = Desktop(application, Preferences(folder.parent / "settings"))
    desktop.enter(open_workspace(folder, LOGIN, PASSPHRASE))

    def leave_when_quiet() -> None:
        if desktop.tasks.busy():
            QTimer.singleShot(5, leave_when_quiet)
        else:
            application.quit()

    QTimer.singleShot(0, leave_when_quiet)
    application.exec()


if __name__ == "__main__":
    if sys.argv[1:2] == [OWN]:
        _open_and_leave(Path(sys.argv[2]))
    else:
        main(*(int(text) for text in sys.argv[1:]))
