"""What becomes of the rows of a workbook, and that nothing is written before the officer says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import service_desk as desk
from service_desk import (
    HEADER,
    VISIT_HEADER,
    add_elder,
    id_number,
    indicator,
    person_of,
    roster_row,
    take_in,
    value,
    workbook,
)

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.problem import Kind
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

VILLAGE_BOOKS = Path(__file__).resolve().parents[1] / "vectors" / "workbooks" / "village"
ROSTERS = {"01": (28, 0, 0), "02": (16, 4, 0), "03": (21, 0, 0), "04": (30, 0, 1), "05a": (15, 0, 0)}


def book(number: str) -> Path:
    return next(VILLAGE_BOOKS.glob(f"{number}-*.xlsx"))


def outcomes(plan: ImportPlan) -> dict[str, int]:
    return {
        "new": plan.new, "changed": plan.changed, "same": plan.same, "bad": plan.bad, "duplicate": plan.duplicates,
    }  # fmt: skip


def expect(**counts: int) -> dict[str, int]:
    return {"new": 0, "changed": 0, "same": 0, "bad": 0, "duplicate": 0, **counts}


def errors(plan: ImportPlan) -> list[str]:
    return [problem.message for problem in plan.problems if problem.kind is Kind.ERROR]


@pytest.mark.parametrize(("number", "counts"), ROSTERS.items(), ids=ROSTERS)
def test_a_roster_as_villages_send_them_is_taken_in(
    township: Workspace, number: str, counts: tuple[int, int, int]
) -> None:
    new, bad, duplicates = counts
    plan = take_in(township, book(number))
    assert outcomes(plan) == expect(new=new, bad=bad, duplicate=duplicates)
    assert value(township, "select count(*) from elder_case") == value(township, "select count(*) from person") == new


def test_visits_find_their_people_by_number_or_by_name_and_village(township: Workspace) -> None:
    take_in(township, book("05a"))
    plan = take_in(township, book("05b"), "elder_visit")
    assert outcomes(plan) == expect(new=15, bad=2)
    assert any("没有找到“查无此人”的档案" in message for message in errors(plan))
    assert any("晚于今天（2026-11-23）" in message for message in errors(plan))
    assert value(township, "select count(distinct case_id) from elder_visit") == 15
    rate = indicator(township)
    assert (rate.numerator, rate.denominator) == (15, 15)


@pytest.mark.parametrize("number", [*ROSTERS, "05b"])
def test_importing_the_same_workbook_again_changes_nothing_and_makes_no_revision(
    township: Workspace, number: str
) -> None:
    register = "elder_visit" if number == "05b" else "elder_case"
    if number == "05b":
        take_in(township, book("05a"))
    first = take_in(township, book(number), register)
    again = take_in(township, book(number), register)
    assert outcomes(again) == expect(same=first.new, bad=first.bad, duplicate=first.duplicates)
    assert value(township, "select count(*) from history") == 0
    assert {value(township, f"select max(revision) from {name}") for name in ("person", register)} == {1}


def test_a_visit_without_a_way_of_visiting_is_known_again(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    visits = workbook(tmp_path / "探访.xlsx", ("姓名", "村", "探访日期"), ("周春英", "土桥村", "2026-11-10"))
    assert outcomes(take_in(township, visits, "elder_visit")) == expect(new=1)
    assert outcomes(take_in(township, visits, "elder_visit")) == expect(same=1)


def test_a_dry_run_writes_nothing(township: Workspace, roster: Path) -> None:
    before = desk.dump(township)
    assert township.importing.plan("elder_case", [roster]).new == 3
    assert desk.dump(township) == before


def test_an_import_opens_a_numbered_case_for_everybody(township: Workspace, roster: Path) -> None:
    take_in(township, roster)
    rows = township.records.rows("elder_case", township.records.ids(Query("elder_case")), masked=False)
    assert [row["person.name"] for row in rows] == ["吴桂英", "郑秀英", "周春英"]  # by pinyin
    assert sorted(row["case_no"] for row in rows) == [f"AY206E2026000{number}" for number in (1, 2, 3)]
    assert {row["person.sex"] for row in rows} == {"女"}
    assert {row["person.birth_date"] for row in rows} == {"1946-03-02"}
    assert {row["categories"] for row in rows} == {"独居老年人"}
    assert [person_of(township, "周春英")[key] for key in ("source", "report_state")] == ["2", "1"]


def test_only_filled_cells_change_a_person_registered_by_hand(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英", person={"emergency_name": "周小军", "remark": "听力不好"})
    path = workbook(tmp_path / "花名册.xlsx", HEADER, roster_row(2, "周春英", 组="5组", 困难类别=None))
    plan = take_in(township, path)
    assert outcomes(plan) == expect(changed=1)
    assert [(one.label, one.old, one.new) for one in plan.changes[0].fields] == [("组（社）", "3组", "5组")]
    person = person_of(township, "周春英")
    assert (person["group_name"], person["emergency_name"], person["remark"]) == ("5组", "周小军", "听力不好")
    assert person["phone"] == "13990120002"
    assert value(township, "select categories from elder_case") == '["01"]'
    assert value(township, "select revision from elder_case") == 1


def test_a_person_without_a_case_gets_one_and_is_not_registered_twice(township: Workspace, roster: Path) -> None:
    person = {**desk.elder(2, "周春英")["person"], "phone": "13990129999"}
    assert township.records.save("person", person).saved
    take_in(township, roster)
    assert value(township, "select count(*) from person where name = '周春英'") == 1
    assert value(township, "select count(*) from elder_case") == 3
    assert person_of(township, "周春英")["phone"] == "13990129999"


def test_a_person_who_left_the_list_gets_a_new_case(township: Workspace, roster: Path) -> None:
    add_elder(township, 2, "周春英", exit_date=date(2026, 6, 1), exit_reason="03")
    assert take_in(township, roster).new == 3
    assert value(township, "select count(*) from elder_case join person on person.id = person_id "
                           "where name = '周春英'") == 2  # fmt: skip


def test_a_name_two_people_bear_is_refused_until_the_number_is_given(township: Workspace, tmp_path: Path) -> None:
    for serial in (2, 4):
        add_elder(township, serial, "周春英")
    rows = ("周春英", None, "土桥村", "2026-11-10", "入户", "良好"), (
        "周春英", id_number(4), "土桥村", "2026-11-11", "入户", "良好",
    )  # fmt: skip
    plan = take_in(township, workbook(tmp_path / "探访.xlsx", VISIT_HEADER, *rows), "elder_visit")
    assert outcomes(plan) == expect(new=1, bad=1)
    assert errors(plan) == ["有2个“周春英”（土桥村、土桥村），请填写身份证号以便区分"]
    assert value(township, "select visit_date from elder_visit") == "2026-11-11"


def test_the_village_tells_people_of_one_name_apart(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    there = add_elder(township, 4, "周春英", person={"residence_division": desk.OTHER_VILLAGE})
    row = ("周春英", None, "聚宝村", "2026-11-10", "入户", "良好")
    take_in(township, workbook(tmp_path / "探访.xlsx", VISIT_HEADER, row), "elder_visit")
    assert value(township, "select case_id from elder_visit") == there


def test_visits_of_people_without_a_case_are_refused(township: Workspace, tmp_path: Path) -> None:
    assert township.records.save("person", desk.elder(2, "周春英")["person"]).saved
    row = ("周春英", id_number(2), "土桥村", "2026-11-10", "入户", "良好")
    plan = take_in(township, workbook(tmp_path / "探访.xlsx", VISIT_HEADER, row), "elder_visit")
    assert outcomes(plan) == expect(bad=1)
    assert "还没有建立“特殊困难老年人档案”" in errors(plan)[0]


def test_a_default_fills_what_the_workbook_lacks_and_yields_to_what_it_says(
    township: Workspace, tmp_path: Path
) -> None:
    rows = roster_row(2, "周春英", 居住状况="与配偶同住"), roster_row(4, "吴桂英")
    path = workbook(tmp_path / "花名册.xlsx", HEADER, *rows)
    take_in(township, path, defaults={"探访责任人": "龚志明", "living_arrangement": "独居", "纳入日期": "2026.3.1"})
    lives = "select living_arrangement from elder_case c join person p on p.id = c.person_id where p.name = :name"
    assert [value(township, lives, name=name) for name in ("周春英", "吴桂英")] == ["2", "1"]
    assert value(township, "select count(*) from elder_case where responsible_name = '龚志明'") == 2
    assert value(township, "select count(*) from elder_case where enrol_date = '2026-03-01'") == 2


def test_a_default_that_cannot_be_read_is_refused_before_anything_is_read(township: Workspace, roster: Path) -> None:
    with pytest.raises(UserError, match="“纳入日期”的默认值有误"):
        township.importing.plan("elder_case", [roster], defaults={"纳入日期": "去年"})


def test_the_officer_says_what_a_strange_header_means_or_leaves_a_column_out(
    township: Workspace, tmp_path: Path
) -> None:
    rows = (("周春英", id_number(2), "土桥村", "独居老年人", "13990120002"),)
    path = workbook(tmp_path / "花名册.xlsx", ("姓名", "身份证号", "村", "帮扶对象情形", "联系电话"), *rows)
    plan = township.importing.plan("elder_case", [path])
    assert plan.sheets[0].unknown == ["帮扶对象情形"]
    take_in(township, path, mapping={"帮扶对象情形": "categories", "联系电话": ""})
    assert value(township, "select categories from elder_case") == '["01"]'
    assert value(township, "select phone from person") is None


def test_a_plan_tells_how_each_sheet_was_understood(township: Workspace) -> None:
    plan = township.importing.plan("elder_case", [book("04")])
    assert sum(sheet.rows for sheet in plan.sheets) == 31
    assert sum(sheet.hidden_rows for sheet in plan.sheets) == 1
    headers = {header: path for sheet in plan.sheets for header, path, _, _ in sheet.mapping}
    assert headers["姓名"] == "person.name"


def test_a_person_on_two_rows_is_taken_once_and_the_second_row_says_where_the_first_is(
    township: Workspace, tmp_path: Path
) -> None:
    rows = roster_row(2, "周春英"), roster_row(2, "周春英", 联系电话="13990125555")
    plan = take_in(township, workbook(tmp_path / "花名册.xlsx", HEADER, *rows))
    assert outcomes(plan) == expect(new=1, duplicate=1)
    assert [p.message for p in plan.problems if "同一个人" in p.message] == [
        "“周春英”与“Sheet”第2行是同一个人，只导入一次"
    ]
    assert value(township, "select phone from person") is None


def test_rows_of_several_files_are_one_import(township: Workspace, roster: Path, tmp_path: Path) -> None:
    other = workbook(tmp_path / "二.xlsx", HEADER, roster_row(2, "周春英"), roster_row(8, "王素英"))
    plan = township.importing.plan("elder_case", [roster, other])
    assert outcomes(plan) == expect(new=4, duplicate=1)
    township.importing.commit(plan)
    (batch,) = township.importing.batches()
    assert (batch.files, batch.new, batch.register) == (["花名册.xlsx", "二.xlsx"], 4, "elder_case")


def test_a_bad_row_names_file_sheet_row_column_value_and_what_to_do(township: Workspace, tmp_path: Path) -> None:
    wrong = id_number(2)[:-1] + ("1" if id_number(2)[-1] != "1" else "2")
    path = workbook(tmp_path / "花名册.xlsx", HEADER, roster_row(2, "周春英", 身份证号=wrong), roster_row(4, ""))
    plan = township.importing.plan("elder_case", [path])
    number, name = (problem for problem in plan.problems if problem.kind is Kind.ERROR)
    assert (number.file, number.sheet, number.row, number.column, number.field) == (
        "花名册.xlsx", "Sheet", 2, "B", "身份证号",
    )  # fmt: skip
    assert "校验位不对" in number.message
    assert (name.row, name.field) == (3, "姓名")
    assert "不能为空" in name.message


def test_somebody_under_sixty_is_refused_with_the_rule(township: Workspace, tmp_path: Path) -> None:
    young = id_number(2, date(1990, 5, 1))
    plan = take_in(township, workbook(tmp_path / "花名册.xlsx", HEADER, roster_row(2, "周春英", 身份证号=young)))
    assert outcomes(plan) == expect(bad=1)
    assert "不满60周岁" in errors(plan)[0]
    assert value(township, "select count(*) from person") == 0


def test_the_marked_workbook_says_why_each_bad_row_was_refused(township: Workspace, tmp_path: Path) -> None:
    plan = township.importing.plan("elder_case", [book("02")])
    path = township.importing.write_errors(plan, tmp_path / "有误.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "错误原因")
    reasons = {row: sheet.cell(row, column).value for row in range(1, sheet.max_row + 1)}
    bad = {change.row for change in plan.changes if change.kind == "bad"}
    assert len(bad) == 4
    assert all("已丢失" in str(reasons[row]) for row in bad)


def test_a_workbook_without_mistakes_is_not_given_back(township: Workspace, roster: Path, tmp_path: Path) -> None:
    plan = township.importing.plan("elder_case", [roster])
    with pytest.raises(UserError, match="没有有误的行"):
        township.importing.write_errors(plan, tmp_path / "有误.xlsx")


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(township: Workspace) -> None:
    with pytest.raises(UserError):
        township.importing.plan("elder_case", [VILLAGE_BOOKS.parent / "损坏.xlsx"])
