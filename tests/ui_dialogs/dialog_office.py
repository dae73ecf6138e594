"""What a person does in front of the dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core import resources
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.services.signers import Signers
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.tasks import Tasks

WORDS = "山羊-水牛-黄牛-骏马"
MONTH = "2026-11"
ROSTER = resources.path("sample", "高滩村花名册.xlsx")
VISITS = resources.path("sample", "高滩村11月探访.xlsx")
SIGNERS = Signers("王芳", "李明", "赵刚", "028-24512345")


class Office:
    """Presses buttons and waits for the work they begin."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, problems: ProblemDoor) -> None:
        self.qtbot = qtbot
        self.tasks = tasks
        self.problems = problems

    def wait(self) -> None:
        """Waits until no job is running."""
        self.qtbot.waitUntil(lambda: not self.tasks.busy(), timeout=20_000)

    def press(self, window: QWidget, words: str) -> None:
        """Presses the button that says so, and waits for what it does."""
        self.qtbot.mouseClick(button(window, words), Qt.MouseButton.LeftButton)
        self.wait()

    def told(self) -> Any:
        """Returns what the one door for problems says, and closes it."""
        box = self.problems.open_box
        assert box is not None
        text = box.text()
        box.done(0)
        return text


def button(window: QWidget, words: str) -> QPushButton:
    """Returns the visible button whose text begins with these words."""
    found = [one for one in window.findChildren(QPushButton) if one.text().startswith(words) and one.isVisible()]
    assert len(found) == 1, f"{words}: {[one.text() for one in window.findChildren(QPushButton) if one.isVisible()]}"
    return found[0]


def answer(parent: QWidget, words: str) -> None:
    """Presses a button of the question that is open."""
    box = next(one for one in parent.findChildren(QMessageBox) if one.isVisible())
    QTest.mouseClick(next(one for one in box.buttons() if one.text() == words), Qt.MouseButton.LeftButton)


def message() -> QMessageBox:
    """Returns the message box that is open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible())


def cell(table: Any, row: int, column: int) -> QPoint:
    """Returns the middle of a cell."""
    centre: QPoint = table.visualRect(table.model().index(row, column)).center()
    return centre


def type_digits(entry: QWidget, digits: str) -> None:
    """Types digits one key at a time; a full box hands on to the next."""
    boxes = entry.findChildren(QLineEdit)
    for number, digit in enumerate(digits.replace(" ", "")):
        QTest.keyClicks(boxes[number // 5], digit)


def seal(town: Workspace, stick: Path) -> SealedPackage:
    """Reports the month onto the stick."""
    return town.reporting.seal(MONTH, stick, SIGNERS, empty_note="没有评估")
