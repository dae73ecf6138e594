"""The one door for everything that goes wrong.

A `UserError` is told in its own words; `Cancelled` is silent; anything else is a bug of the program and says so.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

import anyue_desktop
from anyue_desktop.core.errors import Cancelled, UserError

_log = logging.getLogger(__name__)


class ProblemDoor(QObject):
    """Shows problems to the person, without waiting for the answer."""

    shown = Signal(object)

    def __init__(self, log_path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_path = log_path
        self.open_box: QMessageBox | None = None

    def show(self, error: BaseException, window: QWidget | None = None) -> None:
        """Tells the person what went wrong and what to do."""
        if isinstance(error, Cancelled):
            return
        parent = window or QApplication.activeWindow()
        box = self._sentence(error, parent) if isinstance(error, UserError) else self._bug(error, parent)
        self.open_box = box
        box.finished.connect(box.deleteLater)
        box.finished.connect(self._closed)
        box.open()
        self.shown.emit(error)

    def take_uncaught(self) -> None:
        """Sends every exception nobody caught through this door."""
        sys.excepthook = self._uncaught

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.show(error)

    def _sentence(self, error: UserError, parent: QWidget | None) -> QMessageBox:
        box = QMessageBox(QMessageBox.Icon.Warning, "请注意", error.message, QMessageBox.StandardButton.Ok, parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(error.hint)
        return box

    def _bug(self, error: BaseException, parent: QWidget | None) -> QMessageBox:
        details = bug_details(error)
        _log.error("unexpected failure\n%s", details)
        box = QMessageBox(
            QMessageBox.Icon.Critical,
            "程序出错",
            "程序遇到了没有料到的情况，刚才的操作没有完成。已经保存的数据不受影响。",
            QMessageBox.StandardButton.Close,
            parent,
        )
        where = f"日志：{self._log_path}\n" if self._log_path else ""
        box.setInformativeText(f"{where}请把详情复制给技术支持。详情里没有个人信息。")
        box.setDetailedText(details)
        copy = box.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # the box would close
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        return box

    def _closed(self) -> None:
        self.open_box = None


def bug_details(error: BaseException) -> str:
    """Returns where a bug struck, without the values that were at hand: they may be personal."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"安岳民政离线台账 {anyue_desktop.__version__} · Python {platform.python_version()} · {platform.system()}"]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    lines.append(type(error).__name__)
    return "\n".join(lines)
