"""Unlocking a workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services import practice_workspace, unlocking, workspace
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.entrance.county_forgotten_dialog import CountyForgottenDialog
from anyue_desktop.ui.entrance.forgotten_dialog import ForgottenDialog
from anyue_desktop.ui.entrance.passphrase_box import PassphraseBox
from anyue_desktop.ui.icons import picture
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks


class UnlockDialog(QDialog):
    """Who are you, and the passphrase; the workspace is opened on the worker thread."""

    unlocked = Signal(object)  # Workspace
    other_asked = Signal()  # another workspace

    def __init__(self, folder: Path, tasks: Tasks, *, locked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._tasks = folder, tasks
        self._left = 0
        unit = workspace.unit_of(folder)
        self.setWindowTitle("安岳民政台账 · 已锁定" if locked else "安岳民政台账 · 解锁")
        self.setMinimumWidth(460)
        self.who = QComboBox()
        self.who.addItems(workspace.logins(folder))
        self.who.setAccessibleName("操作员")
        self.passphrase = PassphraseBox("密码")
        self.passphrase.entered.connect(self.unlock)
        self.button = QPushButton("解锁")
        self.button.setDefault(True)
        self.button.clicked.connect(self.unlock)
        self.other = QPushButton("打开别的台账…")
        self.other.setProperty("kind", "flat")
        self.other.clicked.connect(self._ask_other)
        self.other.setVisible(not locked)
        self.forgotten = QPushButton("忘记密码…")
        self.forgotten.setProperty("kind", "flat")
        self.forgotten.setAutoDefault(False)
        self.forgotten.clicked.connect(self.forget)
        self.forgotten.setVisible(not unit.practice)
        self._said = PlainLabel()
        self._said.setProperty("tone", "error")
        self._said.setWordWrap(True)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        shared = unit.practice and self.who.findText(practice_workspace.LOGIN) >= 0
        self._lay_out(f"{unit.name}{'（练习）' if unit.practice else ''}", locked, shared)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin_wait(unlocking.seconds_to_wait(folder))

    def _lay_out(self, unit: str, locked: bool, shared: bool) -> None:
        sign, title = PlainLabel(), PlainLabel(f"{unit} 民政台账")
        sign.setPixmap(picture("lock" if locked else "app", 40))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(sign)
        head.addWidget(title, 1)
        form = QFormLayout()
        form.addRow("操作员(&O)", self.who)
        form.addRow("密码(&P)", self.passphrase)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addWidget(self.forgotten)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addLayout(head)
        if locked:
            layout.addWidget(PlainLabel("台账已锁定，录入的内容都已存好。"))
        layout.addLayout(form)
        if shared:
            layout.addWidget(PlainLabel(f"练习台账的密码是：{practice_workspace.PASSPHRASE}"))
        layout.addWidget(self._said)
        layout.addLayout(buttons)

    def unlock(self) -> None:
        """Tries the passphrase."""
        words = self.passphrase.text()
        if not words or self._left or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self.say("正在解锁…", tone="muted")
        login = self.who.currentText()
        self._tasks.run(
            lambda _progress: workspace.open_workspace(self._folder, login, words), self._opened, failed=self._refused
        )

    def forget(self) -> ForgottenDialog | CountyForgottenDialog:
        """Opens the way through the county, or for a county the way through its safe."""
        kind = CountyForgottenDialog if workspace.unit_of(self._folder).is_county else ForgottenDialog
        dialog = kind(self._folder, self.who.currentText(), self._tasks, self)
        dialog.recovered.connect(lambda words: self.say(words, tone="ok"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def say(self, words: str, tone: str = "error") -> None:
        """Shows a sentence under the boxes."""
        self._said.setText(words)
        self._said.setProperty("tone", tone)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self.adjustSize()  # a long sentence must not squeeze the boxes

    def said(self) -> str:
        """Returns the sentence shown."""
        return self._said.text()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing the dialog gives up."""
        self.reject()
        event.accept()

    def _ask_other(self) -> None:
        self.other_asked.emit()

    def _opened(self, opened: Workspace) -> None:
        self.passphrase.clear()
        self.unlocked.emit(opened)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self._begin_wait(unlocking.seconds_to_wait(self._folder))
        self.say(f"{error.message}。{error.hint}" if error.hint else error.message)
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _begin_wait(self, seconds: int) -> None:
        self._left = seconds
        if seconds:
            self.button.setEnabled(False)
            self._clock.start()
            self._tick()

    def _tick(self) -> None:
        if self._left <= 0:
            self._clock.stop()
            self.button.setEnabled(True)
            self.button.setText("解锁")
            return
        self.button.setText(f"请等 {self._left} 秒")
        self.button.setToolTip("密码输错的次数太多，要等一会儿再试")
        self._left -= 1
