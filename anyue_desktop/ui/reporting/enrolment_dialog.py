"""设备登记 at the township: request, telephone, trust."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.enrolment import Accepted, EnrolRequest, TownshipEnrolment
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step, StepsDialog
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.digit_groups import DigitEntry, DigitGroups
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks

EXCHANGE_FILES = "上报文件 (*.tpkg);;所有文件 (*)"
CARD_GROUPS = 2  # of the county root's six, typed from the 信任卡
TELEPHONE = (
    "1. 县局收到 U 盘后，会用通讯录里的号码打电话过来。\n"
    "2. 由乡镇先读第 1、2、3 组数字，县局接着读第 4、5、6 组。\n"
    "3. 六组数字完全一样才算核对通过；有一个数字不同就停下来，告诉县局信息安全负责人。"
)
CARD = "看着县局发的纸质信任卡，输入县局数字的最后两组（第 5、6 组）。不要照着屏幕或 U 盘里的内容抄。"


class RequestStep(Step):
    """Where the request is written."""

    title = "申请"
    onward = "写出申请(&W)"
    skipped = Signal()

    def __init__(self, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlaceChooser()
        self.place.changed.connect(self.ready)
        skip = QHBoxLayout()
        skip.addWidget(button("已经核对过，直接接收县局的信任表", self.skipped.emit, kind="flat"))
        skip.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("申请设备登记", "title"))
        layout.addWidget(
            label("本机第一次上报前，要在县局登记一次。申请文件写到 U 盘后交给县局；里面没有老年人的信息。", "subtitle")
        )
        layout.addWidget(self.place)
        if state != "none":
            note = Notice()
            note.say("note", "本机以前申请过。", "再写一次还是同一份申请，电话里核对的数字不变。")
            layout.addWidget(note)
        self.renew = QCheckBox("先换一把新的签名密钥：会签名上报的人离开以后用；县局批准以前不能上报(&K)")
        self.renew.setVisible(state == "enrolled")
        layout.addWidget(self.renew)
        layout.addStretch(1)
        layout.addLayout(skip)

    def may_go_on(self) -> bool:
        """Whether there is a place to write to."""
        return self.place.folder() is not None


class TelephoneStep(Step):
    """The digits, large enough to be read out."""

    title = "电话核对"
    onward = "核对一致，继续(&N)"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written = Notice()
        self.digits = DigitGroups("本机的六组数字")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._written)
        layout.addWidget(label("本机的六组数字", "title"))
        layout.addWidget(self.digits)
        layout.addWidget(label(TELEPHONE))
        layout.addStretch(1)

    def put(self, request: EnrolRequest) -> None:
        """Shows what was written and what is to be read out."""
        self._written.say("ok", f"申请已写好：{request.path}", f"设备号 {request.site}。可以拔出 U 盘，交给县局。")
        self.digits.put(request.fingerprint)


class TrustStep(Step):
    """The county's trust bundle, believed only with the digits from the card."""

    title = "接收信任表"
    onward = "接收(&N)"

    def __init__(self, *, known: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known  # a county whose bundles are believed already needs no card
        self._drop = FileDrop("县局批准后会把信任表（trust- 开头的文件）放回 U 盘，请选择它。", EXCHANGE_FILES)
        self._drop.setMaximumHeight(200)
        self._drop.changed.connect(self.ready)
        self.digits = DigitEntry(CARD_GROUPS, "县局数字", first=5)
        self.digits.changed.connect(self.ready)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("接收县局的信任表", "title"))
        layout.addWidget(self._drop)
        card = label(CARD)
        layout.addWidget(card)
        layout.addWidget(self.digits)
        for one in (card, self.digits):
            one.setVisible(not known)
        layout.addStretch(1)

    def add_file(self, path: Path) -> None:
        """Chooses the trust file as if it had been dropped."""
        self._drop.clear()
        self._drop.add([path])

    def file(self) -> Path:
        """Returns the file chosen."""
        return self._drop.files()[-1]

    def may_go_on(self) -> bool:
        """Whether the file is there, and of a county not known yet the digits."""
        return bool(self._drop.files()) and (self._known or self.digits.complete())


class EnrolledStep(Step):
    """What the laptop now believes."""

    title = "完成"
    onward = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addStretch(1)

    def put(self, accepted: Accepted) -> None:
        """Says whether this laptop may report now."""
        facts = f"信任表第 {accepted.trust_version} 版，有效期到 {accepted.expires}。"
        if accepted.enrolled:
            self.notice.say("ok", "登记完成，本机可以上报了。", facts)
        else:
            hint = f"{facts}请把申请文件交给县局批准，再来接收新的信任表。"
            self.notice.say("warning", f"信任表已接收，但里面还没有本机（{accepted.site}）。", hint)


class EnrolmentDialog(StepsDialog):
    """Leads the township's half of the key ceremony."""

    def __init__(self, enrolment: TownshipEnrolment, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("设备登记", parent)
        self._enrolment = enrolment
        self._tasks = tasks
        self.request_step = RequestStep(enrolment.state())
        self.telephone_step = TelephoneStep()
        self.trust_step = TrustStep(known=enrolment.knows_county())
        self.enrolled_step = EnrolledStep()
        for step in (self.request_step, self.telephone_step, self.trust_step, self.enrolled_step):
            self.add_step(step)
        self.request_step.skipped.connect(lambda: self.show_step(self.trust_step))
        self.show_step(self.request_step)

    def go_on(self) -> None:
        """Writes the request, or takes in the trust bundle."""
        if self.step is self.request_step:
            self._request()
        elif self.step is self.trust_step:
            self._accept()
        else:
            super().go_on()

    def may_go_back(self) -> bool:
        """A finished ceremony has no way back."""
        return super().may_go_back() and self.step is not self.enrolled_step

    def _request(self) -> None:
        folder = self.request_step.place.folder()
        if folder is not None:
            renew = self.request_step.renew.isChecked()
            self.run(
                self._tasks,
                lambda progress: self._enrolment.request(folder, renew=renew),
                self._requested,
                "写出申请",
            )

    def _requested(self, request: EnrolRequest) -> None:
        self.telephone_step.put(request)
        self.show_step(self.telephone_step)

    def _accept(self) -> None:
        path, digits = self.trust_step.file(), self.trust_step.digits.text()
        self.run(self._tasks, lambda progress: self._enrolment.accept(path, digits), self._accepted, "接收信任表")

    def _accepted(self, accepted: Accepted) -> None:
        self.enrolled_step.put(accepted)
        self.show_step(self.enrolled_step)
