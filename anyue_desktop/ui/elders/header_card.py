"""Who or what this is, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.dates import age_on, month_of
from anyue_desktop.core.register import Register
from anyue_desktop.ui.charts.month_dots import MonthDots
from anyue_desktop.ui.charts.month_strip import MonthStrip
from anyue_desktop.ui.elders.dossiers import Dossier
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.paths import value_at
from anyue_desktop.ui.plain_label import PlainLabel

RISK_SIGNS = {"3": ("● 高风险", "error"), "2": ("▲ 中风险", "warning"), "1": ("✓ 低风险", "ok")}


class HeaderCard(QFrame):
    """Name, age, classes, risk, last and next visit, twelve month dots, the days of this month."""

    edit_pressed = Signal()
    visit_pressed = Signal()
    back_pressed = Signal()
    return_pressed = Signal()

    def __init__(
        self, dossier: Dossier, case: Register, *, read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._dossier, self._case = dossier, case
        self._name, self._about, self._classes, self._risk = PlainLabel(), PlainLabel(), PlainLabel(), PlainLabel()
        self._name.setObjectName("title")
        self._about.setObjectName("subtitle")
        self._classes.setWordWrap(True)
        self._last, self._next = PlainLabel(), PlainLabel()
        self.dots, self.strip = MonthDots(), MonthStrip()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(self._head(read_only=read_only))
        layout.addLayout(self._below())

    def show_case(self, values: Mapping[str, Any], texts: Mapping[str, str], today: date) -> None:
        """Shows a record by its values and its masked texts."""
        dossier = self._dossier
        born = value_at(values, dossier.born) if dossier.born else None
        about = [texts.get(path, "") for path in dossier.about]
        age = [f"{age_on(born, today)}岁"] if born else []
        self._name.setText(texts.get(dossier.name, ""))
        self._about.setText("　".join(text for text in (*age, *about) if text))
        kind = self._case.field(dossier.classes)
        self._classes.setText(texts.get(dossier.classes) or f"{kind.label}还没有填")
        if dossier.risk:
            self._tell(self._risk, *RISK_SIGNS.get(str(values.get("risk_level")), ("○ 风险等级未填", "muted")))
        self._show_times(values, today)

    def show_visits(self, year: int, counts: list[int], month: str, days: list[date], today: date) -> None:
        """Shows in which months and on which days there were visits."""
        past = 12 if year < today.year else today.month
        self.dots.show_year(year, counts, past if self._dossier.monthly else 0)
        self.strip.show_month(month, days, today)

    def name(self) -> str:
        """Returns the name shown."""
        return self._name.text()

    def _head(self, *, read_only: bool) -> QHBoxLayout:
        back, edit = QPushButton(icon("back"), "返回"), QPushButton(icon("edit"), "修改档案")
        visit = QPushButton(icon("add_white"), self._dossier.entry)
        visit.setProperty("kind", "main")
        back.clicked.connect(self.back_pressed)
        edit.clicked.connect(self.edit_pressed)
        visit.clicked.connect(self.visit_pressed)
        give_back = QPushButton("退回…(&T)")
        give_back.setProperty("kind", "danger")
        give_back.clicked.connect(self.return_pressed)
        edit.setToolTip("F2")
        visit.setToolTip("F4")
        head = QHBoxLayout()
        for widget in (back, self._name, self._about):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (self._risk, give_back) if read_only else (self._risk, edit, visit):
            head.addWidget(widget)
        return head

    def _below(self) -> QHBoxLayout:
        facts = QVBoxLayout()
        for label in (self._classes, self._last, self._next):
            facts.addWidget(label)
        facts.addStretch(1)
        below = QHBoxLayout()
        below.addLayout(facts, 2)
        if self._dossier.visits:
            pictures = QGridLayout()
            pictures.addWidget(_small("今年各月"), 0, 0)
            pictures.addWidget(self.dots, 0, 1)
            pictures.addWidget(_small("本月"), 1, 0)
            pictures.addWidget(self.strip, 1, 1)
            pictures.setColumnStretch(1, 1)
            below.addLayout(pictures, 3)
        return below

    def _show_times(self, values: Mapping[str, Any], today: date) -> None:
        span, word = self._case.span, self._dossier.visits
        ended = values.get(span[1]) if span else None
        last = values.get("last_visit_date")
        self._last.setVisible(bool(word))
        self._last.setText(f"上次{word}：{last}（{_ago(last, today)}）" if last else f"上次{word}：还没有")
        self._next.setVisible(bool(ended) or "next_due_date" in values)
        if span and ended:
            self._tell(self._next, f"已于 {ended} 退出{self._why(values)}", "muted")
        elif "next_due_date" in values:
            self._show_due(values["next_due_date"], today)

    def _why(self, values: Mapping[str, Any]) -> str:
        key = next((one for one in ("exit_reason", "end_reason") if one in values), "")
        reason = self._case.show(key, values.get(key))
        return f"（{reason}）" if reason else ""

    def _show_due(self, due: date | None, today: date) -> None:
        word = f"下次应{self._dossier.visits}"
        if due is None:
            self._tell(self._next, f"{word}：纳入日期未填", "muted")
        elif due < today:
            self._tell(self._next, f"✗ {word}：{due}，已超期 {(today - due).days} 天", "error")
        else:
            soon = month_of(due) == month_of(today)
            self._tell(self._next, f"{'▲ ' if soon else ''}{word}：{due}", "warning" if soon else "")

    def _tell(self, label: QLabel, words: str, tone: str) -> None:
        label.setText(words)
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{days} 天前" if days else "今天"


def _small(words: str) -> QLabel:
    label = PlainLabel(words)
    label.setObjectName("caption")
    return label
