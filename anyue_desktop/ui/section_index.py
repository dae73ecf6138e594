"""The sections of a form, beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.paths import Section

WIDTH_EMS = 10.5


class SectionIndex(QListWidget):
    """One line a section: its name, how it stands, and how much is left to fill."""

    chosen = Signal(int)

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("index")
        self.setAccessibleName("表单目录")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(int(self.fontMetrics().horizontalAdvance("中") * WIDTH_EMS))
        self._sections = sections
        for section in sections:
            self.addItem(QListWidgetItem(icon("ok"), section.title))
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.chosen.emit(self.row(item)))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Shows how each section stands."""
        for number, section in enumerate(self._sections):
            paths = {slot.path for slot in section.slots}
            kinds = [problem.kind for problem in problems if problem.field in paths]
            missing = kinds.count(Kind.MISSING)
            item = self.item(number)
            item.setText(f"{section.title} {missing}" if missing else section.title)
            item.setToolTip(f"还有 {missing} 项没有填" if missing else "")
            item.setIcon(icon(_picture(kinds)))

    def leave_out(self, sections: Collection[int]) -> None:
        """Hides sections of which nothing shows."""
        for number in range(self.count()):
            self.item(number).setHidden(number in sections)

    def follow(self, path: str) -> None:
        """Highlights the section a field is in."""
        for number, section in enumerate(self._sections):
            if any(slot.path == path for slot in section.slots):
                self.setCurrentRow(number)


def _picture(kinds: Sequence[Kind]) -> str:
    if Kind.ERROR in kinds:
        return "error"
    if Kind.WARNING in kinds:
        return "warning"
    return "missing" if kinds else "ok"
