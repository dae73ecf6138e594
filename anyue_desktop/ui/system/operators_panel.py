"""操作员: who may open the workspace, and what they may do."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.accounts import ROLE_NAMES, Accounts
from anyue_desktop.services.unit import Operator
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.system.operator_dialog import OperatorDialog
from anyue_desktop.ui.system.passphrase_dialog import PassphraseDialog
from anyue_desktop.ui.system.roles_dialog import RolesDialog
from anyue_desktop.ui.tasks import Tasks

MANAGES = "admin"
COLUMNS = (
    ValueColumn("登录名", lambda one: one.login, icon=lambda one: "people"),
    ValueColumn("姓名", lambda one: one.name),
    ValueColumn("权限", lambda one: roles_words(one)),
)
ABOUT = "录入：录入和修改记录。审核：签名并生成上报包。管理：添加操作员、恢复备份。录入和审核最好由两个人担任。"


def roles_words(operator: Operator) -> str:
    """Returns what an operator may do, in words."""
    return "、".join(name for key, name in ROLE_NAMES.items() if key in operator.roles)


class OperatorsPanel(QWidget):
    """The list of operators; only 管理 may change it, everybody may change the own passphrase."""

    def __init__(
        self, accounts: Accounts, own: Operator, tasks: Tasks, problems: ProblemDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._own = own
        self._tasks = tasks
        self._problems = problems
        self.table = ValueTable("操作员", COLUMNS, "还没有操作员。")
        self.table.moved.connect(lambda _: self._refresh_buttons())
        self.notice = Notice()
        self._add = button("添加操作员…(&A)", self.add, kind="main")
        self._roles = button("改权限…", self.change_roles)
        self._reset = button("重设密码…", self.reset_passphrase)
        self._remove = button("删除…", self.ask_remove, kind="danger")
        row = QHBoxLayout()
        for widget in (self._add, self._roles, self._reset, self._remove):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(button("改我的密码…(&P)", self.change_own))
        layout = QVBoxLayout(self)
        layout.addWidget(label(ABOUT, "subtitle"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Reads the operators anew."""
        self.table.put(self._accounts.list())
        self._refresh_buttons()

    def add(self) -> OperatorDialog:
        """Opens the form of a new operator."""
        dialog = OperatorDialog(self._accounts, self._tasks, self)
        dialog.added.connect(lambda one: self._tell(f"已添加操作员“{one.login}”（{roles_words(one)}）。"))
        dialog.open()
        return dialog

    def change_roles(self) -> RolesDialog | None:
        """Opens the choice of roles."""
        one: Operator | None = self.table.current()
        if one is None:
            return None
        dialog = RolesDialog(one, lambda roles: self._set_roles(one, roles), self)
        dialog.open()
        return dialog

    def reset_passphrase(self) -> PassphraseDialog | None:
        """Gives another operator a new passphrase."""
        one: Operator | None = self.table.current()
        if one is None:
            return None
        dialog = PassphraseDialog(
            f"重设“{one.login}”的密码",
            lambda old, new: self._accounts.reset_passphrase(one.login, new),
            self._tasks,
            self,
            asks_old=False,
        )
        return self._open(dialog, f"“{one.login}”的密码已重设，请当面告诉本人。")

    def change_own(self) -> PassphraseDialog:
        """Changes one's own passphrase."""
        dialog = PassphraseDialog("改我的密码", self._accounts.change_passphrase, self._tasks, self)
        return self._open(dialog, "密码已改，下次登录用新密码。")

    def ask_remove(self) -> None:
        """Asks before an operator is removed."""
        one: Operator | None = self.table.current()
        if one is not None:
            ask_first(
                self,
                f"删除操作员“{one.login}”？他以后不能再登录。",
                "他录入的记录和操作历史都保留。台账会换一把新的密钥重新加密。",
                "删除",
                lambda: self._remove_operator(one),
            )

    def _open(self, dialog: PassphraseDialog, sentence: str) -> PassphraseDialog:
        dialog.changed.connect(lambda: self._tell(sentence))
        dialog.open()
        return dialog

    def _set_roles(self, one: Operator, roles: frozenset[str]) -> None:
        try:
            self._accounts.set_roles(one.login, roles)
        except UserError as error:
            self._problems.show(error, self)
        else:
            self._tell(f"“{one.login}”的权限已改，下次登录生效。")

    def _remove_operator(self, one: Operator) -> None:
        self._tasks.run(
            lambda progress: self._accounts.remove(one.login),
            lambda _: self._tell(f"已删除操作员“{one.login}”。{self._accounts.after_leaving(one)}"),
            title="删除操作员",
            window=self,
        )

    def _tell(self, sentence: str) -> None:
        self.notice.say("ok", sentence)
        self.refresh()

    def _refresh_buttons(self) -> None:
        manages = MANAGES in self._own.roles
        one: Operator | None = self.table.current()
        other = one is not None and one.id != self._own.id
        self._add.setEnabled(manages)
        self._roles.setEnabled(manages and one is not None)
        self._reset.setEnabled(manages and other)
        self._remove.setEnabled(manages and other)
