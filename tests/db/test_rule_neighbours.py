from __future__ import annotations

from collections.abc import Callable

import pytest
from db_people import row
from sqlalchemy import event
from sqlalchemy.orm import Session

from anyue_desktop.core.register import Neighbours
from anyue_desktop.db.batch_neighbours import BatchNeighbours
from anyue_desktop.db.neighbours import IndexedNeighbours, SqlNeighbours
from anyue_desktop.db.store import Store
from anyue_desktop.registers import ElderCase, Person


@pytest.fixture
def people(store: Store) -> list[str]:
    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(number) for number in range(6)])
        work.insert_many(ElderCase, [{"person_id": ids[0]}, {"person_id": ids[0]}, {"person_id": ids[1]}])
        work.update_many(Person, [{"id": ids[5], "deleted_at": work.at}])
    return ids


@pytest.mark.parametrize("kind", [SqlNeighbours, IndexedNeighbours, BatchNeighbours])
def test_both_kinds_give_the_same_living_neighbours(
    store: Store, people: list[str], kind: Callable[[Session], Neighbours]
) -> None:
    with store.read() as session:
        near = kind(session)
        parent = near.parent("person", people[2])
        assert parent is not None
        assert (parent["id"], parent["phone"], parent["township_code"]) == (people[2], "13900000002", "512021100000")
        assert parent["birth_date"].year == 1940
        assert near.parent("person", people[5]) is None
        assert near.parent("person", "nobody") is None
        assert [one["name"] for one in near.others("person", {"id_number": "512099000000000003"})] == ["刘芳00003"]
        assert not near.others("person", {"id_number": "512099000000000005"})
        assert {one["person_id"] for one in near.others("elder_case", {"person_id": people[0]})} == {people[0]}
        assert len(near.others("elder_case", {"person_id": people[0]})) == 2
        same = {
            "name": "刘芳00003",
            "birth_date": parent["birth_date"].replace(month=4),
            "residence_division": "512021100001",
        }
        assert [one["id"] for one in near.others("person", same)] == [people[3]]
        assert len(near.others("person", {"remark": None})) == 5


def test_rows_not_yet_saved_are_seen_with_the_stored_ones(store: Store, people: list[str]) -> None:
    with store.read() as session:
        near = IndexedNeighbours(
            session, {"person": [{"id": "new", "name": "新人", "id_number": "512099000000000003"}]}
        )
        assert [one["id"] for one in near.others("person", {"id_number": "512099000000000003"})] == [people[3], "new"]
        assert near.parent("person", "new") is not None
        near.put("person", {"id": people[3], "id_number": "512099000000000099"})
        assert [one["id"] for one in near.others("person", {"id_number": "512099000000000003"})] == ["new"]
        moved = near.parent("person", people[3])
        assert moved is not None
        assert (moved["id_number"], moved["name"]) == ("512099000000000099", "刘芳00003")
        assert [one["id"] for one in near.others("person", {"id_number": "512099000000000099"})] == [people[3]]


def test_checking_many_records_reads_each_register_once(store: Store, people: list[str]) -> None:
    seen: list[str] = []
    with store.read() as session:
        event.listen(store._engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
        near = IndexedNeighbours(session)
        for _ in range(100):
            for identity in people:
                near.parent("person", identity)
                near.others("elder_case", {"person_id": identity})
                near.others("person", {"id_number": identity})
    assert sum("FROM person" in statement for statement in seen) == 1
    assert sum("FROM elder_case" in statement for statement in seen) == 1
