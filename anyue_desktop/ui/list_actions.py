"""What can be done with the rows of a list, by right click or by key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from anyue_desktop.services.printing import PRINTED_REGISTERS


@dataclass(frozen=True)
class RowAction:
    """One action: its name, words and key; whether it needs exactly one row, and where it belongs."""

    key: str
    words: str
    shortcut: str
    single: bool = False
    deleted: bool = False
    registers: tuple[str, ...] = ()
    enters: bool = False  # changes what a township keeps: nothing for a county


VISITED = ("elder_case", "child_case", "left_behind_woman")
ACTIONS = (
    RowAction("open", "打开", "Return", single=True),
    RowAction("edit", "修改档案", "F2", single=True, enters=True),
    RowAction("visit", "录入探访（走访）", "F4", single=True, registers=VISITED, enters=True),
    RowAction("visits", "看探访（走访）记录", "F7", single=True, registers=VISITED),
    RowAction("adopt", "采用建议…", "Ctrl+J", enters=True),
    RowAction("new", "新增", "Ctrl+N", enters=True),
    RowAction("print", "打印", "Ctrl+P", registers=PRINTED_REGISTERS),
    RowAction("export", "导出看到的这些记录", "Ctrl+E"),
    RowAction("delete", "删除（放进回收站）", "Delete", enters=True),
    RowAction("restore", "恢复", "Ctrl+R", deleted=True, enters=True),
)


class RowMenu(QWidget):
    """The right-click menu of a list and the same actions by key."""

    chosen = Signal(str)

    def __init__(self, register: str, parent: QWidget, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.hide()
        fitting = [one for one in ACTIONS if not one.registers or register in one.registers]
        self._actions = [one for one in fitting if not (read_only and one.enters)]

    def offer(self, where: QPoint, rows: int, *, deleted: bool) -> QMenu:
        """Opens the menu for so many chosen rows."""
        menu = QMenu(self.parentWidget())
        for one in self._actions:
            if one.deleted is not deleted:
                continue
            action = menu.addAction(f"{one.words}\t{one.shortcut.replace('Return', 'Enter')}")
            action.setEnabled(rows == 1 if one.single else rows > 0 or one.key in ("new", "print", "export"))
            action.triggered.connect(lambda _on=False, key=one.key: self.chosen.emit(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
        return menu

    def action_of(self, event: QKeyEvent, *, deleted: bool) -> str:
        """Returns the action a key stands for, or nothing."""
        pressed = QKeySequence(event.keyCombination())
        for one in self._actions:
            if one.deleted is deleted and pressed == QKeySequence(one.shortcut):
                return one.key
        return ""
