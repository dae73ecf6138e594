"""The cell of 指标 under the cursor in words, with a button for each number behind it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from anyue_desktop.services.behind import DENOMINATOR, MISSING, NUMERATOR, PARTS
from anyue_desktop.services.indicator_value import IndicatorValue, amount_text
from anyue_desktop.services.measuring import GridRow
from anyue_desktop.ui.county.grid_model import STATES
from anyue_desktop.ui.importing.words import label, set_tone
from anyue_desktop.ui.indicators.indicator_table import TONES
from anyue_desktop.ui.indicators.parts_bar import PartsBar


class CellBar(PartsBar):
    """Whose value it is, the target, what is missing, what was reported otherwise; its parts open their records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.words = label(name="所选的指标")
        self.apart = label(kind="caption", tone="warning", name="乡镇上报时")
        super().__init__(self.words, self.apart, PARTS, parent)
        self.be_quiet()

    def tell(self, row: GridRow, value: IndicatorValue, apart: str) -> None:
        """Tells of a cell."""
        facts = (f"{value.value} {value.sign}".strip(), f"目标 {value.target}", STATES.get(value.state, ""), value.gap)
        self.words.setText(f"{row.name}　{value.name}　" + "　".join(text for text in (*facts, *value.notes) if text))
        set_tone(self.words, TONES.get(value.state, ""))
        self.apart.setText(apart)
        self.apart.setVisible(bool(apart))
        self._show_part(NUMERATOR, f"分子 {amount_text(value.numerator)}", there=bool(value.register))
        there = value.denominator is not None
        self._show_part(DENOMINATOR, f"分母 {amount_text(value.denominator or 0)}", there=there)
        self._show_part(MISSING, "差额", there=there)

    def be_quiet(self) -> None:
        """Says that no cell is chosen."""
        self.words.setText("选一格看分子、分母和差额；双击或回车打开背后的记录。")
        set_tone(self.words, "muted")
        self.apart.hide()
        for one in self.buttons.values():
            one.hide()

    def offer(self, where: QPoint) -> QMenu:
        """Opens a menu of the parts of the cell."""
        menu = QMenu(self)
        for part, one in self.buttons.items():
            if not one.isHidden():
                menu.addAction(one.text()).triggered.connect(lambda _on=False, key=part: self.wanted.emit(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
        return menu

    def _show_part(self, part: str, words: str, *, there: bool) -> None:
        self.buttons[part].setText(words)
        self.buttons[part].setVisible(there)
