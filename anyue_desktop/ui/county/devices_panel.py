"""设备登记: which laptops may send to the county."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.county_enrolment import (
    FORMER,
    IN_USE,
    OVER,
    REVOKED,
    SOON_OVER,
    Approved,
    CountyEnrolment,
    Standing,
)
from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.ui.county.approval_dialog import ApprovalDialog
from anyue_desktop.ui.county.trust_dialog import TrustDialog
from anyue_desktop.ui.county.unlock_answer_dialog import UnlockAnswerDialog
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.digit_groups import DigitGroups
from anyue_desktop.ui.tasks import Tasks

TONES = {IN_USE: "ok", SOON_OVER: "warning", FORMER: "warning", OVER: "error", REVOKED: "muted"}
COLUMNS = (
    ValueColumn("乡镇", lambda row: row.unit, icon=lambda row: "missing" if row.state == REVOKED else TONES[row.state]),
    ValueColumn("设备号", lambda row: row.site),
    ValueColumn("状态", lambda row: row.state, tone=lambda row: TONES[row.state]),
    ValueColumn("有效期至", lambda row: str(row.not_after)),
    ValueColumn("密钥（末 8 位）", lambda row: row.key[-8:]),
)
LEAVER = "会签名的人离开、新密钥已经批准以后这样做。乡镇用旧密钥做好、还没送到的上报包也收不了：请它报一次全部记录。"
ROOT_ANNOUNCE = (
    "根密钥一般不用换。怀疑泄露、或者保管的人变动时才换，分两步：\n"
    "1. 现在公布新的根密钥：写在新的信任表里。封存副本写到台账文件夹的“离线保管”，请移到两个 U 盘封存。\n"
    "2. 每个乡镇都接收了这一版信任表以后，再点一次“更换根密钥”，正式换成新的。"
)
ROOT_CHANGE = (
    "已经公布的新根密钥数字：{digits}\n"
    "换成它以后，信任表由新的根密钥签名，旧的作废。已经接收过公布那一版的乡镇不用再核对信任卡；"
    "没有接收过的，U 盘上会同时带着那一版，自动先收。\n新的信任卡请重新印发。"
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
        self._extend = button("延长…", self.extend)
        row = QHBoxLayout()
        row.addWidget(button("批准登记…(&A)", self.approve, kind="main"))
        row.addWidget(button("写出信任表…", self.write_trust))
        row.addWidget(button("答复忘记密码…", self.answer_forgotten))
        row.addWidget(button("双人审核…", self.ask_for_two))
        row.addWidget(button("更换根密钥…", self.change_root))
        row.addStretch(1)
        row.addWidget(self._extend)
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
        self.table.put(self._enrolment.certificates())
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

    def change_root(self) -> TrustDialog:
        """Announces a new root, or changes to the one announced."""
        digits = self._enrolment.announced()
        if digits:
            about = ROOT_CHANGE.format(digits=digits)
            return self._open(
                TrustDialog("更换根密钥", about, "换成新的根密钥", self._enrolment.change_root, self._tasks, self)
            )
        announce = self._enrolment.announce_root
        return self._open(TrustDialog("更换根密钥", ROOT_ANNOUNCE, "公布新的根密钥", announce, self._tasks, self))

    def extend(self) -> TrustDialog | None:
        """Lets a laptop's key stand for longer."""
        row: Standing | None = self.table.current()
        if row is None:
            return None
        about = f"把设备 {row.site} 的登记延长两年，密钥不变，不用再打电话。乡镇接收新的信任表以后生效。"
        site = row.site
        return self._open(
            TrustDialog(
                "延长登记", about, f"延长 {site}", lambda to: self._enrolment.extend(site, to), self._tasks, self
            )
        )

    def revoke(self) -> TrustDialog | None:
        """Takes a laptop off the list, or only a key it had before."""
        row: Standing | None = self.table.current()
        if row is None:
            return None
        site, key = row.site, row.key if row.state == FORMER else ""
        if key:
            about = (
                f"只注销设备 {site} 以前的密钥（…{key[-8:]}）：用它签名的上报包不再接收，现在的密钥照常用。\n{LEAVER}"
            )
            return self._open(
                TrustDialog(
                    "注销密钥",
                    about,
                    f"注销 {site} 以前的密钥",
                    lambda folder: self._enrolment.revoke(site, folder, key),
                    self._tasks,
                    self,
                    danger=True,
                )
            )
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

    def _refresh_buttons(self, row: Standing | None) -> None:
        standing = row is not None and row.state != REVOKED
        self._revoke.setEnabled(standing)
        self._extend.setEnabled(standing and row is not None and row.state != FORMER)
