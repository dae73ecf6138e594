"""What a person sees while a long job runs."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.ui.plain_label import PlainLabel


class ProgressDialog(QDialog):
    """The stage, how far it is, how fast, and Cancel."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        self._stage = PlainLabel(title)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("进度")
        self._rate = PlainLabel("")
        self._rate.setObjectName("caption")
        self._cancel = QPushButton("取消(&C)")
        self._cancel.clicked.connect(self.reject)
        self._began = time.monotonic()
        row = QHBoxLayout()
        row.addWidget(self._rate, 1)
        row.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stage)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def report(self, stage: str, done: int, total: int) -> None:
        """Shows where the job is; `total` 0 means its length is unknown."""
        if done == 0:
            self._began = time.monotonic()
        self._stage.setText(stage)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        seconds = time.monotonic() - self._began
        rate = f"，每秒 {done / seconds:,.0f} 条" if done and seconds > 0.5 else ""
        self._rate.setText(f"已处理 {done:,} 条" + (f"，共 {total:,} 条" if total else "") + rate if done else "")

    def reject(self) -> None:
        """Asks the job to stop; the dialog stays until it has."""
        self._cancel.setEnabled(False)
        self._cancel.setText("正在停止…")
        self.cancelled.emit()

    def finish(self) -> None:
        """Closes the dialog when the job has ended."""
        self.accept()
        self.deleteLater()
