from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from office import TODAY, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core import types
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.editors.choice import ChoiceEditor
from anyue_desktop.ui.editors.code_set import CodesEditor
from anyue_desktop.ui.editors.date import DateEditor
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.editors.line import LineEditor
from anyue_desktop.ui.editors.paragraph import ParagraphEditor
from anyue_desktop.ui.editors.resident_id import ResidentIdEditor

Show = Callable[[QWidget], None]


@pytest.fixture
def editors(shared: Workspace) -> EditorFactory:
    return EditorFactory(shared.records, shared.context())


@pytest.fixture
def opened(editors: EditorFactory, show: Show) -> Callable[..., Any]:
    """Shows the editor of a field of a register and puts the cursor into it."""

    def opening(register: str, path: str) -> Editor:
        known = REGISTERS["person" if path.startswith("person.") else register]
        editor = editors.editor(register, path, known.field(path.removeprefix("person.")))
        window = QWidget()
        QVBoxLayout(window).addWidget(editor)
        window.resize(500, 400)
        window.setProperty("held", editor)
        show(window)
        opened_windows.append(window)
        editor.take_focus()
        return editor

    opened_windows: list[QWidget] = []
    return opening


@pytest.mark.parametrize("typed", ["4", "04", "失能", "sn", "失能老年人"])
def test_a_code_a_word_or_letters_choose_the_same_value(
    opened: Callable[..., ChoiceEditor], keyboard: Keyboard, typed: str
) -> None:
    box = opened("elder_case", "main_category")
    keyboard.write(typed)
    keyboard.press(Qt.Key.Key_Return)
    assert (box.value(), box.raw()) == ("04", "失能老年人")


def test_enter_takes_the_highlight_and_goes_on(
    opened: Callable[..., ChoiceEditor], keyboard: Keyboard, qtbot: QtBot
) -> None:
    box = opened("elder_case", "risk_level")
    keyboard.press(Qt.Key.Key_F9)
    assert box.list_open()
    keyboard.press(Qt.Key.Key_Down)
    with qtbot.waitSignal(box.forward):
        keyboard.press(Qt.Key.Key_Return)
    assert box.value() == box.lookup.find("")[1].code
    assert not box.list_open()


def test_escape_closes_the_list_and_keeps_the_value(opened: Callable[..., ChoiceEditor], keyboard: Keyboard) -> None:
    box = opened("elder_case", "risk_level")
    box.set_value("3")
    keyboard.press(Qt.Key.Key_F9)
    keyboard.press(Qt.Key.Key_Escape)
    assert not box.list_open()
    assert box.value() == "3"


def test_a_word_no_choice_fits_stays_and_says_so(opened: Callable[..., ChoiceEditor], keyboard: Keyboard) -> None:
    box = opened("elder_case", "risk_level")
    keyboard.write("zzz")
    box.settle()
    assert box.raw() == "zzz"
    assert box.value() is None
    assert "zzz" in box.problem()


def test_several_codes_become_chips_in_list_order(opened: Callable[..., CodesEditor], keyboard: Keyboard) -> None:
    box = opened("elder_case", "categories")
    for typed in ("sn", "1"):
        keyboard.write(typed)
        keyboard.press(Qt.Key.Key_Return)
    assert box.value() == ("01", "04")
    assert box.raw() == ""


def test_backspace_in_the_empty_box_removes_the_last_chip(
    opened: Callable[..., CodesEditor], keyboard: Keyboard
) -> None:
    box = opened("elder_case", "categories")
    box.set_value(("01", "04"))
    keyboard.press(Qt.Key.Key_Backspace)
    assert box.value() == ("01",)


def test_nothing_stands_alone_and_gives_way(opened: Callable[..., CodesEditor], keyboard: Keyboard) -> None:
    box = opened("elder_visit", "needs")
    box.set_value(("00",))
    keyboard.write("1")
    keyboard.press(Qt.Key.Key_Return)
    assert box.value() == ("01",)
    keyboard.write("0")
    keyboard.press(Qt.Key.Key_Return)
    assert box.value() == ("00",)


@pytest.mark.parametrize("typed", ["2026-11-03", "20261103", "2026.11.3", "2026年11月3日", "11月3日", "11.3"])
def test_a_date_is_read_in_every_form_officers_write(
    opened: Callable[..., DateEditor], keyboard: Keyboard, typed: str
) -> None:
    box = opened("elder_visit", "visit_date")
    keyboard.write(typed)
    box.settle()
    assert (box.value(), box.raw()) == (date(2026, 11, 3), "2026-11-03")


def test_control_semicolon_writes_today(opened: Callable[..., DateEditor], keyboard: Keyboard) -> None:
    box = opened("elder_visit", "visit_date")
    keyboard.press(Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert box.value() == TODAY


def test_a_day_after_today_is_refused_in_words(opened: Callable[..., DateEditor], keyboard: Keyboard) -> None:
    box = opened("elder_visit", "visit_date")
    keyboard.write("2026-12-01")
    box.settle()
    assert box.value() is None
    assert "晚于今天" in box.problem()


def test_f9_opens_a_calendar_at_the_value(opened: Callable[..., DateEditor], keyboard: Keyboard) -> None:
    box = opened("elder_visit", "visit_date")
    box.set_value(date(2026, 11, 3))
    keyboard.press(Qt.Key.Key_F9)
    assert box.calendar is not None
    assert box.calendar.selectedDate().toPython() == date(2026, 11, 3)
    box.calendar.activated.emit(box.calendar.selectedDate().addDays(1))
    assert box.value() == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (types.Text(20), " 大院子 ", "大院子"),
        (types.Name(), "张 淑 芳", "张淑芳"),
        (types.Month(), "2026年3月", "2026-03"),
        (types.TimeOfDay(), "9点半", "09:30"),
        (types.Moment(), "2026.11.3 9点半", "2026-11-03 09:30"),
        (types.Integer(0, 20), "３", 3),
        (types.Number(10, 2, 0, 20000), "1,200.5", Decimal("1200.5")),
        (types.Phone(), "138 0000 1111", "13800001111"),
        (types.YesNo(), "是", True),
        (types.YesNo(), "0", False),
        (types.Group(), "三组", "3组"),
    ],
)
def test_each_kind_of_value_has_an_editor_that_reads_it(
    editors: EditorFactory, qtbot: QtBot, kind: FieldType[Any], typed: str, value: Any
) -> None:
    editor = editors.editor("person", "name", Field("tried", "试", kind))
    qtbot.addWidget(editor)
    editor.set_raw(typed)
    editor.settle()
    assert editor.value() == value
    editor.set_value(None)
    assert editor.value() is None
    editor.set_value(value)
    assert editor.value() == value


def test_every_field_of_every_register_has_an_editor(editors: EditorFactory, qtbot: QtBot) -> None:
    for register in REGISTERS.values():
        for field in register.fields:
            editor = editors.editor(register.name, field.key, field)
            qtbot.addWidget(editor)
            editor.set_value(field.default)
            assert editor.value() == field.default
            assert editor.problem() == ""


def test_an_id_number_of_15_digits_becomes_18_with_a_note(
    opened: Callable[..., ResidentIdEditor], keyboard: Keyboard
) -> None:
    box = opened("elder_case", "person.id_number")
    keyboard.write("512099410305122")
    box.settle()
    assert box.value() == "512099194103051225"
    assert box.notes
    beside = box.take_beside()
    assert (beside["birth_date"], beside["sex"]) == (date(1941, 3, 5), "2")


def test_a_wrong_check_digit_offers_the_swap_that_mends_it(
    opened: Callable[..., ResidentIdEditor], keyboard: Keyboard
) -> None:
    box = opened("elder_case", "person.id_number")
    keyboard.write("512099194130051225")
    box.settle()
    assert box.problem()
    assert box.remedy.isVisible()
    offers = box.remedy.menu().actions()
    assert "512099194103051225" in offers[0].text()
    offers[0].trigger()
    assert box.value() == "512099194103051225"
    assert not box.remedy.isVisible()


def test_a_wrong_number_may_be_kept_on_purpose(opened: Callable[..., ResidentIdEditor], keyboard: Keyboard) -> None:
    box = opened("elder_case", "person.id_number")
    keyboard.write("512099194103051226")
    box.settle()
    assert box.value() is None
    box.remedy.menu().actions()[-1].trigger()
    assert box.value() == "512099194103051226"
    assert box.reading().beside == {"id_verified": "2"}


def test_a_village_is_found_by_its_initials(opened: Callable[..., ChoiceEditor], shared: Workspace) -> None:
    box = opened("elder_case", "person.residence_division")
    village = shared.records.villages()[0]
    found = box.lookup.find("tl")
    assert village in found


def test_a_person_is_found_by_initials_where_a_record_is_wanted(
    opened: Callable[..., ChoiceEditor], keyboard: Keyboard, shared: Workspace
) -> None:
    box = opened("elder_visit", "case_id")
    keyboard.write("zsf")
    keyboard.press(Qt.Key.Key_Return)
    assert box.raw().startswith("张淑芳")
    assert shared.records.caption("elder_case", box.value()) == "张淑芳"


def test_enter_while_composing_belongs_to_the_input_method(
    opened: Callable[..., LineEditor], keyboard: Keyboard, qtbot: QtBot
) -> None:
    box = opened("elder_case", "person.name")
    keyboard.compose("zhang")
    with qtbot.assertNotEmitted(box.forward):
        keyboard.press(Qt.Key.Key_Return)
        keyboard.press(Qt.Key.Key_Space)
    keyboard.write("张")
    with qtbot.waitSignal(box.forward):
        keyboard.press(Qt.Key.Key_Return)
    assert box.value() == "张"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down])
def test_three_keys_go_forward(
    opened: Callable[..., LineEditor], keyboard: Keyboard, qtbot: QtBot, key: Qt.Key
) -> None:
    box = opened("elder_case", "person.name")
    with qtbot.waitSignal(box.forward):
        keyboard.press(key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Backtab, Qt.Key.Key_Up])
def test_two_keys_go_back(opened: Callable[..., LineEditor], keyboard: Keyboard, qtbot: QtBot, key: Qt.Key) -> None:
    box = opened("elder_case", "person.name")
    with qtbot.waitSignal(box.back):
        keyboard.press(key)


def test_enter_leaves_a_paragraph_and_shift_enter_begins_a_line(
    opened: Callable[..., ParagraphEditor], keyboard: Keyboard, qtbot: QtBot
) -> None:
    box = opened("elder_visit", "health_note")
    keyboard.write("a")
    keyboard.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keyboard.write("b")
    assert box.raw() == "a\nb"
    with qtbot.waitSignal(box.forward):
        keyboard.press(Qt.Key.Key_Return)


def test_every_editor_has_an_accessible_name(editors: EditorFactory, qtbot: QtBot) -> None:
    for field in REGISTERS["elder_visit"].fields:
        editor = editors.editor("elder_visit", field.key, field)
        qtbot.addWidget(editor)
        proxy = editor.focusProxy()
        assert proxy is not None
        assert proxy.accessibleName() == field.label
