"""工作台 answers “what must I do now?”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.indicators.indicator import Measured
from anyue_desktop.services.dashboard import Dashboard, Reported
from anyue_desktop.services.measuring import Measuring, VillageVisits
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.rollover import Rollover
from anyue_desktop.ui.card import Card
from anyue_desktop.ui.charts.village_bars import VillageBars
from anyue_desktop.ui.charts.year_line import MonthRate, YearLine
from anyue_desktop.ui.column_scroll import ColumnScroll
from anyue_desktop.ui.home.indicator_cards import IndicatorCards
from anyue_desktop.ui.month_choice import MonthChoice, month_words, package_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BatchPlace, ListPlace, NamedPlace
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.todo import lines
from anyue_desktop.ui.worklist_panel import WorklistPanel

VILLAGE = "person.residence_division"
Part = TypeVar("Part")


@dataclass(frozen=True)
class Deadline:
    """What the page says of the month's report."""

    days_left: int
    year_turns: bool
    reported: Reported
    warnings: list[str]


class HomePage(Page):
    """Worklists, a bar a village, the year's line, days left, indicators, last package."""

    def __init__(
        self,
        records: Records,
        dashboard: Dashboard,
        measuring: Measuring,
        rollover: Rollover,
        tasks: Tasks,
        month: MonthChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("工作台", parent)
        self._records, self._dashboard, self._measuring, self._tasks = records, dashboard, measuring, tasks
        self._rollover, self._month, self._turn = rollover, month, 0
        self._stale = True
        self.worklists = WorklistPanel(lines(dashboard.worklists().values(), drafts=True))
        self.bars = VillageBars()
        self.line = YearLine()
        self._days = PlainLabel()
        self._days.setObjectName("figure")
        self._days_words = PlainLabel()
        self.year_turn = QPushButton("年度结转")
        self.year_turn.setVisible(False)
        self.year_turn.clicked.connect(lambda: self.go.emit(NamedPlace("rollover")))
        self._last = PlainLabel()
        self._last.setObjectName("caption")
        self._last.setWordWrap(True)
        self.indicators = IndicatorCards()
        self._line_card = Card("十二个月探访率")
        self._bars_card = Card("各村本月探访")
        self._lay_out()
        self.worklists.go.connect(self.go)
        self.bars.opened.connect(self._open_village)
        self.line.opened.connect(month.choose)
        self.indicators.opened.connect(self._open_indicator)
        month.changed.connect(lambda: self.refresh(frozenset()))

    def refresh(self, changed: frozenset[str]) -> None:
        """Asks again, part by part on the worker thread: each shows as soon as it is there, the worklists first."""
        self._turn += 1
        self._stale = not self.isVisible()
        if self._stale:  # whoever enters a record on another page does not wait for numbers nobody looks at
            return
        self._ask(self._dashboard.counts, self._show_counts)
        self._ask(self._deadline, self._show_deadline)
        self._ask(self._measuring.villages, self._show_villages)
        self._ask(self._measuring.year_line, self._show_line)
        self._ask(self._measuring.cards, lambda _month, values: self.indicators.show_values(values))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for what has changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh(frozenset())

    def _ask(self, look: Callable[[str], Part], show: Callable[[str, Part], None]) -> None:
        """Looks at the month; once the page asks anew, neither the question nor its answer is wanted any more."""
        month, turn = self._month.month, self._turn
        self._tasks.run(
            lambda _progress: look(month) if turn == self._turn else None,
            lambda found: show(month, found) if turn == self._turn else None,
            owner=self,
        )

    def _deadline(self, month: str) -> Deadline:
        board = self._dashboard
        days, warnings = board.days_left(month), board.enrolment_warnings()
        return Deadline(days, self._rollover.is_due(), board.reported(), warnings)

    def arrive(self) -> None:
        """Puts the cursor onto the first worklist."""
        first = self.worklists.first_button()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._bars_card.body.addWidget(ColumnScroll(self.bars))
        self._line_card.body.addWidget(self.line)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(ColumnScroll(self.worklists), 1)
        left.addWidget(self._report_card())
        indicators = Card("规划主要指标（专栏1）")
        indicators.body.addWidget(self.indicators)
        indicators.body.addStretch(1)
        indicators.body.setContentsMargins(8, 6, 8, 6)
        right.addWidget(self._line_card)
        right.addWidget(indicators, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(10)
        layout.addLayout(left, 3)
        layout.addWidget(self._bars_card, 4)
        layout.addLayout(right, 4)

    def _report_card(self) -> Card:
        card = Card("本月上报")
        row = QHBoxLayout()
        row.addWidget(self._days)
        row.addWidget(self._days_words, 1)
        report = QPushButton("去报送")
        report.clicked.connect(lambda: self.go.emit(NamedPlace("reporting")))
        enter = QPushButton("批量录入")
        enter.setProperty("kind", "main")
        enter.clicked.connect(lambda: self.go.emit(BatchPlace(self._month.month)))
        buttons = QHBoxLayout()
        buttons.addWidget(enter)
        buttons.addWidget(report)
        buttons.addWidget(self.year_turn)
        buttons.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(self._last)
        card.body.addLayout(buttons)
        return card

    def _show_counts(self, month: str, counts: dict[str, int]) -> None:
        self.worklists.show_counts(counts, month)

    def _show_villages(self, month: str, villages: list[VillageVisits]) -> None:
        self.bars.show_villages(villages)
        due, done = sum(one.due for one in villages), sum(one.visited for one in villages)
        self._bars_card.say_beside(f"{month_words(month)}　已探访 {done} / {due} 人")

    def _show_line(self, month: str, measured: list[tuple[str, Measured]]) -> None:
        rates = ((name, one.exact) for name, one in measured)
        self.line.show_months([MonthRate(name, None if rate is None else float(rate / 100)) for name, rate in rates])

    def _show_deadline(self, month: str, seen: Deadline) -> None:
        self.year_turn.setVisible(seen.year_turns)
        days = seen.days_left
        self._days.setText(str(abs(days)))
        self._days.setProperty("tone", "error" if days < 3 else "")
        self._days.style().polish(self._days)
        self._days_words.setText("天后是上报日" if days > 0 else "今天是上报日" if days == 0 else "天前已过上报日")
        package = package_words(seen.reported.package) or "还没有上报过"
        receipt = f"，最近回执 {seen.reported.receipt[:10]}" if seen.reported.receipt else ""
        self._last.setText("\n".join([f"上次上报：{package}{receipt}", *seen.warnings]))

    def _open_village(self, code: str) -> None:
        where = {VILLAGE: code or None}
        self.go.emit(ListPlace(Query("elder_case", where=where, worklist="due", month=self._month.month)))

    def _open_indicator(self, identity: str) -> None:
        """What is missing opens as a list; of the others the page of indicators says more."""
        if identity != "I04":
            self.go.emit(NamedPlace("indicators", at=identity))
            return
        self.go.emit(ListPlace(Query("elder_case", worklist="unvisited", month=self._month.month)))
