"""The pages of children, women, people served at home and facilities: one mechanism, declared for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from office import id_number
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Role, Workspace
from anyue_desktop.ui.elders.dossiers import DOSSIERS, Dossier
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.list_places import place_of, record_place
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import NewPlace, PersonPlace, RecordPlace

Opener = Callable[..., PersonPage]


@pytest.fixture
def opened(workspace: Workspace, show: Callable[[QWidget], None]) -> Opener:
    def opening(register: str, identity: str, tab: str = "") -> PersonPage:
        page = PersonPage(workspace.records, workspace.visits, MonthChoice(), PersonPlace(identity, tab, register))
        page.resize(1200, 640)
        show(page)
        return page

    return opening


@pytest.fixture
def child(workspace: Workspace) -> str:
    """A child of ten, left behind, visited on the 4th of November."""
    born = date(2016, 3, 2)
    village = workspace.records.villages()[0].code
    person = {"name": "周小春", "id_type": "111", "id_number": id_number(born, 2), "residence_division": village}
    case = {"child_types": ("01",), "risk_level": "2", "visit_interval_days": 90, "enrol_date": date(2026, 1, 5)}
    made = workspace.records.save("child_case", {"person": person, **case})
    assert made.saved, made.problems
    visit = {"child_case_id": made.id, "visit_date": date(2026, 11, 4), "visit_method": "1", "visit_result": "1"}
    assert workspace.records.save("child_visit", {**visit, "danger_found": ("00",)}).saved
    return made.id


def words(page: PersonPage) -> list[str]:
    return [page.tabs.tabText(number) for number in range(page.tabs.count())]


@pytest.mark.parametrize("dossier", DOSSIERS.values(), ids=DOSSIERS)
def test_a_dossier_names_fields_there_are(dossier: Dossier) -> None:
    register = REGISTERS[dossier.register]
    for path in (dossier.name, *dossier.about, dossier.classes):
        columns.column(register, path)
    for tab in dossier.tabs:
        columns.column(REGISTERS[tab.register], tab.reference)


def test_a_child_has_a_page_with_visits_care_assessments_and_relations(opened: Opener, child: str) -> None:
    page = opened("child_case", child)
    assert page.header._last.text() == "上次走访：2026-11-04（19 天前）"
    assert page.header._next.text() == "下次应走访：2027-02-02"
    assert words(page)[:4] == ["档案", "走访", "委托照护", "风险评估"]
    assert words(page)[-2:] == ["关系人", "历史"]


def test_reports_of_danger_are_shown_to_their_role_only(
    opened: Opener, child: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    protects = workspace.store.keys.operator.has(Role.PROTECT)
    assert ("强制报告" in words(opened("child_case", child))) is protects
    assert ("child_report" in {one.name for one in workspace.records.registers()}) is protects


def test_a_childs_name_is_masked_as_in_lists(opened: Opener, child: str, workspace: Workspace) -> None:
    listed = workspace.records.rows("child_case", [child])[0]["person.name"]
    page = opened("child_case", child)
    assert page.header.name() == page.facts.text("person.name") == listed


def test_a_visit_of_a_child_begins_from_its_page(opened: Opener, child: str, qtbot: QtBot) -> None:
    page = opened("child_case", child)
    with qtbot.waitSignal(page.go) as gone:
        page.header.visit_pressed.emit()
    assert gone.args[0] == NewPlace("child_visit", {"child_case_id": child})
    with qtbot.waitSignal(page.go) as gone:
        page.header.strip.opened.emit(date(2026, 11, 4))
    assert isinstance(gone.args[0], RecordPlace)
    assert gone.args[0].register == "child_visit"


def test_the_file_of_a_child_has_a_history(opened: Opener, child: str, workspace: Workspace) -> None:
    workspace.records.set("child_case", child, {"risk_level": "3"})
    page = opened("child_case", child, "history")
    begun = {page.history.tree.topLevelItem(row).text(2) for row in range(page.history.tree.topLevelItemCount())}  # type: ignore[union-attr]
    assert {"新建档案", "新建人员"} <= begun


@pytest.fixture
def facility(workspace: Workspace) -> str:
    home: dict[str, Any] = {
        "name": "敬老院",
        "facility_type": "E01",
        "division_code": workspace.records.villages()[0].code,
    }
    return workspace.records.save("facility", home).id


def test_a_facility_has_a_page_with_months_inspections_and_hazards(
    opened: Opener, facility: str, workspace: Workspace, qtbot: QtBot
) -> None:
    checked = workspace.records.save(
        "facility_inspection", {"facility_id": facility, "inspected_on": date(2026, 11, 2)}
    )
    assert workspace.records.save("facility_issue", {"inspection_id": checked.id, "issue": "灭火器过期"}).saved
    page = opened("facility", facility, "issues")
    assert (page.header.name(), words(page)) == ("敬老院", ["档案", "月报", "安全排查", "隐患整改", "历史"])
    assert page.related["issues"].model.text(0, "issue") == "灭火器过期"
    adding = [one for one in page.related["issues"].findChildren(QPushButton) if one.text() == "新增"]
    assert not adding[0].isVisible()  # a hazard is entered with its inspection
    with qtbot.waitSignal(page.go) as gone:
        page.header.visit_pressed.emit()
    assert gone.args[0] == NewPlace("facility_month", {"facility_id": facility})
    assert page.resume() == PersonPlace(facility, "issues", "facility")


def test_rows_open_the_page_where_there_is_one() -> None:
    assert record_place("child_case", "x") == PersonPlace("x", register="child_case")
    assert record_place("household", "x") == RecordPlace("household", "x")
    assert place_of("visit", Query("child_case"), ["x"]) == NewPlace("child_visit", {"child_case_id": "x"})
    assert place_of("visits", Query("child_case"), ["x"]) == PersonPlace("x", "visits", "child_case")
    assert place_of("edit", Query("child_case"), []) is None
    assert place_of("edit", Query("household"), ["x"]) == RecordPlace("household", "x")
    assert place_of("visit", Query("household"), ["x"]) is None
