"""The report is on the stick, read back and the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.month_choice import month_words

LEFT_OUT = (
    ValueColumn("姓名", lambda row: row.caption, icon=lambda row: "error"),
    ValueColumn("没有上报的原因", lambda row: row.problem.message),
)


class DoneStep(Step):
    """可以拔出, the package's numbers, and the 交接单."""

    title = "完成"
    onward = ""
    handover_wanted = Signal()
    recheck_wanted = Signal(object)  # the packages on the stick

    def __init__(self, title_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title_of = title_of
        self._copies: list[Path] = []
        self.notice = Notice()
        self._facts = label(name="上报包")
        self._rest = label("没有进入上报包的记录（改好后随下次上报）", "section")
        self._left_out = ValueTable("没有进入上报包的记录", LEFT_OUT)
        row = QHBoxLayout()
        row.addWidget(button("打印交接单…(&P)", self.handover_wanted.emit, kind="main"))
        row.addWidget(button("拔出后重新插入复查(&C)", lambda: self.recheck_wanted.emit(self._copies)))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(self._facts)
        layout.addLayout(row)
        layout.addWidget(self._rest)
        layout.addWidget(self._left_out, 1)
        layout.addStretch(0)

    def put_sealed(self, sealed: SealedPackage) -> None:
        """Shows a package that was made and written."""
        counts = "；".join(f"{self._title_of(name)} {count} 条" for name, count in sealed.counts.items() if count)
        self._facts.setText(
            f"第 {sealed.sequence} 号上报包，{month_words(sealed.month)}，核对码 {sealed.check_code}\n"
            f"本次带出：{counts or '没有变化的记录'}\n文件：{sealed.path}"
        )
        self._tell(sealed.copies, f"有 {sealed.unreviewed} 条没有审核，不在其中。" if sealed.unreviewed else "")
        self._left_out.put(sealed.left_out)
        for widget in (self._rest, self._left_out):
            widget.setVisible(bool(sealed.left_out))

    def put_copies(self, copies: list[Path]) -> None:
        """Shows packages that were written again."""
        self._facts.setText("\n".join(str(copy) for copy in copies))
        self._tell(copies)
        for widget in (self._rest, self._left_out):
            widget.hide()

    def put_rechecked(self, count: int) -> None:
        """Says that the stick gives back what was written."""
        self.notice.say("ok", f"复查无误：U 盘上的 {count} 个上报包和发件箱里的一样，可以送交县局。")

    def put_stick_failed(self, error: UserError) -> None:
        """Says what is wrong with the stick; the packages stay in the outbox."""
        self.notice.say("error", error.message, f"{error.hint}。上报包在本机发件箱里，在“报送”里可以重新写入。")

    def _tell(self, copies: list[Path], left: str = "") -> None:
        self._copies = copies
        more = f"县局还没有回执的 {len(copies)} 个上报包都在上面，以防上一个 U 盘没有送到。" if len(copies) > 1 else ""
        self.notice.say("ok", "已写入并核对无误，可以拔出 U 盘，送交县局。", more + left)
