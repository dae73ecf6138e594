from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from office import Keyboard
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.problem import Kind
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.explain import explanation
from anyue_desktop.ui.form import EntryForm

NEW_NUMBER = "512099194103051225"


@pytest.fixture
def make(factory: EditorFactory, workspace: Workspace, show: Callable[[QWidget], None]) -> Callable[[str], EntryForm]:
    def making(register: str) -> EntryForm:
        form = EntryForm(factory, workspace.records.register(register))
        form.resize(1200, 640)
        show(form)
        return form

    return making


@pytest.fixture
def form(make: Callable[[str], EntryForm]) -> EntryForm:
    made = make("elder_case")
    made.begin()
    return made


def first_case(workspace: Workspace, name: str) -> str:
    return workspace.records.ids(Query("elder_case", search=name))[0]


def test_the_person_comes_before_the_case(form: EntryForm) -> None:
    titles = [box.section.title for box in form.sheet.boxes]
    assert titles[0] == "基本信息"
    assert titles.index("健康与救助") < titles.index("类别与居住")
    assert form.sheet.current() == "person.name"


def test_the_id_number_does_the_typing(form: EntryForm, keyboard: Keyboard) -> None:
    form.sheet.go_to("person.id_number")
    keyboard.write(NEW_NUMBER)
    keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("person.birth_date").value() == date(1941, 3, 5)
    assert form.sheet.editor("person.sex").raw() == "女"


def test_a_second_number_takes_the_birth_date_of_the_first_away(form: EntryForm, keyboard: Keyboard) -> None:
    for number in (NEW_NUMBER, "512099194811020040"):
        form.sheet.go_to("person.id_number")
        form.sheet.editor("person.id_number").set_raw("")
        keyboard.write(number)
        keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("person.birth_date").value() == date(1948, 11, 2)
    assert form.sheet.rows["person.birth_date"].sentence() == ""


def test_a_problem_stands_under_its_field_after_leaving_it(form: EntryForm, keyboard: Keyboard) -> None:
    form.sheet.go_to("person.phone")
    keyboard.write("1380000")
    assert form.sheet.rows["person.phone"].sentence() == ""
    keyboard.press(Qt.Key.Key_Return)
    assert "7位" in form.sheet.rows["person.phone"].sentence()
    assert form.sheet.current() != "person.phone"  # the cursor is never trapped
    assert any(problem.field == "person.phone" for problem in form.problems())


def test_untouched_fields_say_nothing(form: EntryForm) -> None:
    assert not [row.sentence() for row in form.sheet.rows.values() if row.sentence()]


def test_a_number_registered_before_says_who_and_where(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace
) -> None:
    known = workspace.records.get("elder_case", first_case(workspace, "张淑芳"))["person"]
    keyboard.write("王大明")
    form.sheet.go_to("person.id_number")
    keyboard.write(known["id_number"])
    keyboard.press(Qt.Key.Key_Return)
    assert "张淑芳" in form.sheet.rows["person.id_number"].sentence()


def test_the_same_person_is_brought_out_and_a_second_open_case_refused(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace
) -> None:
    known = workspace.records.get("elder_case", first_case(workspace, "张淑芳"))["person"]
    keyboard.write("张淑芳")
    form.sheet.go_to("person.id_number")
    keyboard.write(known["id_number"])
    keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("person.phone").value() == known["phone"]
    assert any(problem.code == "second_case" for problem in form.problems())


def test_nothing_is_saved_without_a_name_and_the_cursor_goes_there(form: EntryForm, workspace: Workspace) -> None:
    before = workspace.records.total("elder_case")
    form.sheet.go_to("risk_level")
    assert form.save() is False
    assert workspace.records.total("elder_case") == before
    assert form.sheet.current() == "person.name"
    assert "不能为空" in form.sheet.rows["person.name"].sentence()


def enter_somebody(form: EntryForm, keyboard: Keyboard) -> None:
    form.sheet.go_to("person.name")
    keyboard.write("钱小凤")
    form.sheet.go_to("person.id_number")
    keyboard.write(NEW_NUMBER)
    form.sheet.go_to("person.residence_division")
    keyboard.press(Qt.Key.Key_F9)
    keyboard.press(Qt.Key.Key_Return)


def test_enter_in_the_last_field_saves_and_shows_the_next_blank_with_pinned_values(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace
) -> None:
    enter_somebody(form, keyboard)
    village = form.sheet.editor("person.residence_division").value()
    assert village
    form.sheet.go_to(form.sheet.open_paths()[-1])
    keyboard.press(Qt.Key.Key_Return)
    saved = workspace.records.ids(Query("elder_case", search="钱小凤"))
    assert len(saved) == 1
    assert form.sheet.editor("person.name").value() is None
    assert form.sheet.editor("person.residence_division").value() == village
    assert form.sheet.current() == "person.name"


def test_a_held_enter_key_saves_once(form: EntryForm, keyboard: Keyboard, workspace: Workspace) -> None:
    enter_somebody(form, keyboard)
    form.sheet.go_to(form.sheet.open_paths()[-1])
    keyboard.press(Qt.Key.Key_Return)
    form.sheet.go_to(form.sheet.open_paths()[-1])
    target = QApplication.focusWidget()
    assert target is not None
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    QApplication.sendEvent(target, held)
    assert form.head.said() == "已保存，请录入下一条"  # the second, held Enter was not a save


def test_a_held_control_s_saves_once(
    make: Callable[[str], EntryForm], keyboard: Keyboard, workspace: Workspace
) -> None:
    form = make("elder_case")
    form.open(first_case(workspace, "李国强"))
    saves: list[object] = []
    form.saved.connect(saves.append)
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    target = QApplication.focusWidget()
    assert target is not None
    control = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, control, "s", autorep=True))
    assert len(saves) == 1


def test_an_unpinned_field_does_not_go_along(form: EntryForm, keyboard: Keyboard) -> None:
    enter_somebody(form, keyboard)
    form.sheet.go_to("person.residence_division")
    keyboard.press(Qt.Key.Key_F6)
    form.save_and_next()
    assert form.sheet.editor("person.residence_division").value() is None


def test_control_s_saves_changes_of_a_stored_record(
    make: Callable[[str], EntryForm], keyboard: Keyboard, workspace: Workspace
) -> None:
    case = first_case(workspace, "李国强")
    form = make("elder_case")
    form.open(case)
    form.sheet.go_to("supporter_name")
    keyboard.write("李小明")
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert workspace.records.get("elder_case", case)["supporter_name"] == "李小明"
    assert workspace.records.drafts() == []


def test_typing_is_a_draft_within_a_second(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(form.drafts.kept, timeout=1500):
        keyboard.write("钱小凤")
    kept = workspace.records.draft("elder_case", form.drafts.key)
    assert kept is not None
    assert kept["person"]["name"] == "钱小凤"
    assert "钱小凤" in workspace.records.drafts()[0].caption


def test_a_draft_comes_back_with_what_could_not_be_read(
    form: EntryForm, make: Callable[[str], EntryForm], keyboard: Keyboard
) -> None:
    keyboard.write("钱小凤")
    form.sheet.go_to("person.phone")
    keyboard.write("1380000")
    keyboard.press(Qt.Key.Key_Return)
    again = make("elder_case")
    again.resume(form.drafts.key)
    assert again.sheet.editor("person.name").value() == "钱小凤"
    assert again.sheet.editor("person.phone").raw() == "1380000"


def test_escape_goes_back_without_a_question_and_keeps_the_draft(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace, qtbot: QtBot
) -> None:
    keyboard.write("钱小凤")
    with qtbot.waitSignal(form.closed):
        keyboard.press(Qt.Key.Key_Escape)
    assert len(workspace.records.drafts()) == 1


def test_escape_closes_an_open_list_first(form: EntryForm, keyboard: Keyboard, qtbot: QtBot) -> None:
    form.sheet.go_to("risk_level")
    keyboard.press(Qt.Key.Key_F9)
    with qtbot.assertNotEmitted(form.closed):
        keyboard.press(Qt.Key.Key_Escape)


def test_control_z_takes_a_field_back_and_control_y_brings_it_again(form: EntryForm, keyboard: Keyboard) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    form.sheet.go_to("risk_level")
    keyboard.write("3")
    keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("risk_level").value() == "3"
    form.sheet.go_to("supporter_name")
    keyboard.press(Qt.Key.Key_Z, control)
    assert form.sheet.editor("risk_level").value() is None
    form.sheet.go_to("supporter_name")
    keyboard.press(Qt.Key.Key_Y, control)
    assert form.sheet.editor("risk_level").value() == "3"


def test_f8_goes_from_problem_to_problem(form: EntryForm, keyboard: Keyboard) -> None:
    for path, text in (("person.phone", "138"), ("responsible_phone", "139")):
        form.sheet.go_to(path)
        keyboard.write(text)
        keyboard.press(Qt.Key.Key_Return)
    form.sheet.go_to("person.id_type")
    visited = []
    for _ in range(3):
        keyboard.press(Qt.Key.Key_F8)
        visited.append(form.sheet.current())
    assert visited == ["person.phone", "responsible_phone", "person.phone"]
    keyboard.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert form.sheet.current() == "responsible_phone"


def test_the_problem_list_jumps_to_the_field(form: EntryForm, keyboard: Keyboard) -> None:
    form.sheet.go_to("person.phone")
    keyboard.write("138")
    keyboard.press(Qt.Key.Key_Return)
    problem = next(one for one in form.problems() if one.kind is Kind.ERROR)
    form.problem_list.chosen.emit(problem.field)
    assert form.sheet.current() == "person.phone"


def test_a_section_nobody_must_fill_is_folded_until_it_is_wanted(make: Callable[[str], EntryForm]) -> None:
    form = make("person_benefit")
    form.begin()
    box = next(box for box in form.sheet.boxes if box.section.title == "领取")
    assert not box.is_open()
    form.sheet.go_to("payee_name")
    assert box.is_open()


def test_a_visit_begins_with_the_one_responsible(
    make: Callable[[str], EntryForm], workspace: Workspace, keyboard: Keyboard
) -> None:
    form = make("elder_visit")
    form.begin({"case_id": first_case(workspace, "张淑芳")})
    assert form.sheet.editor("visitor_name").value() == "李干部"
    form.sheet.go_to("visit_method")
    keyboard.write("1")
    keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("visit_result").raw() == "见到本人"


def test_f1_explains_source_and_choices(form: EntryForm) -> None:

    words = explanation(form.sheet.editor("categories").field, form.sheet.rows["categories"])
    assert "民发〔2022〕73号" in words
    assert "失能老年人" in words


def test_a_note_beside_a_village_goes_to_its_own_field(
    form: EntryForm, keyboard: Keyboard, workspace: Workspace
) -> None:
    village = workspace.records.villages()[1].name
    form.sheet.go_to("person.residence_division")
    box = form.sheet.editor("person.residence_division")
    box.set_raw(f"{village}3组")
    box.changed.emit()
    keyboard.press(Qt.Key.Key_Return)
    assert form.sheet.editor("person.group_name").value() == "3组"
