"""县局忘记密码: the keys from the safe open the county's workspace, and the operator gets a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.unlocking import recover_county
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.system.new_passphrase import NewPassphrase
from anyue_desktop.ui.tasks import Tasks

KEYS = "封存的密钥 (*.agekey *.openssh);;所有文件 (*)"
RECOVERY, ROOT = ".agekey", ".openssh"
ABOUT = (
    "先问另一位管理员能不能当面重设密码；不能时两个人一起取出封存的 U 盘。\n"
    "唯一的审核人要“恢复密钥.agekey”和“根密钥.openssh”两个文件；还有别的审核人的，只要恢复密钥。\n"
    "办完以后台账换新的密钥，操作日志留一条；请把封存的 U 盘放回去。"
)


class CountyForgottenDialog(QDialog):
    """The files from the safe, and the new passphrase; the workspace is locked meanwhile."""

    recovered = Signal(str)

    def __init__(self, folder: Path, login: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._login, self._tasks = folder, login, tasks
        self.setWindowTitle("忘记密码")
        self.setMinimumWidth(600)
        self.drop = FileDrop("选择封存 U 盘上的密钥文件。", KEYS)
        self.drop.setMaximumHeight(170)
        self.new = NewPassphrase()
        self.notice = Notice()
        self._act = button("重新设密码(&S)", self.act, kind="main")
        self.drop.changed.connect(self._refresh)
        self.new.changed.connect(self._refresh)
        footer = QHBoxLayout()
        footer.addWidget(button("取消", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.addWidget(label(f"“{login}”忘记密码", "title"))
        layout.addWidget(label(ABOUT))
        layout.addWidget(self.drop)
        layout.addWidget(self.new)
        layout.addWidget(self.notice)
        layout.addLayout(footer)
        self._refresh()

    def act(self) -> None:
        """Sets the new passphrase."""
        recovery, root, words = self._file(RECOVERY), self._file(ROOT), self.new.text()
        if recovery is not None:
            self._tasks.run(
                lambda _: recover_county(self._folder, recovery, self._login, words, root),
                self._done,
                title="重新设密码",
                window=self,
                failed=self._refused,
            )

    def _done(self, login: str) -> None:
        self.recovered.emit(f"“{login}”的密码已重新设好，请用新密码登录，并把封存的 U 盘放回去。")
        self.accept()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.refuse(error)

    def _file(self, ending: str) -> Path | None:
        return next((one for one in reversed(self.drop.files()) if one.suffix == ending), None)

    def _refresh(self) -> None:
        self._act.setEnabled(self._file(RECOVERY) is not None and self.new.complete())
