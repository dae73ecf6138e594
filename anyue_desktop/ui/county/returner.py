"""退回: records of any register go back to their townships, with a reason and the field that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.returning import Returning
from anyue_desktop.ui.county.return_dialog import ReturnDialog
from anyue_desktop.ui.tasks import Tasks

COMMON = (
    "请核对身份证号与姓名是否一致",
    "请核对出生日期",
    "与其他乡镇登记重复，请核实由谁登记",
    "填写不完整，请补全",
    "请核实人员类别",
)


@dataclass(frozen=True)
class Doubt:
    """What is given back: records of one register, and their field that is wrong, if it is one."""

    register: str
    ids: tuple[str, ...]
    field: str = ""
    label: str = ""  # of the field


class Returner(QObject):
    """Offers the usual reasons, asks for others, and gives records back on the worker thread."""

    done = Signal(str)

    def __init__(self, returning: Returning, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._returning, self._tasks = returning, tasks

    def menu(self, doubt: Doubt, window: QWidget, parent: QWidget) -> QMenu:
        """Returns a menu of reasons: a usual one returns the records at once."""
        menu = QMenu(f"退回这 {len(doubt.ids)} 条", parent)
        for words in COMMON:
            self._add(menu, words).triggered.connect(lambda _on=False, one=words: self.give_back(doubt, one, window))
        menu.addSeparator()
        self._add(menu, "其他原因…\tCtrl+T").triggered.connect(lambda: self.ask(doubt, window))
        return menu

    def ask(self, doubt: Doubt, window: QWidget, fields: Sequence[tuple[str, str]] = ()) -> ReturnDialog:
        """Asks why records go back; of one record also which of the fields (key, label) is wrong."""
        about = f"，指明“{doubt.label}”" if doubt.field else ""
        words = f"退回 {len(doubt.ids)} 条记录{about}。乡镇会在回执里看到这里写的话。"
        dialog = ReturnDialog(words, COMMON, fields, window)
        dialog.decided.connect(
            lambda reason, field: self.give_back(Doubt(doubt.register, doubt.ids, field or doubt.field), reason, window)
        )
        dialog.open()
        return dialog

    def give_back(self, doubt: Doubt, reason: str, window: QWidget) -> None:
        """Returns the records with a reason."""
        returning = self._returning

        def job(progress: Progress) -> int:
            for identity in progress.each(doubt.ids, "退回", len(doubt.ids)):
                site = returning.site_of(doubt.register, identity)
                returning.give_back(site, doubt.register, identity, reason, doubt.field)
            return len(doubt.ids)

        self._tasks.run(job, self._given_back, title="退回", window=window)

    def _given_back(self, count: int) -> None:
        self.done.emit(f"已退回 {count} 条，下次写回执时带给乡镇。")

    @staticmethod
    def _add(menu: QMenu, words: str) -> QAction:
        action = QAction(words, menu)
        menu.addAction(action)
        return action
