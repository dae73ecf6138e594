"""Village workbooks by command: templates, imports of every usual shape, undo, exports."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from command_line import HEADER, VISIT_HEADER, Desk, id_number, roster_row, visit_row, workbook

CASE, VISIT = "elder_case", "elder_visit"
COUNTS = ("new", "changed", "same", "bad", "duplicates")


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[key] for key in COUNTS)


def texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell is not None]


def test_a_template_is_written_and_taken_back(township: Desk, tmp_path: Path) -> None:
    path = Path(township.tells("template", CASE, tmp_path / "空白表")["path"])
    assert path.name == "空白表.xlsx"
    assert {"姓名*", "姓名"} & set(texts(path))
    assert township.tells("import", CASE, path)["new"] == 0


def test_a_roster_with_a_title_is_imported(township: Desk, tmp_path: Path) -> None:
    rows = [["土桥村特殊困难老年人花名册"], HEADER, roster_row(12, "冯素华"), roster_row(14, "陈德芳")]
    answer = township.tells("import", CASE, workbook(tmp_path / "花名册.xlsx", rows))
    assert counts(answer) == (2, 0, 0, 0, 0)
    assert answer["batch"]
    assert township.tells("list", CASE)["total"] == 5


def test_numbers_turned_into_floats_are_bad_rows(township: Desk, tmp_path: Path) -> None:
    broken = roster_row(14, "陈德芳")
    broken[1] = float(id_number(14)[:17] + "0")
    book = workbook(tmp_path / "数字.xlsx", [HEADER, roster_row(12, "冯素华"), broken])
    answer = township.answers(1, "import", CASE, book, "--errors", tmp_path / "退回.xlsx")
    assert counts(answer) == (1, 0, 0, 1, 0)
    (problem,) = [one for one in answer["problems"] if one["kind"] == "error"]
    assert {"sheet", "row", "column", "field", "value", "message", "kind"} <= problem.keys()
    assert (problem["sheet"], problem["row"], problem["column"], problem["field"]) == ("Sheet1", 3, "B", "身份证号")
    assert answer["errors"] == str(tmp_path / "退回.xlsx")
    assert "错误原因" in texts(tmp_path / "退回.xlsx")


def test_full_width_signs_and_dates_of_every_kind_are_read(township: Desk, tmp_path: Path) -> None:
    header = [*HEADER, "纳入日期"]
    wide = [*roster_row(12, "冯素华"), "２０２５．３．１"]
    wide[1] = id_number(12).translate({ord("0") + n: ord("０") + n for n in range(10)})
    rows = [header, wide, [*roster_row(14, "陈德芳"), "2025年3月1日"], [*roster_row(16, "何秀兰"), "20250301"]]
    assert counts(township.tells("import", CASE, workbook(tmp_path / "日期.xlsx", rows))) == (3, 0, 0, 0, 0)
    found = township.tells("list", CASE, "--where", "纳入日期=2025-03-01")
    assert found["total"] == 3


def test_several_sheets_are_read_and_a_person_met_twice_only_once(township: Desk, tmp_path: Path) -> None:
    first = [HEADER, roster_row(12, "冯素华"), roster_row(14, "陈德芳")]
    second = [HEADER, roster_row(16, "何秀兰"), roster_row(12, "冯素华")]
    answer = township.tells("import", CASE, workbook(tmp_path / "分组.xlsx", first, second))
    assert counts(answer) == (3, 0, 0, 0, 1)


def test_roster_and_visits_of_a_village_go_together(township: Desk, tmp_path: Path) -> None:
    roster = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华"), roster_row(14, "陈德芳")])
    visits = workbook(
        tmp_path / "11月探访.xlsx",
        [
            VISIT_HEADER,
            visit_row(12, "冯素华", "2026.11.3"),
            visit_row(14, "陈德芳", "2026-12-01"),
            visit_row(99, "查无此人"),
        ],
    )
    township.tells("import", CASE, roster)
    answer = township.answers(1, "import", VISIT, visits)
    assert counts(answer) == (1, 0, 0, 2, 0)
    told = [one["message"] for one in answer["problems"] if one["kind"] == "error"]
    assert any("晚于今天" in one for one in told)
    assert any("查无此人" in one for one in told)


def test_the_same_workbook_again_changes_nothing(township: Desk, tmp_path: Path) -> None:
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华")])
    township.tells("import", CASE, book)
    assert counts(township.tells("import", CASE, book)) == (0, 0, 1, 0, 0)


def test_a_dry_run_writes_nothing(township: Desk, tmp_path: Path) -> None:
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华")])
    answer = township.tells("import", CASE, book, "--dry-run")
    assert (answer["new"], answer["batch"]) == (1, None)
    assert township.tells("list", CASE)["total"] == 3


def test_defaults_fill_what_the_workbook_lacks(township: Desk, tmp_path: Path) -> None:
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华")])
    township.tells("import", CASE, book, "--default", "自理能力=失能", "--default", "enrol_date=2026-01-05")
    (row,) = township.tells("list", CASE, "--search", "冯素华")["rows"]
    assert "完全丧失" in row["self_care_level"]
    assert row["enrol_date"] == "2026-01-05"


def test_a_bad_default_imports_nothing(township: Desk, tmp_path: Path) -> None:
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华")])
    assert "纳入日期" in township.answers(2, "import", CASE, book, "--default", "enrol_date=昨天")["message"]
    assert township.tells("list", CASE)["total"] == 3


def test_a_file_that_is_no_workbook_is_told(township: Desk, tmp_path: Path) -> None:
    book = tmp_path / "花名册.xlsx"
    book.write_bytes(b"not a workbook")
    assert "没有找到表头" in township.answers(1, "import", CASE, book)["sheets"][0]["message"]
    book.write_bytes(b"PK\x03\x04 a broken workbook")
    assert "花名册.xlsx" in township.answers(2, "import", CASE, book)["message"]


def test_an_import_is_taken_back(township: Desk, tmp_path: Path) -> None:
    changed = roster_row(2, "周春英", phone="13990120002")
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华"), changed])
    answer = township.tells("import", CASE, book)
    assert counts(answer) == (1, 1, 0, 0, 0)
    undone = township.tells("undo", answer["batch"])
    assert undone["removed"] >= 1
    assert undone["restored"] >= 1
    (row,) = township.tells("list", CASE, "--search", "周春英")["rows"]
    assert (row["person.phone"], township.tells("list", CASE)["total"]) == ("", 3)


def test_what_was_changed_since_an_import_is_kept_and_told(township: Desk, tmp_path: Path) -> None:
    book = workbook(tmp_path / "花名册.xlsx", [HEADER, roster_row(12, "冯素华")])
    batch = township.tells("import", CASE, book)["batch"]
    (row,) = township.tells("list", CASE, "--search", "冯素华")["rows"]
    township.tells("set", CASE, row["id"], "自理能力=失能")
    assert "冯素华" in township.answers(1, "undo", batch)["kept"]


def test_a_batch_that_never_was_cannot_be_undone(township: Desk) -> None:
    assert township.answers(2, "undo", "nothing")["status"] == "E_USAGE"


def test_a_register_is_exported_masked(township: Desk, tmp_path: Path) -> None:
    answer = township.tells("export", CASE, tmp_path / "名单.xlsx", "--search", "周")
    assert (answer["path"], answer["rows"]) == (str(tmp_path / "名单.xlsx"), 1)
    assert "周春英" in texts(tmp_path / "名单.xlsx")
    assert id_number(2) not in texts(tmp_path / "名单.xlsx")


def test_a_reason_lifts_the_mask_of_an_export(township: Desk, tmp_path: Path) -> None:
    township.tells("export", CASE, tmp_path / "名单.csv", "--unmask", "核对户籍", "--where", "姓名=周春英")
    assert id_number(2) in (tmp_path / "名单.csv").read_text(encoding="utf-8-sig")
