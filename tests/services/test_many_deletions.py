"""A package that deletes more than five in a hundred of what its site has is asked about before it is merged."""

from __future__ import annotations

import pytest
from service_desk import Desks, Forger, dump, value

from anyue_desktop.exchange.deletions import are_few
from anyue_desktop.exchange.records import Delete, Put
from anyue_desktop.services.workspace import Workspace

PEOPLE = 40  # two of them are five in a hundred


@pytest.fixture
def forger(desks: Desks) -> Forger:
    return Forger(desks)


@pytest.fixture
def people(forger: Forger) -> list[Put]:
    """What the county has of the site."""
    made = [forger.person(serial) for serial in range(1, PEOPLE + 1)]
    assert forger.send(*made).new == PEOPLE
    return made


def gone(forger: Forger, people: list[Put]) -> list[Delete]:
    return [forger.delete("person", one.id, 2, one.hash) for one in people]


def living(desks: Desks) -> int:
    return int(value(desks.county, "select count(*) from person where deleted_at is null"))


@pytest.mark.parametrize(("removed", "had", "few"), [(5, 100, True), (6, 100, False), (1, 20, True), (1, 19, False)])
def test_five_in_a_hundred_are_few(removed: int, had: int, few: bool) -> None:
    assert are_few(removed, had) is few


def test_five_in_a_hundred_are_merged_without_a_question(desks: Desks, forger: Forger, people: list[Put]) -> None:
    (taken,) = desks.receive(forger.write(*gone(forger, people[:2])))
    assert (taken.status, taken.removed, living(desks)) == ("OK", 2, 38)


def test_more_are_asked_about_and_nothing_is_written(desks: Desks, forger: Forger, people: list[Put]) -> None:
    before = {name: rows for name, rows in dump(desks.county).items() if name != "setting"}
    (held,) = desks.receive(forger.write(*gone(forger, people[:3])))
    assert (held.status, held.site, held.unit, held.sequence) == ("E_DELETIONS", desks.site, "天马乡", 2)
    assert "要删除 3 条，原有 40 条" in held.message
    assert {name: rows for name, rows in dump(desks.county).items() if name != "setting"} == before


def test_the_same_package_is_merged_once_the_township_was_asked(
    desks: Desks, forger: Forger, people: list[Put], neighbour: Workspace
) -> None:
    path = forger.write(*gone(forger, people[:3]))
    assert desks.receive(path, asked=[neighbour.unit.site])[0].status == "E_DELETIONS"  # another one was asked
    assert desks.receive(path, asked=[desks.site], preview=True)[0].removed == 3
    (taken,) = desks.receive(path, asked=[desks.site])
    assert (taken.status, taken.removed, living(desks)) == ("OK", 3, 37)


def test_a_preview_holds_it_back_as_well_and_what_follows_waits(
    desks: Desks, forger: Forger, people: list[Put]
) -> None:
    paths = [forger.write(*gone(forger, people[:3])), forger.write(forger.person(90))]
    assert [one.status for one in desks.receive(*paths, preview=True)] == ["E_DELETIONS", "E_GAP"]


def test_new_records_of_the_same_package_do_not_hide_what_it_deletes(
    desks: Desks, forger: Forger, people: list[Put]
) -> None:
    more = [forger.person(serial) for serial in range(100, 150)]
    (held,) = desks.receive(forger.write(*more, *gone(forger, people[:3])))
    assert (held.status, living(desks)) == ("E_DELETIONS", PEOPLE)


def test_what_was_deleted_before_is_nothing_a_site_has(desks: Desks, forger: Forger, people: list[Put]) -> None:
    """Of 40, 20 go with a word; of the 20 left, one is five in a hundred and two are more."""
    forger.send(*gone(forger, people[:20]))
    (one,) = desks.receive(forger.write(*gone(forger, people[20:21])))
    (two,) = desks.receive(forger.write(*gone(forger, people[21:23])))
    assert (one.status, two.status) == ("OK", "E_DELETIONS")


def test_what_other_townships_have_does_not_count(
    desks: Desks, forger: Forger, people: list[Put], neighbour: Workspace
) -> None:
    other = Forger(desks, neighbour)
    mine = other.person(3, {"name": "周丁英"})
    other.send(mine)
    (held,) = desks.receive(other.write(other.delete("person", mine.id, 2, mine.hash)))
    assert (held.status, "原有 1 条" in held.message) == ("E_DELETIONS", True)
