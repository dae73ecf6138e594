"""The county's database made anew from the packages it keeps is the one it had."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from service_desk import Desks, Forger, add_elder, add_visit, dump, id_number, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.store import Store
from anyue_desktop.services.query import Query
from anyue_desktop.services.rebuilding import Rebuilding, Rebuilt
from anyue_desktop.services.workspace import Workspace

OWN = {"history": ("id", "operation"), "county_return": ("id",)}  # numbers of rows, not facts
GROWING = ("operation", "sqlite_sequence", "sqlite_stat1", "setting")


def facts(county: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Returns every row of every table but the log, without mere row numbers."""
    found = {name: rows for name, rows in dump(county).items() if name not in GROWING}
    with county.store.read() as session:
        connection = session.connection()
        for name, left in OWN.items():
            columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})") if row[1] not in left]
            rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {name}")
            found[name] = sorted(map(tuple, rows), key=repr)
    return found


def rebuild(county: Workspace, archive: Path | None = None, **how: bool) -> tuple[Rebuilt, Workspace]:
    """Rebuilds a county, and opens what is in its place now."""
    keys = county.store.keys
    made = Rebuilding(county.store, county.unit).rebuild(archive, **how)
    county.close()
    return made, Workspace(Store.open(county.folder, keys))


def months(desks: Desks, neighbour: Workspace, cases: list[str]) -> None:
    """Two townships report for a while; the county returns, decides, gives a person away, takes back and answers."""
    visits = [add_visit(desks.township, one) for one in cases]
    desks.report()
    add_elder(neighbour, 2, person={"residence_division": "512021101201"})  # the first of the other township
    add_elder(neighbour, 8, person={"residence_division": "512021101201"})
    desks.receive(neighbour.reporting.seal("2026-11", desks.stick).path)
    desks.county.returning.give_back(desks.site, "elder_visit", visits[0], "日期不对，请核实", "visit_date")
    (pair,) = desks.county.deciding.pairs()
    desks.county.deciding.decide(pair.first.id, pair.second.id, pair.first.id, "请核实户籍")
    desks.answer()
    desks.township.records.set("elder_visit", visits[0], {"visit_date": date(2026, 11, 12)})
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.township.records.delete("elder_visit", visits[1], "误录")
    desks.report(asked=[desks.site])
    desks.county.receiving.take_back(desks.site, 2)
    desks.receive(asked=[desks.site])  # once more from the stick
    desks.county.returning.give_back(desks.site, "elder_case", cases[1], "请补充责任人")


def test_two_townships_months_with_all_the_county_did_are_rebuilt_to_the_last_row(
    desks: Desks, neighbour: Workspace, cases: list[str]
) -> None:
    months(desks, neighbour, cases)
    (moved,) = (
        desks.county.records.get("elder_case", one)["person"]["id"]
        for one in desks.county.records.ids(Query("elder_case"))
        if desks.county.records.get("elder_case", one)["person"]["id_number"] == id_number(8)
    )
    desks.county.transferring.transfer(moved, desks.township.unit.code)
    desks.county.county_enrolment.revoke(neighbour.unit.site, desks.stick)  # what it sent before stays
    before, packages = facts(desks.county), value(desks.county, "select count(*) from received_package")
    made, county = rebuild(desks.county)
    assert (made.differences, made.refused, made.left_out, made.newer) == ({}, [], [], 0)
    assert (made.packages, made.replaced) == (packages, True)
    after = facts(county)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert county.store.verify() == []
    county.close()


def test_a_rejected_package_is_rejected_again_and_the_chain_goes_on(desks: Desks) -> None:
    forger = Forger(desks)
    assert desks.receive(forger.write_lines(b"{}"))[0].status != "OK"
    forger.send(forger.person())
    before = facts(desks.county)
    made, county = rebuild(desks.county)
    assert (made.packages, facts(county)) == (2, before)
    assert desks.site in {row[0] for row in dump(county)["site_chain"]}
    county.close()


def test_a_row_changed_behind_the_programs_back_is_found_and_mended_only_when_asked(
    desks: Desks, cases: list[str]
) -> None:
    desks.report()
    before = facts(desks.county)
    with desks.county.store.work("改动") as work:
        work.session.connection().exec_driver_sql("UPDATE elder_case SET risk_level = '3' WHERE id = ?", (cases[0],))
    made, county = rebuild(desks.county)
    assert (made.differences, made.replaced) == ({"elder_case": 1}, False)
    assert facts(county)["elder_case"] != before["elder_case"]
    made, county = rebuild(county, replace_it=True)
    assert (made.differences, made.replaced, facts(county)) == ({"elder_case": 1}, True, before)
    assert Path(made.kept).exists()
    county.close()


def test_packages_that_came_after_the_last_backup_are_taken_in_from_the_archive(
    desks: Desks, cases: list[str], opened: Callable[..., Workspace], tmp_path: Path
) -> None:
    desks.report()
    old = tmp_path / "旧"
    shutil.copytree(desks.county.folder, old)
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.report()
    later = facts(desks.county)
    earlier = Workspace(Store.open(old, desks.county.store.keys))
    made, county = rebuild(earlier, desks.county.store.workspace.inbox)
    assert (made.packages, made.newer, made.replaced) == (1, 1, True)
    assert {name for name, rows in facts(county).items() if rows != later[name]} <= {"received_package"}  # when it came
    county.close()


def test_an_archive_may_hold_other_files_too(desks: Desks, cases: list[str], tmp_path: Path) -> None:
    desks.report()
    archive = tmp_path / "原始包"
    shutil.copytree(desks.county.store.workspace.inbox, archive)
    desks.county.county_enrolment.trust(archive)
    desks.county.returning.receipt(desks.site, archive)
    shutil.copy(next(archive.glob("trust-*")), archive / "x.tpkg")  # under a name that does not tell
    (archive / "坏的.tpkg").write_bytes(b"PK\x03\x04")
    made, county = rebuild(desks.county, archive)
    assert (made.packages, made.replaced, [one.partition("：")[0] for one in made.refused]) == (1, True, ["坏的.tpkg"])
    county.close()


def test_a_package_that_was_taken_back_stays_out(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.report()
    desks.county.receiving.take_back(desks.site, 2)
    before = facts(desks.county)
    made, county = rebuild(desks.county)
    assert (made.packages, len(made.left_out), facts(county)) == (1, 1, before)
    county.close()


def test_nothing_is_rebuilt_from_an_archive_that_lacks_a_package(desks: Desks, cases: list[str]) -> None:
    desks.report()
    before = facts(desks.county)
    for path in desks.county.store.workspace.inbox.glob("*.tpkg"):
        path.unlink()
    with pytest.raises(UserError, match=r"原始包缺 1 个，不能重建：t512021206a 第 1 包"):
        Rebuilding(desks.county.store, desks.county.unit).rebuild()
    assert facts(desks.county) == before


def test_a_changed_file_of_the_archive_stops_the_rebuilding(desks: Desks, cases: list[str]) -> None:
    desks.report()
    before = facts(desks.county)
    (path,) = desks.county.store.workspace.inbox.glob("*.tpkg")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UserError):
        Rebuilding(desks.county.store, desks.county.unit).rebuild()
    assert facts(desks.county) == before


def test_a_package_is_judged_by_whether_two_people_were_asked_for_when_it_came(desks: Desks) -> None:
    forger, policy = Forger(desks), desks.county.county_enrolment
    assert forger.send(forger.person(1, by="王芳", reviewer="王芳")).returned == 0
    policy.set_two_person(desks.stick, required=True)
    assert forger.send(forger.person(3, by="王芳", reviewer="王芳")).returned == 1
    policy.set_two_person(desks.stick, required=False)
    assert forger.send(forger.person(5, by="王芳", reviewer="王芳")).returned == 0
    made, county = rebuild(desks.county)
    assert (made.packages, made.differences, made.replaced) == (3, {}, True)
    county.close()
