"""Tables of plain values: which columns stay in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable, in_sight

LONG = "低保或低保边缘，已满80周岁，可能还属于低保等经济困难高龄老年人，请核实后采用，不属于的写明理由"
TEXTS = (
    ValueColumn("姓名", lambda row: "张淑芳"),
    ValueColumn("问题", lambda row: LONG),
    ValueColumn("怎么办", lambda row: LONG),
    ValueColumn("情况说明", lambda row: "已入户核实"),
)
NUMBERS = (ValueColumn("指标", lambda row: "探访率"), ValueColumn("现在", lambda row: "30%", number=True))


def table(show: Callable[[QWidget], None], columns: tuple[ValueColumn, ...]) -> ValueTable:
    made = ValueTable("表", columns)
    made.resize(1050, 300)
    show(made)
    made.put(["一行"])
    return made


def test_the_widest_columns_give_way_until_all_are_in_sight() -> None:
    assert in_sight([80, 700, 300, 120], 1000) == [80, 460, 300, 120]
    assert in_sight([80, 700, 600, 120], 800) == [80, 300, 300, 120]
    assert in_sight([200] * 20, 800) == [150] * 20  # more than a screen holds: it scrolls


def test_long_texts_are_cut_and_whole_in_the_tooltip(show: Callable[[QWidget], None]) -> None:
    made = table(show, TEXTS)
    last = made.columnViewportPosition(3) + made.columnWidth(3)
    assert last <= made.viewport().width()
    assert made.model().index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == LONG


def test_a_number_at_the_end_stays_beside_its_name(show: Callable[[QWidget], None]) -> None:
    made = table(show, NUMBERS)
    assert made.columnViewportPosition(1) + made.columnWidth(1) < made.viewport().width() // 2
