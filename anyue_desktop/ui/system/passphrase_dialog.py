"""Changes a passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.system.new_passphrase import NewPassphrase
from anyue_desktop.ui.tasks import Tasks


class PassphraseDialog(QDialog):
    """Asks for the old and the new passphrase; `change` gets both."""

    changed = Signal()

    def __init__(
        self,
        title: str,
        change: Callable[[str, str], None],
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        asks_old: bool = True,
    ) -> None:
        super().__init__(parent)
        self._change = change
        self._tasks = tasks
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.old = QLineEdit()
        self.old.setAccessibleName("现在的密码")
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.old.textChanged.connect(self._refresh)
        self._asks_old = asks_old
        self.new = NewPassphrase()
        self.new.changed.connect(self._refresh)
        self.notice = Notice()
        self._save = button("保存(&S)", self.save, kind="main")
        self._lay_out()
        self._refresh()

    def save(self) -> None:
        """Changes the passphrase; sealing the keys anew takes about a second."""
        old, new = self.old.text(), self.new.text()
        self._save.setEnabled(False)
        self._tasks.run(
            lambda progress: self._change(old, new), self._saved, title="更换密码", window=self, failed=self._refused
        ).ended.connect(self._refresh)

    def _saved(self, nothing: object) -> None:
        self.accept()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.refuse(error)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        if self._asks_old:
            form = QFormLayout()
            form.addRow("现在的密码", self.old)
            layout.addLayout(form)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._save)
        layout.addWidget(self.new)
        layout.addWidget(self.notice)
        layout.addLayout(footer)

    def _refresh(self) -> None:
        self._save.setEnabled(self.new.complete() and (not self._asks_old or bool(self.old.text())))
