"""The way of a month: sealed by the township, received by the county, answered, corrected and sent again."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest
import service_desk as desk
from service_desk import Desks, Forger, add_elder, add_visit, change_quietly, dump, state, stored, value

from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.db.exchange_tables import SentPackage
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.registers import ElderCase
from anyue_desktop.services.query import Query
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.services.signers import Signers
from anyue_desktop.services.workspace import Workspace


def spoil(desks: Desks, sealed: SealedPackage) -> Path:
    """Puts a package in place of the one just sealed whose last line no reader takes."""
    forger = Forger(desks)
    with desks.township.store.read() as session:
        before = session.get(SentPackage, sealed.sequence - 1)
    forger.sequence, forger.previous = sealed.sequence - 1, before.hash if before else NO_HASH
    path = forger.write_lines(forger.person(9).line, b'{"t":"person"}')
    with desks.township.store.work("替换") as work:
        work.session.get_one(SentPackage, sealed.sequence).hash = forger.previous
    return path


def test_everything_entered_reaches_the_county_as_it_was_entered(desks: Desks, cases: list[str]) -> None:
    add_visit(desks.township, cases[0], health="2", safety_issues=("01", "04"), needs_note="希望有人送药")
    sealed = desks.seal()
    assert sealed.counts == {"person": 3, "elder_case": 3, "elder_visit": 1, "report_package": 1}
    assert desks.receive()[0].new == 8
    for register in ("person", "elder_case", "elder_visit"):
        ids = desks.township.records.ids(Query(register))
        paths = [one.path for one in desks.township.records.columns(register)]
        there, here = (one.records.values(register, ids, paths) for one in (desks.county, desks.township))
        assert [row | {"report_state": ""} for row in there] == [row | {"report_state": ""} for row in here]


def test_only_what_changed_travels_again(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    added = add_visit(desks.township, cases[0])
    sealed = desks.seal()
    assert sealed.counts == {"elder_case": 1, "elder_visit": 1, "report_package": 1}
    taken = desks.receive(sealed.path)[0]
    assert (taken.new, taken.changed, taken.same) == (2, 1, 0)
    assert value(desks.county, "select risk_level from elder_case where id = :id", id=cases[1]) == "3"
    assert value(desks.county, "select id from elder_visit") == added


def test_the_report_says_who_answers_for_it_and_a_second_one_is_a_correction(desks: Desks, cases: list[str]) -> None:
    desks.township.reporting.seal(desk.MONTH, desks.stick, Signers("王芳", "李强", "赵明", "13990120000"))
    desks.seal()
    desks.receive()
    rows = desks.county.records.values(
        "report_package", desks.county.records.ids(Query("report_package", order="package_no")),
        ["package_no", "kind", "filler", "auditor", "leader", "indicator_values"],
    )  # fmt: skip
    assert [(row["package_no"], row["kind"], row["filler"]) for row in rows] == [
        ("512021206-202611-01", "1", "王芳"), ("512021206-202611-02", "3", None),
    ]  # fmt: skip
    told = json.loads(rows[0]["indicator_values"])
    assert (told["rules"], told["basis"]["elder_population"]) == (1, "reg")
    assert told["values"]["I04"] == ["0.0%", 0, 3]


def test_a_record_with_a_logic_error_stays_with_its_reason_and_its_visits_wait(desks: Desks, cases: list[str]) -> None:
    waiting = add_visit(desks.township, cases[0])
    change_quietly(desks, ElderCase, cases[0], exit_reason="02")
    sealed = desks.seal()
    assert [(found.id, found.caption, found.problem.message) for found in sealed.left_out] == [
        (cases[0], desks.township.records.caption("elder_case", cases[0]), "填了退出原因，没有填退出日期")
    ]
    assert (sealed.counts["elder_case"], sealed.counts.get("elder_visit", 0), sealed.waiting) == (2, 0, 1)
    assert desks.receive()[0].status == "OK"
    desks.township.records.set("elder_case", cases[0], {"exit_reason": None})
    again = desks.seal()
    assert again.counts == {"elder_case": 1, "elder_visit": 1, "report_package": 1}
    assert desks.receive(again.path)[0].new == 3
    assert value(desks.county, "select id from elder_visit") == waiting


def test_the_visits_of_a_case_the_county_has_go_on_while_its_newest_revision_is_wrong(
    desks: Desks, cases: list[str]
) -> None:
    desks.report()
    change_quietly(desks, ElderCase, cases[0], exit_reason="02")
    add_visit(desks.township, cases[0])
    sealed = desks.seal()
    assert sealed.counts == {"elder_visit": 1, "report_package": 1}
    assert desks.receive(sealed.path)[0].new == 2


def test_a_deletion_travels_with_its_reason_and_what_was_never_sent_vanishes_silently(
    desks: Desks, cases: list[str]
) -> None:
    first, second = (add_visit(desks.township, cases[0], date(2026, 11, day)) for day in (3, 5))
    desks.report()
    third = add_visit(desks.township, cases[0], date(2026, 11, 7))
    desks.township.records.delete("elder_visit", first, "重复录入")
    desks.township.records.delete("elder_visit", third)
    sealed = desks.seal()
    assert sealed.counts == {"elder_visit": 1, "report_package": 1}
    taken = desks.receive(sealed.path, asked=[desks.site])[0]
    assert (taken.new, taken.removed) == (1, 1)
    assert desks.county.records.ids(Query("elder_visit")) == [second]
    assert desks.county.records.ids(Query("elder_visit", deleted=True)) == [first]
    assert desks.seal().counts == {"report_package": 1}


def test_a_visit_copied_from_one_that_was_deleted_before_it_was_sent_arrives_all_the_same(
    desks: Desks, cases: list[str]
) -> None:
    first = add_visit(desks.township, cases[0], date(2026, 11, 3), health="2")
    last = desks.township.visits.of_case(cases[0])[0]
    copy = add_visit(desks.township, cases[0], date(2026, 11, 9), **desks.township.visits.like_last(last))
    desks.township.records.delete("elder_visit", first)
    taken = desks.report()
    assert (taken.status, taken.returned) == ("OK", 0)
    assert value(desks.county, "select copied_from is null from elder_visit where id = :id", id=copy) == 1


def test_a_preview_changes_nothing_at_the_county(desks: Desks, cases: list[str]) -> None:
    desks.seal()
    add_visit(desks.township, cases[0])
    desks.seal()
    before = dump(desks.county)
    looked = desks.receive(preview=True)
    assert [(one.status, one.new) for one in looked] == [("OK", 7), ("OK", 2)]
    assert dump(desks.county) == before
    assert list(desks.county.store.workspace.inbox.iterdir()) == []
    assert desks.receive() == looked


@pytest.mark.parametrize("preview", [True, False])
def test_what_follows_a_rejected_package_does_not_see_any_of_it(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, preview: bool
) -> None:
    monkeypatch.setattr("anyue_desktop.services.merging.RECORDS_AT_ONCE", 1)
    forger = Forger(desks)
    person = forger.person()
    paths = forger.write_lines(person.line, b'{"t":"person"}'), forger.write(person)
    rejected, taken = desks.receive(*paths, preview=preview)
    assert rejected.status == "E_REC_SCHEMA"
    assert (taken.status, taken.new, taken.same) == ("OK", 1, 0)


def test_P19_receiving_twice_takes_nothing_in_twice(desks: Desks, cases: list[str]) -> None:
    desks.report()
    before = stored(desks.county)
    (again,) = desks.receive()
    assert (again.status, again.new) == ("E_REPLAY", 0)
    assert stored(desks.county) == before


def test_what_a_reception_left_behind_goes_when_nobody_can_be_at_it_any_more(desks: Desks, cases: list[str]) -> None:
    inbox = desks.county.store.workspace.inbox
    cut_off, at_work = inbox / ".arriving-yesterday", inbox / ".arriving-now"
    for folder, hours in ((cut_off, 25), (at_work, 23)):
        folder.mkdir()
        (folder / "t512021206a-000001.tpkg").write_bytes(b"half a package")
        os.utime(folder, (time.time() - hours * 3600,) * 2)
    assert desks.report().status == "OK"
    assert [one.name for one in inbox.iterdir() if one.is_dir()] == [at_work.name]


def test_P20_a_gap_is_named_and_closed_when_both_packages_come(desks: Desks, cases: list[str]) -> None:
    first = desks.seal()
    second = desks.seal()
    (gap,) = desks.receive(second.path)
    assert (gap.status, gap.sequence) == ("E_GAP", 2)
    assert "缺少第 1 包" in gap.message
    assert value(desks.county, "select count(*) from person") == 0
    assert [one.status for one in desks.receive(second.path, first.path)] == ["OK", "OK"]


def test_C17_an_error_in_the_last_record_leaves_nothing_of_the_package(desks: Desks) -> None:
    forger = Forger(desks)
    people = [forger.person(serial).line for serial in range(1, 40)]
    path = forger.write_lines(*people, b'{"t":"person"}')
    before = stored(desks.county)
    (refused,) = desks.receive(path)
    assert refused.status == "E_REC_SCHEMA"
    assert stored(desks.county) == before
    assert forger.send(forger.person(50)).new == 1  # the next one follows the rejected one


def test_a_package_rejected_as_a_whole_takes_its_place_in_the_chain_and_is_sent_again(
    desks: Desks, cases: list[str]
) -> None:
    visited = add_visit(desks.township, cases[0])
    desks.report()
    desks.answer()
    desks.township.records.set("elder_visit", visited, {"health": "3"})
    added = add_visit(desks.township, cases[1])
    sealed = desks.seal()
    assert desks.receive(spoil(desks, sealed))[0].status == "E_REC_SCHEMA"
    answer = desks.answer()
    assert [one.state for one in desks.township.reporting.packages()] == ["accepted", "rejected"]
    assert (answer.packages, [state(desks, one, "elder_visit") for one in (visited, added)]) == (2, ["待上报"] * 2)
    again = desks.seal()
    assert again.counts == {"elder_visit": 2, "report_package": 2}
    taken = desks.receive(again.path)[0]
    assert (taken.status, taken.new, taken.changed, taken.returned) == ("OK", 3, 1, 0)
    assert value(desks.county, "select health from elder_visit where id = :id", id=visited) == "3"


@pytest.fixture
def full_stick(tmp_path: Path) -> Path:
    """A stick that takes nothing: a file lies where its folder should be."""
    broken = tmp_path / "坏U盘"
    broken.mkdir()
    (broken / "TPKG").write_text("")
    return broken


def test_when_the_stick_fails_the_package_stays_and_the_next_sealing_copies_both(
    desks: Desks, cases: list[str], full_stick: Path
) -> None:
    with pytest.raises(Refused) as failed:
        desks.township.reporting.seal(desk.MONTH, full_stick)
    assert failed.value.status == "E_USB_WRITE"
    (kept,) = desks.township.reporting.packages()
    assert (kept.state, kept.file.exists()) == ("sent", True)
    sealed = desks.seal()
    assert [one.name for one in sealed.copies] == [f"{desks.site}-00000{number}.tpkg" for number in (1, 2)]
    assert sealed.copies[0].read_bytes() == kept.file.read_bytes()
    assert [one.status for one in desks.receive()] == ["OK", "OK"]
    desks.answer()
    assert len(desks.seal().copies) == 1


def test_an_outbox_that_cannot_be_written_leaves_no_package(desks: Desks, cases: list[str]) -> None:
    outbox = desks.township.store.workspace.outbox
    outbox.rmdir()
    outbox.write_text("")
    with pytest.raises(UserError):
        desks.seal()
    assert desks.township.reporting.packages() == []
    assert state(desks, cases[0]) == "待上报"


def test_a_laptop_that_is_not_enrolled_cannot_report(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2)
    with pytest.raises(UserError, match="还没有在县局登记"):
        township.reporting.seal(desk.MONTH, tmp_path)


def test_K09_a_revoked_laptop_is_no_longer_believed(desks: Desks, cases: list[str]) -> None:
    sealed = desks.seal()
    desks.county.county_enrolment.revoke(desks.site, desks.stick)
    (refused,) = desks.receive(sealed.path)
    assert refused.status == "E_KEY_REVOKED"
    assert value(desks.county, "select count(*) from person") == 0


def test_a_telephone_number_that_cannot_be_kept_stops_the_report_before_it_is_sealed(
    desks: Desks, cases: list[str]
) -> None:
    before = stored(desks.township)
    with pytest.raises(UserError, match="填表人电话"):
        desks.township.reporting.seal(desk.MONTH, desks.stick, Signers(phone="12"))
    assert stored(desks.township) == before
