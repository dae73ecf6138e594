"""The neighbours of a long file are those a query for each record would find, without the queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from db_people import row
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from anyue_desktop.db import batch_neighbours
from anyue_desktop.db.batch_neighbours import BatchNeighbours
from anyue_desktop.db.neighbours import SqlNeighbours
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.store import Store
from anyue_desktop.registers import Person
from anyue_desktop.registers.base import table_of

FORM = row_form(table_of(Person))
FEW = st.sampled_from(["甲", "乙", None])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"remark": FEW, "education": FEW, "phone_none": st.sampled_from([True, False, None]), "gone": st.booleans()}
    ),
    max_size=8,
)


def living(session: Session) -> Iterator[dict[str, Any]]:
    return FORM.select(session.connection(), "WHERE deleted_at IS NULL")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(people=PEOPLE, keys=st.sets(st.sampled_from(["remark", "education", "phone_none"]), min_size=1))
def test_every_record_has_the_neighbours_a_query_finds(
    store: Store, people: list[dict[str, Any]], keys: set[str]
) -> None:
    with pytest.raises(ZeroDivisionError), store.work("试验") as work:
        made = [
            {**row(number), **one, "deleted_at": work.at if one["gone"] else None} for number, one in enumerate(people)
        ]
        work.insert_many(Person, [{key: one[key] for key in one if key != "gone"} for one in made])
        near, asked = BatchNeighbours(work.session), SqlNeighbours(work.session)
        for one in near.each("person", living(work.session)):
            match = {key: one[key] for key in keys}
            ours, theirs = (
                [other["id"] for other in kind.others("person", match) if other["id"] != one["id"]]
                for kind in (near, asked)
            )
            assert ours == theirs
            differing = {**match, "remark": "丙"}
            assert not near.others("person", differing)
        raise ZeroDivisionError


def test_records_whose_fingerprints_are_equal_by_chance_are_told_apart(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_neighbours, "HASH_MASK", 0)
    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(number, remark="甲" if number < 2 else "乙") for number in range(5)])
    with store.read() as session:
        near = BatchNeighbours(session)
        found = {one["id"]: [other["id"] for other in near.others("person", {"remark": one["remark"]})]
                 for one in near.each("person", living(session))}  # fmt: skip
    assert found == {**dict.fromkeys(ids[:2], ids[:2]), **dict.fromkeys(ids[2:], ids[2:])}


def test_what_is_kept_of_parents_and_answers_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_neighbours, "PARENTS_KEPT", 10)
    monkeypatch.setattr(batch_neighbours, "ANSWERS_KEPT", 10)
    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(number, remark=f"{number // 2}") for number in range(60)])
    with store.read() as session:
        near = BatchNeighbours(session)
        for one in near.each("person", living(session), size=4):
            assert len(near.others("person", {"remark": one["remark"]})) == 2
            parent = near.parent("person", one["id"])
            assert parent is not None
            assert parent["name"] == one["name"]
        assert len(near._parents["person"]._rows) <= 10
        assert sum(map(len, near._alike["person", ("remark",)]._answers.values())) <= 10
    assert len(ids) == 60


@pytest.mark.parametrize("township", ["", "512021100000"])
def test_rows_and_parents_are_found_by_index(store: Store, township: str) -> None:
    """No question asked for each batch or record reads a whole register, however large the county is."""
    statements: list[str] = []
    with store.work("录入") as work:
        work.insert_many(Person, [row(number) for number in range(5)])
    with store.read() as session:
        raw: Any = session.connection().connection.driver_connection
        raw.set_trace_callback(statements.append)
        near = BatchNeighbours(session, township=township)
        for one in near.each("person", FORM.by_ids(session.connection(), [])):
            raise AssertionError(one)
        near.parent("person", "nobody")
        near.others("person", {"name": "刘芳00003"})
        list(near._alike["person", ("name",)]._fetched([1, 2]))
        raw.set_trace_callback(None)
        for_each = [one for one in statements if "FROM person" in one and "rowid, name" not in one]
        assert len(for_each) == 4
        for statement in for_each:
            plan = " / ".join(str(step[-1]) for step in session.execute(text(f"EXPLAIN QUERY PLAN {statement}")))
            assert "person USING INDEX sqlite_autoindex_person_1 (id=?)" in plan or "PRIMARY KEY (rowid=?)" in plan, (
                plan
            )
