"""A package of any size is taken in batch by batch, by index, and a bad record stands for itself alone."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from service_desk import MONTH, Desks, Forger, add_elder, add_visit, value

from anyue_desktop.core import clock
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Problem
from anyue_desktop.db.neighbours import IndexedNeighbours
from anyue_desktop.exchange.records import Put
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services.merging import Merge
from anyue_desktop.services.workspace import Workspace

BATCH = 8
GROWING = {*RECORDS, "carried", "history", "person_search", "county_return"}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyue_desktop.services.merging.RECORDS_AT_ONCE", BATCH)
    monkeypatch.setattr("anyue_desktop.services.outgoing.ROWS_AT_ONCE", BATCH)
    monkeypatch.setattr("anyue_desktop.db.rows.ROWS_AT_ONCE", BATCH)


def statements_while(workspace: Workspace, work: Any) -> list[str]:
    """Returns every statement the workspace's database carries out meanwhile, with its values."""
    seen: list[str] = []
    with workspace.store.read() as session:
        raw: Any = session.connection().connection.driver_connection
    raw.set_trace_callback(seen.append)
    work()
    raw.set_trace_callback(None)
    return seen


def plans(workspace: Workspace, statements: list[str]) -> Iterator[tuple[str, str]]:
    """Gives every step by which the database finds the rows of these statements."""
    with workspace.store.read() as session:
        for statement in statements:
            if re.match("SELECT|UPDATE|DELETE", statement):
                for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"):
                    yield statement, str(step[-1])


def test_a_bad_record_in_the_middle_of_a_batch_is_returned_alone(desks: Desks, small_batches: None) -> None:
    forger = Forger(desks)
    people = [forger.person(serial) for serial in range(1, 3 * BATCH)]
    bad = forger.person(90, {"sex": ["1"]})
    orphan = forger.put("elder_case", {"person_id": bad.id, "categories": ["01"]})
    cases = [forger.put("elder_case", {"person_id": one.id, "categories": ["01"]}) for one in people]
    middle = BATCH + BATCH // 2
    taken = forger.send(*people[:middle], bad, *people[middle:], *cases[:3], orphan, *cases[3:])
    assert (taken.status, taken.new, taken.returned) == ("OK", 2 * len(people), 2)
    assert desks.returns() == {bad.id: "R_SCHEMA", orphan.id: "R_SCHEMA"}
    assert value(desks.county, "select count(*) from person") == len(people)


def test_the_rules_judge_a_visit_by_the_case_as_it_stands_when_everything_is_merged(
    desks: Desks, small_batches: None
) -> None:
    """A case that is closed, or opened again, batches after its visit was merged."""
    forger, left = Forger(desks), {"exit_date": "2026-09-30", "exit_reason": "02"}
    people = [forger.person(serial) for serial in (1, 2)]
    facts = [{"person_id": one.id, "categories": ["01"], "enrol_date": "2026-01-05"} for one in people]
    closing, opening = forger.put("elder_case", facts[0]), forger.put("elder_case", {**facts[1], **left})
    assert forger.send(*people, closing, opening).returned == 0
    visits = [
        forger.put(
            "elder_visit", {"case_id": case.id, "visit_date": "2026-11-10", "visit_method": "1", "visit_result": "1"}
        )
        for case in (closing, opening)
    ]
    between = [forger.person(serial) for serial in range(10, 10 + 2 * BATCH)]
    closed = forger.put("elder_case", {**facts[0], **left}, id=closing.id, revision=2, previous=closing.hash)
    opened = forger.put("elder_case", facts[1], id=opening.id, revision=2, previous=opening.hash)
    taken = forger.send(*visits, *between, closed, opened)
    assert (taken.new, taken.changed, taken.returned) == (2 + 2 * BATCH, 2, 1)
    assert desks.returns() == {visits[0].id: "R_RULE"}


HELD = 2 * BATCH + 1  # one batch being written while the next begins


def test_C16_no_more_than_a_batch_of_records_is_held_at_a_time(desks: Desks, small_batches: None) -> None:
    forger, given, gone, most = Forger(desks), 0, [], 0

    def coming() -> Iterator[Put]:
        nonlocal given, most
        for serial in range(1, 10 * BATCH):
            record = forger.person(serial)
            given += 1
            weakref.finalize(record, gone.append, serial)
            if given - len(gone) > HELD:
                gc.collect()  # what only waits to be collected is not held
            most = max(most, given - len(gone))
            yield record

    with desks.county.store.work("接收上报包") as work:
        merged = Merge(work, desks.site, 1, Context(clock.today())).take(coming())
    assert merged.new == 10 * BATCH - 1
    assert most <= HELD


def test_a_package_sealed_and_taken_in_by_small_batches_is_the_same(desks: Desks, small_batches: None) -> None:
    elders = [add_elder(desks.township, serial) for serial in range(2, 2 + 5 * BATCH, 2)]
    visits = [add_visit(desks.township, elder) for elder in elders]
    sealed = desks.seal()
    assert sealed.counts == {
        "person": len(elders),
        "elder_case": len(elders),
        "elder_visit": len(visits),
        "report_package": 1,
    }
    received = desks.receive(sealed.path)[0]
    assert (received.new, received.returned) == (3 * len(elders) + 1, 0)
    carried = "select group_concat(record_id || revision || hash) from (select * from carried order by record_id)"
    assert value(desks.township, carried) == value(desks.county, carried)


def test_nothing_that_grows_with_the_county_is_read_from_end_to_end(desks: Desks, cases: list[str]) -> None:
    add_visit(desks.township, cases[0])
    desks.report()
    desks.township.records.set("elder_case", cases[1], {"risk_level": "3"})
    add_visit(desks.township, cases[2])
    path = desks.seal().path
    seen = statements_while(desks.county, lambda: desks.receive(path))
    assert len(seen) > 30
    for statement, step in plans(desks.county, seen):
        scanned = re.match(r"SCAN (\w+)(?! USING (COVERING )?INDEX)", step)
        assert scanned is None or scanned[1] not in GROWING, (statement, step)


def test_the_check_of_a_file_finds_what_each_record_alone_is_told(practice: Workspace) -> None:
    found = practice.checking.run(MONTH)
    told: set[tuple[str, Problem]] = set()
    context = Context(clock.today(), practice.unit.code)
    with practice.store.read() as session:
        neighbours = IndexedNeighbours(session)
        for name in [one for one in REGISTERS if one != "report_package"]:
            table = RECORDS[name].__table__
            for row in session.execute(table.select().where(table.c.deleted_at.is_(None))).mappings().all():
                problems = REGISTERS[name].check(dict(row), context, neighbours)
                told |= {(row["id"], problem) for problem in problems}
    assert {(one.id, one.problem) for one in found.problems} == told
    assert len(told) > 30
