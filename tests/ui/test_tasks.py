from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.ui.problems import ProblemDoor, bug_details
from anyue_desktop.ui.progress_dialog import ProgressDialog
from anyue_desktop.ui.tasks import Tasks


@pytest.fixture
def door() -> Iterator[ProblemDoor]:
    made = ProblemDoor()
    yield made
    if made.open_box is not None:
        made.open_box.close()


@pytest.fixture
def worker(door: ProblemDoor) -> Iterator[Tasks]:
    made = Tasks(door)
    yield made
    made.close()


def dialogs() -> list[ProgressDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ProgressDialog) and one.isVisible()]


def count_to(number: int, progress: Progress) -> int:
    for _ in progress.each(range(number), "正在数", number):
        time.sleep(0.01)
    return number


def test_a_job_runs_beside_the_window_and_its_result_comes_back_to_it(worker: Tasks, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    results: list[int] = []

    def job(progress: Progress) -> int:
        threads.append(threading.current_thread())
        return 7

    def done(result: int) -> None:
        threads.append(threading.current_thread())
        results.append(result)

    worker.run(job, done)
    qtbot.waitUntil(lambda: results == [7])
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_jobs_run_one_after_the_other(worker: Tasks, qtbot: QtBot) -> None:
    order: list[str] = []
    worker.run(lambda progress: time.sleep(0.05), lambda _: order.append("first"))
    worker.run(lambda progress: None, lambda _: order.append("second"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["first", "second"]


def test_a_short_job_shows_no_dialog_and_a_long_one_does(worker: Tasks, qtbot: QtBot) -> None:
    results: list[int] = []
    worker.run(lambda progress: count_to(5, progress), results.append, title="数一数")
    qtbot.waitUntil(lambda: results == [5])
    assert dialogs() == []
    worker.run(lambda progress: count_to(120, progress), results.append, title="数一数")
    qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=3000)
    qtbot.waitUntil(lambda: results == [5, 120], timeout=5000)
    qtbot.waitUntil(lambda: dialogs() == [])


def test_cancel_stops_between_two_items_and_says_nothing(worker: Tasks, door: ProblemDoor, qtbot: QtBot) -> None:
    task = worker.run(lambda progress: count_to(10_000, progress), lambda _: None, title="数一数")
    qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=3000)
    with qtbot.waitSignal(task.failed) as failed:
        dialogs()[0].reject()
    assert isinstance(failed.args[0], Cancelled)
    assert door.open_box is None


def test_progress_comes_at_most_every_tenth_of_a_second(worker: Tasks, qtbot: QtBot) -> None:
    reports: list[int] = []
    results: list[int] = []
    task = worker.run(lambda progress: count_to(50, progress), results.append)
    task.progressed.connect(lambda stage, done, total: reports.append(done))
    qtbot.waitUntil(lambda: bool(results), timeout=5000)
    assert 1 <= len(reports) <= 8


def test_a_result_for_somebody_who_is_gone_is_dropped(worker: Tasks, qtbot: QtBot) -> None:
    owner = QWidget()
    got: list[object] = []
    task = worker.run(lambda progress: time.sleep(0.05), got.append, owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(task.succeeded):
        pass
    assert got == []


def test_a_failure_of_the_world_is_told_in_its_own_words(worker: Tasks, door: ProblemDoor, qtbot: QtBot) -> None:
    def job(progress: Progress) -> None:
        raise UserError("磁盘已满", "请清理磁盘")

    with qtbot.waitSignal(door.shown):
        worker.run(job, lambda _: None)
    box = door.open_box
    assert box is not None
    assert (box.text(), box.informativeText()) == ("磁盘已满", "请清理磁盘")
    assert box.icon() == QMessageBox.Icon.Warning


def test_L10_a_bug_shows_where_it_struck_and_no_values(door: ProblemDoor, qtbot: QtBot) -> None:
    try:
        int("张淑芳 512099194103051225")
    except ValueError as error:
        caught = error
    door.show(caught)
    box = door.open_box
    assert box is not None
    details = box.detailedText()
    assert "test_tasks.py" in details
    assert "ValueError" in details
    assert "张淑芳" not in details
    assert "5120" not in details
    copy = next(button for button in box.buttons() if button.text() == "复制详情")
    copy.click()
    assert QApplication.clipboard().text() == bug_details(caught)
    assert box.isVisible()
