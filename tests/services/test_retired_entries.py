"""A retired code, division or former village is no longer offered; old records still show its name everywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from service_desk import MONTH, add_elder, elder

from anyue_desktop.core import codes, resources
from anyue_desktop.core import divisions as division_lists
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.workspace import Workspace

RETIRED_CODE, RETIRED_VILLAGE = "06", "512021206201"  # 计划生育特殊家庭老年人；聚宝村


def forget() -> None:
    codes.code_lists.cache_clear()
    division_lists.divisions.cache_clear()


@pytest.fixture
def later_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data files of a later year, in which an entry and a village are retired; `publish` makes them valid."""
    folder = tmp_path / "data" / "resources"
    folder.mkdir(parents=True)
    for source in resources.folder().glob("*.json"):
        shutil.copy(source, folder)
    lists = json.loads((folder / "codelists.json").read_text(encoding="utf-8"))
    for item in lists["elderly_category"]["items"]:
        if item["code"] == RETIRED_CODE:
            item["active"] = False
        if item["code"] == "99":
            item["sort"] = -1
    (folder / "codelists.json").write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    places = json.loads((folder / "divisions.json").read_text(encoding="utf-8"))
    for place in places:
        if place["code"] == RETIRED_VILLAGE:
            place["retired"] = True
    (folder / "divisions.json").write_text(json.dumps(places, ensure_ascii=False), encoding="utf-8")
    yield folder.parent
    monkeypatch.undo()
    forget()


@pytest.fixture
def aged(township: Workspace, later_data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case of before with an entry and a village that are retired since."""
    person = {"residence_division": RETIRED_VILLAGE}
    case = add_elder(township, 2, "周春英", categories=(RETIRED_CODE,), main_category=RETIRED_CODE, person=person)
    monkeypatch.setattr("sys._MEIPASS", str(later_data), raising=False)
    forget()
    return case


def test_neither_is_offered_any_more(township: Workspace, aged: str) -> None:
    offered = [choice.code for choice in township.records.choices("elder_case", "categories")]
    assert RETIRED_CODE not in offered
    assert offered[0] == "99"
    assert township.records.choices("elder_case", "categories", "计划生育") == []
    assert RETIRED_VILLAGE not in [choice.code for choice in township.records.villages()]
    found = township.records.choices("elder_case", "person.residence_division", "聚宝")
    assert RETIRED_VILLAGE not in [choice.code for choice in found]


def test_lists_forms_and_history_still_show_their_names(township: Workspace, aged: str) -> None:
    (row,) = township.records.rows("elder_case", [aged])
    assert (row["categories"], row["person.residence_division"]) == ("计划生育特殊家庭老年人", "聚宝村")
    stored = township.records.get("elder_case", aged)
    assert township.records.register("elder_case").show("categories", stored["categories"]) == "计划生育特殊家庭老年人"
    assert township.records.set("elder_case", aged, {"supporter_name": "周强"}).saved
    assert township.checking.run().errors == 0


def test_ledgers_and_exports_still_show_their_names(township: Workspace, aged: str, tmp_path: Path) -> None:
    exported = township.exporting.export("elder_case", tmp_path / "导出.xlsx", unmask_reason="核对")
    printed = township.printing.print_ledger(LedgerOrder("L1", MONTH), tmp_path / "花名册.xlsx")
    for path, name in ((exported.path, "计划生育特殊家庭老年人"), (printed.path, "计生特殊")):
        cells = {
            str(cell)
            for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
            for cell in row
            if cell is not None
        }
        assert "聚宝村" in cells
        assert any(name in cell or "计划生育特殊家庭" in cell for cell in cells), cells


def test_a_template_does_not_offer_them(township: Workspace, aged: str, tmp_path: Path) -> None:
    path = township.exporting.template("elder_case", tmp_path / "模板.xlsx")
    texts = {
        str(cell)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    }
    assert "独居老年人" in texts
    assert "计划生育特殊家庭老年人" not in texts
    assert "聚宝村" not in texts


def test_a_form_keeps_a_retired_value_until_it_is_changed(township: Workspace, aged: str) -> None:
    again = {**elder(2, "周春英"), **township.records.get("elder_case", aged)}
    saved = township.records.save("elder_case", again)
    assert saved.saved
    assert township.records.get("elder_case", aged)["categories"] == (RETIRED_CODE,)
