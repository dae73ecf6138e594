"""Who answers for the report, and what is said of registers that hold nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.core.field_type import BadValue, Context, FieldType
from anyue_desktop.core.types import Name, Phone
from anyue_desktop.services.signers import Signers
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.words import label

NAMES: tuple[tuple[str, str, FieldType[str]], ...] = (
    ("filler", "填表人", Name()),
    ("auditor", "审核人", Name()),
    ("leader", "单位负责人", Name()),
    ("phone", "联系电话", Phone()),
)
LAST = {"phone": "filler_phone"}  # the keys of the last report, where they are others


class StatementStep(Step):
    """空表说明 and the names under the report."""

    title = "说明与签字人"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty: Sequence[str] = ()
        self._notice = Notice()
        self._note = QPlainTextEdit()
        self._note.setAccessibleName("空表说明")
        self._note.setPlaceholderText("例如：本月没有新增评估")
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(80)
        self._note.textChanged.connect(self.ready)
        self._boxes = {key: QLineEdit() for key, *_ in NAMES}
        self._wrong = label(tone="error", name="签字人有误")
        self._pairs = label(tone="warning", name="核对签字人")
        form = QFormLayout()
        for key, words, _ in NAMES:
            self._boxes[key].setAccessibleName(words)
            self._boxes[key].setMaximumWidth(320)
            self._boxes[key].textChanged.connect(self._compare)
            form.addRow(words, self._boxes[key])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("空表说明", "title"))
        layout.addWidget(self._notice)
        layout.addWidget(self._note)
        layout.addWidget(label("签字人", "title"))
        layout.addLayout(form)
        layout.addWidget(self._wrong)
        layout.addWidget(self._pairs)
        layout.addStretch(1)

    def put(self, empty: Sequence[str], last: Mapping[str, Any]) -> None:
        """Names the registers that hold nothing; what the last report said stands as a draft."""
        self._empty = empty
        self._note.setVisible(bool(empty))
        if empty:
            self._notice.say(
                "warning", f"没有记录的登记册：{'、'.join(empty)}", "请写明原因，县局据此区分“没有”和“没报”。"
            )
        else:
            self._notice.say("ok", "各登记册都有记录，不需要空表说明。")
        for key, box in self._boxes.items():
            if not box.text():
                box.setText(last.get(LAST.get(key, key)) or "")
        if not self._note.toPlainText():
            self._note.setPlainText(last.get("empty_note") or "")
        self.ready.emit()

    def empty_note(self) -> str:
        """Returns why some registers hold nothing."""
        return self._note.toPlainText().strip() if self._empty else ""

    def say_empty(self, note: str) -> None:
        """Writes the 空表说明."""
        self._note.setPlainText(note)

    def name(self, key: str, text: str) -> None:
        """Writes one of the names."""
        self._boxes[key].setText(text)

    def signers(self) -> Signers:
        """Returns the names under the report."""
        return Signers(**{key: self._read(key, kind) or "" for key, _, kind in NAMES})

    def may_go_on(self) -> bool:
        """Whether the names are there, and the note where one is due."""
        named = all(self._read(key, kind) for key, _, kind in NAMES)
        return named and (not self._empty or bool(self.empty_note()))

    def _read(self, key: str, kind: FieldType[str]) -> str | None:
        """Returns a name as it is kept; None where it cannot be read."""
        try:
            return kind.parse(self._boxes[key].text(), Context(clock.today())).value
        except BadValue:
            return None

    def _compare(self) -> None:
        names = self.signers()
        same = names.filler and names.filler == names.auditor
        self._pairs.setText("填表人与审核人是同一个人，请核对。" if same else "")
        self._wrong.setText("\n".join(self._mistakes()))
        self.ready.emit()

    def _mistakes(self) -> list[str]:
        found = []
        for key, words, kind in NAMES:
            try:
                kind.parse(self._boxes[key].text(), Context(clock.today()))
            except BadValue as error:
                found.append(f"{words}：{error}")
        return found
