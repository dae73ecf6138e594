"""Records that belong to no person: how words and workbooks name what a row is about, and how lists find it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from service_desk import VILLAGE, Desks, Forger, add_elder, id_number, take_in, value, workbook

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.problem import Kind
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

OTHER_VILLAGE = "512021206201"


def add(workspace: Workspace, register: str, **values: Any) -> str:
    saved = workspace.records.save(register, values)
    assert saved.saved, saved.problems
    return saved.id


def facility(workspace: Workspace, name: str = "土桥村日间照料中心", **values: Any) -> str:
    given = {"name": name, "facility_type": "E08", "division_code": VILLAGE, "status": "1", **values}
    return add(workspace, "facility", **given)


def director(workspace: Workspace, name: str, village: str) -> str:
    return add(workspace, "protect_staff", name=name, role="2", duty_division=village, on_date=date(2024, 1, 1))


def person(workspace: Workspace, serial: int, name: str) -> str:
    return add(workspace, "person", name=name, id_type="111", id_number=id_number(serial), residence_division=VILLAGE)


def errors(plan: ImportPlan) -> list[str]:
    return [problem.message for problem in plan.problems if problem.kind is Kind.ERROR]


def sheet(tmp_path: Path, header: Sequence[str], *rows: Sequence[Any]) -> Path:
    return workbook(tmp_path / "表.xlsx", header, *rows)


def test_a_facilitys_month_is_named_by_the_facility(township: Workspace, tmp_path: Path) -> None:
    mine = facility(township)
    path = sheet(tmp_path, ("设施名称", "月份", "月末收住老年人数"), ("土桥村日间照料中心", "2026-10", 12))
    assert take_in(township, path, "facility_month").new == 1
    assert value(township, "select facility_id from facility_month") == mine
    again = take_in(township, path, "facility_month")
    assert (again.same, again.bad) == (1, 0)


def test_two_facilities_of_one_name_are_told_apart_by_the_village(township: Workspace, tmp_path: Path) -> None:
    facility(township, "儿童之家", facility_type="C04")
    other = facility(township, "儿童之家", facility_type="C04", division_code=OTHER_VILLAGE)
    unclear = take_in(township, sheet(tmp_path, ("设施名称", "月份"), ("儿童之家", "2026-10")), "facility_month")
    assert errors(unclear) == ["有2条设施都符合：儿童之家、儿童之家，请写得更明确"]
    village = township.records.register("facility").show("division_code", OTHER_VILLAGE)
    rows = sheet(tmp_path, ("设施名称", "所在村（社区）", "月份"), ("儿童之家", village, "2026-10"))
    assert take_in(township, rows, "facility_month").new == 1
    assert value(township, "select facility_id from facility_month") == other


def test_a_facility_nobody_registered_is_named_in_the_refusal(township: Workspace, tmp_path: Path) -> None:
    plan = take_in(township, sheet(tmp_path, ("设施名称", "月份"), ("查无此处", "2026-10")), "facility_month")
    assert errors(plan) == ["没有找到设施“查无此处”，请核对，或先录入"]
    assert plan.changes[0].caption == "查无此处"


def test_a_row_that_does_not_say_what_it_belongs_to_is_refused(township: Workspace, tmp_path: Path) -> None:
    plan = take_in(township, sheet(tmp_path, ("设施名称", "月份"), (None, "2026-10")), "facility_month")
    assert errors(plan) == ["没有写明“设施”，请填写"]


def test_a_hazard_is_named_by_facility_and_day_of_the_inspection(township: Workspace, tmp_path: Path) -> None:
    place = facility(township)
    common = {"facility_id": place, "inspect_type": "01", "inspectors": "王强、李芳", "result": "2"}
    add(township, "facility_inspection", **common, inspected_on=date(2026, 11, 2))
    meant = add(township, "facility_inspection", **common, inspected_on=date(2026, 11, 9))
    path = sheet(
        tmp_path,
        ("设施名称", "排查日期", "隐患描述", "隐患等级"),
        ("土桥村日间照料中心", "2026-11-09", "灭火器过期", "一般隐患"),
    )
    take_in(township, path, "facility_issue")
    assert value(township, "select inspection_id from facility_issue") == meant
    (row,) = township.records.values("facility_inspection", [meant], ["hazard_count"])
    assert row["hazard_count"] == 1
    (issue,) = township.records.ids(Query("facility_issue"))
    township.records.delete("facility_issue", issue)
    (row,) = township.records.values("facility_inspection", [meant], ["hazard_count"])
    assert row["hazard_count"] == 0


def test_a_household_has_a_head_and_members_are_named_by_either(township: Workspace, tmp_path: Path) -> None:
    head, child = person(township, 1, "王强"), person(township, 3, "王小强")
    path = sheet(tmp_path, ("户主", "户主身份证号", "家庭人口数"), ("王强", id_number(1), 2))
    assert take_in(township, path, "household").new == 1
    house = value(township, "select id from household")
    assert value(township, "select head_person_id from household") == head
    assert value(township, "select household_no from household") == f"{VILLAGE}-00001"
    rows = sheet(
        tmp_path,
        ("户编号", "户主", "姓名", "身份证号", "与户主关系"),
        (f"{VILLAGE}-00001", None, "王强", id_number(1), "户主"),
        (None, "王强", "王小强", id_number(3), "子"),
    )
    assert errors(take_in(township, rows, "household_member")) == []
    members = township.records.ids(Query("household_member", where={"household_id": house}))
    assert {township.records.get("household_member", one)["person_id"] for one in members} == {head, child}
    assert township.records.ids(Query("household", search="王强")) == [house]


def test_a_roster_of_home_care_registers_the_people_and_finds_the_station(township: Workspace, tmp_path: Path) -> None:
    station = facility(township)
    path = sheet(
        tmp_path,
        ("姓名", "身份证号", "村（社区）", "服务机构", "服务项目", "起始日期"),
        ("周春英", id_number(2), "土桥村", "土桥村日间照料中心", "助餐、助洁", "2026-03-01"),
        ("吴桂英", id_number(4), "土桥村", "没有的站点", "助餐", "2026-03-01"),
    )
    plan = take_in(township, path, "homecare_enrolment")
    assert (plan.new, plan.bad) == (1, 1)
    assert value(township, "select provider_facility_id from homecare_enrolment") == station
    assert value(township, "select enrol_no from homecare_enrolment") == "AY206H20260001"
    (row,) = township.records.rows("homecare_enrolment", township.records.ids(Query("homecare_enrolment")))
    assert row["provider_facility.name"] == "土桥村日间照料中心"


def test_a_month_of_service_belongs_to_the_enrolment_of_that_time(township: Workspace, tmp_path: Path) -> None:
    given = {"id_type": "111", "name": "周春英", "id_number": id_number(2)}
    first = {"start_date": date(2025, 1, 1), "end_date": date(2025, 12, 31), "end_reason": "5"}
    earlier = add(township, "homecare_enrolment", person=given, **first)
    later = add(township, "homecare_enrolment", person=given, start_date=date(2026, 3, 1))
    rows = (("周春英", "2026-10", "助餐", 4), ("周春英", "2025-10", "助餐", 3))
    plan = take_in(township, sheet(tmp_path, ("姓名", "服务月份", "服务项目", "服务人次"), *rows), "homecare_log")
    assert errors(plan) == ["服务月份 2025-10 早于服务开始日期 2026-03-01，请核对月份"]  # the open one is meant
    assert value(township, "select enrolment_id from homecare_log") == later != earlier


def test_a_closed_stretch_is_known_again_by_its_first_day(township: Workspace, tmp_path: Path) -> None:
    header = ("姓名", "未保人员类型", "职责范围", "任职日期", "离任日期")
    path = sheet(tmp_path, header, ("刘芳", "儿童主任", "土桥村", "2024-03-01", "2025-03-01"))
    assert take_in(township, path, "protect_staff").new == 1
    assert take_in(township, path, "protect_staff").same == 1
    later = sheet(tmp_path, header, ("刘芳", "儿童主任", "土桥村", "2026-03-01", None))
    assert take_in(township, later, "protect_staff").new == 1


def test_attendees_are_named_in_one_cell_and_shown_by_name(township: Workspace, tmp_path: Path) -> None:
    both = {director(township, "刘芳", VILLAGE), director(township, "李军", OTHER_VILLAGE)}
    path = sheet(tmp_path, ("培训标题", "培训日期", "培训人员"), ("业务培训", "2026-05-06", "李军、刘芳"))
    assert errors(take_in(township, path, "staff_training")) == []
    (training,) = township.records.ids(Query("staff_training", search="刘芳"))
    assert set(township.records.get("staff_training", training)["attendees"]) == both
    (row,) = township.records.rows("staff_training", [training])
    assert set(row["attendees.name"].split("、")) == {"刘芳", "李军"}
    unknown = sheet(tmp_path, ("培训标题", "培训日期", "培训人员"), ("再次培训", "2026-06-06", "李军、王五"))
    assert errors(take_in(township, unknown, "staff_training")) == ["没有找到未保人员“王五”，请核对，或先录入"]


def test_words_name_a_record_to_point_to_and_change_it(township: Workspace) -> None:
    facility(township)
    second = facility(township, "天马乡敬老院", facility_type="E01")
    add_elder(township, 2, "周春英")
    words = {"身份证号": id_number(2), "服务机构": "土桥村日间照料中心", "服务开始日期": "2026-03-01"}
    entered = township.by_words.add("homecare_enrolment", {**words, "姓名": "周春英"})
    assert entered.saved.saved, entered.saved.problems
    identity = entered.saved.id
    township.by_words.set("homecare_enrolment", identity, {"服务机构": "天马乡敬老院"})
    assert township.records.get("homecare_enrolment", identity)["provider_facility_id"] == second
    township.by_words.set("homecare_enrolment", identity, {"服务机构": ""})
    assert township.records.get("homecare_enrolment", identity)["provider_facility_id"] is None


def test_what_a_record_belongs_to_cannot_be_changed_in_words(township: Workspace) -> None:
    facility(township)
    words = {"设施名称": "土桥村日间照料中心", "月份": "2026-10"}
    entered = township.by_words.add("facility_month", words)
    with pytest.raises(UserError, match="不能从“设施月报”修改"):
        township.by_words.set("facility_month", entered.saved.id, {"设施名称": "天马乡敬老院"})
    with pytest.raises(UserError, match="没有找到设施“查无此处”"):
        township.by_words.add("facility_month", {"设施名称": "查无此处", "月份": "2026-10"})


@pytest.mark.parametrize(("text", "found"), [("日间", 1), ("土桥", 2), ("土桥 日间", 1), ("查无", 0), ("tqc", 2)])
def test_lists_without_a_person_are_searched_by_what_they_show(township: Workspace, text: str, found: int) -> None:
    facility(township)
    facility(township, "儿童之家", facility_type="C04")
    facility(township, "天马乡敬老院", facility_type="E01", division_code=OTHER_VILLAGE)
    assert township.records.count(Query("facility", search=text)) == found


def test_the_beds_of_a_month_stay_while_the_facility_changes(township: Workspace) -> None:
    place = facility(township, beds_full=10, beds_day=5)
    month = add(township, "facility_month", facility_id=place, month="2026-10", residents_end=8)
    township.records.set("facility", place, {"beds_full": 20, "beds_total": 25})
    township.records.set("facility_month", month, {"residents_end": 9})
    assert township.records.get("facility_month", month)["beds_snapshot"] == 15


def test_references_to_several_travel_and_lose_only_who_did_not_go(desks: Desks) -> None:
    first = director(desks.township, "刘芳", VILLAGE)
    second = director(desks.township, "李军", OTHER_VILLAGE)
    given = {"title": "业务培训", "trained_on": date(2026, 5, 6), "attendees": tuple(sorted((first, second)))}
    training = add(desks.township, "staff_training", **given)
    desks.township.records.delete("protect_staff", second)
    assert desks.report().returned == 0
    assert desks.county.records.get("staff_training", training)["attendees"] == (first,)


def test_the_county_returns_a_training_of_people_it_never_got(desks: Desks) -> None:
    forger = Forger(desks)
    forged = forger.put("staff_training", {"title": "业务培训", "attendees": ["01a20000-0000-7000-8000-000000000001"]})
    forger.send(forged)
    assert desks.returns() == {forged.id: "R_SCHEMA"}


def test_staff_somebody_was_trained_with_stay_when_their_import_is_taken_back(
    township: Workspace, tmp_path: Path
) -> None:
    header = ("姓名", "未保人员类型", "职责范围")
    path = sheet(tmp_path, header, ("刘芳", "儿童主任", "土桥村"), ("李军", "儿童督导员", "天马乡"))
    take_in(township, path, "protect_staff")
    (trained,) = township.records.ids(Query("protect_staff", search="刘芳"))
    add(township, "staff_training", title="业务培训", trained_on=date(2026, 5, 6), attendees=(trained,))
    (batch,) = township.importing.batches()
    undone = township.importing.undo(batch.id)
    assert (undone.removed, undone.kept) == (1, ["刘芳"])
    assert township.records.ids(Query("protect_staff")) == [trained]
