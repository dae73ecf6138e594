"""Why a soft problem may stand: a sentence that travels to the county with the record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from anyue_desktop.services.checking import Found
from anyue_desktop.ui.importing.words import button, label

COMMON = ("已向村干部核实，情况属实", "已核对身份证件，无误", "补录以前的纸质记录")


class ReasonDialog(QDialog):
    """Asks for a reason, with common ones a click away; `keep` gets it."""

    def __init__(
        self,
        title: str,
        about: str,
        common: tuple[str, ...],
        act_text: str,
        keep: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(title)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(90)
        self._text.textChanged.connect(self._refresh)
        self._act = button(act_text, self.keep, kind="main")
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title"))
        layout.addWidget(label(about))
        layout.addLayout(self._offers(common))
        layout.addWidget(self._text)
        layout.addLayout(footer)
        self._text.setFocus()
        self._refresh()

    def _offers(self, common: tuple[str, ...]) -> QVBoxLayout:
        """Returns the usual reasons, each written by one click."""
        offers = QVBoxLayout()
        offers.setSpacing(0)
        for words in common:
            row = QHBoxLayout()
            row.addWidget(button(words, lambda words=words: self._text.setPlainText(words), kind="flat"))  # type: ignore[misc]
            row.addStretch(1)
            offers.addLayout(row)
        return offers

    def write(self, reason: str) -> None:
        """Fills in the reason."""
        self._text.setPlainText(reason)

    def keep(self) -> None:
        """Hands the reason on and closes."""
        reason = self._text.toPlainText().strip()
        self.accept()
        self._keep(reason)

    def _refresh(self) -> None:
        self._act.setEnabled(bool(self._text.toPlainText().strip()))


def explain_dialog(found: Found, keep: Callable[[str], object], parent: QWidget) -> ReasonDialog:
    """Returns the question why a 提示 may stand."""
    about = f"{found.caption}：{found.problem.message}"
    dialog = ReasonDialog("情况说明", about, COMMON, "保存说明", keep, parent)
    dialog.write(found.reason)
    return dialog
