"""A person says whose a person is: kept, told to both townships, and not asked again."""

from __future__ import annotations

import pytest
from service_desk import MONTH, Desks, Forger, add_elder, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.deciding import Pair
from anyue_desktop.services.receipts import ReceiptResult
from anyue_desktop.services.workspace import Workspace

HERE, THERE = "天马乡", "鸳大镇"


@pytest.fixture
def pair(desks: Desks, neighbour: Workspace) -> Pair:
    """The same elder, reported by both townships, the neighbour last."""
    for workspace in (desks.township, neighbour):
        village = "512021206200" if workspace is desks.township else "512021101200"
        add_elder(workspace, 8, "周甲英", person={"residence_division": village})
        sealed = workspace.reporting.seal(MONTH, desks.stick)
        assert desks.receive(sealed.path)[0].status == "OK"
    (found,) = desks.county.deciding.pairs()
    return found


def of(pair: Pair, unit: str) -> str:
    """Returns the record of a township."""
    return pair.first.id if pair.first.unit == unit else pair.second.id


def answered(desks: Desks, workspace: Workspace) -> ReceiptResult:
    """The county writes a receipt for a township, which takes it in."""
    return workspace.receipts.take([desks.county.returning.receipt(workspace.unit.site, desks.stick).path])


def returned(desks: Desks) -> dict[str, str]:
    """Returns what is given back: record → words."""
    return {one.id: one.message for one in desks.county.returning.returns()}


def decide(desks: Desks, pair: Pair, unit: str = "", words: str = "") -> None:
    desks.county.deciding.decide(pair.first.id, pair.second.id, of(pair, unit) if unit else "", words)


def county_state(desks: Desks, person: str) -> str:
    return str(value(desks.county, "select report_state from person where id = :id", id=person))


def test_a_pair_shows_both_records_field_by_field(desks: Desks, pair: Pair) -> None:
    assert ({pair.first.unit, pair.second.unit}, pair.likeness) == ({HERE, THERE}, "身份证号相同")
    lines = {one.label: one for one in desks.county.deciding.compare(pair)}
    assert lines["姓名"].same
    assert not lines["村（社区）"].same
    assert pair.caption == "周甲英"
    assert "512099194603020081" not in str(lines.values())  # masked
    assert all(one.first or one.second for one in lines.values())


def test_what_looks_the_same_behind_its_mask_is_told_apart(desks: Desks, neighbour: Workspace) -> None:
    """Two telephone numbers that differ only in the hidden digits."""
    here, there = Forger(desks), Forger(desks, neighbour)
    here.send(here.person(8, {"phone": "13990120008"}))
    there.send(there.person(8, {"phone": "13999990008"}))
    (pair,) = desks.county.deciding.pairs()
    (phone,) = (one for one in desks.county.deciding.compare(pair) if one.label == "联系电话")
    assert (phone.first == phone.second, phone.same) == (True, False)


def test_until_somebody_decides_the_later_township_is_told_the_others_name(desks: Desks, pair: Pair) -> None:
    assert returned(desks) == {of(pair, THERE): f"与{HERE}登记的人员重复"}


def test_the_township_that_loses_the_person_gets_its_record_back_with_the_countys_words(
    desks: Desks, pair: Pair, neighbour: Workspace
) -> None:
    decide(desks, pair, HERE, "户口在天马乡，请注销本镇的档案")
    words = f"县局核定：与{HERE}登记的是同一人，由{HERE}登记。户口在天马乡，请注销本镇的档案"
    assert returned(desks) == {of(pair, THERE): words}
    lost = answered(desks, neighbour)
    assert ([one.message for one in lost.records], lost.decisions) == ([words], [])
    kept = answered(desks, desks.township)
    assert (kept.returned, kept.records) == (0, [])
    assert [(one.id, one.caption, one.message) for one in kept.decisions] == [
        (of(pair, HERE), "周甲英", f"县局核定：与{THERE}登记的是同一人，由本单位登记")
    ]


def test_the_township_that_came_first_may_lose_as_well(desks: Desks, pair: Pair) -> None:
    decide(desks, pair, THERE)
    assert set(returned(desks)) == {of(pair, HERE)}
    assert (county_state(desks, of(pair, HERE)), county_state(desks, of(pair, THERE))) == ("3", "4")


def test_two_people_are_told_so_and_neither_record_goes_back(desks: Desks, pair: Pair, neighbour: Workspace) -> None:
    decide(desks, pair)
    assert returned(desks) == {}
    assert county_state(desks, of(pair, THERE)) == "4"
    assert value(desks.county, "select count(*) from person_cluster") == 0
    for workspace, unit in ((desks.township, THERE), (neighbour, HERE)):
        assert [one.message for one in answered(desks, workspace).decisions] == [f"县局核定：与{unit}登记的不是同一人"]


def test_who_decided_and_when_is_kept_and_the_pair_is_not_asked_again(
    desks: Desks, pair: Pair, neighbour: Workspace
) -> None:
    decide(desks, pair)
    neighbour.records.set("person", of(pair, THERE), {"phone": "13990128888"})
    taken = desks.receive(neighbour.reporting.seal(MONTH, desks.stick).path)[-1]
    assert (taken.changed, taken.conflicts, taken.returned) == (1, 0, 0)
    assert desks.county.deciding.pairs() == []
    (kept,) = desks.county.deciding.pairs(decided=True)
    assert (kept.decision, kept.decided_by, kept.decided_at[:10]) == ("不是同一人", "李局", "2026-11-23")


def test_a_lost_record_sent_again_goes_back_again_with_the_countys_words(
    desks: Desks, pair: Pair, neighbour: Workspace
) -> None:
    decide(desks, pair, HERE)
    words = returned(desks)
    neighbour.records.set("person", of(pair, THERE), {"phone": "13990128888"})
    taken = desks.receive(neighbour.reporting.seal(MONTH, desks.stick).path)[-1]
    assert (taken.conflicts, taken.returned, returned(desks)) == (0, 1, words)


def test_the_pair_ends_when_the_township_deletes_its_record(desks: Desks, neighbour: Workspace) -> None:
    here, there = Forger(desks), Forger(desks, neighbour)
    mine, theirs = here.person(8), there.person(8)
    here.send(mine)
    there.send(theirs)
    desks.county.deciding.decide(mine.id, theirs.id, mine.id)
    there.send(there.delete("person", theirs.id, 2, theirs.hash))
    assert (returned(desks), desks.county.deciding.pairs(decided=True)) == ({}, [])
    assert value(desks.county, "select count(*) from person_cluster") == 0


def test_a_possible_double_becomes_one_person_by_decision_only(desks: Desks, neighbour: Workspace) -> None:
    here, there = Forger(desks), Forger(desks, neighbour)
    born = {"birth_date": "1946-03-02", "sex": "2"}
    mine = here.person(8, born)
    theirs = there.put("person", {"name": "周甲英", "id_type": "000", "id_missing_reason": "1", **born})
    here.send(mine)
    there.send(theirs)
    assert (returned(desks), value(desks.county, "select count(*) from person_cluster")) == ({}, 0)
    desks.county.deciding.decide(mine.id, theirs.id, mine.id)
    assert set(returned(desks)) == {theirs.id}
    assert value(desks.county, "select count(*) from person_cluster") == 2


def test_a_decision_can_be_made_anew(desks: Desks, pair: Pair) -> None:
    decide(desks, pair, HERE)
    decide(desks, pair, THERE)
    assert set(returned(desks)) == {of(pair, HERE)}
    decide(desks, pair)
    assert returned(desks) == {}


def test_what_is_no_pair_and_whose_record_is_neither_is_refused(desks: Desks, pair: Pair) -> None:
    with pytest.raises(UserError, match="不在疑似重复的名单里"):
        desks.county.deciding.decide(pair.first.id, "019a95c0-0000-7000-8000-000000000009")
    with pytest.raises(UserError, match="不是这两条记录中的一条"):
        desks.county.deciding.decide(pair.first.id, pair.second.id, "019a95c0-0000-7000-8000-000000000009")
    assert len(desks.county.deciding.pairs()) == 1
