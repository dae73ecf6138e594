"""A backup put back after a report: a new chain, nothing lost, nothing twice, and a second copy is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from service_desk import (
    WORDS,
    Desks,
    Forger,
    add_elder,
    add_visit,
    state,
    value,
)

from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.services.query import Query
from anyue_desktop.services.safekeeping import restore
from anyue_desktop.services.workspace import open_workspace

LOCAL = ("report_state", "return_reason")


@pytest.fixture
def put_back(desks: Desks, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Puts a backup in place of the township's workspace, as after a disk that died unless the outbox is kept."""

    def put(backup: Path, *, outbox: bool = True) -> None:
        folder = desks.township.folder
        desks.township.close()
        if not outbox:
            folder = tmp_path / "新电脑"
        restore(folder, backup, "王芳", WORDS)
        desks.township = open_workspace(folder, "王芳", WORDS)

    yield put
    desks.township.close()


def backup(desks: Desks, tmp_path: Path) -> Path:
    return desks.township.safekeeping.backup(tmp_path / "备份.tbak")


def same_on_both_sides(desks: Desks) -> bool:
    """Whether both sides hold the same records with the same content, leaving away what is local to one side."""
    for name in ("person", "elder_case", "elder_visit", "report_package"):
        paths = [one.path for one in desks.township.records.columns(name) if one.path.split(".")[-1] not in LOCAL]
        ids = [sorted(one.records.ids(Query(name))) for one in (desks.township, desks.county)]
        assert ids[0] == ids[1]
        here, there = (one.records.values(name, ids[0], paths) for one in (desks.township, desks.county))
        assert list(here) == list(there)
    return True


@pytest.mark.parametrize("outbox", [True, False])
def test_L12_the_whole_loop_loses_nothing_and_doubles_nothing(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path, outbox: bool
) -> None:
    desks.report()
    desks.answer()
    kept = backup(desks, tmp_path)
    lost = add_visit(desks.township, cases[0], health="2")
    lost_case = add_elder(desks.township, 8)
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    desks.report()
    put_back(kept, outbox=outbox)
    assert desks.township.reporting.begins_anew()
    added = add_visit(desks.township, cases[1], date(2026, 11, 12))

    sealed = desks.seal()
    assert inspect_file(sealed.path).fields["kind"] == "full"
    taken = [one for one in desks.receive() if one.sequence == sealed.sequence and one.status == "OK"]
    assert [one.returned for one in taken] == [0]
    assert "随下一份回执带回去" in taken[0].message
    answer = desks.answer()
    # the visit, the case, her person, the changed case, and the report of the second package
    assert (answer.status, answer.brought_back, answer.apart) == ("OK", 5, 0)
    assert set(desks.township.records.ids(Query("elder_visit"))) == {lost, added}
    assert lost_case in desks.township.records.ids(Query("elder_case"))
    assert value(desks.township, "select risk_level from elder_case where id = :id", id=cases[1]) == "3"
    assert same_on_both_sides(desks)

    again = desks.report()
    assert (again.status, again.new, again.changed, again.returned) == ("OK", 1, 0, 0)  # the report of the month
    desks.answer()
    assert same_on_both_sides(desks)
    assert {one.state for one in desks.township.reporting.packages() if one.file.exists()} == {"accepted"}
    later = desks.seal()
    assert later.counts == {"report_package": 1}
    assert desks.answer().brought_back == 0


def test_a_record_changed_on_both_sides_keeps_both_and_is_listed(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    desks.report()
    kept = backup(desks, tmp_path)
    desks.township.records.set("elder_case", cases[0], {"risk_level": "3", "living_arrangement": "2"})
    desks.report()
    put_back(kept)
    desks.township.records.set("elder_case", cases[0], {"risk_level": "2"})
    desks.seal()
    desks.receive()
    assert value(desks.county, "select risk_level from elder_case where id = :id", id=cases[0]) == "3"
    answer = desks.answer()
    assert (answer.apart, state(desks, cases[0])) == (1, "已退回")
    assert [(one.id, one.code) for one in answer.records] == [(cases[0], "R_FORK")]
    assert value(desks.township, "select risk_level from elder_case where id = :id", id=cases[0]) == "2"
    told = desks.township.records.history("elder_case", cases[0])
    assert any("县局保存的内容" in one.reason for one in told)
    assert {change.new for one in told for change in one.changes} >= {"高（红）"}
    again = desks.report()
    assert (again.status, again.changed, again.returned) == ("OK", 1, 0)
    assert value(desks.county, "select risk_level from elder_case where id = :id", id=cases[0]) == "2"
    assert desks.answer().apart == 0
    assert same_on_both_sides(desks)


def test_what_was_deleted_after_the_backup_is_deleted_again(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    visit = add_visit(desks.township, cases[0])
    desks.report()
    kept = backup(desks, tmp_path)
    desks.township.records.delete("elder_visit", visit, "重复录入")
    sealed = desks.seal()
    (taken,) = desks.county.receiving.receive([sealed.path], deletions_of=[desks.site])
    assert taken.removed == 1
    put_back(kept)
    assert desks.township.records.ids(Query("elder_visit")) == [visit]
    desks.seal()
    desks.receive()
    desks.answer()
    assert desks.township.records.ids(Query("elder_visit")) == []
    assert desks.county.records.ids(Query("elder_visit")) == []
    assert desks.report().returned == 0


def test_a_package_that_had_not_arrived_goes_before_the_new_chain(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    desks.report()
    kept = backup(desks, tmp_path)
    lost = add_visit(desks.township, cases[0])
    unseen = desks.seal()
    shutil.rmtree(desks.stick / "TPKG")  # the stick was lost
    put_back(kept)
    sealed = desks.seal()
    assert [one.name for one in sealed.copies] == [
        f"{desks.site}-000001.tpkg", unseen.path.name, sealed.path.name
    ]  # fmt: skip
    assert [one.status for one in desks.receive()] == ["E_REPLAY", "OK", "OK"]
    assert desks.answer().brought_back == 2  # the visit and the report of the month
    assert desks.township.records.ids(Query("elder_visit")) == [lost]


def test_L08_a_whole_database_put_back_behind_the_program_is_noticed_by_its_outbox(
    desks: Desks, cases: list[str], tmp_path: Path
) -> None:
    desks.report()
    folder = desks.township.folder
    desks.township.close()
    shutil.copytree(folder, tmp_path / "副本")
    desks.township = open_workspace(folder, "王芳", WORDS)
    lost = add_visit(desks.township, cases[0])
    desks.report()
    desks.township.close()
    for name in ("main.db", "main.db-wal", "main.db-shm"):
        (folder / name).unlink(missing_ok=True)
        if (tmp_path / "副本" / name).exists():
            shutil.copy(tmp_path / "副本" / name, folder / name)
    desks.township = open_workspace(folder, "王芳", WORDS)
    assert desks.township.reporting.begins_anew()
    desks.seal()
    desks.receive()
    desks.answer()
    assert desks.township.records.ids(Query("elder_visit")) == [lost]
    desks.township.close()


def test_nothing_known_of_the_first_report_is_healed_too(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    kept = backup(desks, tmp_path)
    lost = add_visit(desks.township, cases[0])
    desks.report()
    put_back(kept, outbox=False)
    sealed = desks.seal()
    assert sealed.sequence == 1
    taken = next(one for one in desks.receive() if one.file.endswith(sealed.path.name))
    assert (taken.status, taken.new, taken.returned) == ("OK", 1, 0)  # the new report of the month
    desks.answer()
    assert desks.township.records.ids(Query("elder_visit")) == [lost]
    assert desks.report().returned == 0
    desks.answer()
    assert same_on_both_sides(desks)


def test_P21_of_two_copies_of_one_laptop_the_county_takes_one_and_names_the_way_out(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    desks.report()
    kept = backup(desks, tmp_path)
    first = desks.township
    restore(tmp_path / "第二台", kept, "王芳", WORDS)
    second = open_workspace(tmp_path / "第二台", "王芳", WORDS)
    desks.township = second
    added = add_visit(second, cases[0])
    assert desks.report().status == "OK"
    desks.township = first
    other = add_visit(first, cases[1])
    refused = desks.report()
    assert refused.status == "E_FORK"
    assert "两份台账在用同一个设备号" in refused.message
    assert "重新对账" in refused.hint
    assert value(desks.county, "select count(*) from elder_visit") == 1
    with pytest.raises(Refused) as unknown:
        desks.answer()
    assert unknown.value.status == "E_ACK_UNKNOWN"
    # the officer decides to keep the first one
    first.reporting.begin_anew()
    assert desks.report().status == "OK"
    desks.answer()
    assert set(first.records.ids(Query("elder_visit"))) == {added, other}
    assert desks.report().returned == 0
    desks.township = second
    assert desks.report().status == "E_FORK"
    second.close()
    desks.township = first


def test_a_new_chain_that_is_not_whole_is_refused(desks: Desks, cases: list[str]) -> None:
    desks.report()
    forger = Forger(desks)
    forger.chain = "019a95c0-0000-7000-8000-000000000009"
    refused = forger.send(forger.person(30))
    assert (refused.status, "重新对账" in refused.hint) == ("E_CHAIN_UNKNOWN", True)


def test_an_old_receipt_does_no_harm_right_after_a_restore(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    desks.report()
    kept = backup(desks, tmp_path)
    add_visit(desks.township, cases[0])
    desks.report()
    receipt = desks.county.returning.receipt(desks.site, desks.stick).path
    put_back(kept, outbox=False)
    result = desks.township.receipts.take([receipt])
    assert (result.status, [one.state for one in desks.township.reporting.packages()]) == ("OK", ["accepted"])


def test_a_package_after_a_restore_is_taken_back_without_what_it_only_confirmed(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    desks.report()
    kept = backup(desks, tmp_path)
    lost = add_visit(desks.township, cases[0])
    desks.report()
    put_back(kept)
    first = desks.seal()
    desks.receive()
    with pytest.raises(UserError, match="恢复备份后的第一包"):
        desks.county.receiving.take_back(desks.site, first.sequence)
    desks.answer()
    added = add_visit(desks.township, cases[1])
    later = desks.seal()
    desks.receive(later.path)
    assert set(desks.county.records.ids(Query("elder_visit"))) == {lost, added}
    desks.county.receiving.take_back(desks.site, later.sequence)
    assert desks.county.records.ids(Query("elder_visit")) == [lost]
    assert desks.receive(later.path)[0].status == "OK"
    assert set(desks.county.records.ids(Query("elder_visit"))) == {lost, added}
