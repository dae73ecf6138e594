"""逻辑校验 before a month is reported: what it counts, and how a 提示 is kept with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from service_desk import Desks, add_elder, add_visit, change_quietly, value

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.problem import Kind
from anyue_desktop.core.progress import Progress
from anyue_desktop.registers import REGISTERS, ElderCase, ElderVisit
from anyue_desktop.services.checking import CheckReport
from anyue_desktop.services.workspace import Workspace


def told(report: CheckReport, kind: Kind) -> set[tuple[str, str]]:
    """Returns caption and code of the problems of a kind."""
    return {(found.caption, found.problem.code) for found in report.problems if found.problem.kind is kind}


def test_an_empty_file_has_nothing_wrong_with_it(township: Workspace) -> None:
    report = township.checking.run()
    assert (report.errors, report.warnings, report.missing, report.problems) == (0, 0, 0, [])


def test_what_no_form_would_take_is_found_in_the_file(desks: Desks) -> None:
    case = add_elder(desks.township, 2, "周春英")
    seen = add_visit(desks.township, case, date(2026, 11, 10))
    change_quietly(desks, ElderCase, case, exit_reason="02")
    change_quietly(desks, ElderVisit, seen, visit_date=date(2025, 12, 1))
    report = desks.township.checking.run()
    assert told(report, Kind.ERROR) == {("周春英", "exit_date"), ("周春英", "visit_before_enrolment")}
    assert report.errors == 2
    assert report.left_out() == {("elder_case", case), ("elder_visit", seen)}


def test_a_deleted_record_is_not_checked(desks: Desks) -> None:
    case = add_elder(desks.township, 2)
    change_quietly(desks, ElderCase, case, exit_reason="02")
    desks.township.records.delete("elder_case", case)
    assert desks.township.checking.run().errors == 0


def test_a_hint_is_open_until_a_reason_is_written_and_the_reason_travels(desks: Desks) -> None:
    case = add_elder(desks.township, 2, "周春英", living_arrangement="3")
    before = desks.township.checking.run()
    assert ("周春英", "not_kind_01") in told(before, Kind.WARNING)
    desks.township.checking.explain("elder_case", case, "not_kind_01", "子女轮流回家照料，\n已入户核实")
    after = desks.township.checking.run()
    assert (after.warnings, before.warnings) == (before.warnings - 1, before.warnings)
    (kept,) = (found for found in after.problems if found.problem.code == "not_kind_01")
    assert kept.reason == "子女轮流回家照料， 已入户核实"
    desks.report()
    asked = "select explanations from elder_case where id = :id"
    assert value(desks.county, asked, id=case) == '{"not_kind_01": "子女轮流回家照料， 已入户核实"}'


@pytest.mark.parametrize("reason", ["", " \n ", "因" * 201, "已核实\u202e"])
def test_a_reason_must_be_written_and_short_enough_to_travel(township: Workspace, reason: str) -> None:
    case = add_elder(township, 2, living_arrangement="3")
    with pytest.raises(UserError):
        township.checking.explain("elder_case", case, "not_kind_01", reason)
    assert value(township, "select explanations from elder_case") is None


def test_what_is_missing_is_counted_and_stands_in_nobodys_way(desks: Desks) -> None:
    case = add_elder(desks.township, 2)
    report = desks.township.checking.run()
    assert report.missing == sum(found.problem.kind is Kind.MISSING for found in report.problems) > 10
    assert "missing_risk_level" in {found.problem.code for found in report.problems}
    assert desks.seal().counts["elder_case"] == 1
    desks.township.records.set("elder_case", case, {"risk_level": "3"})
    assert "missing_risk_level" not in {found.problem.code for found in desks.township.checking.run().problems}


def test_completeness_is_the_share_of_wanted_fields_that_are_filled(township: Workspace) -> None:
    wanted = [one.key for one in REGISTERS["elder_visit"].fields if one.need in ("draft", "report")]
    seen = add_visit(township, add_elder(township, 2))
    filled = [key for key in wanted if township.records.get("elder_visit", seen)[key]]
    assert township.checking.run().completeness["elder_visit"] == pytest.approx(len(filled) / len(wanted))
    rest = {"visitor_name": "龚志明", "visitor_type": "01", "actions": ("00",), "follow_up": "0"}
    assert township.records.set("elder_visit", seen, rest).saved
    assert township.checking.run().completeness["elder_visit"] == 1.0


def test_the_practice_township_has_gaps_and_hints_but_nothing_wrong(practice: Workspace) -> None:
    report = practice.checking.run()
    assert report.errors == 0
    assert report.warnings > 0
    assert report.missing > 0
    assert 0.9 < report.completeness["elder_case"] < 1


def test_a_check_can_be_stopped(practice: Workspace) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        practice.checking.run(progress=progress)
