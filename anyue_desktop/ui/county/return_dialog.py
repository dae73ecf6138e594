"""Why a record goes back, and which of its fields is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.reporting.reason_dialog import ReasonDialog

WHOLE = "整条记录"


class ReturnDialog(ReasonDialog):
    """A reason with the usual ones a click away, and the field it is about."""

    decided = Signal(str, str)  # reason, key of the field

    def __init__(
        self, about: str, common: tuple[str, ...], fields: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__("退回", about, common, "退回", self._decide, parent)
        self.fields = QComboBox()
        self.fields.setAccessibleName("哪一项有问题")
        for key, words in (("", WHOLE), *fields):
            self.fields.addItem(words, key)
        layout = self.layout()
        if fields and isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, label("哪一项有问题", "caption"))
            layout.insertWidget(3, self.fields)

    def _decide(self, reason: str) -> None:
        self.decided.emit(reason, str(self.fields.currentData() or ""))
