"""A stage for pictures of the real window: what opens its places, waits for it and keeps what it shows."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from anyue_desktop.app import Desktop
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.main_window import MainWindow
from anyue_desktop.ui.places import JobPlace, Place

TARGET = Path(__file__).resolve().parent.parent / "docs" / "manual" / "images"
DAY, MONTH = "2026-11-23", "2026-11"
SCREEN = (1366, 768)
WORDS = "山羊-水牛-黄牛-骏马"
CASE, VISIT = "elder_case", "elder_visit"
MOST_BYTES, COLOURS = 150_000, 256
PLAIN = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
PATIENCE_SECONDS, PAUSE_MS = 300, 150
Kind = TypeVar("Kind", bound=QWidget)


def wait(milliseconds: int) -> None:
    """Lets the window live; unlike a test's waiting, this leaves the worker thread free to run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Camera:
    """Waits until the window has come to rest, and keeps what it shows."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._faults: list[BaseException] = []
        desktop.problems.shown.connect(self._faults.append)
        self.taken: list[Path] = []

    def rest(self) -> None:
        """Waits until nothing is running and everything is drawn; what the program complained of ends the walk."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        wait(PAUSE_MS)
        while self._desktop.tasks.busy():
            if time.monotonic() > give_up:
                raise TimeoutError("the window did not come to rest")
            wait(PAUSE_MS)
        wait(PAUSE_MS)
        if self._faults:
            raise RuntimeError("the window complained") from self._faults[0]

    def take(self, name: str, widget: QWidget) -> None:
        """Keeps a picture, with as many colours as fit into a small file."""
        self.rest()
        content = _png(widget.grab().toImage())
        if len(content) > MOST_BYTES:
            raise ValueError(f"{name} takes {len(content)} bytes")
        target = TARGET / f"{name}.png"
        target.write_bytes(content)
        self.taken.append(target)


class Stage:
    """The program with a camera before it."""

    def __init__(self, desktop: Desktop, camera: Camera) -> None:
        self.desktop, self.camera = desktop, camera

    def unlock(self, folder: Path, picture: str = "") -> None:
        """Locks what is open and unlocks a workspace."""
        if self.desktop.window is not None:
            self.desktop.lock()
        self.desktop.ask_passphrase(folder)
        dialog = self.dialog(UnlockDialog)
        dialog.passphrase.line.setText(WORDS)
        if picture:
            self.camera.take(picture, dialog)
        dialog.unlock()
        self.camera.rest()
        self.window().resize(*SCREEN)
        self.camera.rest()

    def window(self) -> MainWindow:
        """Returns the window."""
        if self.desktop.window is None:
            raise LookupError("the window is not open")
        return self.desktop.window

    def activate(self) -> None:
        """Gives the window the keyboard: no window manager does it here."""
        self.window().activateWindow()
        QTest.qWaitForWindowActive(self.window())

    def workspace(self) -> Workspace:
        """Returns the workspace behind the window."""
        if self.desktop.workspace is None:
            raise LookupError("no workspace is open")
        return self.desktop.workspace

    def open(self, place: Place, kind: type[Kind] = QWidget) -> Kind:  # type: ignore[assignment]
        """Opens a place and returns its page."""
        self.activate()
        self.window().open(place)
        page = self.window().page()
        if not isinstance(page, kind):
            raise TypeError(f"{place} shows {page}")
        return page

    def shoot(self, name: str, place: Place, kind: type[Kind] = QWidget) -> Kind:  # type: ignore[assignment]
        """Opens a place, takes its picture and returns its page."""
        page = self.open(place, kind)
        self.camera.take(name, self.window())
        return page

    def job(self, job: str, kind: type[Kind]) -> Kind:
        """Opens the dialog of a job."""
        self.activate()
        self.window().open(JobPlace(job, Query(CASE, month=MONTH)))
        return self.dialog(kind)

    def dialog(self, kind: type[Kind]) -> Kind:
        """Returns the dialog of this kind that is in view."""
        self.camera.rest()
        return next(one for one in QApplication.allWidgets() if isinstance(one, kind) and one.isVisible())


def _png(image: QImage) -> bytes:
    """Returns a small file: a window needs few colours, and the rare ones go to their nearest."""
    full = image.convertToFormat(QImage.Format.Format_RGB32)
    common = Counter(memoryview(full.constBits()).cast("I")).most_common(COLOURS)
    few = full.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _ in common], PLAIN)
    buffer = QBuffer()
    few.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # 0 packs tightest
    return bytes(buffer.data().data())


def type_groups(entry: QWidget, groups: list[str]) -> None:
    """Types groups of digits, each into its own box."""
    for box, digits in zip(entry.findChildren(QLineEdit), groups, strict=True):
        QTest.keyClicks(box, digits)
