from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest
from db_people import person
from sqlalchemy import text

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db.acts import TITLES, Act, act_title
from anyue_desktop.db.engine import connect
from anyue_desktop.db.store import Store


@pytest.fixture
def busy(store: Store) -> Iterator[Store]:
    for number in range(20):
        with store.work("新增", "person") as work:
            work.session.add(person(number))
    return store


def raw(store: Store, *statements: str) -> None:
    connection = connect(store.workspace.database, store.keys.dek)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def drop_guards(store: Store) -> None:
    raw(store, "DROP TRIGGER keep_operation_update", "DROP TRIGGER keep_operation_delete")


def broken_at(store: Store, last: int | None = None) -> str:
    with pytest.raises(Unusable) as caught:
        store.check_audit(last)
    assert caught.value.status == "E_AUDIT_BROKEN"
    return caught.value.message


def test_an_entry_hashes_as_the_standard_library_alone_would_hash_it(busy: Store) -> None:
    with busy.read() as session:
        rows = session.execute(text("SELECT n, at, op, act, obj, prev, h FROM operation ORDER BY n")).mappings().all()
    previous = "0" * 64
    for row in rows:
        content = {key: row[key] for key in ("act", "at", "n", "obj", "op", "prev")}
        line = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert row["h"] == hashlib.sha256(line.encode()).hexdigest()
        assert row["prev"] == previous
        previous = row["h"]
    assert busy.audit_head() == (previous, len(rows))


@pytest.mark.parametrize("statement", ["UPDATE operation SET act='x'", "DELETE FROM operation WHERE n=5"])
def test_L06_the_program_itself_cannot_change_the_log(busy: Store, statement: str) -> None:
    with pytest.raises(Exception, match="kept"):
        raw(busy, statement)
    assert busy.check_audit() == busy.audit_head()


def test_L06_an_entry_changed_behind_the_programs_back_is_named(busy: Store) -> None:
    drop_guards(busy)
    raw(busy, "UPDATE operation SET act='删除' WHERE n=9")
    assert "第9条" in broken_at(busy)


def test_a_missing_entry_is_named(busy: Store) -> None:
    drop_guards(busy)
    raw(busy, "DELETE FROM operation WHERE n=9")
    assert "第9条" in broken_at(busy)


def test_the_short_check_looks_at_the_last_entries_only(busy: Store) -> None:
    length = busy.audit_head().length
    drop_guards(busy)
    raw(busy, "UPDATE operation SET act='删除' WHERE n=3")
    assert busy.check_audit(last=10).length == length
    raw(busy, f"UPDATE operation SET act='删除' WHERE n={length - 2}")
    assert f"第{length - 2}条" in broken_at(busy, last=10)


def test_a_broken_log_is_found_when_the_workspace_is_opened(busy: Store) -> None:
    drop_guards(busy)
    raw(busy, "UPDATE operation SET op='他人' WHERE n=9")
    busy.close()
    with pytest.raises(Unusable) as caught:
        Store.open(busy.workspace.folder, busy.keys)
    assert caught.value.status == "E_AUDIT_BROKEN"


def test_L06_a_chain_written_anew_does_not_end_in_the_anchored_head(busy: Store) -> None:
    anchored = busy.audit_head()
    with busy.read() as session:
        rows = [dict(row) for row in session.execute(text("SELECT * FROM operation ORDER BY n")).mappings()]
    rows[5]["act"] = "删除"
    drop_guards(busy)
    previous = "0" * 64
    connection = connect(busy.workspace.database, busy.keys.dek)
    for row in rows:
        row["prev"] = previous
        content = {key: row[key] for key in ("act", "at", "n", "obj", "op", "prev")}
        line = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(line.encode()).hexdigest()
        connection.execute(
            "UPDATE operation SET act=?, prev=?, h=? WHERE n=?", (row["act"], row["prev"], previous, row["n"])
        )
    connection.close()
    assert busy.check_audit().length == anchored.length
    assert busy.audit_head() != anchored


def test_acts_that_change_no_record_are_logged_too(store: Store) -> None:
    number = store.note("print", {"ledger": "L1", "pages": 3})
    with store.read() as session:
        row = session.execute(text("SELECT act, obj, op FROM operation WHERE n=:n"), {"n": number}).one()
    assert tuple(row) == ("print", '{"ledger":"L1","pages":3}', store.keys.operator.id)


def test_L15_expiry_is_judged_by_the_newest_entry_when_the_clock_stands_behind_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYUE_TODAY", "2027-05-01")
    store.note("print")
    monkeypatch.setenv("ANYUE_TODAY", "2026-05-01")
    assert store.latest_time().date().isoformat() == "2027-05-01"


def test_every_act_of_the_program_has_a_title_for_the_officer() -> None:
    assert set(TITLES) == set(Act)
    assert act_title("log.in") == "登录"
    assert act_title("导入表格") == "导入表格"


def test_opening_the_workspace_is_logged(store: Store) -> None:
    with store.read() as session:
        assert session.scalar(text("SELECT act FROM operation ORDER BY n DESC LIMIT 1")) == "log.in"


def test_L15_a_clock_set_back_leaves_an_entry(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_TODAY", "2027-05-01")
    store.note("print")
    monkeypatch.setenv("ANYUE_TODAY", "2026-05-01")
    with store.work("新增") as work:
        work.session.add(person(1))
    with store.read() as session:
        acts = list(session.scalars(text("SELECT act FROM operation ORDER BY n DESC LIMIT 3")))
        facts = session.scalar(text("SELECT obj FROM operation WHERE act='clock.back'"))
    assert acts == ["新增", "clock.back", "print"]
    assert json.loads(facts or "")["from"].startswith("2027-05-01")
    assert store.check_audit() == store.audit_head()
