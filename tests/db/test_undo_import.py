from __future__ import annotations

import pytest
from db_people import row
from sqlalchemy import select

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.store import Store
from anyue_desktop.db.undo import CHANGED_SINCE, USED_SINCE, Kept, Undone, undo_batch
from anyue_desktop.registers import ElderCase, Person

BATCH = "01910000-0000-7000-8000-000000000001"


@pytest.fixture
def old(store: Store) -> list[str]:
    with store.work("录入") as work:
        return work.insert_many(Person, [row(number) for number in range(3)])


@pytest.fixture
def fresh(store: Store, old: list[str]) -> list[str]:
    """Imports three new people with cases, and changes two old ones, in two operations of one batch."""
    with store.work("导入表格", "person", batch=BATCH) as work:
        ids = work.insert_many(Person, [row(number) for number in range(10, 13)])
        work.update_many(Person, [{"id": identity, "phone": "13700000000"} for identity in old[:2]])
    with store.work("导入表格", "elder_case", batch=BATCH) as work:
        work.insert_many(ElderCase, [{"person_id": identity} for identity in ids])
        work.update_many(Person, [{"id": ids[0], "remark": "同批"}, {"id": old[0], "remark": "同批"}])
    return ids


def undo(store: Store) -> Undone:
    with store.work("撤销导入", "person") as work:
        return undo_batch(work, BATCH)


def living(store: Store, table: type[Person] | type[ElderCase]) -> set[str]:
    with store.read() as session:
        return set(session.scalars(select(table.id).where(table.deleted_at.is_(None))))


def test_a_batch_is_taken_back_whole(store: Store, old: list[str], fresh: list[str]) -> None:
    assert undo(store) == Undone(removed=6, restored=2)
    assert living(store, Person) == set(old)
    assert living(store, ElderCase) == set()
    with store.read() as session:
        for number, identity in enumerate(old):
            kept = session.get_one(Person, identity)
            assert (kept.phone, kept.remark) == (f"139{number:08}", None)
            assert kept.revision == (4, 3, 1)[number]


def test_records_changed_since_are_left_and_listed(store: Store, old: list[str], fresh: list[str]) -> None:
    with store.work("修改") as work:
        work.session.get_one(Person, old[1]).remark = "核实过"
        work.session.get_one(Person, fresh[2]).remark = "核实过"
    outcome = undo(store)
    assert (outcome.removed, outcome.restored) == (5, 1)
    assert outcome.kept == [Kept("person", old[1], CHANGED_SINCE), Kept("person", fresh[2], CHANGED_SINCE)]
    with store.read() as session:
        assert session.get_one(Person, old[1]).phone == "13700000000"


def test_a_person_somebody_has_opened_a_case_for_since_is_left(store: Store, fresh: list[str]) -> None:
    with store.work("建档") as work:
        work.session.add(ElderCase(person_id=fresh[1]))
    outcome = undo(store)
    assert outcome.kept == [Kept("person", fresh[1], USED_SINCE)]
    assert fresh[1] in living(store, Person)


def test_the_log_says_which_batch_was_taken_back(store: Store, fresh: list[str]) -> None:
    with store.work("撤销导入") as work:
        undo_batch(work, BATCH)
    assert work.facts == {"undone": BATCH, "kept": 0}
    assert work.recorder.summary() == {"elder_case": {"removed": 3}, "person": {"changed": 2, "removed": 3}}


def test_undoing_twice_finds_nothing_left_to_undo(store: Store, fresh: list[str]) -> None:
    undo(store)
    again = undo(store)
    assert (again.removed, again.restored) == (0, 0)


def test_an_unknown_batch_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="没有找到导入批次"):
        undo(store)
