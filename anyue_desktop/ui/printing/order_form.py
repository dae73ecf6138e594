"""What can be chosen of a ledger: month, place, one person, blank pages, what stands in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from anyue_desktop.services.choices import Choice
from anyue_desktop.services.printing import Ledger, LedgerOrder, Printing
from anyue_desktop.services.printing.order import MONTH, QUARTER, YEAR
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.printing.month_box import MonthBox
from anyue_desktop.ui.printing.unmask_box import NAMES, NUMBERS, UnmaskBox

PERIODS = {"月报": MONTH, "季报": QUARTER, "年报": YEAR}
WORDS = ("月份", "乡镇（街道）", "村（社区）")


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the list the dialog was opened from: a record, and whose records it shows."""

    register: str = ""
    id: str = ""
    village: str = ""  # 12-digit code
    township: str = ""  # 12-digit code; the county's list may be of one township


class OrderForm(QWidget):
    """Shows only what the chosen ledger knows."""

    changed = Signal()

    def __init__(self, printing: Printing, month: str, chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printing, self._chosen = printing, chosen
        self.month = MonthBox(month)
        self._township = _place_box(WORDS[1], "全县", printing.townships())
        self._township.setCurrentIndex(max(0, self._township.findData(chosen.township)))
        self._village = _place_box(WORDS[2], "全部", printing.villages(_place(self._township)))
        self._month_words, self._township_words, self._village_words = map(
            label, ("月份", "乡镇（街道）", "村（社区）")
        )
        self._one = QCheckBox("只打印选中的这一条")
        self._blank = QCheckBox("打印空白表，入户时手填")
        self._names = QCheckBox("填好姓名等基本情况，一人一张")
        self._names.setChecked(True)
        self._village.setCurrentIndex(max(0, self._village.findData(chosen.village)))
        self._period = QComboBox()
        self._period.setAccessibleName("期别")
        for words, value in PERIODS.items():
            self._period.addItem(words, value)
        self._unmask = UnmaskBox()
        self._lay_out()
        self._township.currentIndexChanged.connect(self._offer_villages)
        self._blank.toggled.connect(self._refresh)
        self._one.toggled.connect(self._refresh)
        self._unmask.changed.connect(self.changed)

    def show_ledger(self, ledger: Ledger) -> None:
        """Shows what can be chosen of a ledger."""
        self._ledger = ledger
        county = self._township.count() > 1
        self._month_words.setVisible(not ledger.singly)
        self.month.setVisible(not ledger.singly)
        for widget in (self._township_words, self._township):
            widget.setVisible(county and ledger.of_township)
        for widget in (self._village_words, self._village):
            widget.setVisible(ledger.of_village)
        self._one.setChecked(ledger.form)
        self._period.setVisible(ledger.of_periods)
        self._blank.setVisible(ledger.form)
        self._unmask.setVisible(ledger.personal)
        self._unmask.ask_for(NAMES if ledger.of_children else NUMBERS, always=ledger.singly)
        self._refresh()

    def order(self) -> LedgerOrder:
        """Returns what is to be printed."""
        ledger, one = self._ledger, self._only_one()
        of_person = ledger.of_one == self._chosen.register
        return LedgerOrder(
            ledger.number,
            self.month.month(),
            village=_place(self._village) if ledger.of_village and not one else "",
            township=_place(self._township) if ledger.of_township and not one else "",
            case_id=self._chosen.id if one and of_person else "",
            record=self._chosen.id if one and not of_person else "",
            unmask_reason=self._unmask.reason() if ledger.personal else "",
            period=str(self._period.currentData()) if ledger.of_periods else MONTH,
            blank=self._is_blank(),
            names=self._names.isChecked(),
        )

    def complete(self) -> bool:
        """Whether everything is there that the ledger needs."""
        return not self._ledger.personal or self._unmask.complete()

    def _is_blank(self) -> bool:
        return self._ledger.form and self._blank.isChecked()

    def _only_one(self) -> bool:
        return self._offers_one() and (self._one.isChecked() or self._ledger.singly)

    def _offers_one(self) -> bool:
        """Whether the chosen record can be printed alone: a person, or a visit that was made."""
        ledger, register = self._ledger, self._chosen.register
        of_record = (ledger.form or ledger.singly) and register in ledger.registers and not self._is_blank()
        return bool(self._chosen.id) and (of_record or ledger.of_one == register)

    def _refresh(self) -> None:
        one = self._only_one()
        self._one.setVisible(self._offers_one() and not self._ledger.singly)
        self._names.setVisible(self._is_blank())
        self._village.setEnabled(not one and self._village.count() > 1)
        self._township.setEnabled(not one)

    def _offer_villages(self) -> None:
        self._village.clear()
        _fill(self._village, "全部", self._printing.villages(_place(self._township)))
        self._refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        for widget in (
            self._month_words, self.month, self._period, self._township_words, self._township,
            self._village_words, self._village, self._one, self._blank, self._names, self._unmask,
        ):  # fmt: skip
            layout.addWidget(widget)


def _place_box(name: str, everywhere: str, places: Sequence[Choice]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    _fill(box, everywhere, places)
    return box


def _fill(box: QComboBox, everywhere: str, places: Sequence[Choice]) -> None:
    box.addItem(everywhere, "")
    for place in places:
        box.addItem(place.name, place.code)


def _place(box: QComboBox) -> str:
    return str(box.currentData() or "")
