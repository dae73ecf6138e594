"""One record of a township, as the county reads it: everything in it, its history, 退回, and of a person 转交."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.services.records import Records
from anyue_desktop.ui.county.return_dialog import ReturnDialog
from anyue_desktop.ui.county.returner import Doubt, Returner
from anyue_desktop.ui.elders.fact_sheet import FactSheet
from anyue_desktop.ui.elders.history_tab import HistoryTab
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.paths import read_sections
from anyue_desktop.ui.places import Place, RecordPlace

PERSON = "person"
NOTED = ("township_code", "report_state", "updated_at", "return_reason")  # what stands in the head


class RecordPage(Page):
    """Content and history of a record; what identifies a person is masked."""

    transfer_wanted = Signal()

    def __init__(
        self, records: Records, returner: Returner, register: str, identity: str, parent: QWidget | None = None
    ) -> None:
        self.register = records.register(register)
        super().__init__(self.register.title, parent)
        self._records, self._returner, self.identity = records, returner, identity
        columns = records.read_columns(register)
        self._fields = [(one.path, one.label) for one in columns if "." not in one.path and one.field.typed]
        self.facts = FactSheet(read_sections(one for one in columns if one.path not in NOTED))
        self.history = HistoryTab(records, read_only=True)
        self.tabs = QTabWidget()
        self._about = label(kind="subtitle", name="所属乡镇和上报状态")
        self.notice = Notice()
        self._lay_out()
        returner.setParent(self)
        returner.done.connect(lambda words: self.notice.say("ok", words))
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Shows the record as it is now."""
        self.facts.show_texts(self._records.facts(self.register.name, self.identity))
        self._about.setText(self._stand())
        self._show_history()

    def ask_reason(self) -> ReturnDialog:
        """Asks why the record goes back."""
        return self._returner.ask(Doubt(self.register.name, (self.identity,)), self, self._fields)

    def arrive(self) -> None:
        """Puts the cursor onto the tabs."""
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return RecordPlace(self.register.name, self.identity)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back, Ctrl+T returns the record."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ask_reason()
        else:
            super().keyPressEvent(event)

    def _stand(self) -> str:
        """Whose record it is, how it stands, and why it was given back."""
        values = self._records.get(self.register.name, self.identity)
        township, state, changed, reason = (self.register.show(key, values.get(key)) for key in NOTED)
        words = [township, state, f"最后修改 {changed[:16].replace('T', ' ')}" if changed else ""]
        return "　".join([one for one in words if one] + ([f"退回原因：{reason}"] if reason else []))

    def _show_history(self) -> None:
        if self.tabs.currentWidget() is self.history:
            self.history.show_records((self.register.name, self.identity))

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName(self.register.title)
        self.tabs.addTab(self.facts, "内容")
        self.tabs.addTab(self.history, "历史")
        self.tabs.currentChanged.connect(self._show_history)
        title = label(self.register.title, "title")
        title.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(button("返回", self.back.emit))
        head.addWidget(title)
        head.addWidget(self._about, 1)
        if self.register.name == PERSON:
            head.addWidget(button("转交…(&M)", self.transfer_wanted.emit))
        head.addWidget(button("退回…(&T)", self.ask_reason, kind="danger"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
