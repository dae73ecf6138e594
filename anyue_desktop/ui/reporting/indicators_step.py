"""The month's indicators beside last month's, before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

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


COLUMNS = (
    ValueColumn(
        "指标",
        lambda row: row.now.name,
        icon=lambda row: {"ok": "ok", "warning": "warning"}.get(row.tone, "missing"),
    ),
    ValueColumn("性质", lambda row: row.now.attribute),
    ValueColumn("上月", lambda row: _with_parts(row.before), number=True, tone=lambda row: "muted"),
    ValueColumn("本月", lambda row: _with_parts(row.now), number=True),
    ValueColumn("目标", lambda row: row.now.target, number=True),
    ValueColumn(
        "差距",
        lambda row: row.now.gap or {True: "已达到", None: "", False: "未达到"}[row.now.met],
        tone=lambda row: row.tone,
    ),
)


class IndicatorsStep(Step):
    """A last look at the figures."""

    title = "核对指标"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = ValueTable("指标", COLUMNS, "本月没有要计算的指标")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("核对本月指标", "title"))
        layout.addWidget(label("与上月相差很大时请先核实，再上报。", "subtitle"))
        layout.addWidget(self._table, 1)

    def put(self, now: Sequence[IndicatorValue], before: Sequence[IndicatorValue]) -> None:
        """Shows two months beside each other."""
        last = {one.id: one for one in before}
        self._table.put([Compared(one, last.get(one.id)) for one in now])


def _with_parts(value: IndicatorValue | None) -> str:
    if value is None or not value.denominator:
        return value.value if value else "—"
    return f"{value.value}（{value.numerator}/{value.denominator}）"
