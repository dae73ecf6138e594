"""A new operator."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.accounts import Accounts
from anyue_desktop.services.unit import Operator
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.system.new_passphrase import NewPassphrase
from anyue_desktop.ui.system.role_boxes import RoleBoxes
from anyue_desktop.ui.tasks import Tasks

USUAL_ROLES = ("entry",)


class OperatorDialog(QDialog):
    """Login, name, roles and first passphrase."""

    added = Signal(object)

    def __init__(self, accounts: Accounts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._tasks = tasks
        self.setWindowTitle("添加操作员")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self.login, self.name = QLineEdit(), QLineEdit()
        self.login.setAccessibleName("登录名")
        self.name.setAccessibleName("姓名")
        self.login.textChanged.connect(self._refresh)
        self.boxes = RoleBoxes(USUAL_ROLES)
        self.boxes.changed.connect(self._refresh)
        self.new = NewPassphrase()
        self.new.changed.connect(self._refresh)
        self.notice = Notice()
        self._save = button("添加(&A)", self.save, kind="main")
        form = QFormLayout()
        form.addRow("登录名", self.login)
        form.addRow("姓名", self.name)
        form.addRow("可以", self.boxes)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.new)
        layout.addWidget(self.notice)
        layout.addLayout(footer)
        self._refresh()

    def save(self) -> None:
        """Adds the operator; sealing the keys takes about a second."""
        login, name = self.login.text().strip(), self.name.text().strip()
        roles, words = self.boxes.roles(), self.new.text()
        self._save.setEnabled(False)
        self._tasks.run(
            lambda progress: self._accounts.add(login, words, roles, name),
            self._added,
            title="添加操作员",
            window=self,
            failed=self._refused,
        ).ended.connect(self._refresh)

    def _added(self, operator: Operator) -> None:
        self.accept()
        self.added.emit(operator)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.refuse(error)

    def _refresh(self) -> None:
        ready = bool(self.login.text().strip()) and bool(self.boxes.roles()) and self.new.complete()
        self._save.setEnabled(ready)
