"""The longest that each page keeps the window from answering, on 20,000 people, and how long until its numbers stand.

The yardstick beside it is the hand on the mouse: 100 ms. Needs a screen, or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from anyue_desktop.app import Desktop
from anyue_desktop.core import clock
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import open_workspace
from anyue_desktop.ui.places import BatchPlace, ListPlace, NamedPlace, NewPlace, PersonPlace, Place
from anyue_desktop.ui.preferences import Preferences
from benchmarks.town import PASSPHRASE, report, township

LOGIN, BEAT_MS, QUIET_BEATS = "王芳", 2, 20


class Pulse:
    """A timer on the window's thread; a late beat is a window that did not answer."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop, self._loop, self._timer = desktop, QEventLoop(), QTimer()
        self._worst, self._last, self._quiet = 0.0, 0.0, 0
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def of(self, act: Callable[[], object]) -> tuple[float, float]:
        """Returns the longest wait and the time until nothing runs, in seconds."""
        self._worst, self._quiet = 0.0, 0
        start = self._last = time.perf_counter()
        QTimer.singleShot(0, act)
        self._timer.start(BEAT_MS)
        self._loop.exec()
        self._timer.stop()
        return self._worst, time.perf_counter() - start

    def _beat(self) -> None:
        now = time.perf_counter()
        self._worst, self._last = max(self._worst, now - self._last), now
        self._quiet = 0 if self._desktop.tasks.busy() else self._quiet + 1
        if self._quiet >= QUIET_BEATS:
            self._loop.quit()


def main(people: int = 20_000) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as name:
        township(Path(name) / "town", people).close()
        measure(Path(name) / "town", people)


def measure(folder: Path, people: int) -> None:
    """Opens every page of a made workspace."""
    desktop = Desktop(QApplication([]), Preferences(folder.parent / "settings"))
    pulse = Pulse(desktop)
    workspace = open_workspace(folder, LOGIN, PASSPHRASE)
    rows = [_row("窗口和工作台", *pulse.of(lambda: desktop.enter(workspace)))]
    window = desktop.window
    assert window is not None
    case = workspace.records.ids(Query("elder_case"))[0]
    places: dict[str, Place] = {
        "花名册": NamedPlace("elders"),
        "探访记录（全部）": ListPlace(Query("elder_visit"), "探访记录"),
        "一个人的一档": PersonPlace(case),
        "新增老年人": NewPlace("elder_case"),
        "新增老年人（第二次）": NewPlace("elder_case"),
        "新增探访": NewPlace("elder_visit", {"case_id": case}),
        "批量录入": BatchPlace(clock.today().isoformat()[:7]),
        "报送": NamedPlace("reporting"),
        "其他登记册": NamedPlace("registers"),
        "系统": NamedPlace("system"),
        "回到工作台": NamedPlace("home"),
    }
    rows += [_row(title, *pulse.of(partial(window.open, place))) for title, place in places.items()]
    report(f"窗口停顿：{people:,} 人", rows)
    desktop.tasks.close()


def _row(title: str, worst: float, whole: float) -> tuple[str, str]:
    return title, f"最长停顿 {worst * 1000:.0f} ms，全部显示 {whole:.2f} s"


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
