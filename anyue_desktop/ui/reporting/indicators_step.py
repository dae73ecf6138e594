"""The month's indicators beside last month's, before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from anyue_desktop.indicators.indicator import NO_VALUE
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import label


@dataclass(frozen=True)
class Compared:
    """One indicator this month and last."""

    now: IndicatorValue
    before: IndicatorValue | None

    @property
    def tone(self) -> str:
        """Whether the target is met."""
        return {True: "ok", False: "warning", None: ""}[self.now.met]

    @property
    def says_something(self) -> bool:
        """Whether there is a value in one of the two months."""
        return any(one is not None and one.value != NO_VALUE for one in (self.now, self.before))

    @property
    def change(self) -> str:
        """Whether the value is another than last month's."""
        return "" if self.before is None or self.now.value == self.before.value else "有变化"


COLUMNS = (
    ValueColumn(
        "指标",
        lambda row: row.now.name,
        icon=lambda row: {"ok": "ok", "warning": "warning"}.get(row.tone, "missing"),
    ),
    ValueColumn("性质", lambda row: row.now.attribute),
    ValueColumn("上月", lambda row: _with_parts(row.before), number=True, tone=lambda row: "muted"),
    ValueColumn("本月", lambda row: _with_parts(row.now), number=True),
    ValueColumn("与上月比", lambda row: row.change, tone=lambda row: "warning"),
    ValueColumn("目标", lambda row: row.now.target, number=True),
    ValueColumn(
        "差距",
        lambda row: row.now.gap or {True: "已达到", None: "不单独考核", False: "未达到"}[row.now.met],
        tone=lambda row: row.tone,
    ),
)


class IndicatorsStep(Step):
    """A last look at the figures."""

    title = "核对指标"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = ValueTable("指标", COLUMNS, "本月没有要计算的指标")
        self._silent = label(kind="caption", name="没有列出的指标")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("核对本月指标", "title"))
        layout.addWidget(label("与上月相差很大时请先核实，再上报。", "subtitle"))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._silent)

    def put(self, now: Sequence[IndicatorValue], before: Sequence[IndicatorValue]) -> None:
        """Shows two months beside each other."""
        last = {one.id: one for one in before}
        rows = [Compared(one, last.get(one.id)) for one in now]
        told = [row for row in rows if row.says_something]
        self._table.put(told)
        self._silent.setText(f"另有 {len(rows) - len(told)} 项由县局填报，或还没有数据，这里不列。")
        self._silent.setVisible(len(told) < len(rows))


def _with_parts(value: IndicatorValue | None) -> str:
    if value is None or not value.denominator:
        return value.value if value else "—"
    return f"{value.value}（{value.parts}）"
