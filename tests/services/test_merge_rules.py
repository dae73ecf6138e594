"""What the county does with the records of an enrolled sender whose programme does as it likes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import service_desk as desk
from service_desk import Desks, Forger, id_number, stored, value

from anyue_desktop.core.identity import new_id
from anyue_desktop.db.neighbours import IndexedNeighbours
from anyue_desktop.services.workspace import Workspace


@pytest.fixture
def forger(desks: Desks) -> Forger:
    return Forger(desks)


def neighbour_sends(desks: Desks, neighbour: Workspace) -> Forger:
    """Returns the other township's forger; its chain begins anew at the county."""
    return Forger(desks, neighbour)


def test_a_record_whose_predecessor_the_county_never_saw_is_returned(desks: Desks, forger: Forger) -> None:
    before = stored(desks.county)
    stranger = forger.person(revision=3, previous="ab" * 32)
    taken = forger.send(stranger)
    assert (taken.status, taken.new, taken.returned) == ("OK", 0, 1)
    assert desks.returns() == {stranger.id: "R_PREV_UNKNOWN"}
    assert stored(desks.county) == before


def test_C10_a_record_of_another_site_stays_as_its_owner_sent_it(
    desks: Desks, forger: Forger, neighbour: Workspace
) -> None:
    owned = forger.person()
    assert forger.send(owned).new == 1
    before = stored(desks.county)
    thief = neighbour_sends(desks, neighbour)
    taken = thief.send(thief.person(7, id=owned.id, revision=2, previous=owned.hash))
    assert (taken.changed, taken.returned) == (0, 1)
    (returned,) = desks.county.returning.returns()
    assert (returned.site, returned.code) == (neighbour.unit.site, "R_NOT_OWNER")
    assert stored(desks.county) == before


def test_C10_C11_nobody_deletes_the_record_of_another_site(desks: Desks, forger: Forger, neighbour: Workspace) -> None:
    owned = forger.person()
    forger.send(owned)
    before = stored(desks.county)
    thief = neighbour_sends(desks, neighbour)
    assert thief.send(thief.delete("person", owned.id, 2, owned.hash)).returned == 1
    assert stored(desks.county) == before


@pytest.mark.parametrize("revision", [4, 5], ids=["older", "the same number"])
def test_C11_a_revision_no_newer_than_the_countys_is_returned(desks: Desks, forger: Forger, revision: int) -> None:
    held = forger.person(revision=5)
    forger.send(held)
    before = stored(desks.county)
    taken = forger.send(forger.person(7, id=held.id, revision=revision, previous=held.hash))
    assert (taken.changed, taken.returned) == (0, 1)
    assert desks.returns() == {held.id: "R_STALE"}
    assert stored(desks.county) == before


def test_C11_a_newer_revision_that_does_not_follow_the_countys_is_returned(desks: Desks, forger: Forger) -> None:
    held = forger.person()
    forger.send(held)
    before = stored(desks.county)
    taken = forger.send(forger.person(7, id=held.id, revision=2, previous="ab" * 32))
    assert (taken.changed, taken.returned) == (0, 1)
    assert desks.returns() == {held.id: "R_FORK"}
    assert stored(desks.county) == before


BAD_CONTENT: dict[str, dict[str, Any]] = {
    "a field nobody knows": {"shoe_size": "38"},
    "a code that is none": {"sex": "X"},
    "a date that is none": {"birth_date": "1946-13-40"},
    "a number for a text": {"name": 5},
    "a list for a text": {"phone": ["13990120002"]},
    "a text for a list": {"income_sources": "01"},
    "an object for yes or no": {"same_address": {}},
    "no name": {"name": ""},
    "untidy text": {"remark": " 听力不好"},
    "reasons that are no texts": {"explanations": {"duplicate_name": 3}},
    "a field that never travels": {"report_state": "4"},
}


@pytest.mark.parametrize("wrong", BAD_CONTENT.values(), ids=BAD_CONTENT)
def test_C14_content_the_dictionary_does_not_allow_is_returned(
    desks: Desks, forger: Forger, wrong: dict[str, Any]
) -> None:
    before = stored(desks.county)
    bad = forger.person(data=wrong)
    taken = forger.send(bad)
    assert (taken.status, taken.new, taken.returned) == ("OK", 0, 1)
    assert desks.returns() == {bad.id: "R_SCHEMA"}
    assert stored(desks.county) == before


@pytest.mark.parametrize("table", ["shoe_size", "carried", "operation"])
def test_C14_a_table_that_is_no_register_is_returned(desks: Desks, forger: Forger, table: str) -> None:
    before = stored(desks.county)
    assert forger.send(forger.put(table, {})).returned == 1
    assert set(desks.returns().values()) == {"R_SCHEMA"}
    assert stored(desks.county) == before


@pytest.mark.parametrize("table", ["elder_case", "carried"])
def test_a_record_cannot_change_its_register(desks: Desks, forger: Forger, table: str) -> None:
    held = forger.person()
    forger.send(held)
    before = stored(desks.county)
    moved = forger.put(table, {"person_id": held.id}, id=held.id, revision=2, previous=held.hash)
    assert forger.send(moved).returned == 1
    assert forger.send(forger.delete(table, held.id, 2, held.hash)).returned == 1
    assert desks.returns() == {held.id: "R_SCHEMA"}
    assert stored(desks.county) == before


def test_C10_a_record_that_names_another_township_is_returned(
    desks: Desks, forger: Forger, neighbour: Workspace
) -> None:
    before = stored(desks.county)
    foreign = forger.person(data={"township_code": neighbour.unit.code})
    assert forger.send(foreign).returned == 1
    assert desks.returns() == {foreign.id: "R_TOWNSHIP"}
    assert stored(desks.county) == before


def test_a_record_that_points_nowhere_is_returned_and_the_rest_is_merged(desks: Desks, forger: Forger) -> None:
    person = forger.person()
    orphan = forger.put("elder_case", {"person_id": new_id(), "categories": ["01"]})
    taken = forger.send(orphan, person)
    assert (taken.new, taken.returned) == (1, 1)
    assert desks.returns() == {orphan.id: "R_SCHEMA"}
    assert value(desks.county, "select count(*) from elder_case") == 0
    assert value(desks.county, "select id from person") == person.id


def test_the_children_of_a_returned_record_are_returned_with_it(desks: Desks, forger: Forger) -> None:
    person = forger.person(data={"sex": "X"})
    case = forger.put("elder_case", {"person_id": person.id, "categories": ["01"]})
    visit = forger.put("elder_visit", {"case_id": case.id, "visit_date": "2026-11-10"})
    taken = forger.send(person, case, visit)
    assert (taken.new, taken.returned) == (0, 3)
    assert set(desks.returns().values()) == {"R_SCHEMA"}


def test_a_reference_to_a_record_of_the_wrong_register_is_returned(desks: Desks, forger: Forger) -> None:
    person = forger.person()
    visit = forger.put("elder_visit", {"case_id": person.id, "visit_date": "2026-11-10"})
    assert (forger.send(person, visit).new, set(desks.returns())) == (1, {visit.id})


def test_C10_nobody_writes_visits_onto_the_cases_of_another_township(
    desks: Desks, forger: Forger, neighbour: Workspace
) -> None:
    person = forger.person()
    case = forger.put("elder_case", {"person_id": person.id, "categories": ["01"]})
    forger.send(person, case)
    other = neighbour_sends(desks, neighbour)
    visit = other.put(
        "elder_visit", {"case_id": case.id, "visit_date": "2026-11-10", "visit_method": "1", "visit_result": "1"}
    )
    assert other.send(visit).returned == 1
    rate = desk.indicator(desks.county)
    assert (rate.numerator, rate.denominator) == (0, 1)


def test_a_record_with_a_logic_error_is_kept_as_sent_and_returned_with_the_rule(desks: Desks, forger: Forger) -> None:
    person = forger.person()
    young = forger.person(
        data={"name": "周乙英", "id_number": id_number(5, date(1999, 1, 1)), "birth_date": "1999-01-01"}
    )
    good, bad = (
        forger.put("elder_case", {"person_id": one.id, "categories": ["01"], "enrol_date": "2026-01-05"})
        for one in (person, young)
    )
    taken = forger.send(person, young, good, bad)
    assert (taken.new, taken.returned) == (4, 1)
    (returned,) = desks.county.returning.returns()
    assert (returned.id, returned.code) == (bad.id, "R_RULE")
    assert "不满60周岁" in returned.message
    state, reason = (value(desks.county, f"select {key} from elder_case where id = :id", id=bad.id) for key in (
        "report_state", "return_reason"))  # fmt: skip
    assert (state, reason) == ("3", returned.message)
    assert value(desks.county, "select report_state from elder_case where id = :id", id=good.id) == "4"


def test_a_person_two_townships_have_stays_with_both_and_the_later_one_hears_only_the_others_name(
    desks: Desks, forger: Forger, neighbour: Workspace
) -> None:
    first = forger.person(8)
    forger.send(first)
    before = stored(desks.county)["person"]
    other = neighbour_sends(desks, neighbour)
    second = other.person(8, {"name": "周小丫"})
    taken = other.send(second)
    assert (taken.new, taken.conflicts, taken.returned) == (1, 1, 1)
    (returned,) = desks.county.returning.returns()
    assert (returned.id, returned.code, returned.message) == (second.id, "R_DUP_PERSON", "与天马乡登记的人员重复")
    assert set(before) < set(stored(desks.county)["person"])


def test_a_returned_record_sent_again_does_not_pile_up_returns(desks: Desks, forger: Forger) -> None:
    stranger = forger.person(revision=3, previous="ab" * 32)
    forger.send(stranger)
    forger.send(stranger)
    assert len(desks.county.returning.returns()) == 1


def test_a_revision_sent_twice_is_merged_once(desks: Desks, forger: Forger) -> None:
    person = forger.person()
    forger.send(person)
    before = stored(desks.county)
    taken = forger.send(person)
    assert (taken.new, taken.changed, taken.same, taken.returned) == (0, 0, 1, 0)
    assert stored(desks.county) == before


def test_what_a_newer_revision_leaves_empty_is_emptied(desks: Desks, forger: Forger) -> None:
    person = forger.person(data={"phone": "13990120002"})
    forger.send(person)
    again = forger.person(id=person.id, revision=2, previous=person.hash)
    assert forger.send(again).changed == 1
    assert value(desks.county, "select phone from person") is None


def test_a_record_without_its_technical_fields_does_not_stop_the_package(desks: Desks, forger: Forger) -> None:
    person = forger.person()
    forger.send(person)
    bare = {"name": "周丙英", "id_type": "111", "township_code": desks.township.unit.code}
    again = replace(person, revision=2, previous=person.hash, data=bare)
    taken = forger.send(again, replace(person, id=new_id(), data=bare))
    assert (taken.status, taken.new, taken.changed, taken.returned) == ("OK", 1, 1, 0)


def test_a_deletion_moves_the_record_to_the_recycle_bin_and_a_newer_revision_brings_it_back(
    desks: Desks, forger: Forger
) -> None:
    person = forger.person()
    forger.send(person)
    gone = forger.delete("person", person.id, 2, person.hash)
    assert forger.send(gone).removed == 1
    assert value(desks.county, "select count(*) from person where deleted_at is null") == 0
    assert forger.send(forger.person(id=person.id, revision=3, previous=gone.hash)).changed == 1
    assert value(desks.county, "select count(*) from person where deleted_at is null") == 1


def test_the_good_records_beside_refused_ones_are_merged(desks: Desks, forger: Forger) -> None:
    good = [forger.person(serial) for serial in range(1, 6)]
    bad = forger.person(7, revision=2, previous="cd" * 32)
    taken = forger.send(*good[:3], bad, *good[3:])
    assert (taken.new, taken.returned) == (5, 1)


def test_a_large_package_is_merged_batch_by_batch(
    desks: Desks, forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue_desktop.services.merging.RECORDS_AT_ONCE", 4)
    people = [forger.person(serial) for serial in range(1, 11)]
    cases = [forger.put("elder_case", {"person_id": one.id, "categories": ["01"]}) for one in people]
    assert forger.send(*people, *cases).new == 20


def test_rules_are_judged_within_the_senders_township(desks: Desks, forger: Forger, neighbour: Workspace) -> None:
    """Nor is a whole county's year of visits read into memory for one township's package."""
    forger.send(forger.person(1))
    other = neighbour_sends(desks, neighbour)
    other.send(other.person(3))
    with desks.county.store.read() as session:
        own = IndexedNeighbours(session, township=neighbour.unit.code).others("person", {"name": "周甲英"})
        all_of_them = IndexedNeighbours(session).others("person", {"name": "周甲英"})
    assert [row["township_code"] for row in own] == [neighbour.unit.code]
    assert len(all_of_them) == 2
