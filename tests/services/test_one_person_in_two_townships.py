"""One person whom two townships have: two records, one cluster, counted once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from service_desk import Desks, Forger, id_number, indicator, value

from anyue_desktop.exchange.records import Put
from anyue_desktop.services.workspace import Workspace

BORN = "1946-03-02"
NUMBERLESS = {"id_number": None, "id_type": "000", "birth_date": BORN, "sex": "2"}


@pytest.fixture
def here(desks: Desks) -> Forger:
    return Forger(desks)


@pytest.fixture
def there(desks: Desks, neighbour: Workspace) -> Forger:
    return Forger(desks, neighbour)


def clusters(desks: Desks) -> list[set[str]]:
    """Returns the people whom several townships have, each as the set of her records."""
    with desks.county.store.read() as session:
        rows = session.connection().exec_driver_sql("select cluster, person_id from person_cluster").fetchall()
    found: dict[str, set[str]] = {}
    for cluster, person in rows:
        found.setdefault(cluster, set()).add(person)
    assert all(cluster == min(people) for cluster, people in found.items())
    return list(found.values())


def pairs(desks: Desks) -> list[tuple[set[str], str, str]]:
    """Returns the pairs with their likeness and decision."""
    with desks.county.store.read() as session:
        statement = "select first, second, likeness, decision from person_pair order by first"
        rows = session.connection().exec_driver_sql(statement).fetchall()
    return [({first, second}, likeness, decision) for first, second, likeness, decision in rows]


def numberless(forger: Forger, **data: Any) -> Put:
    """A person whose number nobody has."""
    given = {key: entry for key, entry in {**NUMBERLESS, **data}.items() if entry is not None}
    person = forger.person(data=given)
    kept = {key: entry for key, entry in person.data.items() if key != "id_number" or data.get("id_number")}
    return forger.put("person", kept, id=person.id)


def elder(forger: Forger, serial: int, *, visited: bool = False) -> list[Put]:
    """A living-alone elder of November, seen on the tenth or not."""
    person = forger.person(serial, {"name": "周甲英", "birth_date": BORN, "sex": "2", "relief_class": "2"})
    case = forger.put("elder_case", {"person_id": person.id, "categories": ["01"], "enrol_date": "2026-01-05"})
    seen = {"case_id": case.id, "visit_date": "2026-11-10", "visit_method": "1", "visit_result": "1"}
    return [person, case, *([forger.put("elder_visit", seen)] if visited else [])]


def test_an_equal_number_in_two_townships_makes_one_person_of_two_records(
    desks: Desks, here: Forger, there: Forger
) -> None:
    mine, theirs, alone = here.person(8), there.person(8), there.person(6)
    here.send(mine)
    assert clusters(desks) == []
    there.send(theirs, alone)
    assert clusters(desks) == [{mine.id, theirs.id}]
    assert pairs(desks) == [({mine.id, theirs.id}, "number", "")]
    assert value(desks.county, "select count(*) from person") == 3


def test_the_visit_rate_of_the_county_counts_her_once_and_each_township_counts_its_own(
    desks: Desks, here: Forger, there: Forger
) -> None:
    """Twice the same elder, seen by one township only, and one more elder here whom nobody saw: 1 of 2."""
    here.send(*elder(here, 8), *elder(here, 2))
    there.send(*elder(there, 8, visited=True))
    rate = indicator(desks.county)
    assert (rate.numerator, rate.denominator) == (1, 2)
    grid = desks.county.indicators.grid("2026-11")
    each = {row.name: next(one for one in row.values if one.id == "I04") for row in grid.rows}
    assert {name: (one.numerator, one.denominator) for name, one in each.items() if one.denominator} == {
        "安岳县": (1, 2),
        "天马乡": (0, 2),
        "鸳大镇": (1, 1),
    }
    left = desks.county.indicators.behind("I04", "2026-11", "missing")
    assert len(left.ids) == 1  # the one nobody saw; the township that did not see her itself is not asked again


def test_whoever_was_seen_by_both_is_seen_once(desks: Desks, here: Forger, there: Forger) -> None:
    here.send(*elder(here, 8, visited=True))
    there.send(*elder(there, 8, visited=True))
    rate = indicator(desks.county)
    assert (rate.numerator, rate.denominator) == (1, 1)


def test_equal_name_and_birth_date_where_a_number_is_missing_are_only_a_question(
    desks: Desks, here: Forger, there: Forger
) -> None:
    mine, theirs = numberless(here), there.person(8, {"birth_date": BORN, "sex": "2"})
    here.send(mine)
    taken = there.send(theirs)
    assert pairs(desks) == [({mine.id, theirs.id}, "name", "")]
    assert (clusters(desks), taken.conflicts, taken.returned) == ([], 1, 0)


@pytest.mark.parametrize("other", [{"birth_date": "1946-03-03"}, {"name": "周乙英"}, {"sex": "1"}])
def test_who_differs_in_name_birth_date_or_sex_is_no_question(
    desks: Desks, here: Forger, there: Forger, other: dict[str, str]
) -> None:
    here.send(numberless(here))
    there.send(numberless(there, **other))
    assert pairs(desks) == []


def test_two_different_numbers_are_two_people_whatever_their_name(desks: Desks, here: Forger, there: Forger) -> None:
    for forger, serial in ((here, 2), (there, 4)):
        forger.send(forger.person(serial, {"birth_date": BORN, "sex": "2"}))
    assert pairs(desks) == []


def test_nobody_is_compared_within_the_own_township(desks: Desks, here: Forger) -> None:
    here.send(numberless(here), numberless(here))
    assert pairs(desks) == []


def test_a_corrected_number_ends_the_pair_and_both_count_again(desks: Desks, here: Forger, there: Forger) -> None:
    here.send(*elder(here, 8))
    person, *rest = elder(there, 8)
    there.send(person, *rest)
    assert indicator(desks.county).denominator == 1
    right = {**person.data, "id_number": id_number(10)}
    there.send(there.put("person", right, id=person.id, revision=2, previous=person.hash))
    assert (clusters(desks), pairs(desks)) == ([], [])
    assert indicator(desks.county).denominator == 2


def test_a_deleted_record_leaves_its_cluster(desks: Desks, here: Forger, there: Forger) -> None:
    here.send(here.person(8))
    theirs = there.person(8)
    there.send(theirs)
    there.send(there.delete("person", theirs.id, 2, theirs.hash))
    assert (clusters(desks), pairs(desks)) == ([], [])


def test_the_dead_are_nobodys_double(desks: Desks, here: Forger, there: Forger) -> None:
    here.send(here.person(8, {"life_status": "2", "death_date": date(2026, 5, 1).isoformat()}))
    there.send(there.person(8))
    assert pairs(desks) == []
