"""Saving records: with the person inside, in batches, changed, deleted, brought back, put back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from service_desk import VILLAGE, add_elder, add_visit, elder, id_number, indicator, value, visit

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.problem import Kind
from anyue_desktop.services.entries import Saved
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace


def errors(saved: Saved) -> dict[str, str]:
    """Returns the 逻辑错误 by field."""
    return {problem.field: problem.message for problem in saved.problems if problem.kind is Kind.ERROR}


def person_of(workspace: Workspace, case: str) -> dict[str, Any]:
    return dict(workspace.records.get("elder_case", case)["person"])


def test_a_new_case_brings_its_person_with_what_the_number_says(township: Workspace) -> None:
    case = add_elder(township, 2, "周春英")
    person = person_of(township, case)
    assert (person["sex"], person["birth_date"], person["name_initials"]) == ("2", date(1946, 3, 2), "zcy")
    assert (person["source"], person["report_state"], person["township_code"]) == ("1", "1", township.unit.code)
    assert (
        value(township, "select count(*) from operation where obj like '%counts%' and act = '录入特殊困难老年人档案'")
        == 1
    )


def test_a_person_already_registered_gets_the_case_and_keeps_what_was_not_typed(township: Workspace) -> None:
    known = {**elder(2, "周春英")["person"], "remark": "听力不好"}
    person = township.records.save("person", known)
    typed = elder(2, "周春英", person={"phone": "13990128888", "group_name": ""})
    case = township.records.save("elder_case", typed)
    found = person_of(township, case.id)
    assert (found["id"], found["revision"]) == (person.id, 2)
    assert (found["phone"], found["group_name"], found["remark"]) == ("13990128888", "3组", "听力不好")
    assert value(township, "select count(*) from person") == 1


def test_the_hint_names_the_living_person_with_a_number(township: Workspace) -> None:
    person = township.records.save("person", elder(2, "周春英")["person"]).id
    found = township.records.find_person(id_number(2))
    assert found is not None
    assert (found["id"], found["name"]) == (person, "周春英")
    township.records.delete("person", person)
    assert township.records.find_person(id_number(2)) is None


def test_a_second_open_case_is_refused_and_nothing_of_it_is_kept(township: Workspace) -> None:
    add_elder(township, 2, "周春英")
    again = township.records.save("elder_case", elder(2, "周春英", person={"phone": "13990128888"}))
    assert not again.saved
    assert "已有未退出的档案AY206E20260001" in errors(again)["person_id"]
    assert value(township, "select count(*) from elder_case") == 1
    assert value(township, "select phone from person") == "13990120002"


def test_a_number_somebody_else_has_is_refused(township: Workspace) -> None:
    add_elder(township, 2, "周春英")
    other = township.records.save("person", elder(2, "吴桂英")["person"])
    assert "身份证号与已登记的“周春英”（土桥村）重复" in errors(other)["id_number"]


def test_problems_of_the_person_point_into_the_person(township: Workspace) -> None:
    wrong = elder(2, "周春英", person={"sex": "1"}, exit_reason="02")
    found = {problem.field: problem.code for problem in township.records.check("elder_case", wrong)}
    assert found["person.sex"] == "sex_disagrees"
    assert found["exit_date"] == "exit_date"
    assert not township.records.save("elder_case", wrong).saved
    assert value(township, "select count(*) from person") == 0


def test_cases_are_numbered_by_township_and_year_and_a_number_is_never_given_twice(township: Workspace) -> None:
    first = add_elder(township, 2)
    add_elder(township, 4, enrol_date=date(2025, 12, 1))
    township.records.delete("elder_case", first)
    add_elder(township, 6)
    numbers = "select group_concat(case_no, ' ') from (select case_no from elder_case order by id)"
    assert value(township, numbers) == "AY206E20260001 AY206E20250001 AY206E20260002"


def test_a_grid_saves_the_good_rows_and_says_why_of_the_others(township: Workspace) -> None:
    cases = [add_elder(township, serial) for serial in (2, 4, 6)]
    rows = [visit(cases[0]), visit(cases[1], date(2026, 12, 24)), visit(cases[2], date(2025, 12, 1))]
    saved = township.visits.save_batch(rows)
    assert [one.saved for one in saved] == [True, False, False]
    assert "晚于今天" in errors(saved[1])["visit_date"]
    assert "早于纳入日期 2026-01-05" in errors(saved[2])["visit_date"]
    assert value(township, "select count(*) from operation where act = '批量录入'") == 1
    assert value(township, "select source from elder_visit") == "5"


def test_a_grid_without_a_good_row_is_no_action(township: Workspace) -> None:
    before = value(township, "select max(n) from operation")
    assert [one.saved for one in township.visits.save_batch([visit(add_elder(township, 2), date(2027, 1, 1))])] == [
        False
    ]
    assert value(township, "select count(*) from operation where act = '批量录入'") == 0
    assert before < value(township, "select max(n) from operation")


def test_changing_one_field_leaves_the_others_and_makes_one_revision(township: Workspace) -> None:
    case = add_elder(township, 2, "周春英")
    saved = township.records.set("elder_case", case, {"person.phone": "13990127777"})
    assert (saved.saved, saved.revision) == (True, 1)
    person = person_of(township, case)
    assert (person["phone"], person["revision"], person["name"]) == ("13990127777", 2, "周春英")
    assert township.records.set("elder_case", case, {"person.phone": "13990127777"}).saved
    assert person_of(township, case)["revision"] == 2


def test_a_change_that_breaks_a_rule_is_not_kept(township: Workspace) -> None:
    case = add_elder(township, 2)
    saved = township.records.set("elder_case", case, {"exit_date": date(2025, 1, 1), "exit_reason": "02"})
    assert not saved.saved
    assert "早于纳入日期" in errors(saved)["exit_date"]
    assert township.records.get("elder_case", case)["exit_date"] is None


def test_the_form_offers_the_visitor_and_the_result_that_follow_from_the_case_and_the_way(township: Workspace) -> None:
    case = add_elder(township, 2, responsible_name="龚志明", responsible_type="01")
    filled = township.records.fill(
        "elder_visit", {"case_id": case, "visit_date": date(2026, 11, 2), "visit_method": "2"}
    )
    assert (filled["visitor_name"], filled["visitor_type"], filled["visit_result"]) == ("龚志明", "01", "2")


def test_a_deleted_record_is_in_the_recycle_bin_until_it_is_brought_back(township: Workspace) -> None:
    case = add_elder(township, 2)
    seen = add_visit(township, case)
    township.records.delete("elder_visit", seen, "录错了人")
    assert township.records.ids(Query("elder_visit")) == []
    assert township.records.ids(Query("elder_visit", deleted=True)) == [seen]
    assert township.records.total("elder_visit") == 0
    assert indicator(township).numerator == 0
    township.records.restore("elder_visit", seen)
    assert township.records.ids(Query("elder_visit")) == [seen]
    assert indicator(township).numerator == 1


def test_what_others_hang_on_is_not_deleted(township: Workspace) -> None:
    case = add_elder(township, 2)
    seen = add_visit(township, case)
    with pytest.raises(UserError, match="还有探访记录1条用到这条“特殊困难老年人档案”"):
        township.records.delete("elder_case", case)
    with pytest.raises(UserError, match="还有特殊困难老年人档案1条"):
        township.records.delete("person", person_of(township, case)["id"])
    township.records.delete("elder_visit", seen)
    township.records.delete("elder_case", case)
    with pytest.raises(UserError, match="在回收站里"):
        township.records.restore("elder_visit", seen)


def test_a_visit_others_were_copied_from_can_be_deleted(township: Workspace) -> None:
    case = add_elder(township, 2)
    first = add_visit(township, case, date(2026, 11, 3), health="2")
    add_visit(township, case, date(2026, 11, 9), **township.visits.like_last(township.visits.of_case(case)[0]))
    township.records.delete("elder_visit", first)
    assert len(township.visits.of_case(case)) == 1


def test_a_record_that_was_deleted_meanwhile_is_not_saved_out_of_sight(township: Workspace) -> None:
    seen = add_visit(township, add_elder(township, 2))
    typed = township.records.get("elder_visit", seen)
    township.records.delete("elder_visit", seen)
    with pytest.raises(UserError, match="已在回收站里"):
        township.records.save("elder_visit", {**typed, "health": "3"})
    with pytest.raises(UserError, match="没有编号为"):
        township.records.set("elder_visit", seen, {"health": "3"})


@pytest.mark.parametrize("reason", ["录错了\n人", "  录错了 人 "])
def test_the_reason_of_a_deletion_is_tidied_so_that_a_package_can_carry_it(township: Workspace, reason: str) -> None:
    seen = add_visit(township, add_elder(township, 2))
    township.records.delete("elder_visit", seen, reason)
    assert township.records.history("elder_visit", seen)[0].reason == "录错了 人"


def test_a_reason_no_package_could_carry_is_refused(township: Workspace) -> None:
    seen = add_visit(township, add_elder(township, 2))
    for reason in ("错" * 201, "录错\u202e了"):
        with pytest.raises(UserError, match="填写的原因不合规定"):
            township.records.delete("elder_visit", seen, reason)
    assert township.records.ids(Query("elder_visit")) == [seen]


def test_history_tells_who_changed_what_when_and_from_what(township: Workspace) -> None:
    seen = add_visit(township, add_elder(township, 2), health="1")
    township.records.set("elder_visit", seen, {"health": "3", "safety_issues": ("01",)})
    township.records.delete("elder_visit", seen, "录错了人")
    removed, changed, first = township.records.history("elder_visit", seen)
    assert (changed.operator, changed.action, changed.at[:10]) == ("王芳", "修改探访记录", "2026-11-23")
    told = {one.label: (one.old, one.new) for one in changed.changes}
    assert told["健康状况"] == ("良好", "较差")
    assert told["安全隐患"][0] == ""
    assert (removed.deleted, removed.reason, removed.action) == (True, "录错了人", "删除探访记录")
    assert (first.revision, first.changes) == (1, [])


def test_one_field_is_put_back_as_it_was_and_the_others_stay(township: Workspace) -> None:
    seen = add_visit(township, add_elder(township, 2), health="1", hygiene="1")
    township.records.set("elder_visit", seen, {"health": "3"})
    township.records.set("elder_visit", seen, {"hygiene": "2"})
    saved = township.records.put_back("elder_visit", seen, "health", 1)
    assert (saved.saved, saved.revision) == (True, 4)
    found = township.records.get("elder_visit", seen)
    assert (found["health"], found["hygiene"]) == ("1", "2")
    assert township.records.history("elder_visit", seen)[0].action == "恢复“健康状况”到第1版"
    with pytest.raises(UserError, match="没有第 9 版"):
        township.records.put_back("elder_visit", seen, "health", 9)


def test_villages_of_the_own_township_are_offered(township: Workspace) -> None:
    offered = township.records.choices("elder_case", "person.residence_division", "tqc")
    assert offered[0].code == VILLAGE
    assert {one.code[:9] for one in township.records.villages()} == {VILLAGE[:9]}
    assert [one.name for one in township.records.choices("elder_visit", "visit_method", "电话")] == ["电话"]
