"""设备登记: which laptops may send to the county."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.enrolment import Approved, CountyEnrolment
from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.ui.county.approval_dialog import ApprovalDialog
from anyue_desktop.ui.county.trust_dialog import TrustDialog
from anyue_desktop.ui.county.unlock_answer_dialog import UnlockAnswerDialog
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.digit_groups import DigitGroups
from anyue_desktop.ui.tasks import Tasks

COLUMNS = (
    ValueColumn("乡镇", lambda site: divisions().name(f"{site[1:10]}000"), icon=lambda site: "ok"),
    ValueColumn("设备号", lambda site: str(site)),
    ValueColumn("状态", lambda site: "可以上报", tone=lambda site: "ok"),
)
TWO_PERSON = (
    "要求以后：乡镇的每一条记录，都要由没有录入它的另一位审核人点“审核通过”，才能进入上报包；"
    "自己审自己的退回。一个乡镇至少要有两位操作员，其中没有录入的那位有审核权限。\n"
    "新的信任表放到每一个还给乡镇的 U 盘上，乡镇接收以后才知道。"
)


class DevicesPanel(QWidget):
    """The county root's digits, the laptops on the trust list, approval and revocation."""

    def __init__(
        self, enrolment: CountyEnrolment, unlocking: CountyUnlocking, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._enrolment = enrolment
        self._unlocking = unlocking
        self._tasks = tasks
        self._digits = DigitGroups("县局的六组数字")
        self.notice = Notice()
        self.table = ValueTable("已登记的设备", COLUMNS, "还没有登记的设备。乡镇带来申请后点“批准登记”。")
        self.table.moved.connect(self._refresh_buttons)
        self._revoke = button("注销…", self.revoke, kind="danger")
        row = QHBoxLayout()
        row.addWidget(button("批准登记…(&A)", self.approve, kind="main"))
        row.addWidget(button("写出信任表…", self.write_trust))
        row.addWidget(button("答复忘记密码…", self.answer_forgotten))
        row.addWidget(button("双人审核…", self.ask_for_two))
        row.addStretch(1)
        row.addWidget(self._revoke)
        layout = QVBoxLayout(self)
        layout.addWidget(label("县局的六组数字（印在发给各乡镇的信任卡上）", "section"))
        layout.addWidget(self._digits)
        layout.addLayout(row)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        self.refresh()

    def refresh(self) -> None:
        """Reads the trust list anew."""
        self._digits.put(self._enrolment.root_fingerprint())
        self.table.put(self._enrolment.sites())
        self._refresh_buttons(self.table.current())

    def approve(self) -> ApprovalDialog:
        """Opens the county's half of the ceremony."""
        dialog = ApprovalDialog(self._enrolment, self._tasks, self)
        dialog.finished.connect(lambda _: self.refresh())
        dialog.open()
        return dialog

    def answer_forgotten(self) -> UnlockAnswerDialog:
        """Opens the county's half of a forgotten passphrase."""
        dialog = UnlockAnswerDialog(self._unlocking, self._tasks, self)
        dialog.open()
        return dialog

    def write_trust(self) -> TrustDialog:
        """Writes the trust bundle in force once more."""
        about = "信任表要放在每一个还给乡镇的 U 盘上；快到期时会自动续签。"
        return self._open(TrustDialog("写出信任表", about, "写出(&W)", self._enrolment.trust, self._tasks, self))

    def ask_for_two(self) -> TrustDialog:
        """Asks every township for a second person's review, or no more."""
        asked = self._enrolment.two_person()
        act = "不再要求" if asked else "要求双人审核"
        return self._open(
            TrustDialog(
                "双人审核",
                f"现在：{'要求' if asked else '不要求'}双人审核。\n{TWO_PERSON}",
                act,
                lambda folder: self._enrolment.set_two_person(folder, required=not asked),
                self._tasks,
                self,
            )
        )

    def revoke(self) -> TrustDialog | None:
        """Takes a laptop off the list."""
        site = self.table.current()
        if site is None:
            return None
        about = (
            f"注销设备 {site}：以后它送来的任何上报包都不再接收，已经收下的不受影响。\n"
            "电脑丢失、换人带走密钥时这样做。要再上报，得用新的设备字母重新登记。"
        )
        return self._open(
            TrustDialog(
                "注销设备",
                about,
                f"注销 {site}",
                lambda folder: self._enrolment.revoke(site, folder),
                self._tasks,
                self,
                danger=True,
            )
        )

    def _open(self, dialog: TrustDialog) -> TrustDialog:
        dialog.written.connect(self._tell)
        dialog.open()
        return dialog

    def _tell(self, approved: Approved) -> None:
        sentence = f"信任表第 {approved.trust_version} 版已写好：{approved.path}"
        self.notice.say("ok", sentence, "请放到每一个还给乡镇的 U 盘上。")
        self.refresh()

    def _refresh_buttons(self, site: object) -> None:
        self._revoke.setEnabled(site is not None)
