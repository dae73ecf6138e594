"""A form asks what the record's kind is asked for; what was typed for another kind stays in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.form import EntryForm


def shown(form: EntryForm) -> set[str]:
    return {path for path, row in form.sheet.rows.items() if not row.isHidden()}


@pytest.fixture
def facility(factory: EditorFactory, show: Callable[[QWidget], None]) -> EntryForm:
    made = EntryForm(factory, REGISTERS["facility"])
    made.begin()
    made.resize(1200, 640)
    show(made)
    return made


def test_without_a_type_only_what_every_facility_has_is_asked(facility: EntryForm) -> None:
    fields = shown(facility)
    assert {"name", "facility_type", "status", "head_name", "floor_area"} <= fields
    assert not fields & {"beds_total", "capacity_other", "set_mode", "households_served", "fire_ok"}


def test_a_chosen_type_shows_its_fields_at_once(facility: EntryForm, keyboard: Keyboard) -> None:
    facility.sheet.go_to("facility_type")
    keyboard.write("E01")
    keyboard.press(Qt.Key.Key_Return)
    assert {"beds_total", "beds_nursing", "star_level", "fire_ok", "food_license"} <= shown(facility)
    assert not shown(facility) & {"capacity_other", "set_mode", "households_served"}


def test_what_was_typed_for_another_type_stays_in_sight(facility: EntryForm, keyboard: Keyboard) -> None:
    facility.sheet.editor("facility_type").set_value("E01")
    facility._review()
    facility.sheet.go_to("beds_total")
    keyboard.write("30")
    keyboard.press(Qt.Key.Key_Return)
    facility.sheet.editor("facility_type").set_value("S01")
    facility._review()
    assert "beds_total" in shown(facility)
    assert facility.values()["beds_total"] == 30
    assert "beds_nursing" not in shown(facility)
    assert "households_served" in shown(facility)


def test_the_cursor_goes_past_fields_that_are_not_asked(facility: EntryForm) -> None:
    assert set(facility.sheet.open_paths()) <= shown(facility)


def test_a_section_with_nothing_to_ask_is_not_listed(facility: EntryForm) -> None:
    titles = [box.section.title for box in facility.sheet.boxes]
    safety = titles.index("安全与服务")
    assert facility.index.item(safety).isHidden()
    facility.sheet.editor("facility_type").set_value("E01")
    facility._review()
    assert not facility.index.item(safety).isHidden()


def test_a_stored_facility_opens_with_the_fields_of_its_type(
    workspace: Workspace, factory: EditorFactory, show: Callable[[QWidget], None]
) -> None:
    village = workspace.records.villages()[0].code
    home = {"name": "公益性公墓", "facility_type": "F02", "division_code": village, "beds_total": 3}
    assert workspace.records.save("facility", home).saved
    form = EntryForm(factory, REGISTERS["facility"])
    form.open(workspace.records.ids(Query("facility"))[0])
    show(form)
    assert {"capacity_other", "beds_total"} <= shown(form)  # a value that does not belong there can be mended
    assert "beds_full" not in shown(form)


def test_only_children_left_behind_are_asked_who_they_are_entrusted_to(
    factory: EditorFactory, show: Callable[[QWidget], None]
) -> None:
    form = EntryForm(factory, REGISTERS["child_case"])
    form.begin()
    show(form)
    form.sheet.editor("child_types").set_value(("06",))
    form._review()
    assert not shown(form) & {"entrust_reason", "has_entrusted", "both_away_since", "orphan_evidence"}
    form.sheet.editor("child_types").set_value(("01", "02"))
    form._review()
    assert {"entrust_reason", "has_entrusted", "both_away_since", "orphan_evidence"} <= shown(form)


def test_registers_that_say_nothing_ask_for_everything(factory: EditorFactory, show: Callable[[QWidget], None]) -> None:
    form = EntryForm(factory, REGISTERS["elder_visit"])
    form.begin()
    show(form)
    assert shown(form) == set(form.sheet.rows)


def test_a_person_is_asked_only_what_the_answers_leave_room_for(
    factory: EditorFactory, show: Callable[[QWidget], None]
) -> None:
    form = EntryForm(factory, REGISTERS["elder_case"])
    form.begin()
    show(form)
    elsewhere = {
        "person.id_type": ("000", "person.id_missing_reason"),
        "person.health_status": ("22", "person.serious_illness"),
        "person.relief_class": ("2", "person.central_willing"),
        "person.life_status": ("2", "person.death_date"),
    }
    assert not shown(form) & {field for _, field in elsewhere.values()}
    for path, (answer, field) in elsewhere.items():
        form.sheet.editor(path).set_value(answer)
        form._review()
        assert field in shown(form)


def test_a_whole_record_opens_at_its_first_field_and_one_with_gaps_at_the_first_gap(
    workspace: Workspace, factory: EditorFactory, show: Callable[[QWidget], None]
) -> None:
    village = workspace.records.villages()[0].code
    point = {"name": "公益性公墓", "facility_type": "F02", "division_code": village, "level": "3", "status": "1"}
    whole = {**point, "address": "后山坡1号", "org_nature": "5", "head_name": "周甲英", "head_phone": "13800001111"}
    form = EntryForm(factory, REGISTERS["facility"])
    show(form)
    for values, field in ((whole, "name"), ({**whole, "head_phone": None}, "head_phone")):
        saved = workspace.records.save("facility", {**values, "name": f"{field}公墓"})
        form.open(saved.id)
        assert form.sheet.current() == field
