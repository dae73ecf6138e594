from __future__ import annotations

from datetime import date

import pytest
from db_people import person

from anyue_desktop.db import history
from anyue_desktop.db.store import Store
from anyue_desktop.registers import Person


@pytest.fixture
def changed_thrice(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ANYUE_TODAY", "2026-03-01")
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
    monkeypatch.setenv("ANYUE_TODAY", "2026-04-01")
    with store.work("修改") as work:
        kept = work.session.get_one(Person, fresh.id)
        work.explain(kept, "换号")
        kept.phone, kept.chronic_diseases = "13800000000", ("01",)
    monkeypatch.setenv("ANYUE_TODAY", "2026-05-01")
    with store.work("删除") as work:
        work.delete(work.session.get_one(Person, fresh.id), "重复录入")
    monkeypatch.setenv("ANYUE_TODAY", "2026-06-01")
    with store.work("恢复") as work:
        work.session.get_one(Person, fresh.id).deleted_at = None
    return fresh.id


def test_each_revision_says_who_when_what_and_why(store: Store, changed_thrice: str) -> None:
    with store.read() as session:
        found = history.revisions(session, Person, changed_thrice)
    assert [(one.number, one.act, one.reason, one.at[:10]) for one in found] == [
        (1, "", "", "2026-03-01"),
        (2, "修改", "换号", "2026-04-01"),
        (3, "删除", "重复录入", "2026-05-01"),
        (4, "恢复", "", "2026-06-01"),
    ]
    assert {one.operator for one in found} == {store.keys.operator.id}
    assert found[0].operation is None
    assert found[1].changes == (
        history.Change("phone", "13900000001", "13800000000"),
        history.Change("chronic_diseases", None, ("01",)),
    )
    assert [change.key for change in found[3].changes] == ["deleted_at"]


def test_a_record_is_shown_as_of_any_day(store: Store, changed_thrice: str) -> None:
    def phone(day: date) -> str | None:
        with store.read() as session:
            values = history.as_of(session, Person, changed_thrice, day)
        return None if values is None else values["phone"]

    assert phone(date(2026, 2, 28)) is None
    assert phone(date(2026, 3, 1)) == phone(date(2026, 3, 31)) == "13900000001"
    assert phone(date(2026, 4, 1)) == "13800000000"
    assert phone(date(2026, 5, 15)) is None
    assert phone(date(2026, 6, 1)) == "13800000000"


def test_the_values_of_a_revision_come_back_as_they_were(store: Store, changed_thrice: str) -> None:
    with store.read() as session:
        values = history.at_revision(session, Person, changed_thrice, 1)
        assert values is not None
        assert (values["phone"], values["birth_date"], values["chronic_diseases"]) == (
            "13900000001",
            date(1940, 2, 1),
            None,
        )
        assert history.at_revision(session, Person, changed_thrice, 9) is None


def test_a_record_that_never_was_has_no_history(store: Store) -> None:
    with store.read() as session:
        assert history.revisions(session, Person, "nobody") == []
        assert history.as_of(session, Person, "nobody", date(2026, 1, 1)) is None
