"""指标: every indicator of the plan for a township or one of its villages, down to the people behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.indicators.basis import Basis
from anyue_desktop.services.choices import Choice
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.measuring import MISSING, NUMERATOR, Behind, Measuring
from anyue_desktop.ui.county.places_dialog import PlacesDialog
from anyue_desktop.ui.importing.value_table import ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.indicators.basis_dialog import BasisDialog
from anyue_desktop.ui.indicators.compare_dialog import CompareDialog, Comparison
from anyue_desktop.ui.indicators.indicator_bar import IndicatorBar
from anyue_desktop.ui.indicators.indicator_table import COLUMNS, Line, lines
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import IdsPlace, JobPlace, NamedPlace, Place
from anyue_desktop.ui.tasks import Tasks

WHOLE, REPORT = "全乡镇", "L15"


@dataclass(frozen=True)
class Seen:
    """What was computed: the values of a month and a village, and how they were counted."""

    number: int
    values: list[IndicatorValue]
    basis: Basis


class IndicatorsPage(Page):
    """A calm table; below it the indicator under the cursor, with the lists behind it."""

    def __init__(
        self,
        measuring: Measuring,
        villages: Sequence[Choice],
        tasks: Tasks,
        month: MonthChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("指标", parent)
        self._measuring, self._tasks, self._month = measuring, tasks, month
        self._asking = 0
        self.table = ValueTable("指标", COLUMNS, "正在计算…")
        self.bar = IndicatorBar()
        self.village = QComboBox()
        self.village.setAccessibleName("村（社区）")
        self.village.addItem(WHOLE, "")
        for one in villages:
            self.village.addItem(one.name, one.code)
        self._period = label(kind="subtitle", name="月份")
        self._basis = label(kind="caption", name="统计口径")
        self._lay_out()
        self.table.chosen.connect(lambda line: self.open_part(MISSING if _is_short(line) else NUMERATOR))
        self.table.moved.connect(lambda line: self.bar.tell(line.value if line else None))
        self.bar.wanted.connect(self.open_part)
        self.village.currentIndexChanged.connect(lambda: self.refresh(frozenset()))
        month.changed.connect(lambda: self.refresh(frozenset()))
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Computes again, on the worker thread."""
        self._asking += 1
        number, month, village = self._asking, self._month.month, self._village()
        self._period.setText(f"{month_words(month)}　正在计算…")
        self._tasks.run(
            lambda _progress: Seen(number, self._measuring.values(month, village), self._measuring.basis()),
            self._show,
            owner=self,
        )

    def arrive(self) -> None:
        """Puts the cursor into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return NamedPlace("indicators")

    def open_part(self, part: str) -> None:
        """Opens the records behind a part of the indicator under the cursor."""
        line = self.table.current()
        if line is None or line.value is None or not self._offers(line.value, part):
            return
        number, month, village = line.value.id, self._month.month, self._village()
        self._tasks.run(
            lambda _progress: self._measuring.behind(number, month, part, village), self._open_behind, owner=self
        )

    def change_basis(self) -> None:
        """Offers to change how is counted."""
        dialog = BasisDialog(self._measuring.basis(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._set_basis)
        dialog.open()

    def compare(self) -> None:
        """Shows what has changed since the month was reported, and offers to keep it as it is now."""
        month = self._month.month
        self._tasks.run(lambda _progress: self._comparison(month), self._show_comparison, window=self)

    def _show(self, seen: Seen) -> None:
        if seen.number != self._asking:
            return
        self.table.put(lines(seen.values))
        place = self.table.currentIndex().row()
        if place == 0 and len(seen.values):
            self.table.selectRow(1)  # the first row is a heading
        self._period.setText(f"{month_words(self._month.month)}　{_summary(seen.values)}")
        self._basis.setText(seen.basis.words())

    def _set_basis(self, basis: Basis) -> None:
        self._tasks.run(
            lambda _progress: self._measuring.set_basis(basis), lambda _: self.refresh(frozenset()), window=self
        )

    def _comparison(self, month: str) -> Comparison:
        kept = self._measuring.frozen(month)
        return Comparison(month, kept, self._measuring.compare(month) if kept else (), self._measuring.basis())

    def _show_comparison(self, found: Comparison) -> None:
        dialog = CompareDialog(found, self)
        dialog.keep_wanted.connect(lambda: self._keep(found.month, dialog))
        dialog.open()

    def _keep(self, month: str, dialog: CompareDialog) -> None:
        def keep(_progress: object) -> Comparison:
            self._measuring.freeze(month)
            return self._comparison(month)

        self._tasks.run(keep, dialog.put, window=dialog)

    def _open_behind(self, behind: Behind) -> None:
        if behind.register:
            self.go.emit(IdsPlace(behind.register, tuple(behind.ids), behind.title))
        else:
            PlacesDialog(behind.title, behind.ids, self).open()

    def _offers(self, value: IndicatorValue, part: str) -> bool:
        return self.bar.buttons[part].isEnabled() and bool(value.id)

    def _village(self) -> str:
        return str(self.village.currentData() or "")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("指标", "title"))
        head.addWidget(self.village)
        head.addWidget(self._period, 1)
        head.addWidget(button("统计口径…(&K)", self.change_basis))
        head.addWidget(button("与上报时比较(&C)", self.compare))
        head.addWidget(button("打印指标月报(&P)", lambda: self.go.emit(JobPlace("print", ledger=REPORT)), kind="main"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self._basis)


def _is_short(line: Line) -> bool:
    return line.value is not None and bool(line.value.gap) and line.value.denominator is not None


def _summary(values: Sequence[IndicatorValue]) -> str:
    judged = [one for one in values if one.state]
    met = sum(one.met is True for one in judged)
    return f"本级考核 {len(judged)} 项，已达标 {met} 项"
