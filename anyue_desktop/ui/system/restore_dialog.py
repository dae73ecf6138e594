"""Puts a backup in place of a closed workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.safekeeping import restore
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.tasks import Tasks


class RestoreDialog(QDialog):
    """Asks who restores; the workspace must be closed. The passphrase is the one of the day of the backup."""

    restored = Signal(str)

    def __init__(
        self, folder: Path, backup: Path, logins: Sequence[str], tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._backup = backup
        self._tasks = tasks
        self.setWindowTitle("恢复备份")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self.login = QComboBox()
        self.login.setAccessibleName("操作员")
        self.login.setEditable(True)
        self.login.addItems(list(logins))
        self.words = QLineEdit()
        self.words.setAccessibleName("备份时的密码")
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.textChanged.connect(self._refresh)
        self.words.returnPressed.connect(self.restore)
        self.notice = Notice()
        self._act = button("恢复(&R)", self.restore, kind="main")
        form = QFormLayout()
        form.addRow("操作员", self.login)
        form.addRow("备份时的密码", self.words)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.addWidget(label(f"从“{backup.name}”恢复。现在的台账会改名留在旁边。"))
        layout.addLayout(form)
        layout.addWidget(self.notice)
        layout.addLayout(footer)
        self._refresh()

    def restore(self) -> None:
        """Checks the backup and puts it in place."""
        if not self.words.text():
            return
        login, words = self.login.currentText().strip(), self.words.text()
        self._act.setEnabled(False)
        self._tasks.run(
            lambda progress: restore(self._folder, self._backup, login, words, progress=progress),
            self._done,
            title="恢复备份",
            window=self,
            failed=self._refused,
        ).ended.connect(self._refresh)

    def _done(self, made_at: str) -> None:
        self.accept()
        self.restored.emit(made_at)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.refuse(error)

    def _refresh(self) -> None:
        self._act.setEnabled(bool(self.words.text()))
