"""健康检查: file, disk, clock, fonts, printer and backup, each with a light and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core import clock, glyphs, resources
from anyue_desktop.services.safekeeping import Safekeeping, Verified
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.drives import GIB, free_room, room_words
from anyue_desktop.ui.tasks import Tasks

LITTLE_ROOM = 2 * GIB
BACKUP_AGES = timedelta(days=7)
RARE_NAMES = "䶮喆玥犇㛃𣲗𬌗𠅤"
OURS = ("LedgerSans-Regular.ttf", "LedgerSans-Bold.ttf", "LedgerRare.ttf.xz")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ok or warning or error, and what to do."""

    subject: str
    tone: str
    sentence: str


COLUMNS = (
    ValueColumn("项目", lambda row: row.subject, icon=lambda row: "missing" if row.tone == "muted" else row.tone),
    ValueColumn("结果", lambda row: row.sentence, tone=lambda row: row.tone),
)


class HealthPanel(QWidget):
    """Looks at what is quick at once, and at the whole file when asked."""

    def __init__(self, safekeeping: Safekeeping, folder: Path, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._safekeeping = safekeeping
        self._folder = folder
        self._tasks = tasks
        self._file = Finding("台账文件", "muted", "还没有检查。点“全面检查”逐页核对，大约几秒到一分钟。")
        self.table = ValueTable("健康检查", COLUMNS)
        row = QHBoxLayout()
        row.addWidget(button("全面检查(&V)", self.verify, kind="main"))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(label("电脑和台账的状况。黄色的请尽快处理，红色的请停下来联系县局技术人员。", "subtitle"))
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Looks again at everything that is quick."""
        looks: tuple[Callable[[], Finding], ...] = (self._disk, self._clock, self._fonts, self._printer, self._backup)
        self.table.put([self._file, *(look() for look in looks)])

    def verify(self) -> None:
        """Checks every page of the file and every link of the operation log."""
        self._tasks.run(
            lambda progress: self._safekeeping.verify(progress=progress), self._verified, title="检查台账", window=self
        )

    def _verified(self, verified: Verified) -> None:
        if verified.ok:
            self._file = Finding("台账文件", "ok", f"{clock.now():%H:%M} 检查过，文件、索引和操作日志都完好。")
        else:
            self._file = Finding("台账文件", "error", "；".join(verified.findings))
        self.refresh()

    def _disk(self) -> Finding:
        room = free_room(self._folder)
        if room is None:
            return Finding("磁盘", "error", f"台账所在的文件夹不见了：{self._folder}")
        if room < LITTLE_ROOM:
            return Finding("磁盘", "warning", f"只剩 {room_words(room)}，请清理，至少留出 2 GB。")
        return Finding("磁盘", "ok", f"剩余 {room_words(room)}。")

    def _clock(self) -> Finding:
        now, last = clock.now(), self._safekeeping.last()
        if last is not None and now < last:
            return Finding("日期时间", "error", f"电脑时间 {now:%Y-%m-%d %H:%M} 比上次备份还早，请先校准。")
        return Finding("日期时间", "ok", f"{now:%Y年%m月%d日 %H:%M}，请与手机核对。")

    def _fonts(self) -> Finding:
        absent = [name for name in OURS if not resources.path("fonts", name).exists()]
        if absent:
            return Finding("字体", "warning", f"程序自带的字体缺少 {'、'.join(absent)}，请重新安装程序。")
        missing = glyphs.undrawable(RARE_NAMES)
        if missing:
            return Finding("字体", "warning", f"这些姓名用字显示不了：{'、'.join(missing)}。")
        return Finding("字体", "ok", "程序自带的字体齐全，生僻字可以显示和打印。")

    def _printer(self) -> Finding:
        names = QPrinterInfo.availablePrinterNames()
        if not names:
            return Finding("打印机", "warning", "没有找到打印机；可以另存为 PDF 到别处打印。")
        return Finding("打印机", "ok", "、".join(names))

    def _backup(self) -> Finding:
        last: datetime | None = self._safekeeping.last()
        if last is None:
            return Finding("备份", "warning", "还没有备份过，请到“备份与恢复”备份一次。")
        if clock.now() - last > BACKUP_AGES:
            return Finding("备份", "warning", f"上次备份是 {last:%Y-%m-%d}，已经超过一周。")
        return Finding("备份", "ok", f"上次备份 {last:%Y-%m-%d %H:%M}。")
