"""A received package is taken back as if it had never come, while nothing newer depends on it."""

from __future__ import annotations

from typing import Any

import pytest
from service_desk import MONTH, Desks, Forger, add_elder, add_visit, dump, value

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.services.merging import Merge
from anyue_desktop.services.workspace import Workspace

LOGGED = ("operation", "sqlite_sequence", "sqlite_stat1", "setting")  # what only grows, and the clock


def kept(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Returns every row of every table but the log."""
    return {name: rows for name, rows in dump(workspace).items() if name not in LOGGED}


def test_the_county_is_as_it_was_before_the_first_package(desks: Desks, cases: list[str]) -> None:
    before = kept(desks.county)
    add_visit(desks.township, cases[0])
    desks.report()
    assert kept(desks.county) != before
    back = desks.county.receiving.take_back(desks.site, 1)
    assert (back.removed, back.restored) == (8, 0)
    assert kept(desks.county) == before


def test_the_county_is_as_it_was_before_a_package_of_changes_deletions_and_new_records(
    desks: Desks, cases: list[str]
) -> None:
    visits = [add_visit(desks.township, one) for one in cases]
    desks.report()
    before = kept(desks.county)
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3", "person.phone": "13990128888"})
    desks.township.records.delete("elder_visit", visits[0], "误录")
    add_elder(desks.township, 8)
    desks.report(asked=[desks.site])
    back = desks.county.receiving.take_back(desks.site, 2)
    assert (back.removed, back.restored) == (3, 3)  # two of the new elder and the report; case, person and visit
    assert kept(desks.county) == before
    assert desks.county.store.verify() == []


def test_what_was_taken_back_can_be_received_again(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    path = desks.seal().path
    desks.receive(path)
    received = kept(desks.county)
    desks.county.receiving.take_back(desks.site, 2)
    again = desks.receive(path)[-1]
    assert (again.status, again.changed) == ("OK", 1)
    now = kept(desks.county)
    for name in ("received_package", "history"):  # which tell when, and in which action
        assert len(now.pop(name)) == len(received.pop(name))
    assert now == received


def test_several_packages_go_back_one_after_the_other(desks: Desks, cases: list[str]) -> None:
    before = kept(desks.county)
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "2"})
    desks.report()
    with pytest.raises(UserError, match="已经接收了第 3 包"):
        desks.county.receiving.take_back(desks.site, 2)
    for sequence in (3, 2, 1):
        desks.county.receiving.take_back(desks.site, sequence)
    assert kept(desks.county) == before


def test_returns_a_package_made_go_and_those_it_closed_are_open_again(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.returning.give_back(desks.site, "elder_case", cases[0], "请核对类别")
    before = kept(desks.county)
    forger = Forger(desks)
    orphan = forger.put("elder_visit", {"case_id": forger.person().id, "visit_date": "2026-11-10"})
    case = desks.township.records.get("elder_case", cases[0])
    carried = value(desks.county, "select hash from carried where record_id = :id", id=cases[0])
    mended = forger.put(
        "elder_case",
        {"person_id": case["person_id"], "categories": ["01"]},
        id=cases[0],
        revision=9,
        previous=carried,
    )
    taken = forger.send(mended, orphan)
    assert (taken.changed, desks.returns()) == (1, {orphan.id: "R_SCHEMA"})
    desks.county.receiving.take_back(desks.site, 2)
    assert desks.returns() == {cases[0]: "R_RULE"}
    assert kept(desks.county) == before


def test_clusters_and_pairs_go_with_the_package(desks: Desks, neighbour: Workspace) -> None:
    here, there = Forger(desks), Forger(desks, neighbour)
    here.send(here.person(8))
    before = kept(desks.county)
    assert there.send(there.person(8)).conflicts == 1
    desks.county.receiving.take_back(neighbour.unit.site, 1)
    assert kept(desks.county) == before


def test_what_a_receipt_acknowledges_stays(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.returning.receipt(desks.site, desks.stick)
    before = kept(desks.county)
    with pytest.raises(UserError, match="已经写进回执"):
        desks.county.receiving.take_back(desks.site, 1)
    assert kept(desks.county) == before
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.report()
    desks.county.receiving.take_back(desks.site, 2)  # came after the receipt
    assert kept(desks.county) == before


def test_what_the_county_has_given_back_since_stays(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.returning.give_back(desks.site, "elder_case", cases[0], "请核对类别")
    with pytest.raises(UserError, match="县局又退回过其中的记录"):
        desks.county.receiving.take_back(desks.site, 1)


def test_whose_person_was_decided_since_stays(desks: Desks, neighbour: Workspace) -> None:
    here, there = Forger(desks), Forger(desks, neighbour)
    mine, theirs = here.person(8), there.person(8)
    here.send(mine)
    there.send(theirs)
    desks.county.deciding.decide(mine.id, theirs.id)
    for site in (desks.site, neighbour.unit.site):
        with pytest.raises(UserError, match="核定过是否重复"):
            desks.county.receiving.take_back(site, 1)


def test_what_another_laptop_of_the_township_builds_upon_stays(desks: Desks) -> None:
    """The county's own store is asked; the second laptop's visit is written as reception would."""
    forger = Forger(desks)
    person = forger.person()
    forger.send(person)
    case = forger.put("elder_case", {"person_id": person.id, "categories": ["01"]})
    with desks.county.store.work("接收上报包") as work:
        Merge(work, f"{desks.site[:-1]}b", 1, Context(clock.today())).take([case])
    with pytest.raises(UserError, match="另一台设备的记录已经用到"):
        desks.county.receiving.take_back(desks.site, 1)


@pytest.mark.parametrize("asked", [("t512021206a", 2), ("t512021101a", 1)])
def test_what_never_came_cannot_go(desks: Desks, cases: list[str], asked: tuple[str, int]) -> None:
    desks.report()
    with pytest.raises(UserError, match="没有接收过"):
        desks.county.receiving.take_back(*asked)


def test_the_log_tells_of_the_reception_and_of_taking_it_back(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.receiving.take_back(desks.site, 1)
    acts = value(desks.county, "select group_concat(act, '|') from (select act from operation order by n desc limit 2)")
    assert acts == "撤回上报包|接收上报包"
    desks.county.store.check_audit()
    assert MONTH not in {one.month for one in desks.county.returning.packages()}
