"""The line above a form: what is entered, whether it is kept, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.plain_label import PlainLabel


class FormHead(QFrame):
    """Title, the time of the last draft, 返回, 保存, 保存并录下一条."""

    save_pressed = Signal()
    next_pressed = Signal()
    back_pressed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._subject = title
        self._title = PlainLabel(title)
        self._title.setObjectName("title")
        self._kept = PlainLabel()
        self._kept.setObjectName("caption")
        self._said = PlainLabel()
        back = QPushButton(icon("back"), "返回")
        back.setToolTip("Esc；没有保存的内容留作草稿")
        back.clicked.connect(self.back_pressed)
        self._save = QPushButton("保存")
        self._save.setToolTip("Ctrl+S")
        self._save.clicked.connect(self.save_pressed)
        self._next = QPushButton("保存并录下一条")
        self._next.setProperty("kind", "main")
        self._next.setToolTip("在最后一栏按回车也一样")
        self._next.clicked.connect(self.next_pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.addWidget(back)
        layout.addWidget(self._title)
        layout.addWidget(self._said, 1)
        layout.addWidget(self._kept)
        layout.addWidget(self._save)
        layout.addWidget(self._next)

    def set_new(self, new: bool) -> None:
        """Says whether a new record is entered or a stored one changed."""
        self._title.setText(f"{'新增' if new else '修改'}{self._subject}")
        self._said.clear()
        self._kept.clear()

    def set_title(self, title: str) -> None:
        """Shows another title."""
        self._title.setText(title)

    def say_kept(self, time: str) -> None:
        """Shows when the draft was kept."""
        self._kept.setText(f"已存 {time}")

    def say(self, text: str, tone: str = "ok") -> None:
        """Shows what came of the last action."""
        self._said.setText(text)
        self._said.setProperty("tone", tone)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)

    def said(self) -> str:
        """Returns what came of the last action."""
        return self._said.text()
