"""One field of a form: its label, its box, and the words under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from anyue_desktop.core.field import Need
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.icons import OF_KIND
from anyue_desktop.ui.plain_label import PlainLabel

MARKS = {Need.DRAFT: "*", Need.REPORT: "○"}
MARK_WORDS = {Need.DRAFT: "（必填）", Need.REPORT: "（上报时要填）"}
SIGNS = {Kind.ERROR: "✗", Kind.WARNING: "▲", Kind.MISSING: "○"}
LABEL_EMS = 10.3  # the longest label has ten characters: no word is broken


class FieldRow(QWidget):
    """A label, a box, and under the box what is wrong with it or what the program noticed."""

    def __init__(self, path: str, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.left_out = False
        self.editor = editor
        field = editor.field
        self.label = PlainLabel(field.label)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setFixedWidth(int(self.fontMetrics().horizontalAdvance("中") * LABEL_EMS))
        self.label.setBuddy(editor)
        self.label.setToolTip(field.help)
        mark = PlainLabel(MARKS.get(field.need, ""))
        mark.setObjectName("need")
        mark.setFixedWidth(self.fontMetrics().horizontalAdvance("○"))
        mark.setToolTip(MARK_WORDS.get(field.need, "").strip("（）"))
        self._sentence = PlainLabel()
        self._sentence.setObjectName("sentence")
        self._sentence.setWordWrap(True)
        self._sentence.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(mark, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 2)
        grid.addWidget(self._sentence, 1, 2)
        grid.setColumnStretch(2, 1)
        self.label.setMinimumHeight(editor.sizeHint().height())
        mark.setMinimumHeight(min(editor.sizeHint().height(), 32))
        self.setAccessibleName(field.label + MARK_WORDS.get(field.need, ""))

    def leave_out(self, left_out: bool) -> None:
        """Hides the field, because nothing is asked here, or shows it."""
        self.left_out = left_out
        self.setHidden(left_out)

    def sentence(self) -> str:
        """Returns the words under the box."""
        return self._sentence.text() if not self._sentence.isHidden() else ""

    def say(self, problems: list[Problem]) -> None:
        """Shows the gravest problem under the box, or what the program noticed."""
        if problems:
            worst = problems[0]
            self.editor.mark("" if worst.kind is Kind.MISSING else OF_KIND[worst.kind])
            self._show(OF_KIND[worst.kind], f"{SIGNS[worst.kind]} {in_words(worst)}")
            return
        self.editor.mark("")
        self._show("note", "；".join(self.editor.notes))

    def _show(self, tone: str, text: str) -> None:
        if self._sentence.property("tone") != tone:
            self._sentence.setProperty("tone", tone)
            self._sentence.style().unpolish(self._sentence)
            self._sentence.style().polish(self._sentence)
        self._sentence.setText(text)
        self._sentence.setVisible(bool(text))


def in_words(problem: Problem) -> str:
    """Returns what is wrong and what to do, as one text."""
    return f"{problem.message}。{problem.hint}" if problem.hint else problem.message
