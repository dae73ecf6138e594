"""References to several records in a form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from anyue_desktop.core.field_type import BadValue
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.editors.record_set import RecordsEditor

VILLAGES = ("刘芳", "李军")


@pytest.fixture
def staff(workspace: Workspace) -> dict[str, str]:
    villages = [one.code for one in workspace.records.villages()]
    rows = [
        {"name": name, "role": "2", "duty_division": village} for name, village in zip(VILLAGES, villages, strict=False)
    ]
    return {row["name"]: workspace.records.save("protect_staff", row).id for row in rows}


@pytest.fixture
def attendees(workspace: Workspace, staff: dict[str, str], show: Callable[[QWidget], None]) -> RecordsEditor:
    field = REGISTERS["staff_training"].field("attendees")
    editor = EditorFactory(workspace.records, workspace.context()).editor("staff_training", "attendees", field)
    show(editor)
    assert isinstance(editor, RecordsEditor)
    return editor


def chips(editor: RecordsEditor) -> set[str]:
    return {one.text() for one in editor.findChildren(QPushButton) if one.objectName() == "chip_value"}


def test_names_become_chips_and_ids_in_order(attendees: RecordsEditor, staff: dict[str, str]) -> None:
    for name in ("李军", "刘芳"):
        attendees.line.setText(name)
        attendees.settle()
    assert attendees.reading().value == tuple(sorted(staff.values()))
    assert chips(attendees) == {"刘芳 ×", "李军 ×"}
    attendees.remove(staff["刘芳"])
    assert attendees.reading().value == (staff["李军"],)


def test_a_name_nobody_has_is_said_so(attendees: RecordsEditor) -> None:
    attendees.line.setText("王五")
    with pytest.raises(BadValue, match="没有找到“王五”"):
        attendees.reading()
