"""A sentence that stands out: an icon, what happened and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.words import label, set_tone
from anyue_desktop.ui.plain_label import PlainLabel

ICONS = {"ok": "ok", "warning": "warning", "error": "error", "note": "help", "muted": "missing"}
ICON_SIZE = 22


class Notice(QFrame):
    """Tells one outcome. The tone is ok, warning, error, note or muted; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._icon = PlainLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence = label(name="结果")
        self._hint = label(kind="caption", name="下一步")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

    def say(self, tone: str, sentence: str, hint: str = "") -> None:
        """Shows a sentence with a hint below it."""
        self._icon.setPixmap(icons.picture(ICONS[tone], ICON_SIZE))
        self._sentence.setText(sentence)
        set_tone(self._sentence, tone)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.show()

    def refuse(self, error: UserError) -> None:
        """Shows why something could not be done."""
        self.say("error", error.message, error.hint)

    def be_quiet(self) -> None:
        """Shows nothing."""
        self._sentence.clear()
        self.hide()
