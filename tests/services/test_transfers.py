"""A person who moves to another township: decided at the county, told to both by receipt, counted once, never lost."""

from __future__ import annotations

from datetime import date

import pytest
from service_desk import Desks, add_elder, add_visit, indicator, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.receipts import ReceiptResult
from anyue_desktop.services.transferring import Transferred
from anyue_desktop.services.workspace import Workspace

THERE = "鸳大镇"


@pytest.fixture
def both(desks: Desks, neighbour: Workspace) -> Desks:
    """Both townships have reported once; the neighbour keeps one elder of its own."""
    trust = desks.county.county_enrolment.trust(desks.stick)
    neighbour.enrolment.accept(trust.path, "")
    add_elder(neighbour, 20, "吴乙英", person={"residence_division": "512021101200"})
    carry(desks, neighbour)
    return desks


def carry(desks: Desks, sender: Workspace) -> str:
    """Seals, carries and receives a package; returns the status the county gives it."""
    sealed = sender.reporting.seal("2026-11", desks.stick)
    return next(one.status for one in desks.receive(sealed.path) if one.sequence == sealed.sequence)


def answer(desks: Desks, receiver: Workspace) -> ReceiptResult:
    return receiver.receipts.take([desks.county.returning.receipt(receiver.unit.site, desks.stick).path])


def person_of(workspace: Workspace, case: str) -> str:
    return str(workspace.records.get("elder_case", case)["person_id"])


def transferred(desks: Desks, case: str) -> Transferred:
    return desks.county.transferring.transfer(person_of(desks.county, case), THERE)


def living(workspace: Workspace) -> dict[str, set[str]]:
    return {name: set(workspace.records.ids(Query(name))) for name in ("person", "elder_case", "elder_visit")}


def test_a_person_moves_with_all_that_is_kept_about_them_and_the_new_township_carries_on(
    both: Desks, neighbour: Workspace, cases: list[str]
) -> None:
    seen = add_visit(both.township, cases[0])
    both.report()
    before = indicator(both.county).denominator
    done = transferred(both, cases[0])
    assert (done.unit, done.to_unit, done.records) == ("天马乡", THERE, 3)

    went = answer(both, both.township)
    assert [(one.caption, one.message) for one in went.departed] == [(done.caption, f"已转交{THERE}")]
    assert (went.unreported, cases[0] in living(both.township)["elder_case"]) == (0, False)
    came = answer(both, neighbour)
    assert ([one.id for one in came.arrived], came.brought_back, came.apart) == ([done.person], 0, 0)
    assert cases[0] in living(neighbour)["elder_case"]
    assert living(neighbour)["elder_visit"] == {seen}
    assert indicator(both.county).denominator == before

    neighbour.records.set("elder_case", cases[0], {"risk_level": "3"})
    added = add_visit(neighbour, cases[0], date(2026, 11, 20))
    assert carry(both, neighbour) == "OK"
    assert both.returns() == {}
    assert value(both.county, "select risk_level from elder_case where id = :id", id=cases[0]) == "3"
    assert value(both.county, "select site from carried where record_id = :id", id=added) == neighbour.unit.site
    assert answer(both, neighbour).arrived == []
    assert carry(both, both.township) == "OK"
    assert both.returns() == {}
    assert value(both.county, "select count(*) from person where deleted_at is null") == 4


def test_what_went_is_kept_read_only_and_says_where_it_is(both: Desks, cases: list[str]) -> None:
    both.report()
    transferred(both, cases[0])
    answer(both, both.township)
    (kept,) = both.township.records.ids(Query("elder_case", deleted=True))
    facts = both.township.records.get("elder_case", kept)
    assert (kept, facts["report_state"], facts["return_reason"]) == (cases[0], "6", f"已转交{THERE}")
    with pytest.raises(UserError, match=f"已转交{THERE}，不能恢复"):
        both.township.records.restore("elder_case", cases[0])
    sealed = both.seal()
    assert sealed.counts == {"report_package": 1}


def test_what_the_former_township_sent_before_it_knew_is_refused_and_names_the_township_only(
    both: Desks, cases: list[str]
) -> None:
    both.report()
    transferred(both, cases[0])
    both.township.records.set("elder_case", cases[0], {"risk_level": "3"})
    late = add_visit(both.township, cases[0])
    sealed = both.seal()
    taken = both.receive(sealed.path)[0]
    assert (taken.status, taken.returned, both.returns()) == ("OK", 2, {})
    refused = {
        row: value(both.county, "select code || message from county_return where record_id = :id", id=row)
        for row in (cases[0], late)
    }
    assert refused == {
        cases[0]: f"R_NOT_OWNER这条记录属于别的设备：已转交{THERE}",
        late: f"R_NOT_OWNER这条记录属于别的设备：它所属的档案已转交{THERE}",
    }
    answer(both, both.township)
    assert late in both.township.records.ids(Query("elder_visit", deleted=True))
    assert both.township.receipts.returned() == []
    assert both.report().returned == 0


def test_what_was_never_reported_stays_behind_and_the_officer_is_told(both: Desks, cases: list[str]) -> None:
    both.report()
    transferred(both, cases[0])
    late = add_visit(both.township, cases[0])
    both.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    went = answer(both, both.township)
    assert went.unreported == 1
    assert any("1 条还没有报到县局" in words for words in went.more_words())
    assert both.township.records.ids(Query("elder_visit", deleted=True)) == [late]
    assert cases[1] in living(both.township)["elder_case"]


def test_a_person_who_comes_back_is_as_the_other_township_left_them(
    both: Desks, neighbour: Workspace, cases: list[str]
) -> None:
    both.report()
    person = transferred(both, cases[0]).person
    answer(both, both.township)
    answer(both, neighbour)
    neighbour.records.set("elder_case", cases[0], {"risk_level": "3"})
    carry(both, neighbour)
    answer(both, neighbour)
    back = both.county.transferring.transfer(person, both.site)
    assert (back.unit, back.to_unit) == (THERE, "天马乡")
    assert [one.id for one in answer(both, both.township).arrived] == [person]
    assert [one.id for one in answer(both, neighbour).departed] == [person]
    assert both.township.records.get("elder_case", cases[0])["risk_level"] == "3"
    both.township.records.set("elder_case", cases[0], {"risk_level": "2"})
    assert (both.report().status, both.returns()) == ("OK", {})
    assert value(both.county, "select risk_level from elder_case where id = :id", id=cases[0]) == "2"
    assert carry(both, neighbour) == "OK"


def test_a_household_stays_and_its_member_leaves_it(both: Desks, neighbour: Workspace, cases: list[str]) -> None:
    person = person_of(both.township, cases[0])
    house = both.township.records.save("household", {"village_code": "512021206200", "head_person_id": person}).id
    member = both.township.records.save("household_member", {"household_id": house, "person_id": person})
    assert member.saved, member.problems
    both.report()
    transferred(both, cases[0])
    answer(both, both.township)
    came = answer(both, neighbour)
    assert (len(came.arrived), value(neighbour, "select count(*) from household_member")) == (1, 0)
    taken = both.report(asked=[both.site])
    assert (taken.removed, taken.returned) == (1, 0)
    assert house in both.township.records.ids(Query("household"))


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [("天马乡", "已经由天马乡登记"), ("通贤镇", "通贤镇还没有设备上报过"), ("无名镇", "没有找到乡镇")],
)
def test_only_a_township_that_can_take_the_person_gets_them(
    both: Desks, cases: list[str], unit: str, sentence: str
) -> None:
    both.report()
    with pytest.raises(UserError, match=sentence):
        both.county.transferring.transfer(person_of(both.county, cases[0]), unit)


def test_a_person_the_other_township_has_already_is_decided_not_given(
    both: Desks, neighbour: Workspace, cases: list[str]
) -> None:
    add_elder(neighbour, 2, person={"residence_division": "512021101200"})
    carry(both, neighbour)
    both.report()
    with pytest.raises(UserError, match="已经登记了这个人"):
        transferred(both, cases[0])


def test_a_package_whose_people_were_given_away_is_not_taken_back(both: Desks, cases: list[str]) -> None:
    both.report()
    transferred(both, cases[0])
    with pytest.raises(UserError, match="已经转交给别的乡镇"):
        both.county.receiving.take_back(both.site, 1)
