from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SIGNALS_AND_CALLS = """
import anyue_desktop.ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(50_000):
    bell.rung.emit()
    bell.setObjectName("bell")
print("alive")
"""


def test_fifty_thousand_signals_and_calls_do_not_end_the_program() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SIGNALS_AND_CALLS], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive")
