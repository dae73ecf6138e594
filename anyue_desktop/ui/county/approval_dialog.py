"""设备登记 at the county: a request, a telephone call, a new trust bundle."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.county_enrolment import Approved, CountyEnrolment
from anyue_desktop.services.enrolment import EnrolRequest
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step, StepsDialog
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.reporting.digit_groups import DigitEntry, DigitGroups
from anyue_desktop.ui.reporting.enrolment_dialog import EXCHANGE_FILES
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks

HEARD = 3  # groups the township reads out; the county reads the rest
CALL = "请用本局通讯录里登记的电话打过去，不要用来人或 U 盘里给的号码。"


class RequestFileStep(Step):
    """Which request."""

    title = "选申请"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drop = FileDrop("选择乡镇带来的申请文件（enrol- 开头）。", EXCHANGE_FILES)
        self._drop.setMaximumHeight(220)
        self._drop.changed.connect(self.ready)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("批准设备登记", "title"))
        layout.addWidget(self._drop)
        layout.addStretch(1)

    def add_file(self, path: Path) -> None:
        """Chooses the request as if it had been dropped."""
        self._drop.clear()
        self._drop.add([path])

    def file(self) -> Path:
        """Returns the file chosen."""
        return self._drop.files()[-1]

    def may_go_on(self) -> bool:
        """Whether there is a file."""
        return bool(self._drop.files())


class CallStep(Step):
    """What is heard is typed; what is read out is shown."""

    title = "电话核对"

    def __init__(self, onward: str, place_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.onward = onward
        self._who = Notice()
        self.heard = DigitEntry(HEARD, "听到的数字")
        self.heard.changed.connect(self.ready)
        self._spoken = DigitGroups("读给对方的数字")
        self.agreed = QCheckBox("对方说第 4、5、6 组与他屏幕上的完全一样(&Y)")
        self.agreed.toggled.connect(self.ready)
        self.place = PlaceChooser()
        self.place.changed.connect(self.ready)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._who)
        layout.addWidget(label("1. 请对方读第 1、2、3 组，听到什么输什么：", "section"))
        layout.addWidget(self.heard)
        layout.addWidget(label("2. 把第 4、5、6 组读给对方：", "section"))
        layout.addWidget(self._spoken)
        layout.addWidget(self.agreed)
        layout.addWidget(label(place_words, "section"))
        layout.addWidget(self.place)
        layout.addStretch(1)

    def put(self, site: str, fingerprint: str, more: str = "") -> None:
        """Shows whose request it says to be."""
        name = divisions().name(f"{site[1:10]}000")
        self._who.say("note", f"{name}，设备号 {site}{more}", CALL)
        self._spoken.put(" ".join(fingerprint.split()[HEARD:]), first=HEARD + 1)
        self.agreed.setChecked(False)

    def digits(self) -> str:
        """Returns the groups heard and the groups the other side agreed to."""
        return f"{self.heard.text()} {self._spoken.text()}"

    def may_go_on(self) -> bool:
        """Whether the call is done and there is a place to write to."""
        return self.heard.complete() and self.agreed.isChecked() and self.place.folder() is not None


class ApprovedStep(Step):
    """What was written."""

    title = "完成"
    onward = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self._facts = label(name="写好的文件")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(self._facts)
        layout.addStretch(1)

    def put(self, approved: Approved) -> None:
        """Names the files."""
        self.notice.say(
            "ok",
            f"已批准 {approved.unit_name}（{approved.site}），信任表第 {approved.trust_version} 版。",
            "请把 U 盘还给乡镇；乡镇接收时要输入信任卡上的最后两组数字。",
        )
        self._facts.setText(f"信任表：{approved.path}\n签名名单（供第三方核验）：{approved.allowed_signers}")


class ApprovalDialog(StepsDialog):
    """Leads the county's half of the key ceremony."""

    def __init__(self, enrolment: CountyEnrolment, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("批准设备登记", parent)
        self._enrolment = enrolment
        self._tasks = tasks
        self.file_step = RequestFileStep()
        self.call_step = CallStep("批准并签名(&W)", "3. 新的信任表写到：")
        self.approved_step = ApprovedStep()
        for step in (self.file_step, self.call_step, self.approved_step):
            self.add_step(step)
        self.show_step(self.file_step)

    def go_on(self) -> None:
        """Reads the request, or approves it."""
        path = self.file_step.file()
        if self.step is self.file_step:
            self.run(self._tasks, lambda progress: self._enrolment.preview(path), self._previewed, "读取申请")
            return
        folder, digits = self.call_step.place.folder(), self.call_step.digits()
        if folder is not None:
            self.run(
                self._tasks,
                lambda progress: self._enrolment.approve(path, folder, digits),
                self._approved,
                "签名",
            )

    def may_go_back(self) -> bool:
        """What is signed is signed."""
        return super().may_go_back() and self.step is not self.approved_step

    def _previewed(self, request: EnrolRequest) -> None:
        self.call_step.put(request.site, request.fingerprint)
        self.show_step(self.call_step)

    def _approved(self, approved: Approved) -> None:
        self.approved_step.put(approved)
        self.show_step(self.approved_step)
