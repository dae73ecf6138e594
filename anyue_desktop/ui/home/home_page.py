"""工作台 answers “what must I do now?”."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.services.dashboard import Dashboard, Status
from anyue_desktop.services.indicator_value import IndicatorValue
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


@dataclass(frozen=True)
class Picture:
    """Everything the page shows of one month."""

    month: str
    villages: list[VillageVisits]
    line: list[MonthRate]
    indicators: list[IndicatorValue]
    days_left: int
    year_turns: bool
    status: Status


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
        self._rollover, self._month = rollover, month
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
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Counts again, on the worker thread."""
        month = self._month.month
        self._tasks.run(
            lambda _progress: self._dashboard.counts(month), lambda counts: self._tell(month, counts), owner=self
        )
        self._tasks.run(lambda progress: self._look(progress, month), self._show)

    def _tell(self, month: str, counts: dict[str, int]) -> None:
        if month == self._month.month:
            self.worklists.show_counts(counts, month)

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
        left.addWidget(self._deadline())
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

    def _deadline(self) -> Card:
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

    def _look(self, progress: Progress, month: str) -> Picture:
        line = [
            MonthRate(name, None if one.exact is None else float(one.exact / 100))
            for name, one in self._measuring.year_line(month)
        ]
        return Picture(
            month,
            self._measuring.villages(month),
            line,
            self._measuring.values(month),
            self._dashboard.days_left(month),
            self._rollover.is_due(),
            self._dashboard.status(),
        )

    def _show(self, seen: Picture) -> None:
        if seen.month != self._month.month:
            return
        self.bars.show_villages(seen.villages)
        due, done = sum(one.due for one in seen.villages), sum(one.visited for one in seen.villages)
        self._bars_card.say_beside(f"{month_words(seen.month)}　已探访 {done} / {due} 人")
        self.line.show_months(seen.line)
        self._show_deadline(seen)
        self.indicators.show_values(seen.indicators)

    def _show_deadline(self, seen: Picture) -> None:
        self.year_turn.setVisible(seen.year_turns)
        days = seen.days_left
        self._days.setText(str(abs(days)))
        self._days.setProperty("tone", "error" if days < 3 else "")
        self._days.style().polish(self._days)
        self._days_words.setText("天后是上报日" if days > 0 else "今天是上报日" if days == 0 else "天前已过上报日")
        package = package_words(seen.status.last_package) or "还没有上报过"
        receipt = f"，最近回执 {seen.status.last_receipt[:10]}" if seen.status.last_receipt else ""
        self._last.setText(f"上次上报：{package}{receipt}")

    def _open_village(self, code: str) -> None:
        where = {VILLAGE: code or None}
        self.go.emit(ListPlace(Query("elder_case", where=where, worklist="due", month=self._month.month)))

    def _open_indicator(self, identity: str) -> None:
        """What is missing opens as a list; of the others the page of indicators says more."""
        if identity != "I04":
            self.go.emit(NamedPlace("indicators"))
            return
        self.go.emit(ListPlace(Query("elder_case", worklist="unvisited", month=self._month.month)))
