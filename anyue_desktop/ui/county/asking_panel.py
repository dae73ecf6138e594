"""向乡镇提要求: what the county asks of its townships with their next receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.asking import NAMES, Asking, Wish
from anyue_desktop.services.unit import unit_name
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.tasks import Tasks

COLUMNS = (
    ValueColumn("乡镇", lambda row: row.unit),
    ValueColumn("设备号", lambda row: row.site),
    ValueColumn("要求", lambda row: row.words),
    ValueColumn("时间", lambda row: row.at[:16].replace("T", " ")),
)
ABOUT = "写在以后的每一份回执里，乡镇读回执时看到；办好了（或者不再要求）就不写了。"
NOTHING = "没有向乡镇提要求。缺上报包的，程序自己会要求重新带来。"


class AskDialog(QDialog):
    """Which laptop, and what for."""

    decided = Signal(str, str)  # site, what

    def __init__(self, sites: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("向乡镇提要求")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.site, self.what = QComboBox(), QComboBox()
        for one in sites:
            self.site.addItem(f"{unit_name(one)}（{one}）", one)
        for key, words in NAMES.items():
            self.what.addItem(words, key)
        form = QFormLayout()
        form.addRow("乡镇(&U)", self.site)
        form.addRow("要求(&W)", self.what)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(button("提出(&A)", self._decide, kind="main"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(form)
        layout.addWidget(label(ABOUT, "caption"))
        layout.addLayout(footer)

    def _decide(self) -> None:
        self.decided.emit(str(self.site.currentData()), str(self.what.currentData()))
        self.accept()


class AskingPanel(QWidget):
    """What is still open, and the two buttons."""

    def __init__(self, asking: Asking, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking, self._tasks = asking, tasks
        self.table = ValueTable("向乡镇提的要求", COLUMNS, NOTHING)
        self.table.moved.connect(lambda _: self._refresh_buttons())
        self._withdraw = button("不再要求", self.withdraw)
        self._ask = button("提要求…(&Q)", self.ask, kind="main")
        row = QHBoxLayout()
        row.addWidget(self._ask)
        row.addWidget(self._withdraw)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addWidget(label(ABOUT, "caption"))
        self.refresh()

    def refresh(self) -> None:
        """Reads anew what is open."""
        self.table.put(self._asking.open())
        self._ask.setEnabled(bool(self._asking.sites()))
        self._refresh_buttons()

    def ask(self) -> AskDialog:
        """Asks whom for what."""
        dialog = AskDialog(self._asking.sites(), self)
        dialog.decided.connect(self._note)
        dialog.open()
        return dialog

    def withdraw(self) -> None:
        """Asks for the chosen thing no more."""
        one: Wish | None = self.table.current()
        if one is not None:
            self._run(lambda: self._asking.withdraw(one.site, one.what))

    def _note(self, site: str, what: str) -> None:
        self._run(lambda: self._asking.ask(site, what))

    def _run(self, act: Callable[[], object]) -> None:
        self._tasks.run(lambda _: act(), lambda _: self.refresh(), title="向乡镇提要求", window=self)

    def _refresh_buttons(self) -> None:
        self._withdraw.setEnabled(self.table.current() is not None)
