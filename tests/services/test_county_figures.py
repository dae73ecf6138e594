"""县级年度数据: the county keeps a register of its own beside those of its townships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from every_register import made, whole
from service_desk import Desks, Forger, add_elder, dump, value, workbook

from anyue_desktop.core.errors import UserError
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

FIGURES, COUNTY_CODE = "county_manual", "512021000000"
YEAR = {"year": 2025, "orgs_service_capable": 8, "social_workers_total": 214}


def ids(workspace: Workspace) -> list[str]:
    return workspace.records.ids(Query(FIGURES))


def test_the_countys_figures_belong_to_the_county(county: Workspace) -> None:
    saved = county.records.save(FIGURES, YEAR)
    assert saved.saved, saved.problems
    kept = county.records.get(FIGURES, saved.id)
    assert (kept["township_code"], kept["year"], kept["social_workers_total"]) == (COUNTY_CODE, 2025, 214)
    assert county.records.set(FIGURES, saved.id, {"social_workers_total": 220}).saved
    assert county.records.history(FIGURES, saved.id)[0].changes[0].new == "220"


def test_a_year_has_one_line_only(county: Workspace) -> None:
    assert county.records.save(FIGURES, YEAR).saved
    again = county.records.save(FIGURES, YEAR)
    assert [(one.code, one.message) for one in again.problems] == [("second_line", "2025年已有县级数据")]
    assert len(ids(county)) == 1


def test_the_county_imports_its_figures_and_takes_the_import_back(county: Workspace, tmp_path: Path) -> None:
    book = workbook(tmp_path / "县级.xlsx", ("年度", "社会组织数（个）", "注册志愿者（人）"), [2024, 648, 152442])
    plan = county.importing.plan(FIGURES, [book])
    assert (plan.new, plan.bad) == (1, 0), plan.problems
    batch = county.importing.commit(plan).batch
    (identity,) = ids(county)
    assert county.records.get(FIGURES, identity)["township_code"] == COUNTY_CODE
    again = county.importing.plan(FIGURES, [book])
    assert (again.new, again.same) == (0, 1)
    assert county.importing.undo(batch).removed == 1
    assert ids(county) == []


DOORS: dict[str, Callable[[Workspace, Path], Any]] = {
    "list": lambda desk, folder: desk.records.ids(Query(FIGURES)),
    "new": lambda desk, folder: desk.records.start(FIGURES),
    "template": lambda desk, folder: desk.exporting.template(FIGURES, folder / "模板.xlsx"),
    "import": lambda desk, folder: desk.importing.plan(FIGURES, []),
    "words": lambda desk, folder: desk.by_words.add(FIGURES, {"year": "2025"}),
    "export": lambda desk, folder: desk.exporting.export(FIGURES, folder / "表.xlsx"),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_township_has_nothing_to_do_with_them(door: str, township: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“县级年度数据”由县局填写，乡镇不用填报"):
        DOORS[door](township, tmp_path)
    assert FIGURES not in {one.name for one in township.records.registers()}
    assert FIGURES not in township.checking.run().completeness


def test_a_townships_package_says_nothing_of_them(desks: Desks) -> None:
    add_elder(desks.township, 2)
    sealed = desks.seal()
    assert FIGURES not in sealed.counts
    (report,) = desks.township.records.ids(Query("report_package"))
    assert "县级年度数据" not in desks.township.records.get("report_package", report)["row_counts"]
    assert "特殊困难老年人档案1" in desks.township.records.get("report_package", report)["row_counts"]


CHANGES: dict[str, Callable[[Workspace, str], Any]] = {
    "set": lambda desk, case: desk.records.set("elder_case", case, {"risk_level": "3"}),
    "delete": lambda desk, case: desk.records.delete("elder_case", case),
    "put back": lambda desk, case: desk.records.put_back("elder_case", case, "risk_level", 1),
    "words": lambda desk, case: desk.by_words.set("elder_case", case, {"risk_level": "3"}),
    "explain": lambda desk, case: desk.checking.explain("elder_case", case, "x", "情况属实"),
    "draft": lambda desk, case: desk.records.save_draft("elder_case", case, {"risk_level": "3"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_county_changes_no_record_of_a_township(change: str, desks: Desks) -> None:
    case = add_elder(desks.township, 2)
    desks.report()
    before = dump(desks.county)
    with pytest.raises(UserError, match="县局不能修改乡镇的记录，“特殊困难老年人档案”由乡镇填报") as told:
        CHANGES[change](desks.county, case)
    assert "退回" in told.value.hint
    assert dump(desks.county) == before


def test_no_township_can_send_figures_of_the_county_or_delete_them(desks: Desks) -> None:
    own = made(desks.county, FIGURES)
    forger = Forger(desks)
    forged = forger.put(FIGURES, {"year": 2024, "social_workers_total": 9999})
    received = forger.send(forged, forger.person(3), forger.delete(FIGURES, own, 2, "a" * 64))
    assert (received.status, received.new, received.returned) == ("OK", 1, 2)
    assert desks.returns() == {forged.id: "R_NOT_OWNER", own: "R_NOT_OWNER"}
    assert ids(desks.county) == [own]
    assert value(desks.county, f"select revision from {FIGURES} where id = :id", id=own) == 1


def test_only_the_countys_own_register_is_kept_by_it() -> None:
    assert [name for name, one in REGISTERS.items() if one.keeper == "county"] == [FIGURES]
    assert whole(REGISTERS[FIGURES])["year"] == 2025
