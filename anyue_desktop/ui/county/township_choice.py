"""Which township: all of them, or one found by name, code or pinyin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.core.divisions import TOWNSHIP
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.types import Division
from anyue_desktop.ui.editors.choice import ChoiceEditor
from anyue_desktop.ui.entrance.township_lookup import TownshipLookup
from anyue_desktop.ui.importing.words import button

WIDTH_EMS = 17
EVERY, ONE = "全部乡镇，输入名称或首字母选一个", "输入乡镇名称或首字母"


class TownshipChoice(QWidget):
    """A box that finds a township, and a button for all of them."""

    chosen = Signal(str)  # 12-digit code; empty for all

    def __init__(self, code: str = "", parent: QWidget | None = None, *, every: bool = True) -> None:
        super().__init__(parent)
        self._every = every  # whether all townships may be meant
        field = Field("township", "乡镇（街道）", Division(TOWNSHIP))
        self.editor = ChoiceEditor(field, Context(clock.today()), TownshipLookup())
        self.editor.line.setPlaceholderText(EVERY if every else ONE)
        self.editor.setMinimumWidth(self.fontMetrics().horizontalAdvance("中") * WIDTH_EMS)
        self._all = button("全部", lambda: self._take(""), kind="flat", name="全部乡镇")
        self.editor.changed.connect(self._look)
        self.editor.left.connect(self._look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.editor)
        layout.addWidget(self._all)
        self.code = ""
        self.choose(code)

    def choose(self, code: str) -> None:
        """Shows a township without saying that a person chose it."""
        self.code = code
        self.editor.set_value(code or None)
        self._all.setVisible(bool(code) and self._every)

    def _look(self) -> None:
        """Reads the box once the list under it is closed; a word that means no township changes nothing."""
        if self.editor.list_open():
            return
        code = self.editor.value()
        if code is None and self.editor.raw().strip():
            return
        self._take(str(code or ""))

    def _take(self, code: str) -> None:
        before = self.code
        self.choose(code)
        if code != before:
            self.chosen.emit(code)
