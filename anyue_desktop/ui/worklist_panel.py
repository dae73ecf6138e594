"""The lists that wait for somebody, with counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from anyue_desktop.ui.card import Card
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.places import Place
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.todo import DRAFTS_PLACE, Line, place_of, register_title

NOTHING, NOTHING_ELSE = "✓ 没有要做的事", "✓ 没有其他要做的事"


class WorklistPanel(Card):
    """One button a line: words, count, and a second cue beside the colour.

    A calm panel folds the lines with nothing to do into one sentence; a full one shows them all.
    """

    go = Signal(object)  # Place

    def __init__(self, lines: Sequence[Line], *, full: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("要做的事", parent)
        self._full = full
        self._lines = lines
        self._counts: Mapping[str, int] = {}
        self._month = ""
        self._buttons: dict[str, QPushButton] = {}
        for line in lines:
            self._buttons[line.key] = self._button(line)
            self.body.addWidget(self._buttons[line.key])
        self._nothing = PlainLabel("正在清点…")
        self._nothing.setObjectName("caption")
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    def show_counts(self, counts: Mapping[str, int], month: str) -> None:
        """Shows how many records each line has in a month."""
        self._counts, self._month = counts, month
        for line in self._lines:
            self._tell(line, line.count(counts))
        waiting = sum(line.count(counts) > 0 for line in self._lines)
        self._nothing.setText(NOTHING_ELSE if waiting else NOTHING)
        self._nothing.setVisible(not self._full and waiting < len(self._lines))

    def button(self, key: str) -> QPushButton:
        """Returns the button of a line."""
        return self._buttons[key]

    def first_button(self) -> QPushButton | None:
        """Returns the first button in sight."""
        return next((one for one in self._buttons.values() if not one.isHidden()), None)

    def nothing_words(self) -> str:
        """Returns the sentence about the lines that are folded."""
        return "" if self._nothing.isHidden() else self._nothing.text()

    def open_line(self, line: Line) -> None:
        """Opens the list behind a line; where several registers have something, asks which."""
        waiting = line.waiting(self._counts) or list(line.lists[:1])
        if not line.lists:
            self.go.emit(DRAFTS_PLACE)
        elif len(waiting) == 1:
            self.go.emit(place_of(waiting[0], self._month))
        else:
            self._offer(line)

    def _offer(self, line: Line) -> None:
        menu = QMenu(self)
        for one in line.waiting(self._counts):
            action = menu.addAction(f"{register_title(one)}　{self._counts[one.name]:,}")
            action.triggered.connect(self._opener(place_of(one, self._month)))
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._buttons[line.key]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _opener(self, place: Place) -> Callable[[], None]:
        return lambda: self.go.emit(place)

    def _button(self, line: Line) -> QPushButton:
        button = QPushButton(icon(line.picture), line.title)
        button.setObjectName("work")
        button.setProperty("dense", True)
        button.setVisible(self._full)
        button.clicked.connect(lambda: self.open_line(line))
        return button

    def _tell(self, line: Line, count: int) -> None:
        button = self._buttons[line.key]
        several = len(line.waiting(self._counts)) > 1
        button.setText(f"{line.title}　{count:,}{'　▾' if several else ''}" if count else f"{line.title}　✓ 没有")
        button.setIcon(icon(line.picture if count else "ok"))
        button.setAccessibleName(f"{line.title}，{count} 条")
        button.setProperty("tone", "work" if count else "idle")
        button.setVisible(self._full or count > 0)
        button.style().unpolish(button)
        button.style().polish(button)
