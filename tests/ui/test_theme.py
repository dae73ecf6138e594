from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication

from anyue_desktop.core import resources
from anyue_desktop.registers import REGISTERS
from anyue_desktop.ui import colours
from anyue_desktop.ui.field_row import LABEL_EMS
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.number_box import BESIDE, NumberBox
from anyue_desktop.ui.theme import LARGEST, SMALLEST, Theme, style_sheet


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (colours.INK, colours.GROUND),
        (colours.MUTED, colours.GROUND),
        (colours.MUTED, colours.STRIPE),
        (colours.RED, colours.RED_LIGHT),
        (colours.AMBER, colours.AMBER_LIGHT),
        (colours.GREEN, colours.GREEN_LIGHT),
        (colours.ACCENT_DARK, colours.ACCENT_LIGHT),
        (colours.SURFACE, colours.ACCENT),
    ],
)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_the_text_grows_with_the_slider_and_stays_within_bounds(theme: Theme, qapp: QApplication) -> None:
    theme.resize(20)
    assert (qapp.font().pixelSize(), theme.row_height) == (20, 38)
    theme.resize(100)
    assert theme.size == LARGEST
    theme.resize(1)
    assert (theme.size, theme.row_height) == (SMALLEST, 32)


def test_the_style_sheet_has_no_word_left_to_fill_in() -> None:
    assert "$" not in style_sheet(14)


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    for file in resources.path("icons").glob("*.svg"):
        assert not icon(file.stem).pixmap(16, 16).isNull(), file.name


def test_an_icon_keeps_its_colour_in_a_chosen_row(qapp: QApplication) -> None:
    for name in ("error", "ok", "returned"):
        plain, chosen = (icon(name).pixmap(16, 16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
        assert chosen == plain, name


def test_the_labels_of_the_daily_forms_fit_on_one_line_and_all_others_on_two(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = int(metrics.horizontalAdvance("中") * LABEL_EMS)
    for name, register in REGISTERS.items():
        lines = 1 if name in ("person", "elder_case", "elder_visit") else 2
        labels = [one.label for one in register.fields if one.typed]
        assert [one for one in labels if metrics.horizontalAdvance(one) > lines * room] == [], name


def test_standard_buttons_speak_chinese(qapp: QApplication) -> None:
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_number_in_a_box_without_arrows_has_room_and_stands_off_the_edge(qapp: QApplication) -> None:
    box = NumberBox(0, 999, 180)
    box.resize(90, box.sizeHint().height())
    box.show()
    line = box.lineEdit()
    assert line.width() - BESIDE > QFontMetrics(box.font()).horizontalAdvance("180")
    line.setCursorPosition(0)
    assert line.mapTo(box, line.cursorRect().center()).x() >= BESIDE
    box.close()
