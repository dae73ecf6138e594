"""忘记密码: a request for the county, a telephone call, and the county's answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.unlocking import Recovered, UnlockAsked, ask_county, recover
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step, StepsDialog
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.digit_groups import DigitEntry, DigitGroups
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.system.new_passphrase import NewPassphrase
from anyue_desktop.ui.tasks import Tasks

CODE_GROUPS = 5
ANSWERS = "县局的答复 (*.age);;所有文件 (*)"
ABOUT = "先问管理员能不能当面重设密码；不能时才经县局找回。台账里的内容不会丢，申请里也没有任何人的信息。"
TELEPHONE = (
    "1. 把 U 盘交给县局，并打电话告诉县局是谁、为什么忘了密码。\n"
    "2. 县局用通讯录里的号码打回来，乡镇先读第 1、2、3 组数字，县局接着读第 4、5、6 组。\n"
    "3. 完全一样后，县局把答复写到 U 盘，并在电话里读五组一次性数字：请记在纸上，七天内有效。"
)


class AskStep(Step):
    """Where the request is written."""

    title = "申请"
    onward = "写出申请(&W)"
    skipped = Signal()

    def __init__(self, login: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlaceChooser()
        self.place.changed.connect(self.ready)
        skip = QHBoxLayout()
        skip.addWidget(button("已经拿到县局的答复，直接重新设密码", self.skipped.emit, kind="flat"))
        skip.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(f"“{login}”忘记密码", "title"))
        layout.addWidget(label(ABOUT, "subtitle"))
        layout.addWidget(label("把申请写到哪里：", "section"))
        layout.addWidget(self.place)
        layout.addLayout(skip)
        layout.addStretch(1)

    def may_go_on(self) -> bool:
        """Whether there is a place to write to."""
        return self.place.folder() is not None


class ReadOutStep(Step):
    """The digits of the request."""

    title = "电话核对"
    onward = "县局已经答复(&N)"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digits = DigitGroups("申请的六组数字")
        self._path = label(name="申请文件")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._path)
        layout.addWidget(self.digits)
        layout.addWidget(label(TELEPHONE))
        layout.addStretch(1)

    def put(self, asked: UnlockAsked) -> None:
        """Shows the digits of the file."""
        self._path.setText(f"申请已写好：{asked.path}")
        self.digits.put(asked.fingerprint)


class AnswerStep(Step):
    """The county's answer, its code, and the new passphrase."""

    title = "重新设密码"
    onward = "重新设密码(&S)"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = FileDrop("选择县局放回 U 盘的答复（unlock-response 开头）。", ANSWERS)
        self.drop.setMaximumHeight(150)
        self.code = DigitEntry(CODE_GROUPS, "一次性数字")
        self.new = NewPassphrase()
        self.notice = Notice()
        for changed in (self.drop.changed, self.code.changed, self.new.changed):
            changed.connect(self.ready)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.drop)
        layout.addWidget(label("电话里听到的五组一次性数字：", "section"))
        layout.addWidget(self.code)
        layout.addWidget(label("新密码：", "section"))
        layout.addWidget(self.new)
        layout.addWidget(self.notice)
        layout.addStretch(1)

    def may_go_on(self) -> bool:
        """Whether file, code and both passphrases are there."""
        return bool(self.drop.files()) and self.code.complete() and self.new.complete()


class ForgottenDialog(StepsDialog):
    """Leads an operator who forgot the passphrase; the workspace is locked meanwhile."""

    recovered = Signal(str)

    def __init__(self, folder: Path, login: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("忘记密码", parent)
        self._folder, self._login, self._tasks = folder, login, tasks
        self.ask_step = AskStep(login)
        self.read_out_step = ReadOutStep()
        self.answer_step = AnswerStep()
        self.ask_step.skipped.connect(lambda: self.show_step(self.answer_step))
        for step in (self.ask_step, self.read_out_step, self.answer_step):
            self.add_step(step)
        self.show_step(self.ask_step)

    def go_on(self) -> None:
        """Writes the request, or opens the answer."""
        if self.step is self.ask_step:
            self._ask()
        elif self.step is self.answer_step:
            self._recover()
        else:
            super().go_on()

    def _ask(self) -> None:
        folder = self.ask_step.place.folder()
        if folder is not None:
            self.run(
                self._tasks, lambda progress: ask_county(self._folder, self._login, folder), self._asked, "写出申请"
            )

    def _recover(self) -> None:
        step = self.answer_step
        file, code, words = step.drop.files()[-1], step.code.text(), step.new.text()
        self.run(
            self._tasks,
            lambda progress: recover(self._folder, file, code, self._login, words),
            self._done,
            "重新设密码",
            self._refused,
        )

    def _asked(self, asked: UnlockAsked) -> None:
        self.read_out_step.put(asked)
        self.show_step(self.read_out_step)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.answer_step.notice.refuse(error)

    def _done(self, done: Recovered) -> None:
        more = "签名密钥也换了新的：登录后请重新申请设备登记，再上报。" if done.must_enrol else ""
        if not done.may_review and not done.must_enrol:
            more = "要审核、上报的，请另一位审核人在“系统 · 操作员”里重新给出权限。"
        self.recovered.emit(f"密码已重新设好，请用新密码登录。{more}")
        self.accept()
