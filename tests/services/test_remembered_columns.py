"""What an officer says of a strange column is remembered for workbooks of the same shape."""

from __future__ import annotations

from pathlib import Path

from service_desk import id_number, take_in, value, workbook

from anyue_desktop.services.workspace import Workspace

HEADS = ("姓名", "身份证号", "村", "帮扶对象情形", "联系电话")
CHOICE = {"帮扶对象情形": "categories", "联系电话": ""}


def roster(path: Path, serial: int, name: str, heads: tuple[str, ...] = HEADS, title: str = "土桥村花名册") -> Path:
    row = (name, id_number(serial), "土桥村", "独居老年人", f"1399012{serial:04d}")
    return workbook(path / f"{title}{serial}.xlsx", heads, row)


def test_a_choice_is_offered_again_for_the_next_workbook_of_that_shape(township: Workspace, tmp_path: Path) -> None:
    take_in(township, roster(tmp_path, 2, "周春英"), mapping=CHOICE)
    plan = take_in(township, roster(tmp_path, 4, "吴桂英"))
    assert plan.sheets[0].remembered == ("帮扶对象情形", "联系电话")
    assert plan.sheets[0].unknown == ["联系电话"]
    assert value(township, "select count(*) from elder_case where categories = '[\"01\"]'") == 2
    assert value(township, "select count(*) from person where phone is not null") == 0


def test_a_new_choice_takes_the_place_of_the_old_one(township: Workspace, tmp_path: Path) -> None:
    take_in(township, roster(tmp_path, 2, "周春英"), mapping=CHOICE)
    plan = township.importing.plan("elder_case", [roster(tmp_path, 4, "吴桂英")], mapping={"联系电话": "person.phone"})
    assert plan.sheets[0].remembered == ("帮扶对象情形",)
    township.importing.commit(plan)
    again = township.importing.plan("elder_case", [roster(tmp_path, 6, "郑秀英")])
    assert {header: path for header, path, _, _ in again.sheets[0].mapping}["联系电话"] == "person.phone"


def test_another_shape_another_register_and_a_dry_run_know_nothing_of_it(township: Workspace, tmp_path: Path) -> None:
    first = roster(tmp_path, 2, "周春英")
    township.importing.plan("elder_case", [first], mapping=CHOICE)
    assert township.importing.plan("elder_case", [first]).sheets[0].remembered == ()
    take_in(township, first, mapping=CHOICE)
    other = roster(tmp_path, 4, "吴桂英", (*HEADS[:3], "帮扶对象情形", "手机"))
    assert township.importing.plan("elder_case", [other]).sheets[0].remembered == ()
    assert township.importing.plan("homecare_enrolment", [first]).sheets[0].remembered == ()


def test_each_village_keeps_its_own_meaning(township: Workspace, tmp_path: Path) -> None:
    take_in(township, roster(tmp_path, 2, "周春英"), mapping={"帮扶对象情形": "categories"})
    there = roster(tmp_path, 4, "吴桂英", title="聚宝村花名册")
    take_in(township, there, mapping={"帮扶对象情形": "person.remark"})
    back = township.importing.plan("elder_case", [roster(tmp_path, 6, "郑秀英")])
    assert {header: path for header, path, _, _ in back.sheets[0].mapping}["帮扶对象情形"] == "categories"
    new = township.importing.plan("elder_case", [roster(tmp_path, 8, "王素英", title="画青村花名册")])
    assert {header: path for header, path, _, _ in new.sheets[0].mapping}["帮扶对象情形"] == "person.remark"
