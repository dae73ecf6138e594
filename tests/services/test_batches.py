"""Grids: who is due, what was entered before, and what saving does, for every batch by its declaration."""

from __future__ import annotations

from datetime import date

import pytest
from every_register import made, pointers, saved, whole
from service_desk import MONTH, VILLAGE

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.batches import BATCHES, Batch, DueLine, batch_of
from anyue_desktop.services.worklists import WORKLISTS
from anyue_desktop.services.workspace import Workspace


@pytest.mark.parametrize("batch", BATCHES.values(), ids=BATCHES)
def test_a_batch_names_fields_and_lists_there_are(batch: Batch) -> None:
    register = REGISTERS[batch.register]
    named = {batch.reference, batch.time, *batch.columns, *batch.stable, *batch.begins}
    assert named <= set(register.by_key)
    if batch.owner:
        assert {"due", "waiting"} <= set(WORKLISTS[batch.owner])
        for fact in (batch.name, *batch.facts):
            columns.column(REGISTERS[batch.owner], fact.path)
        assert register.target(batch.reference) == batch.owner


def test_the_batch_of_a_case_is_that_of_its_visits() -> None:
    assert [getattr(batch_of(name), "register", None) for name in ("child_case", "child_visit", "household")] == [
        "child_visit", "child_visit", None,
    ]  # fmt: skip


def only(lines: list[DueLine]) -> DueLine:
    (line,) = lines
    return line


def test_children_are_due_when_their_interval_ends_in_the_month(township: Workspace) -> None:
    case = saved(township, "child_case", {**whole(REGISTERS["child_case"]), "visit_interval_days": 30})
    visit = {**whole(REGISTERS["child_visit"]), "child_case_id": case}
    saved(township, "child_visit", {**visit, "visit_date": date(2026, 10, 31)})  # 30 days later: 2026-11-30
    waiting = only(township.batches.lines("child_visit", MONTH))
    assert (waiting.given, waiting.done) == ({"child_case_id": case}, False)
    assert waiting.last is not None
    assert waiting.last["visit_date"] == date(2026, 10, 31)
    saved(township, "child_visit", {**visit, "visit_date": date(2026, 11, 10)})
    assert only(township.batches.lines("child_visit", MONTH)).done
    assert township.batches.lines("child_visit", MONTH, only_due=True) == []
    assert township.batches.lines("child_visit", "2026-12")[0].done is False


def test_the_same_as_last_time_never_repeats_a_danger(township: Workspace) -> None:
    visit = made(township, "child_visit")
    again = township.batches.like_last("child_visit", township.records.get("child_visit", visit))
    assert {"living", "study", "health"} <= set(again)
    assert not {"danger_found", "visit_date", "summary"} & set(again)


def test_services_have_a_line_for_each_planned_one_and_change_the_stored_record(township: Workspace) -> None:
    enrolment = made(township, "homecare_enrolment")
    township.records.set("homecare_enrolment", enrolment, {"start_date": date(2026, 9, 1), "plan_times_month": 8})
    planned = township.records.get("homecare_enrolment", enrolment)["plan_services"]
    log = {"enrolment_id": enrolment, "service_type": planned[0], "times": 3}
    saved(township, "homecare_log", {**log, "month": "2026-10"})
    first, second = township.batches.lines("homecare_log", MONTH)
    assert first.given == {"enrolment_id": enrolment, "month": MONTH, "service_type": planned[0]}
    assert (first.done, first.last["times"] if first.last else None, second.last) == (False, 3, None)
    (outcome,) = township.batches.save("homecare_log", [{**first.given, "times": 4}])
    assert outcome.saved
    first, second = township.batches.lines("homecare_log", MONTH)
    assert (first.done, second.done) == (True, False)
    assert first.stored is not None
    assert (first.last["times"] if first.last else None, first.stored["times"]) == (3, 4)
    (changed,) = township.batches.save("homecare_log", [{**first.stored, "times": 5}])
    assert changed.id == outcome.id
    assert township.records.total("homecare_log") == 2
    assert [one.name for one in township.batches.lines("homecare_log", MONTH, only_due=True)] == [second.name]


def test_facilities_show_last_month_beside(township: Workspace) -> None:
    facility = made(township, "facility")
    saved(township, "facility_month", {"facility_id": facility, "month": "2026-10", "residents_end": 5})
    line = only(township.batches.lines("facility_month", MONTH))
    assert line.last is not None
    assert (line.last["residents_end"], line.done, line.stored) == (5, False, None)
    assert only(township.batches.lines("facility_month", "2026-10")).done


def test_lines_are_narrowed_to_a_village(township: Workspace) -> None:
    case = {**whole(REGISTERS["left_behind_woman"]), "exit_date": None, "exit_reason": None, "exit_note": None}
    saved(township, "left_behind_woman", {**case, **pointers(township, REGISTERS["left_behind_woman"], {})})
    assert len(township.batches.lines("left_behind_woman_visit", MONTH, village=VILLAGE)) == 1
    assert township.batches.lines("left_behind_woman_visit", MONTH, village="512021206999") == []
    (base,) = township.batches.lines("village_year_base", MONTH, village=VILLAGE)
    assert base.given == {"village_code": VILLAGE, "year": 2026}
