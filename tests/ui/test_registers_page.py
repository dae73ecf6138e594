from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.places import ListPlace
from anyue_desktop.ui.registers_page import RegistersPage
from anyue_desktop.ui.subjects import SUBJECTS

WITH_A_PAGE_OF_ITS_OWN = {"report_package"}


def test_every_register_stands_in_one_subject() -> None:
    shelved = [name for subject in SUBJECTS for name in subject.registers]
    assert sorted([*shelved, *WITH_A_PAGE_OF_ITS_OWN]) == sorted(REGISTERS)


def test_a_register_shows_its_count_and_opens_its_list(qtbot: QtBot, workspace: Workspace) -> None:
    page = RegistersPage(workspace.records)
    qtbot.addWidget(page)
    assert page.buttons["person"].text().endswith(f"{workspace.records.total('person'):,}")
    with qtbot.waitSignal(page.go) as gone:
        page.buttons["facility"].click()
    place = gone.args[0]
    assert isinstance(place, ListPlace)
    assert (place.query.register, place.title) == ("facility", "设施")


@pytest.mark.parametrize("name", ["facility", "child_case", "village_year_base"])
def test_new_records_are_counted_when_they_are_told(qtbot: QtBot, workspace: Workspace, name: str) -> None:
    page = RegistersPage(workspace.records)
    qtbot.addWidget(page)
    page.buttons[name].setText("")
    page.refresh(frozenset({"person"}))
    assert page.buttons[name].text() == ""
    page.refresh(frozenset({name}))
    assert page.buttons[name].text().startswith(REGISTERS[name].title)
