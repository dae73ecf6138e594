"""补收: packages that lie at the county and are not in its records."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anyue_desktop.services.receiving import Receiving
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button


class LyingNotice(QWidget):
    """Says what waits, with a button to try it now; hidden while nothing does."""

    wanted = Signal()

    def __init__(self, receiving: Receiving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receiving = receiving
        self.notice = Notice()
        self._act = button("现在补收(&B)", self.wanted.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice, 1)
        layout.addWidget(self._act)
        self.refresh()

    def refresh(self) -> None:
        """Looks again what waits."""
        forgotten, held = self._receiving.forgotten(), self._receiving.held()
        self.setVisible(bool(forgotten or held))
        if forgotten:
            sentence = f"本台账恢复过备份：收件档案里有 {forgotten} 个上报包不在台账里。"
            self.notice.say("warning", sentence, "点“现在补收”，或者下一次接收时自动补上；不用乡镇再带来。")
        elif held:
            whose = "、".join(f"{one.unit}第 {one.sequence} 包" if one.sequence else one.unit for one in held)
            sentence = f"有 {len(held)} 个上报包由更新版本的程序制作，暂缓接收：{whose}。"
            self.notice.say("warning", sentence, "请升级本机的程序；升级以后点“现在补收”，或者下一次接收时自动收下。")
