"""Writes what the county has not answered to a stick once more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.reporting import Reporting
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks


class CopyDialog(QDialog):
    """For a stick that was lost or did not arrive."""

    def __init__(self, reporting: Reporting, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reporting = reporting
        self._tasks = tasks
        self.setWindowTitle("再写一次 U 盘")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.place = PlaceChooser()
        self.place.changed.connect(self._refresh)
        self.notice = Notice()
        self._write = button("写入(&W)", self.write, kind="main")
        footer = QHBoxLayout()
        footer.addWidget(button("关闭", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._write)
        layout = QVBoxLayout(self)
        layout.addWidget(
            label("县局还没有回执的上报包都会写到 U 盘上。重复交给县局没有关系，不会重复接收。", "subtitle")
        )
        layout.addWidget(self.place)
        layout.addWidget(self.notice)
        layout.addLayout(footer)
        self._refresh()

    def write(self) -> None:
        """Copies the packages and reads them back."""
        folder = self.place.folder()
        if folder is not None:
            self._tasks.run(
                lambda progress: self._reporting.copy_unanswered(folder, progress=progress),
                self._written,
                title="写入 U 盘",
                window=self,
            )

    def _written(self, copies: list[Path]) -> None:
        if copies:
            self.notice.say("ok", f"已写入 {len(copies)} 个上报包并核对无误，可以拔出 U 盘。")
        else:
            self.notice.say("note", "没有等待回执的上报包，不需要再写。")

    def _refresh(self) -> None:
        self._write.setEnabled(self.place.folder() is not None)
