"""备份与恢复, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.reporting import Reporting
from anyue_desktop.services.safekeeping import Safekeeping
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.saved import open_folder
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks

BACKUPS = "备份文件 (*.tbak);;所有文件 (*)"
ABOUT_BACKUP = "备份是加密的，写完会重新打开核对。请每周写一份到 U 盘，和电脑分开放；程序自己也会在本机留最近 7 份。"
ABOUT_RESTORE = (
    "恢复会用备份换下现在的台账。现在的台账不会删除，改名留在旁边；"
    "备份以后上报过的内容，再报送一次、读取回执就会回来；没有上报过的要重新录入。"
)
ABOUT_RECONCILE = (
    "换过台账、还原过旧文件，或者县局说“两份台账在用同一个设备号”时用。下一个上报包会带上全部记录，"
    "县局逐条核对，本机缺少的随回执带回来；两边的记录都不会丢。"
)


class SafekeepingPanel(QWidget):
    """Backs up to a stick, and asks for a restore."""

    restore_wanted = Signal(object)

    def __init__(
        self,
        safekeeping: Safekeeping,
        folder: Path,
        tasks: Tasks,
        reporting: Reporting | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reporting = reporting
        self._safekeeping = safekeeping
        self._folder = folder
        self._tasks = tasks
        self._last = Notice()
        self.place = PlaceChooser()
        self.place.changed.connect(self._refresh_button)
        self.notice = Notice()
        self._backup = button("立即备份(&B)", self.backup, kind="main")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._last)
        layout.addWidget(self._backup_card())
        layout.addWidget(self.notice)
        layout.addWidget(self._restore_card())
        if reporting is not None:
            layout.addWidget(self._reconcile_card())
        layout.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Reads the time of the last backup anew."""
        last = self._safekeeping.last()
        if last is None:
            self._last.say("warning", "还没有备份过。", "电脑坏了，没有备份的记录就找不回来。")
        else:
            self._last.say("ok", f"上次备份：{last:%Y-%m-%d %H:%M}。")
        self._refresh_button()

    def backup(self) -> None:
        """Writes a backup and opens it again to check it."""
        folder = self.place.folder()
        if folder is not None:
            self._tasks.run(
                lambda progress: self._safekeeping.backup(folder, progress=progress),
                self._backed_up,
                title="备份",
                window=self,
            )

    def choose_restore(self) -> None:
        """Asks for a backup file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", str(self._folder / "backup"), BACKUPS)
        if name:
            ask_first(
                self,
                f"用备份“{Path(name).name}”换下现在的台账？",
                f"{ABOUT_RESTORE}接下来要退出登录，并输入备份时的密码。",
                "退出登录并恢复",
                lambda: self.restore_wanted.emit(Path(name)),
            )

    def ask_reconcile(self) -> None:
        """Asks before the next package is made to hold everything."""
        ask_first(
            self,
            "下一个上报包带上全部记录，和县局重新核对？",
            "请先确认现在只用这一台电脑上报。",
            "重新对账",
            self._reconcile,
        )

    def _reconcile(self) -> None:
        if self._reporting is not None:
            self._reporting.begin_anew()
            self.notice.say("ok", "记下了：下一个上报包会带上全部记录。", "请报送一次，再读取县局的回执。")

    def _backed_up(self, path: Path) -> None:
        size = path.stat().st_size / 2**20
        self.refresh()
        self.notice.say("ok", f"已备份并核对无误：{path}（{size:.1f} MB）", "写到 U 盘的，可以拔出了。")

    def _backup_card(self) -> QFrame:
        card, layout = _card("备份", ABOUT_BACKUP)
        layout.addWidget(self.place)
        row = QHBoxLayout()
        row.addWidget(self._backup)
        row.addWidget(button("看本机的备份", lambda: open_folder(self._folder / "backup"), kind="flat"))
        row.addStretch(1)
        layout.addLayout(row)
        return card

    def _restore_card(self) -> QFrame:
        card, layout = _card("恢复", ABOUT_RESTORE)
        row = QHBoxLayout()
        row.addWidget(button("选择备份恢复…(&R)", self.choose_restore, kind="danger"))
        row.addStretch(1)
        layout.addLayout(row)
        return card

    def _reconcile_card(self) -> QFrame:
        card, layout = _card("重新对账", ABOUT_RECONCILE)
        row = QHBoxLayout()
        row.addWidget(button("重新对账…", self.ask_reconcile))
        row.addStretch(1)
        layout.addLayout(row)
        return card

    def _refresh_button(self) -> None:
        self._backup.setEnabled(self.place.folder() is not None)


def _card(title: str, about: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    layout = QVBoxLayout(card)
    layout.addWidget(label(title, "section"))
    layout.addWidget(label(about, "subtitle"))
    return card, layout
