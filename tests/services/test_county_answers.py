"""Receipts and returns: what the county answers, and what becomes of it at the township."""

from __future__ import annotations

from datetime import date

import pytest
import service_desk as desk
from service_desk import Desks, Forger, add_elder, add_visit, change_quietly, state, stored

from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.db.exchange_tables import SentPackage
from anyue_desktop.registers import Person


def test_a_returned_record_is_reopened_corrected_and_its_return_closed(desks: Desks, cases: list[str]) -> None:
    visited = add_visit(desks.township, cases[0], health="1")
    desks.report()
    desks.county.returning.give_back(desks.site, "elder_visit", visited, "请补充健康说明", "health_note")
    answer = desks.answer()
    assert (answer.accepted, answer.returned) == (8, 1)
    (returned,) = desks.township.receipts.returned()
    assert (returned.id, returned.label, returned.message) == (visited, "健康说明", "请补充健康说明")
    assert (state(desks, visited, "elder_visit"), state(desks, cases[0])) == ("已退回", "县局已接收")
    assert desks.township.dashboard.counts(desk.MONTH)["elder_visit.returned"] == 1
    desks.township.records.set("elder_visit", visited, {"health_note": "血压偏高，按时服药"})
    assert state(desks, visited, "elder_visit") == "已更正"
    assert desks.township.receipts.returned() == []
    taken = desks.report()
    assert (taken.changed, desks.returns()) == (1, {})
    assert desks.answer().returned == 0
    assert state(desks, visited, "elder_visit") == "县局已接收"


def test_a_receipt_counts_once(desks: Desks, cases: list[str]) -> None:
    desks.report()
    written = desks.county.returning.receipt(desks.site, desks.stick)
    desks.township.receipts.take([written.path])
    with pytest.raises(Refused) as replay:
        desks.township.receipts.take([written.path])
    assert replay.value.status == "E_REPLAY"


def test_A03_of_several_receipts_the_newest_counts(desks: Desks, cases: list[str]) -> None:
    visited = add_visit(desks.township, cases[0])
    desks.report()
    older = desks.county.returning.receipt(desks.site, desks.stick)
    desks.county.returning.give_back(desks.site, "elder_visit", visited, "请核对")
    newer = desks.county.returning.receipt(desks.site, desks.stick)
    assert desks.township.receipts.take([newer.path, older.path]).returned == 1


def test_A04_a_receipt_for_a_package_this_laptop_never_made_is_an_alarm(desks: Desks, cases: list[str]) -> None:
    forger = Forger(desks)
    forger.send(forger.person(9))
    receipt = desks.county.returning.receipt(desks.site, desks.stick).path
    sent = desks.seal()
    with desks.township.store.work("同一编号") as work:
        work.session.get_one(SentPackage, sent.sequence).chain_id = forger.chain
    before = stored(desks.township)
    with pytest.raises(Refused) as alarm:
        desks.township.receipts.take([receipt])
    assert alarm.value.status == "E_ACK_FORK"
    assert stored(desks.township) == before


@pytest.fixture
def misplaced(desks: Desks) -> tuple[str, str]:
    """A person written down under another township, and the case."""
    case = add_elder(desks.township, 2)
    person = desks.township.records.get("elder_case", case)["person_id"]
    change_quietly(desks, Person, person, township_code="512021101000")
    return person, case


def test_a_record_the_county_could_not_store_is_sent_again_as_new_with_all_that_hangs_on_it(
    desks: Desks, misplaced: tuple[str, str]
) -> None:
    person, case = misplaced
    taken = desks.report()
    assert (taken.new, taken.returned) == (1, 2)
    assert desks.returns() == {person: "R_TOWNSHIP", case: "R_SCHEMA"}
    desks.answer()
    assert state(desks, case) == "已退回"
    change_quietly(desks, Person, person, township_code=desks.township.unit.code)
    again = desks.report()
    assert (again.new, again.returned, desks.returns()) == (3, 0, {})
    assert desks.answer().returned == 0


def test_a_late_receipt_does_not_send_a_corrected_record_as_new_once_more(
    desks: Desks, misplaced: tuple[str, str]
) -> None:
    person, case = misplaced
    desks.report()
    desks.answer()
    late = desks.county.returning.receipt(desks.site, desks.stick).path  # written before the correction came
    change_quietly(desks, Person, person, township_code=desks.township.unit.code)
    desks.report()
    desks.township.receipts.take([late])
    desks.township.records.set("elder_case", case, {"person.phone": "13990128888"})
    assert (desks.report().changed, desks.returns()) == (1, {})


def states(desks: Desks, month: str = desk.MONTH) -> dict[str, str]:
    """Returns the county's view of every township."""
    return {one.unit: one.state for one in desks.county.returning.status(month)}


def test_the_county_sees_who_has_reported_and_who_has_something_to_mend(desks: Desks, cases: list[str]) -> None:
    assert set(states(desks).values()) == {"未报"}
    assert len(states(desks)) == 46
    desks.report()
    assert {unit for unit, found in states(desks).items() if found != "未报"} == {"天马乡"}
    assert states(desks)["天马乡"] == "已收"
    desks.county.returning.give_back(desks.site, "elder_case", cases[0], "请核对类别")
    assert states(desks)["天马乡"] == "有退回"
    desks.answer()
    desks.township.records.set("elder_case", cases[0], {"risk_level": "3"})
    desks.report()
    assert states(desks)["天马乡"] == "已收"


def test_a_month_whose_report_day_is_past_is_overdue(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.report()
    assert states(desks, "2026-10")["天马乡"] == "逾期"  # it has reported November only
    monkeypatch.setenv("ANYUE_TODAY", "2026-11-28")
    assert (states(desks)["天马乡"], states(desks)["鸳大镇"]) == ("已收", "未报")
    monkeypatch.setenv("ANYUE_TODAY", "2026-11-29")
    assert (states(desks)["天马乡"], states(desks)["鸳大镇"]) == ("已收", "逾期")


def test_the_county_counts_what_it_has_of_a_township(desks: Desks, cases: list[str]) -> None:
    desks.report()
    add_visit(desks.township, cases[0], date(2026, 11, 3))
    desks.report()
    (mine,) = (one for one in desks.county.returning.status(desk.MONTH) if one.unit == "天马乡")
    assert (mine.site, mine.sequence, mine.records, mine.returned) == (desks.site, 2, 9, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "  "}, "退回原因不能为空"),
        ({"site": "t512021101a"}, "没有上报过"),
        ({"field": "shoe_size"}, "没有“shoe_size”这一项"),
    ],
)
def test_a_return_needs_a_reason_a_record_of_that_site_and_a_field_it_has(
    desks: Desks, cases: list[str], change: dict[str, str], sentence: str
) -> None:
    desks.report()
    given = {"site": desks.site, "register": "elder_case", "identity": cases[0], "reason": "请核对", **change}
    with pytest.raises(UserError, match=sentence):
        desks.county.returning.give_back(**given)
    assert desks.returns() == {}


def test_who_has_sent_nothing_gets_no_receipt(desks: Desks) -> None:
    with pytest.raises(UserError, match="还没有上报过"):
        desks.county.returning.receipt(desks.site, desks.stick)


def test_A02_a_receipt_for_another_township_is_not_taken(desks: Desks, cases: list[str]) -> None:
    desks.report()
    receipt = desks.county.returning.receipt(desks.site, desks.stick).path
    with pytest.raises(UserError, match="没有找到回执文件"):
        desks.township.receipts.take([])
    with pytest.raises(Refused) as refused:
        desks.county.receipts.take([receipt])
    assert refused.value.status == "E_RECIPIENT"


def test_a_record_given_back_twice_is_listed_once(desks: Desks, cases: list[str]) -> None:
    desks.report()
    for reason in ("请核对类别", "请核对类别和住址"):
        desks.county.returning.give_back(desks.site, "elder_case", cases[0], reason)
    assert [one.message for one in desks.county.returning.returns()] == ["请核对类别和住址"]
    assert desks.answer().returned == 1


def test_a_stick_with_receipts_for_others_gives_the_township_its_own(desks: Desks, cases: list[str]) -> None:
    desks.report()
    written = desks.county.returning.receipt(desks.site, desks.stick)
    foreign = written.path.with_name("r-t512021103a-000001.tpkg")
    foreign.write_bytes(written.path.read_bytes()[:-1])
    assert desks.township.receipts.take([desks.stick]).packages == 1


def test_the_list_of_packages_says_how_many_of_their_records_are_given_back(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.returning.give_back(desks.site, "elder_case", cases[0], "请核对")
    told: set[str] = set()
    stop = desks.township.on_change(told.update)
    desks.answer()
    stop()
    assert [one.returned for one in desks.township.reporting.packages()] == [1]
    assert "elder_case" in told
