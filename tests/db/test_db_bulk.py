from __future__ import annotations

from db_people import row
from sqlalchemy import event, func, select

from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import History
from anyue_desktop.registers import Person


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_rows_of_different_columns_are_inserted_in_bulk(store: Store) -> None:
    with store.work("导入", batch="b-2") as work:
        ids = work.insert_many(
            Person,
            [row(1, chronic_diseases=("01", "02")), {"name": "无号", "id_type": "000", "explanations": {"a": "b"}}],
        )
    with store.read() as session:
        first, second = (session.get_one(Person, identity) for identity in ids)
        assert first.chronic_diseases == ("01", "02")
        assert (second.name, second.id_number, second.explanations) == ("无号", None, {"a": "b"})
        assert {first.import_batch_id, second.import_batch_id} == {"b-2"}
        assert first.revision == second.revision == 1


def test_rows_are_updated_in_bulk_with_their_history(store: Store) -> None:
    with store.work("导入") as work:
        ids = work.insert_many(Person, [row(number) for number in range(5)])
    changes = [{"id": ids[0], "phone": "13800000000"}, {"id": ids[1], "remark": "迁入", "phone": None}]
    same = [{"id": ids[2], "phone": "13900000002", "remark": ""}]
    with store.work("变更") as work:
        assert work.update_many(Person, [*changes, *same]) == ids[:2]
    with store.read() as session:
        rows = [session.get_one(Person, identity) for identity in ids]
        assert [one.revision for one in rows] == [2, 2, 1, 1, 1]
        assert [one.phone for one in rows[:3]] == ["13800000000", None, "13900000002"]
        assert rows[1].remark == "迁入"
        assert sorted(session.scalars(select(History.record_id))) == sorted(ids[:2])
    assert work.recorder.summary() == {"person": {"changed": 2}}


def test_a_bulk_change_shows_in_objects_already_loaded(store: Store) -> None:
    with store.work("导入") as work:
        identity = work.insert_many(Person, [row(1)])[0]
    with store.work("变更") as work:
        loaded = work.session.get_one(Person, identity)
        work.update_many(Person, [{"id": identity, "phone": "13800000000"}])
        assert loaded.phone == "13800000000"
        loaded.remark = "同一次"
    with store.read() as session:
        kept = session.get_one(Person, identity)
        assert (kept.revision, kept.phone, kept.remark) == (2, "13800000000", "同一次")


def statements_of(store: Store) -> list[str]:
    seen: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    return seen


def test_ten_thousand_rows_take_a_handful_of_statements(store: Store) -> None:
    seen = statements_of(store)
    with store.work("导入") as work:
        ids = work.insert_many(Person, (row(number) for number in range(10_000)))
    assert len(seen) < 40
    seen.clear()
    with store.work("变更") as work:
        work.update_many(Person, ({"id": identity, "phone": "1"} for identity in ids))
    assert len(seen) < 50
    assert count(store, Person) == count(store, History) == 10_000
