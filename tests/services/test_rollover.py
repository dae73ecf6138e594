"""The turn of the year: what goes on, what should end, what is asked anew; noted once, writing no record."""

from __future__ import annotations

from datetime import date

import pytest
from service_desk import OTHER_VILLAGE, VILLAGE, add_elder
from sqlalchemy import func, select

from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.tables import History, Operation
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace


@pytest.fixture
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED_DAY, "2027-01-06")


@pytest.fixture
def town(township: Workspace) -> Workspace:
    """Three elders, of whom one has died and one has left the list; one person on support; one village's figures."""
    support = {"relief_class": "2", "central_willing": "1", "central_asked_on": date(2026, 2, 1)}
    add_elder(township, 2, "周春英", enrol_date=date(2026, 3, 1), person=support)
    gone = add_elder(township, 4, "吴桂英", enrol_date=date(2026, 3, 1))
    left = add_elder(township, 6, "郑秀英", enrol_date=date(2026, 3, 1))
    township.records.set("elder_case", left, {"exit_date": date(2026, 5, 1), "exit_reason": "02"})
    person = township.records.get("elder_case", gone)["person_id"]
    township.records.set("person", person, {"life_status": "2", "death_date": date(2026, 6, 1)})
    figures = {"village_code": VILLAGE, "year": 2026, "area_kind": "3", "pop_reg": 1000, "filler": "龚志明"}
    assert township.records.save("village_year_base", figures).saved
    return township


def log_length(town: Workspace) -> int:
    with town.store.read() as session:
        return session.scalar(select(func.count()).select_from(Operation)) or 0


def everything(town: Workspace) -> dict[str, int]:
    """How many records and former versions there are."""
    counts = {one.name: town.records.total(one.name) for one in town.records.registers()}
    with town.store.read() as session:
        return {**counts, "history": session.scalar(select(func.count()).select_from(History)) or 0}


@pytest.mark.usefixtures("january")
def test_the_plan_says_what_goes_on_and_what_is_wanted(town: Workspace) -> None:
    plan = town.rollover.plan(2027)
    (elders,) = (one for one in plan.carried if one.register == "elder_case")
    assert (elders.open, elders.should_end) == (2, 1)
    assert (plan.carried_on, plan.to_settle, plan.to_ask) == (2, 1, 1)
    assert plan.base_year == 2027
    assert [one.code for one in plan.villages] == [one.code for one in town.records.villages()]


def test_before_the_year_begins_it_can_be_looked_at_but_not_made(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FIXED_DAY, "2026-12-20")
    assert town.rollover.usual_year() == 2027
    plan = town.rollover.plan(2027)
    assert (plan.to_ask, plan.base_year) == (1, 2026)
    assert VILLAGE not in [one.code for one in plan.villages]
    with pytest.raises(UserError, match="2027年还没有到"):
        town.rollover.run(2027)


@pytest.mark.usefixtures("january")
def test_a_roll_over_is_one_line_of_the_log_and_changes_no_record(town: Workspace) -> None:
    before, length = everything(town), log_length(town)
    assert town.rollover.is_due()
    assert town.rollover.run(2027).done_on == "2027-01-06"
    assert log_length(town) == length + 1
    assert everything(town) == before
    assert not town.rollover.is_due()


@pytest.mark.usefixtures("january")
def test_a_second_run_writes_nothing(town: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    town.rollover.run(2027)
    length, before = log_length(town), everything(town)
    monkeypatch.setenv(FIXED_DAY, "2027-01-20")
    assert town.rollover.run(2027).done_on == "2027-01-06"
    assert (log_length(town), everything(town)) == (length, before)


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-30", False), ("2026-12-01", True), ("2027-01-31", True), ("2027-02-01", False)]
)
def test_it_is_offered_in_december_and_january(
    town: Workspace, monkeypatch: pytest.MonkeyPatch, day: str, *, due: bool
) -> None:
    monkeypatch.setenv(FIXED_DAY, day)
    assert town.rollover.is_due() is due


@pytest.mark.usefixtures("january")
def test_an_answer_of_last_year_stands_until_the_new_one_is_given(town: Workspace) -> None:
    town.rollover.run(2027)
    (person,) = town.records.ids(Query("person", worklist="unasked", month="2027-01"))
    assert town.records.get("person", person)["central_willing"] == "1"
    town.records.set("person", person, {"central_willing": "2", "central_asked_on": date(2027, 1, 5)})
    assert town.records.ids(Query("person", worklist="unasked", month="2027-01")) == []
    changes = {change.field: (change.old, change.new) for change in town.records.history("person", person)[0].changes}
    assert changes["central_asked_on"] == ("2026-02-01", "2027-01-05")


@pytest.mark.parametrize("year", [2020, 2029])
@pytest.mark.usefixtures("january")
def test_years_out_of_reach_are_refused(town: Workspace, year: int) -> None:
    with pytest.raises(UserError, match=f"不能结转到{year}年"):
        town.rollover.plan(year)


@pytest.mark.usefixtures("january")
def test_a_village_begins_with_what_stays_and_never_with_figures(town: Workspace) -> None:
    lines = {one.given["village_code"]: one for one in town.batches.lines("village_year_base", "2027-01")}
    first = lines[VILLAGE]
    assert first.given == {"village_code": VILLAGE, "year": 2027}
    assert first.start == {"area_kind": "3", "filler": "龚志明"}
    assert first.last is not None
    assert (first.last["pop_reg"], first.last["year"]) == (1000, 2026)
    assert (lines[OTHER_VILLAGE].last, lines[OTHER_VILLAGE].start) == (None, {})


@pytest.mark.parametrize(("people", "far"), [(1200, False), (1201, True), (800, False), (799, True)])
@pytest.mark.usefixtures("january")
def test_figures_far_from_last_year_are_asked_about(town: Workspace, people: int, *, far: bool) -> None:
    found = town.records.check("village_year_base", {"village_code": VILLAGE, "year": 2027, "pop_reg": people})
    assert ("pop_reg_far" in {problem.code for problem in found}) is far
