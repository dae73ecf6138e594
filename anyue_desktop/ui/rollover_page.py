"""年度结转: step by step into the new year."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core import clock
from anyue_desktop.services.query import Query
from anyue_desktop.services.rollover import SHOULD_END, UNASKED, Carried, Rollover, YearPlan
from anyue_desktop.ui.card import Card
from anyue_desktop.ui.column_scroll import ColumnScroll
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import BatchPlace, ListPlace, NamedPlace, Place
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks


class RolloverPage(Page):
    """Four cards: cases carried on, those to settle, people to ask anew, the villages' figures; then the note."""

    def __init__(self, rollover: Rollover, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("年度结转", parent)
        self._rollover, self._tasks = rollover, tasks
        self.year = rollover.usual_year()
        self._title = PlainLabel(f"年度结转 · {self.year}年")
        self._title.setObjectName("title")
        self._state = PlainLabel()
        self._state.setObjectName("subtitle")
        self.finish = QPushButton(icon("ok_white"), f"完成{self.year}年结转")
        self.finish.setProperty("kind", "main")
        self.finish.setEnabled(False)
        self.finish.clicked.connect(self.run)
        self.lines: dict[str, QPushButton] = {}
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        self._lay_out()
        self.refresh(frozenset())

    def _lay_out(self) -> None:
        back = QPushButton(icon("back"), "返回")
        back.clicked.connect(self.back)
        head = QHBoxLayout()
        for widget in (back, self._title):
            head.addWidget(widget)
        head.addWidget(self._state, 1)
        head.addWidget(self.finish)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._cards)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addWidget(ColumnScroll(inside), 1)

    def refresh(self, changed: frozenset[str]) -> None:
        """Looks again, on the worker thread."""
        self._tasks.run(lambda _progress: self._rollover.plan(self.year), self._show, owner=self)

    def run(self) -> None:
        """Notes that the year was rolled over."""
        self._tasks.run(lambda _progress: self._rollover.run(self.year), self._show, owner=self)

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return NamedPlace("rollover")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, plan: YearPlan) -> None:
        self._clear()
        self._add_card(
            "1　在册的转入新年度", f"共 {plan.carried_on:,} 条，自动延续，不用重新录入", self._going_on(plan)
        )
        self._add_card("2　应当退出的先办理", _left(plan.to_settle), self._ending(plan))
        self._add_card("3　特困人员集中供养意愿每年征询一次", _left(plan.to_ask), self._asking(plan))
        self._add_card(f"4　各村{plan.base_year}年基础数据", _left(len(plan.villages)), self._figures(plan))
        begun = plan.year <= clock.today().year
        self.finish.setEnabled(begun and not plan.done_on)
        self._state.setText(_state(plan, begun=begun))

    def _going_on(self, plan: YearPlan) -> list[QPushButton]:
        return [self._line(f"open.{one.register}", f"{one.title}　{one.open:,}", _all_of(one)) for one in plan.carried]

    def _ending(self, plan: YearPlan) -> list[QPushButton]:
        return [
            self._line(
                f"end.{one.register}",
                f"{one.title}　{one.should_end:,}",
                ListPlace(Query(one.register, worklist=SHOULD_END)),
            )
            for one in plan.carried
            if one.should_end
        ]

    def _asking(self, plan: YearPlan) -> list[QPushButton]:
        place = ListPlace(Query("person", worklist=UNASKED, month=f"{plan.year}-01"))
        words = f"待征询的人员　{plan.to_ask:,}（上年的意愿保留到新的答复录入为止）"
        return [self._line("ask", words, place)] if plan.to_ask else []

    def _figures(self, plan: YearPlan) -> list[QPushButton]:
        names = "、".join(one.name for one in plan.villages[:8])
        words = f"一村一行录入，旁边是上年的数字　{names}{'等' if len(plan.villages) > 8 else ''}"
        return [self._line("base", words, BatchPlace(f"{plan.base_year}-01", register="village_year_base"))]

    def _line(self, key: str, words: str, place: Place) -> QPushButton:
        button = self.lines[key] = QPushButton(icon("forward"), words)
        button.setObjectName("work")
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.go.emit(place))
        return button

    def _add_card(self, title: str, beside: str, buttons: list[QPushButton]) -> None:
        card = Card(title)
        card.say_beside(beside)
        for button in buttons:
            card.body.addWidget(button)
        self._cards.addWidget(card)

    def _clear(self) -> None:
        self.lines.clear()
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _all_of(one: Carried) -> Place:
    return ListPlace(Query(one.register))


def _left(count: int) -> str:
    return f"还有 {count:,} 个" if count else "✓ 没有"


def _state(plan: YearPlan, *, begun: bool) -> str:
    if plan.done_on:
        return f"　✓ 已于 {plan.done_on} 结转；名单仍可继续办理"
    return "　" if begun else f"　{plan.year}年还没有到，可以先核对名单"
