"""Long work: one worker thread, progress and Cancel; the window never waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.progress_dialog import ProgressDialog

DIALOG_AFTER_MS = 600

Job = Callable[[Progress], Any]


class Task(QObject):
    """One job on the worker thread. Its signals arrive on the thread of the window."""

    progressed = Signal(str, int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _returned = Signal(object, object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.progress = Progress(self.progressed.emit)
        self.running = True
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Asks the job to stop between two items."""
        self.progress.cancel()

    def work(self) -> None:
        """Does the job; called on the worker thread."""
        try:
            result = self._job(self.progress)
        except Exception as error:  # whatever it is, the one door for problems decides
            self._returned.emit(None, error)
        else:
            self._returned.emit(result, None)

    def _deliver(self, result: object, error: Exception | None) -> None:
        self.running = False
        self.ended.emit()
        if error is None:
            self.succeeded.emit(result)
        else:
            self.failed.emit(error)


class Tasks(QObject):
    """Runs jobs one after the other on one worker thread."""

    def __init__(self, problems: ProblemDoor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems = problems
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._running: set[Task] = set()
        self._closed = False

    def run(
        self,
        job: Job,
        done: Callable[[Any], None],
        *,
        title: str = "",
        window: QWidget | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        at_once: bool = False,
    ) -> Task:
        """Starts a job; `done` gets its result, unless its `owner` (or `window`) is gone by then.

        With a `title` a dialog with Cancel appears after 600 ms, or `at_once` where the window must stay as it is
        meanwhile. A failure goes to `failed`, or else to the one door.
        """
        task = Task(job, self)
        self._running.add(task)
        asker = owner or window or getattr(done, "__self__", None)
        task.succeeded.connect(lambda result: done(result) if _lives(asker) else None)
        refused = failed or (lambda error: self._problems.show(error, window))
        task.failed.connect(lambda error: refused(error) if _lives(asker) else None)
        task.ended.connect(lambda: self._forget(task))
        if title:
            self._offer_cancel(task, title, window, at_once=at_once)
        if not self._closed:  # the program is ending: nobody waits for the result
            self._pool.submit(task.work)
        return task

    def busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self._running)

    def settle(self) -> None:
        """Cancels what runs and waits until the worker has nothing to do; results still come."""
        for task in tuple(self._running):
            task.cancel()
        self._pool.submit(int).result()

    def close(self) -> None:
        """Cancels what runs and waits for the worker to stop; no further job is started."""
        self._closed = True
        for task in tuple(self._running):
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _offer_cancel(self, task: Task, title: str, window: QWidget | None, *, at_once: bool) -> None:
        dialog = ProgressDialog(title, window)
        dialog.cancelled.connect(task.cancel)
        task.progressed.connect(dialog.report)
        task.ended.connect(dialog.finish)
        if at_once:
            dialog.open()
            return
        timer = QTimer(task)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: dialog.open() if task.running else None)
        timer.start(DIALOG_AFTER_MS)

    def _forget(self, task: Task) -> None:
        self._running.discard(task)
        task.deleteLater()


def _lives(asker: object) -> bool:
    return not isinstance(asker, QObject) or shiboken6.isValid(asker)
