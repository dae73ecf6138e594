"""Masked unless somebody writes down why not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.words import label

LEAST_CHARACTERS = 2
NUMBERS, NAMES = "显示完整的身份证号和电话", "显示完整的姓名、身份证号和电话"
NOTES = {
    NUMBERS: "身份证号和电话中间几位用 * 代替。",
    NAMES: "儿童姓名只留姓，身份证号和电话中间几位用 * 代替。",
}


class UnmaskBox(QWidget):
    """Asks whether identity numbers and telephones stand in full, and for the reason."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = QCheckBox(NUMBERS)
        self._reason = QLineEdit()
        self._reason.setAccessibleName("不脱敏的理由")
        self._reason.setPlaceholderText("写明理由，例如：民政所存档")
        self._note = label(kind="caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._full, self._reason, self._note):
            layout.addWidget(widget)
        self._full.toggled.connect(self._toggle)
        self._reason.textChanged.connect(self.changed)
        self._show(False)

    def ask_for(self, words: str, *, always: bool = False) -> None:
        """Asks for `NUMBERS` or `NAMES` in full; `always` where nothing is printed without a reason."""
        self._full.setText(words)
        if always:
            self._full.setChecked(True)
        self._full.setEnabled(not always)
        self._show(self._full.isChecked())

    def reason(self) -> str:
        """Returns why nothing is masked; an empty text keeps the mask."""
        return self._reason.text().strip() if self._full.isChecked() else ""

    def complete(self) -> bool:
        """Whether the reason is there if one is needed."""
        return not self._full.isChecked() or len(self.reason()) >= LEAST_CHARACTERS

    def _toggle(self, full: bool) -> None:
        self._show(full)
        if full:
            self._reason.setFocus()

    def _show(self, full: bool) -> None:
        self._reason.setVisible(full)
        self._note.setText("理由会印在每一页上，并记入操作日志。" if full else NOTES[self._full.text()])
        self.changed.emit()
