"""The indicator under the cursor in words, with a button for each list behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from anyue_desktop.services.behind import DENOMINATOR, MISSING, NUMERATOR
from anyue_desktop.services.indicator_value import IndicatorValue, amount_text
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.indicators.parts_bar import PartsBar

BUTTONS = {NUMERATOR: "看分子(&N)", DENOMINATOR: "看分母(&D)", MISSING: "看差额(&M)"}


class IndicatorBar(PartsBar):
    """What stands beside a value: where the plan says so, and what an officer should know of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.words = label(kind="section", name="所选的指标")
        self.notes = label(kind="caption", name="说明")
        super().__init__(self.words, self.notes, BUTTONS, parent)
        self.tell(None)

    def tell(self, value: IndicatorValue | None) -> None:
        """Tells of an indicator, or of none."""
        if value is None:
            self.words.setText("选一项指标")
            self.notes.setText("双击或按回车，打开指标背后的名单。")
        else:
            self.words.setText(f"{value.name}　{value.value} {value.sign}".strip())
            share = [f"完成目标的{value.share}"] if value.share else []
            self.notes.setText("；".join([f"{value.place}，{value.attribute}", *share, *value.notes]))
        self._offer(value)

    def _offer(self, value: IndicatorValue | None) -> None:
        has_parts = value is not None and value.denominator is not None
        there = {
            NUMERATOR: value is not None and bool(value.numerator),
            DENOMINATOR: has_parts and bool(value.denominator) if value else False,
            MISSING: has_parts and bool(value.gap) if value else False,
        }
        for part, one in self.buttons.items():
            one.setEnabled(there[part])
        if value is not None:
            numbers = {NUMERATOR: value.numerator, DENOMINATOR: value.denominator or 0}
            for part, amount in numbers.items():
                self.buttons[part].setAccessibleDescription(amount_text(amount))
