"""转交: a person who moved goes to another township with everything kept about them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.transferring import Transferred, Transferring
from anyue_desktop.ui.county.township_choice import TownshipChoice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.tasks import Tasks

ABOUT = (
    "这个人和他的全部档案、探访（走访）、待遇等记录一起转给另一个乡镇，由它接着登记、接着报。\n"
    "原乡镇的记录不删除，标上“已转交”留存，不再上报。两个乡镇都会在下一份回执里看到，请都写回执。\n"
    "请先让原乡镇把手上的记录报一次：还没有报来的不会跟着走。"
)


class TransferDialog(QDialog):
    """Asks for the township and gives the person to it."""

    given = Signal(str)

    def __init__(
        self, transferring: Transferring, person: str, caption: str, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._transferring, self._person, self._tasks = transferring, person, tasks
        self.setWindowTitle("转交给别的乡镇")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.township = TownshipChoice(every=False)
        self.township.chosen.connect(self._refresh)
        self._act = button("转交(&T)", self.act, kind="main")
        self._lay_out(caption)
        self._refresh()

    def act(self) -> None:
        """Gives the person to the township chosen."""
        code = self.township.code
        self._tasks.run(
            lambda _: self._transferring.transfer(self._person, code), self._given, title="转交", window=self
        )

    def _given(self, moved: Transferred) -> None:
        self.accept()
        self.given.emit(f"已把“{moved.caption}”的 {moved.records} 条记录转交{moved.to_unit}，请给两个乡镇都写回执。")

    def _refresh(self) -> None:
        code = self.township.code
        self._act.setEnabled(bool(code))
        self._act.setText(f"转交给{divisions().name(code)}(&T)" if code else "转交(&T)")

    def _lay_out(self, caption: str) -> None:
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(f"把“{caption}”转交给", "title"))
        layout.addWidget(self.township)
        layout.addWidget(label(ABOUT))
        layout.addLayout(footer)
