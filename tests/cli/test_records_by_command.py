"""One record at a time: entering, changing, deleting, looking back, listing."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import VILLAGE, Desk, id_number, words_of_elder

CASE, VISIT = "elder_case", "elder_visit"


def rows(desk: Desk, register: str = CASE, *words: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = desk.tells("list", register, *words)["rows"]
    return found


def case_of(desk: Desk, name: str) -> dict[str, str]:
    return next(row for row in rows(desk) if row["person.name"] == name)


def test_a_case_is_added_with_its_person(township: Desk) -> None:
    saved = township.tells("add", CASE, *words_of_elder(8, "冯素华", "困难类别=空巢", "phone=13990120008"))
    assert saved["revision"] == 1
    row = case_of(township, "冯素华")
    assert row["id"] == saved["id"]
    assert (row["person.sex"], row["person.residence_division"]) == ("女", VILLAGE)
    assert row["categories"] == "空巢老年人"


def test_what_is_missing_is_told_but_does_not_stand_in_the_way(township: Desk) -> None:
    saved = township.tells("add", CASE, *words_of_elder(8, "冯素华"))
    assert {"kind", "field", "value", "message", "hint", "code"} <= saved["problems"][0].keys()
    assert {one["kind"] for one in saved["problems"]} == {"missing"}


def test_fields_are_named_by_key_path_or_chinese_name(township: Desk) -> None:
    one = township.tells(
        "add", CASE, "姓名=冯素华", f"person.id_number={id_number(8)}", f"residence_division={VILLAGE}"
    )
    assert case_of(township, "冯素华")["id"] == one["id"]


def test_every_bad_value_is_told_and_nothing_is_saved(township: Desk) -> None:
    answer = township.answers(2, "add", CASE, *words_of_elder(8, "冯素华"), "phone=1390", "enrol_date=2026-02-31")
    assert "1390" in answer["message"]
    assert "2026-02-31" in answer["message"]
    assert len(rows(township)) == 3


def test_an_unknown_field_is_told_with_those_there_are(township: Desk) -> None:
    answer = township.answers(2, "add", CASE, "name=冯素华", "telefon=1")
    assert "没有“telefon”" in answer["message"]
    assert "联系电话" in answer["hint"]


def test_a_field_named_twice_in_two_ways_is_told(township: Desk) -> None:
    assert "写了两次" in township.answers(2, "add", CASE, "name=冯素华", "姓名=冯素英")["message"]


def test_what_the_program_fills_in_cannot_be_set(township: Desk) -> None:
    record = case_of(township, "周春英")["id"]
    assert "由程序自动填写" in township.answers(2, "set", CASE, record, "上报状态=县局已接收")["message"]


def test_a_logic_error_saves_nothing_and_says_why(township: Desk) -> None:
    answer = township.answers(2, "add", CASE, *words_of_elder(2, "周春英"))
    assert answer["status"] == "E_RECORD"
    assert "已有未退出的档案" in answer["message"]
    assert (answer["id"], answer["revision"]) == ("", 0)
    assert any(one["kind"] == "error" for one in answer["problems"])
    assert len(rows(township)) == 3


@pytest.mark.parametrize("who", [[f"id_number={id_number(6)}"], ["姓名=郑秀英", f"村={VILLAGE}"]])
def test_a_visit_finds_its_case_by_number_or_by_name_and_village(township: Desk, who: list[str]) -> None:
    saved = township.tells("add", VISIT, *who, "visit_date=2026-11-12", "visit_method=电话", "health=良好")
    row = next(row for row in rows(township, VISIT) if row["id"] == saved["id"])
    assert row["case.person.name"] == "郑秀英"
    assert (row["visit_date"], row["health"]) == ("2026-11-12", "良好")


def test_a_visit_finds_its_case_by_its_id(township: Desk) -> None:
    case = case_of(township, "郑秀英")["id"]
    saved = township.tells("add", VISIT, f"case_id={case}", "visit_date=2026-11-12", "visit_method=1")
    assert rows(township, VISIT, "--where", "姓名=郑秀英")[0]["id"] == saved["id"]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (["姓名=查无此人"], "没有找到“查无此人”"),
        ([], "没有写明“探访对象”"),
        (["case_id=01890a5d-ac96-774b-bcce-b302099a8057"], "没有编号为 01890a5d-ac96-774b-bcce-b302099a8057"),
    ],
)
def test_a_visit_of_nobody_is_refused(township: Desk, who: list[str], sentence: str) -> None:
    answer = township.answers(2, "add", VISIT, *who, "visit_date=2026-11-12", "visit_method=1")
    assert sentence in answer["message"]
    assert len(rows(township, VISIT)) == 2


def test_a_name_two_people_share_asks_for_the_number(township: Desk) -> None:
    township.tells("add", CASE, *words_of_elder(8, "郑秀英"))
    answer = township.answers(2, "add", VISIT, "姓名=郑秀英", "visit_date=2026-11-12", "visit_method=1")
    assert "有2个“郑秀英”" in answer["message"]


def test_fields_of_record_and_person_are_changed(township: Desk) -> None:
    record = case_of(township, "周春英")["id"]
    saved = township.tells("set", CASE, record, "phone=13990120009", "自理能力=失能")
    assert saved["revision"] == 2
    row = case_of(township, "周春英")
    assert row["person.phone"] == "139****0009"
    assert "完全丧失" in row["self_care_level"]


def test_a_blank_value_empties_a_field(township: Desk) -> None:
    record = case_of(township, "周春英")["id"]
    township.tells("set", CASE, record, "困难类别=")
    assert case_of(township, "周春英")["categories"] == ""


def test_fields_of_another_record_are_not_changed_from_here(township: Desk) -> None:
    visit = rows(township, VISIT)[0]["id"]
    answer = township.answers(2, "set", VISIT, visit, "姓名=别人")
    assert "不能从“探访记录”修改" in answer["message"]


def test_a_deleted_record_is_gone_from_the_list_and_kept_in_the_history(township: Desk) -> None:
    visit = rows(township, VISIT)[0]["id"]
    deleted = township.tells("delete", VISIT, visit, "--reason", "重复录入")
    assert (deleted["id"], deleted["revision"], deleted["problems"]) == (visit, 2, [])
    assert visit not in [row["id"] for row in rows(township, VISIT)]
    newest = township.tells("history", VISIT, visit)["revisions"][0]
    assert (newest["deleted"], newest["reason"]) == (True, "重复录入")


def test_a_record_that_is_not_there_cannot_be_changed(township: Desk) -> None:
    for line in (["set", CASE, "nobody", "phone="], ["delete", CASE, "nobody"], ["history", CASE, "nobody"]):
        assert "没有编号为 nobody 的记录" in township.answers(2, *line)["message"]


def test_the_history_tells_who_changed_what(township: Desk) -> None:
    visit = rows(township, VISIT)[0]["id"]
    township.tells("set", VISIT, visit, "health=良好")
    revisions: list[dict[str, Any]] = township.tells("history", VISIT, visit)["revisions"]
    assert [one["revision"] for one in revisions] == [2, 1]
    assert revisions[0]["operator"] == "王芳"
    assert {"field": "health", "label": "健康状况", "old": "", "new": "良好"} in revisions[0]["changes"]


def test_a_list_is_searched_and_narrowed(township: Desk) -> None:
    assert [row["person.name"] for row in rows(township, CASE, "--search", "zcy")] == ["周春英"]
    found = township.tells("list", CASE, "--where", "困难类别=独居", "--where", f"村={VILLAGE}", "--limit", "2")
    assert (found["total"], len(found["rows"])) == (3, 2)
    assert township.tells("list", CASE, "--where", "困难类别=空巢")["total"] == 0
    assert township.tells("list", CASE, "--where", "exit_date=")["total"] == 3
    assert township.tells("list", VISIT, "--where", "上报状态=待上报")["total"] == 2


def test_a_value_no_field_can_have_is_told(township: Desk) -> None:
    answer = township.answers(2, "list", CASE, "--where", "纳入日期=昨天")
    assert "纳入日期" in answer["message"]


def test_a_list_is_masked_unless_a_reason_is_given(township: Desk) -> None:
    number = id_number(2)
    assert case_of(township, "周春英")["person.id_number"] == f"{number[:4]}**********{number[-4:]}"
    shown = rows(township, CASE, "--search", "周春英", "--unmask", "核对户籍")
    assert shown[0]["person.id_number"] == number


def test_a_register_may_be_named_in_chinese(township: Desk) -> None:
    assert township.tells("list", "探访记录")["total"] == 2
