"""The docked list of what is wrong with a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.ui.field_row import in_words
from anyue_desktop.ui.icons import of_kind
from anyue_desktop.ui.plain_label import PlainLabel, plain_tip

SHOWN_ROWS = 3
ADOPT = "采用"
WORDS = {Kind.ERROR: "处逻辑错误", Kind.WARNING: "处提示", Kind.MISSING: "项还没有填"}


class ProblemList(QWidget):
    """Problems in order of gravity; a click or Enter jumps to the field."""

    chosen = Signal(str)  # path of the field
    explained = Signal(object)  # the soft problem a person wants to keep with a reason
    adopted = Signal(object)  # the problem whose proposal a person takes over

    def __init__(self, in_words_of: Callable[[Mapping[str, Any]], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problems: list[Problem] = []
        self._labels: Mapping[str, str] = {}
        self._in_words = in_words_of
        self._summary = PlainLabel()
        self._missing = QCheckBox("列出未填项")
        self._missing.toggled.connect(self._fill)
        self._list = QListWidget()
        self._list.setAccessibleName("问题列表，回车跳到该处")
        self._list.itemClicked.connect(self._jump)
        self._list.itemActivated.connect(self._jump)
        self._list.setToolTip("点一下跳到该处；有“采用”的可以一键改好；提示可以右键写明理由后保留")
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._explain)
        head = QHBoxLayout()
        head.addWidget(self._summary, 1)
        head.addWidget(self._missing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 10, 2)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._list)
        self.show_problems([], {})

    def show_problems(self, problems: Sequence[Problem], labels: Mapping[str, str]) -> None:
        """Shows the problems; `labels` name the fields by path."""
        order = list(Kind)
        self.problems = sorted(problems, key=lambda one: order.index(one.kind))
        self._labels = labels
        counts = {kind: sum(one.kind is kind for one in self.problems) for kind in Kind}
        words = [f"{count} {WORDS[kind]}" for kind, count in counts.items() if count]
        self._summary.setText("　".join(words) if words else "✓ 没有问题，信息齐全")
        self._missing.setVisible(counts[Kind.MISSING] > 0)
        self._fill()

    def next_path(self, current: str, step: int, order: Sequence[str]) -> str:
        """Returns the path of the next field with a problem, going round."""
        with_problem = {one.field for one in self._listed() or self.problems}
        found = [path for path in order if path in with_problem]
        if not found:
            return ""
        place = order.index(current) if current in order else -1
        after = [path for path in found if order.index(path) > place]
        before = [path for path in found if order.index(path) < place]
        return (after or found)[0] if step > 0 else (before or found)[-1]

    def proposal_at(self, path: str) -> Problem | None:
        """Returns the gravest problem that proposes something for a field."""
        with_proposal = (one for one in self.problems if one.suggestion)
        return next((one for one in with_proposal if path in (one.field, *one.suggestion)), None)

    def _listed(self) -> list[Problem]:
        shown = self._missing.isChecked()
        return [one for one in self.problems if shown or one.kind is not Kind.MISSING]

    def _fill(self) -> None:
        self._list.clear()
        for problem in self._listed():
            item = QListWidgetItem(of_kind(problem.kind), f"{self._labels.get(problem.field, '')}：{in_words(problem)}")
            item.setData(Qt.ItemDataRole.UserRole, problem)
            self._list.addItem(item)
            if problem.suggestion:
                self._list.setItemWidget(item, self._offer(problem))
        rows = min(self._list.count(), SHOWN_ROWS)
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * max(self._list.sizeHintForRow(0), 24) + 4)

    def _offer(self, problem: Problem) -> QWidget:
        """A button at the end of the line that takes the proposal over."""
        words = self._in_words(problem.suggestion)
        take = QPushButton(ADOPT)
        take.setObjectName("adopt")
        take.setToolTip(plain_tip(f"采用建议：{words}"))
        take.setAccessibleName(f"采用建议：{words}")
        take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        take.clicked.connect(lambda: self.adopted.emit(problem))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 6, 0)
        row.addStretch(1)
        row.addWidget(take)
        return line

    def _jump(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole).field)

    def _explain(self) -> None:
        item = self._list.currentItem()
        problem = item.data(Qt.ItemDataRole.UserRole) if item else None
        if problem is not None and problem.kind is Kind.WARNING:
            self.explained.emit(problem)
