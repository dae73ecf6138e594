"""Lists: found by what officers remember of a person, ordered, narrowed, masked; and drafts that survive a crash."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from service_desk import MONTH, OTHER_VILLAGE, VILLAGE, WORDS, Desks, add_elder, add_visit, id_number, names

from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.worklists import Worklist
from anyue_desktop.services.workspace import Workspace, open_workspace


@pytest.fixture
def listed(township: Workspace) -> Workspace:
    """Three elders of two villages."""
    there = {"residence_division": OTHER_VILLAGE, "group_name": "7组", "phone": "13881239999"}
    add_elder(township, 2, "周春英", enrol_date=date(2026, 3, 1))
    add_elder(township, 4, "吴桂芳", categories=("02", "04"), person=there)
    add_elder(township, 6, "单秀兰", enrol_date=date(2026, 2, 1))
    return township


def found(workspace: Workspace, register: str = "elder_case", **question: object) -> list[str]:
    return names(workspace, workspace.records.ids(Query(register, **question)))


SEARCHES = {
    "name": ("桂芳", ["吴桂芳"]),
    "pinyin": ("guifang", ["吴桂芳"]),
    "initials": ("ZCY", ["周春英"]),
    "either reading of a surname": ("shanxiulan", ["单秀兰"]),
    "the other reading": ("dxl", ["单秀兰"]),
    "the end of an ID number": (id_number(4)[-6:], ["吴桂芳"]),
    "part of a telephone number": ("88123", ["吴桂芳"]),
    "village": ("聚宝", ["吴桂芳"]),
    "two words": ("聚宝 桂", ["吴桂芳"]),
    "two words that do not meet": ("土桥 桂", []),
    "spaces around": ("  周春英 ", ["周春英"]),
    "full width": ("ｚｃｙ", ["周春英"]),
    "nobody": ("欧阳", []),
}


@pytest.mark.parametrize(("text", "expected"), SEARCHES.values(), ids=SEARCHES)
def test_people_are_found_by(listed: Workspace, text: str, expected: list[str]) -> None:
    assert found(listed, search=text) == expected


def test_a_search_of_visits_finds_those_of_the_person(listed: Workspace) -> None:
    (case,) = listed.records.ids(Query("elder_case", search="周春英"))
    seen = add_visit(listed, case)
    assert listed.records.ids(Query("elder_visit", search="zcy")) == [seen]
    assert listed.records.ids(Query("elder_visit", search="吴桂芳")) == []


def test_a_changed_name_is_found_and_the_old_one_is_not(listed: Workspace) -> None:
    (case,) = listed.records.ids(Query("elder_case", search="周春英"))
    listed.records.set("elder_case", case, {"person.name": "周秋菊"})
    assert (found(listed, search="周秋菊"), found(listed, search="周春英")) == (["周秋菊"], [])


def test_lists_are_narrowed_by_values_of_the_record_or_the_person(listed: Workspace) -> None:
    assert found(listed, where={"person.residence_division": VILLAGE}) == ["单秀兰", "周春英"]
    assert found(listed, where={"categories": "04"}) == ["吴桂芳"]
    assert found(listed, where={"exit_date": None, "person.name": "周春英"}) == ["周春英"]


def test_lists_come_in_their_natural_order_or_as_asked(listed: Workspace) -> None:
    assert found(listed) == ["单秀兰", "周春英", "吴桂芳"]  # by village, then pinyin
    assert found(listed, order="enrol_date") == ["吴桂芳", "单秀兰", "周春英"]
    assert found(listed, order="-enrol_date") == ["周春英", "单秀兰", "吴桂芳"]
    assert found(listed, order="-person.residence_division")[0] == "吴桂芳"


@pytest.mark.parametrize(
    "question",
    [{"where": {"shoe_size": "38"}}, {"where": {"person.hat.size": "7"}}, {"order": "-hat"}, {"worklist": "hats"}],
)
def test_a_question_about_what_is_not_there_is_answered_with_a_sentence(
    township: Workspace, question: dict[str, object]
) -> None:
    with pytest.raises(UserError):
        township.records.ids(Query("elder_case", **question))


def test_numbers_are_masked_unless_asked_otherwise(listed: Workspace) -> None:
    ids = listed.records.ids(Query("elder_case", search="周春英"))
    (masked,), (plain,) = (listed.records.rows("elder_case", ids, masked=hidden) for hidden in (True, False))
    assert masked["person.id_number"] == f"5120**********{id_number(2)[-4:]}"
    assert plain["person.id_number"] == id_number(2)
    assert (masked["person.phone"], plain["person.phone"]) == ("139****0002", "13990120002")
    assert masked["person.name"] == plain["person.name"] == "周春英"
    assert masked["person.residence_division"] == "土桥村"


def test_rows_come_in_the_order_asked_for_and_what_vanished_is_left_out(listed: Workspace) -> None:
    ids = listed.records.ids(Query("elder_case"))
    asked = [ids[2], "019a95c0-0000-7000-8000-000000000001", ids[0]]
    assert [row["id"] for row in listed.records.rows("elder_case", asked)] == [ids[2], ids[0]]


def test_counts_agree_with_lists(listed: Workspace) -> None:
    (case,) = listed.records.ids(Query("elder_case", search="周春英"))
    add_visit(listed, case, follow_up="1", follow_up_due=date(2026, 11, 20))
    counts = listed.dashboard.counts(MONTH)
    assert {name.removeprefix("elder_"): count for name, count in counts.items() if name.startswith("elder_")} == {
        "case.unvisited": 2, "visit.overdue": 1, "visit.follow_up": 1, "case.should_end": 0, "case.returned": 0,
        "case.incomplete": 3, "visit.returned": 0, "visit.incomplete": 1,
    }  # fmt: skip
    for name, one in listed.dashboard.worklists().items():
        if isinstance(one, Worklist):
            asked = Query(one.register, worklist=one.key, month=MONTH)
            assert listed.records.count(asked) == len(listed.records.ids(asked)) == counts[name]


def test_the_grid_of_the_month_shows_who_waits_and_what_was_seen_last(listed: Workspace) -> None:
    (case,) = listed.records.ids(Query("elder_case", search="周春英"))
    add_visit(listed, case, date(2026, 10, 3), health="1")
    add_visit(listed, case, date(2026, 11, 3), health="2")
    rows = {row.name: row for row in listed.visits.month(MONTH)}
    seen = rows["周春英"]
    assert (seen.visited, seen.last_visit, seen.last["health"] if seen.last else "") == (True, date(2026, 11, 3), "2")
    assert (seen.age, seen.sex, seen.village, seen.phone) == (80, "女", "土桥村", "139****0002")
    assert [row.name for row in listed.visits.month(MONTH, only_due=True)] == ["单秀兰", "吴桂芳"]
    assert [row.name for row in listed.visits.month(MONTH, village=OTHER_VILLAGE)] == ["吴桂芳"]
    assert listed.visits.month_dots(case, 2026) == [0] * 9 + [1, 1, 0]
    assert listed.visits.visit_days(case, MONTH) == [date(2026, 11, 3)]


TYPED = {
    "categories": ("01",),
    "enrol_date": date(2026, 3, 1),
    "raw": {"exit_date": "上个月"},
    "person": {"name": "周春英", "birth_date": date(1946, 3, 2), "raw": {"id_number": "51209919460302"}},
}


def test_a_draft_keeps_values_and_what_cannot_be_read_yet(township: Workspace) -> None:
    township.records.save_draft("elder_case", "新", TYPED)
    kept = township.records.draft("elder_case", "新")
    assert kept is not None
    assert (kept["categories"], kept["enrol_date"], kept["raw"]) == (("01",), date(2026, 3, 1), {"exit_date": "上个月"})
    assert kept["person"]["birth_date"] == date(1946, 3, 2)
    assert kept["person"]["raw"] == {"id_number": "51209919460302"}
    assert [(one.key, one.caption) for one in township.records.drafts()] == [("新", "特殊困难老年人档案 周春英")]
    assert township.dashboard.counts(MONTH)["drafts"] == 1


def test_a_newer_draft_takes_the_place_of_the_older_and_a_dropped_one_is_gone(township: Workspace) -> None:
    for group in ("3组", "5组"):
        township.records.save_draft("elder_case", "新", {"person": {"group_name": group}})
    kept = township.records.draft("elder_case", "新")
    assert kept is not None
    assert kept["person"]["group_name"] == "5组"
    township.records.drop_draft("elder_case", "新")
    assert township.records.draft("elder_case", "新") is None
    assert township.records.drafts() == []


def test_a_draft_survives_a_crash(township: Workspace, tmp_path: Path) -> None:
    township.records.save_draft("elder_case", "新", TYPED)
    after = tmp_path / "断电之后"
    shutil.copytree(township.folder, after, ignore=shutil.ignore_patterns("*lock*"))  # as the disk is at this moment
    reopened = open_workspace(after, "王芳", WORDS)
    kept = reopened.records.draft("elder_case", "新")
    reopened.close()
    assert kept is not None
    assert kept["person"]["name"] == "周春英"


def test_a_draft_is_no_record(township: Workspace) -> None:
    township.records.save_draft("elder_case", "新", TYPED)
    assert township.records.total("elder_case") == 0
    assert township.records.ids(Query("person", search="周春英")) == []


def test_a_drafts_value_that_cannot_be_read_any_more_comes_back_as_the_text_it_was(township: Workspace) -> None:
    township.store.drafts.save("elder_case", "旧", {"enrol_date": "2026年3月", "categories": ["01"]})
    kept = township.records.draft("elder_case", "旧")
    assert kept is not None
    assert (kept["raw"], kept["categories"], "enrol_date" in kept) == ({"enrol_date": "2026年3月"}, ("01",), False)


def test_a_month_narrows_registers_that_are_dated_and_no_others(desks: Desks, cases: list[str]) -> None:
    october = add_visit(desks.township, cases[0], date(2026, 10, 31))
    november = add_visit(desks.township, cases[0], date(2026, 11, 1))
    records = desks.township.records
    assert records.ids(Query("elder_visit", during="2026-10")) == [october]
    assert records.ids(Query("elder_visit", during="2026-11")) == [november]
    desks.seal()
    assert records.count(Query("report_package", during="2026-11")) == 1
    assert records.count(Query("report_package", during="2026-10")) == 0
    with pytest.raises(UserError, match="“特殊困难老年人档案”不分月份"):
        records.ids(Query("elder_case", during="2026-11"))


def test_particular_records_can_be_searched_and_sorted_and_stay_particular(desks: Desks, cases: list[str]) -> None:
    records = desks.township.records
    two = (cases[2], cases[0])
    assert set(records.ids(Query("elder_case", only=two))) == set(two)
    down = records.ids(Query("elder_case", only=two, order="-person.birth_date"))
    assert set(down) == set(two)
    assert records.ids(Query("elder_case", only=())) == []
    records.delete("elder_case", cases[2])
    assert records.ids(Query("elder_case", only=two)) == [cases[0]]


def test_a_whole_record_is_told_masked_with_the_names_of_what_it_points_to(desks: Desks, cases: list[str]) -> None:
    visit = add_visit(desks.township, cases[0], health_note="血压偏高")
    told = desks.township.records.facts("elder_visit", visit)
    assert (told["case.person.name"], told["visit_date"]) == ("周丙英", "2026-11-10")
    assert told["case.person.id_number"].count("*") == 10
    assert "case_id" not in told
    with pytest.raises(UserError, match="没有编号为 x 的记录"):
        desks.township.records.facts("elder_visit", "x")


def test_villages_offered_are_those_of_the_unit_or_of_the_township_named(desks: Desks) -> None:
    path = "person.residence_division"
    own = desks.township.records.choices("elder_case", path)
    assert {one.code[:9] for one in own} == {"512021206"}
    assert desks.county.records.choices("elder_case", path) == []
    assert desks.county.records.choices("elder_case", path, "", "512021206000") == own
    assert len(desks.county.records.villages("512021101000")) == len(divisions().children("512021101000"))
