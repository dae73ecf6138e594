"""Who this is, at a glance."""

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
from anyue_desktop.ui.icons import icon

RISK_SIGNS = {"3": ("● 高风险", "error"), "2": ("▲ 中风险", "warning"), "1": ("✓ 低风险", "ok")}


class HeaderCard(QFrame):
    """Name, age, classes, risk, last and next visit, twelve month dots, the days of this month."""

    edit_pressed = Signal()
    visit_pressed = Signal()
    back_pressed = Signal()
    return_pressed = Signal()

    def __init__(
        self, person: Register, case: Register, *, read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._person, self._case = person, case
        self._name, self._about, self._classes, self._risk = QLabel(), QLabel(), QLabel(), QLabel()
        self._name.setObjectName("title")
        self._about.setObjectName("subtitle")
        self._classes.setWordWrap(True)
        self._last, self._next = QLabel(), QLabel()
        self.dots, self.strip = MonthDots(), MonthStrip()
        self._lay_out(read_only)

    def _lay_out(self, read_only: bool) -> None:
        back, edit = QPushButton(icon("back"), "返回"), QPushButton(icon("edit"), "修改档案")
        visit = QPushButton(icon("add_white"), "录入探访")
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
        facts = QVBoxLayout()
        for label in (self._classes, self._last, self._next):
            facts.addWidget(label)
        facts.addStretch(1)
        pictures = QGridLayout()
        pictures.addWidget(_small("今年各月"), 0, 0)
        pictures.addWidget(self.dots, 0, 1)
        pictures.addWidget(_small("本月"), 1, 0)
        pictures.addWidget(self.strip, 1, 1)
        pictures.setColumnStretch(1, 1)
        below = QHBoxLayout()
        below.addLayout(facts, 2)
        below.addLayout(pictures, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addLayout(below)

    def show_case(self, values: Mapping[str, Any], today: date) -> None:
        """Shows the values of a case with its person."""
        person = values.get("person") or {}
        born = person.get("birth_date")
        age = f"{age_on(born, today)}岁" if born else ""
        place = f"{self._said('residence_division', person)}{person.get('group_name') or ''}"
        self._name.setText(str(person.get("name") or ""))
        self._about.setText("　".join(text for text in (self._said("sex", person), age, place) if text))
        self._classes.setText(self._case.show("categories", values.get("categories")) or "困难类别还没有填")
        words, tone = RISK_SIGNS.get(str(values.get("risk_level")), ("○ 风险等级未填", "muted"))
        self._tell(self._risk, words, tone)
        self._show_visits(values, today)

    def show_visits(self, year: int, counts: list[int], month: str, days: list[date], today: date) -> None:
        """Shows in which months and on which days the person was visited."""
        past = 12 if year < today.year else today.month
        self.dots.show_year(year, counts, past)
        self.strip.show_month(month, days, today)

    def name(self) -> str:
        """Returns the name shown."""
        return self._name.text()

    def _show_visits(self, values: Mapping[str, Any], today: date) -> None:
        last, due = values.get("last_visit_date"), values.get("next_due_date")
        self._last.setText(f"上次探访：{last}（{_ago(last, today)}）" if last else "上次探访：还没有")
        if values.get("exit_date"):
            reason = self._case.show("exit_reason", values.get("exit_reason"))
            self._tell(self._next, f"已于 {values['exit_date']} 退出（{reason}）", "muted")
        elif due is None:
            self._tell(self._next, "下次应探访：纳入日期未填", "muted")
        elif due < today:
            self._tell(self._next, f"✗ 下次应探访：{due}，已超期 {(today - due).days} 天", "error")
        else:
            soon = month_of(due) == month_of(today)
            self._tell(self._next, f"{'▲ ' if soon else ''}下次应探访：{due}", "warning" if soon else "")

    def _said(self, key: str, values: Mapping[str, Any]) -> str:
        return self._person.show(key, values.get(key))

    def _tell(self, label: QLabel, words: str, tone: str) -> None:
        label.setText(words)
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{days} 天前" if days else "今天"


def _small(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("caption")
    return label
