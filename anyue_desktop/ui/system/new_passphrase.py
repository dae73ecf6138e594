"""A new passphrase, typed twice, or thought up by the program."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.services.workspace import suggest_passphrase
from anyue_desktop.ui.importing.words import button, label


class NewPassphrase(QWidget):
    """Two boxes that must agree, with a warning about what will be hard to type again."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = QLineEdit(), QLineEdit()
        self._show = QCheckBox("显示密码")
        self._note = label(tone="warning", name="密码提示")
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        for words, box in (("新密码", self._first), ("再输一次", self._second)):
            box.setAccessibleName(words)
            box.setEchoMode(QLineEdit.EchoMode.Password)
            box.textChanged.connect(self._compare)
            form.addRow(words, box)
        row = QHBoxLayout()
        row.addWidget(self._show)
        row.addStretch(1)
        row.addWidget(button("帮我想一个", self.suggest, kind="flat"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(label("至少 12 个字符，或者四个词语。忘记了谁也打不开，请写下来锁进柜子。", "caption"))
        layout.addWidget(self._note)
        self._show.toggled.connect(self._reveal)

    def text(self) -> str:
        """Returns the passphrase."""
        return self._first.text()

    def type(self, words: str) -> None:
        """Types a passphrase into both boxes."""
        self._first.setText(words)
        self._second.setText(words)

    def suggest(self) -> None:
        """Fills in four random words, readable so that they can be written down."""
        self._show.setChecked(True)
        self.type(suggest_passphrase())

    def complete(self) -> bool:
        """Whether both boxes agree."""
        return bool(self._first.text()) and self._first.text() == self._second.text()

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for box in (self._first, self._second):
            box.setEchoMode(mode)

    def _compare(self) -> None:
        self._note.setText(self._caution())
        self.changed.emit()

    def _caution(self) -> str:
        if self._second.text() and not self._first.text().startswith(self._second.text()):
            return "两次输入的不一样。"
        if any(unicodedata.east_asian_width(sign) == "F" for sign in self._first.text()):
            return "密码里有全角字符，登录时也要用全角输入。"
        return ""
