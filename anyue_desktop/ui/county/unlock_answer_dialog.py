"""答复忘记密码 at the county: a request, a telephone call, the recovery key from the safe, and a code to read out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.unlocking import CountyUnlocking, UnlockAnswered, UnlockAsked
from anyue_desktop.ui.county.approval_dialog import CallStep
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step, StepsDialog
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.reporting.digit_groups import DigitGroups
from anyue_desktop.ui.tasks import Tasks

REQUESTS = "忘记密码的申请 (*.json);;所有文件 (*)"
KEYS = "恢复密钥 (*.agekey);;所有文件 (*)"
TWO = "请两个人一起办：一人核对来电的是谁、为什么忘了，一人从保险柜取恢复密钥。办完后恢复密钥放回保险柜。"
READ_OUT = "只在电话里读，不要写在 U 盘上或发消息。七天内有效，只能用一次。"


class FilesStep(Step):
    """The request, and the recovery key."""

    title = "选申请"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.request = FileDrop("乡镇带来的申请（unlock-request 开头）。", REQUESTS)
        self.key = FileDrop("封存 U 盘上的恢复密钥。", KEYS)
        self.notice = Notice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("答复忘记密码", "title"))
        layout.addWidget(label(TWO, "subtitle"))
        for drop in (self.request, self.key):
            drop.setMaximumHeight(160)
            drop.changed.connect(self.ready)
            layout.addWidget(drop)
        layout.addWidget(self.notice)
        layout.addStretch(1)

    def may_go_on(self) -> bool:
        """Whether both files are chosen."""
        return bool(self.request.files() and self.key.files())


class CodeStep(Step):
    """The code to read out."""

    title = "读一次性数字"
    onward = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self.code = DigitGroups("一次性数字")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(label("在电话里读给对方：", "section"))
        layout.addWidget(self.code)
        layout.addWidget(label(READ_OUT))
        layout.addStretch(1)

    def put(self, answered: UnlockAnswered) -> None:
        """Shows the code, once."""
        self.notice.say("ok", f"给 {answered.unit_name}“{answered.login}”的答复已写好：{answered.path}")
        self.code.put(answered.code)


class UnlockAnswerDialog(StepsDialog):
    """Leads the county's half."""

    def __init__(self, unlocking: CountyUnlocking, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("答复忘记密码", parent)
        self._unlocking = unlocking
        self._tasks = tasks
        self.files_step = FilesStep()
        self.call_step = CallStep("写出答复(&W)", "3. 答复写到：")
        self.code_step = CodeStep()
        for step in (self.files_step, self.call_step, self.code_step):
            self.add_step(step)
        self.show_step(self.files_step)

    def go_on(self) -> None:
        """Reads the request, or answers it."""
        request, key = self.files_step.request.files()[-1], self.files_step.key.files()[-1]
        if self.step is self.files_step:
            job = self._unlocking.preview
            self.run(self._tasks, lambda progress: job(request), self._previewed, "读取申请", self._refused)
            return
        self._answer(request, key)

    def may_go_back(self) -> bool:
        """What is answered is answered."""
        return super().may_go_back() and self.step is not self.code_step

    def _answer(self, request: Path, key: Path) -> None:
        folder, digits = self.call_step.place.folder(), self.call_step.digits()
        if folder is not None:
            self.run(
                self._tasks,
                lambda progress: self._unlocking.answer(request, key, folder, digits),
                self._answered,
                "写出答复",
            )

    def _previewed(self, asked: UnlockAsked) -> None:
        self.call_step.put(asked.site, asked.fingerprint, f"，操作员“{asked.login}”")
        self.show_step(self.call_step)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.files_step.notice.refuse(error)

    def _answered(self, answered: UnlockAnswered) -> None:
        self.code_step.put(answered)
        self.show_step(self.code_step)
