from __future__ import annotations

import json
import threading
import time
from datetime import date

import pytest
from db_people import person, row
from sqlalchemy import delete, func, insert, select, text, update

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db.settings import write_setting
from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import History, Operation
from anyue_desktop.registers import ElderCase, Person


def operations(store: Store) -> list[Operation]:
    with store.read() as session:
        return list(session.scalars(select(Operation).order_by(Operation.n)))


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_record_is_stamped_with_unit_operator_and_time(store: Store) -> None:
    with store.work("新增人员", "person") as work:
        work.session.add(fresh := person(1))
    with store.read() as session:
        kept = session.get_one(Person, fresh.id)
    assert kept.id[14] == "7"
    assert kept.township_code == "512021100000"
    assert kept.created_by == kept.updated_by == store.keys.operator.id
    assert kept.created_at == kept.updated_at == work.at
    assert (kept.revision, kept.deleted_at) == (1, None)


def test_stamps_a_package_brings_are_kept(store: Store) -> None:
    given = {
        "township_code": "512021101000",
        "created_at": "2026-01-02T03:04:05+08:00",
        "created_by": "他乡",
        "revision": 7,
    }
    with store.work("接收") as work:
        work.session.add(fresh := person(1, **given))
    with store.read() as session:
        kept = session.get_one(Person, fresh.id)
        assert {key: getattr(kept, key) for key in given} == given


def test_a_change_raises_the_revision_and_keeps_what_it_overwrote(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
    with store.work("修改") as work:
        kept = work.session.get_one(Person, fresh.id)
        kept.phone = "13900000099"
        kept.birth_date = date(1941, 2, 3)
    with store.read() as session:
        assert session.get_one(Person, fresh.id).revision == 2
        image = session.scalars(select(History)).one()
    assert (image.register, image.record_id, image.revision, image.operation) == ("person", fresh.id, 1, work.operation)
    old = json.loads(image.image)
    assert (old["phone"], old["birth_date"], old["name"]) == ("13900000001", "1940-02-01", "李芳00001")
    assert "remark" not in old


def test_several_flushes_of_one_action_are_one_revision(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
        work.session.flush()
        fresh.phone = "13900000002"
    with store.work("修改") as work:
        kept = work.session.get_one(Person, fresh.id)
        for phone in ("13900000003", "13900000004", "13900000005"):
            kept.phone = phone
            work.session.flush()
    with store.read() as session:
        kept = session.get_one(Person, fresh.id)
        assert (kept.revision, kept.phone) == (2, "13900000005")
        assert "13900000002" in session.scalars(select(History.image)).one()


def test_setting_a_field_to_what_it_already_is_changes_nothing(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
    with store.work("修改") as work:
        kept = work.session.get_one(Person, fresh.id)
        kept.phone = str(kept.phone)
    assert count(store, History) == 0
    assert work.recorder.summary() == {}


def test_a_deleted_record_stays_with_its_reason(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
    with store.work("删除", f"person/{fresh.id}") as work:
        work.delete(work.session.get_one(Person, fresh.id), "重复录入")
    with store.read() as session:
        gone = session.get_one(Person, fresh.id)
        assert (gone.deleted_at, gone.revision) == (work.at, 2)
        assert session.scalars(select(History.reason)).one() == "重复录入"
    assert json.loads(operations(store)[-1].obj) == {
        "counts": {"person": {"removed": 1}},
        "subject": f"person/{fresh.id}",
    }


def test_a_record_is_never_physically_deleted(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(fresh := person(1))
    with pytest.raises(RuntimeError, match="never physically deleted"), store.work("删除") as work:
        work.session.delete(work.session.get_one(Person, fresh.id))
    assert count(store, Person) == 1


@pytest.mark.parametrize("statement", [update(Person).values(phone="1"), delete(Person), insert(Person).values(id="x")])
def test_statements_that_go_round_the_history_are_refused(store: Store, statement: object) -> None:
    with pytest.raises(RuntimeError, match="insert_many or update_many"), store.work("修改") as work:
        work.session.execute(statement)  # type: ignore[call-overload]


def test_whatever_is_raised_inside_an_action_undoes_all_of_it(store: Store) -> None:
    before = store.audit_head()
    heard: list[frozenset[str]] = []
    store.listen(heard.append)
    with pytest.raises(ZeroDivisionError), store.work("导入") as work:
        work.session.add(person(1))
        work.session.flush()
        work.insert_many(Person, [row(2)])
        raise ZeroDivisionError
    assert count(store, Person) == 0
    assert store.audit_head() == before
    assert heard == []


def test_one_action_is_one_entry_of_the_log_with_its_counts(store: Store) -> None:
    before = store.audit_head().length
    with store.work("导入表格", "person", batch="b-1") as work:
        ids = work.insert_many(Person, [row(number) for number in range(3)])
        work.session.add(ElderCase(person_id=ids[0]))
        work.facts["file"] = "sha256:0"
    entry = operations(store)[-1]
    assert (entry.n, entry.act, entry.op) == (before + 1, "导入表格", store.keys.operator.id)
    assert json.loads(entry.obj) == {
        "batch": "b-1",
        "counts": {"elder_case": {"new": 1}, "person": {"new": 3}},
        "file": "sha256:0",
        "subject": "person",
    }
    assert work.operation == entry.n


def test_looking_cannot_write(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(person(1))
    with store.read() as session:
        session.scalars(select(Person)).one().phone = "1"
        for action in (session.flush, session.commit):
            with pytest.raises(RuntimeError, match="only looks"):
                action()
    with pytest.raises(RuntimeError, match="only looks"), store.read() as session:
        session.execute(text("DELETE FROM person"))
    assert count(store, Person) == 1


def test_a_service_cannot_end_an_action_early(store: Store) -> None:
    with pytest.raises(RuntimeError, match="never inside"), store.work("新增") as work:
        work.session.add(person(1))
        work.session.commit()
    assert count(store, Person) == 0


def test_an_action_inside_an_action_is_a_bug_and_says_so(store: Store) -> None:
    with pytest.raises(RuntimeError, match="one operation at a time"), store.work("外"), store.work("内"):
        pass
    with store.work("之后") as work:
        work.session.add(person(1))
    assert count(store, Person) == 1


def test_two_threads_act_one_after_the_other(store: Store) -> None:
    inside = threading.Event()
    order: list[str] = []

    def second() -> None:
        inside.wait()
        with store.work("二") as work:
            order.append("二")
            work.session.add(person(2))

    other = threading.Thread(target=second)
    other.start()
    with store.work("一") as work:
        inside.set()
        time.sleep(0.05)
        work.session.add(person(1))
        order.append("一")
    other.join()
    assert order == ["一", "二"]
    assert store.check_audit().length == operations(store)[-1].n
    assert count(store, Person) == 2


def test_readers_see_the_last_committed_state_while_somebody_writes(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(person(1))
        work.session.flush()
        assert count(store, Person) == 0
    assert count(store, Person) == 1


def test_those_who_listen_hear_which_registers_changed(store: Store) -> None:
    heard: list[frozenset[str]] = []
    stop = store.listen(heard.append)
    with store.work("导入") as work:
        identity = work.insert_many(Person, [row(1)])[0]
        work.insert_many(ElderCase, [{"person_id": identity}])
    store.note("print")
    with store.work("无事"):
        pass
    stop()
    with store.work("修改") as work:
        work.session.get_one(Person, identity).phone = "1"
    assert heard == [frozenset({"person", "elder_case"})]


def test_a_reference_to_nobody_is_not_saved(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), store.work("新增") as work:
        work.session.add(ElderCase(person_id="00000000-0000-7000-8000-000000000000"))
    assert count(store, ElderCase) == 0


def test_settings_are_set_within_an_action(store: Store) -> None:
    assert store.setting("report_day", 28) == 28
    with store.work("设置") as work:
        write_setting(work.session, "report_day", {"day": 25})
    assert store.setting("report_day") == {"day": 25}


def test_L14_a_second_program_on_the_same_workspace_is_told_it_is_busy(store: Store) -> None:
    with pytest.raises(Unusable) as caught:
        Store.open(store.workspace.folder, store.keys)
    assert caught.value.status == "E_WORKSPACE_BUSY"
    with store.work("新增") as work:
        work.session.add(person(1))
    assert count(store, Person) == 1


def test_a_closed_workspace_can_be_opened_again(store: Store) -> None:
    with store.work("新增") as work:
        work.session.add(person(1))
    store.close()
    with Store.open(store.workspace.folder, store.keys) as again:
        assert count(again, Person) == 1


def test_a_draft_is_kept_until_it_is_discarded(store: Store) -> None:
    before = store.audit_head()
    store.drafts.save("person", "p1", {"name": "王"})
    at = store.drafts.save("person", "p1", {"name": "王芳"})
    store.drafts.save("elder_case", "c1", {"person.name": "李"})
    with store.read() as session:
        drafts = {draft.record_id: draft for draft in store.drafts.all(session)}
    assert drafts["p1"].content == {"name": "王芳"}
    assert drafts["p1"].saved_at == at
    with store.work("保存") as work:
        store.drafts.discard_in(work.session, "person", "p1")
    store.drafts.discard("elder_case", "c1")
    with store.read() as session:
        assert store.drafts.all(session) == []
    assert store.audit_head().length == before.length + 1


def test_a_new_workspace_is_private_to_its_user(store: Store) -> None:
    folder = store.workspace.folder
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("outbox", "inbox", "backup", "logs"):
        assert (folder / name).stat().st_mode & 0o777 == 0o700
    for name in ("main.db", "keyslots.json", "keyslots.json.2"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
