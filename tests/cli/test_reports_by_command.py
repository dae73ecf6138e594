"""Check, indicators, ledgers: what goes on paper and into the monthly review."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from command_line import MONTH, Desk, Pair, id_number, words_of_elder

from anyue_desktop.ledgers.preview import Preview

CASE = "elder_case"


@pytest.fixture
def contradicted(township: Desk) -> str:
    """The id of a visit that lies before its case's enrolment, noticed after both were saved."""
    case = township.tells("list", CASE, "--search", "周春英")["rows"][0]["id"]
    township.tells("set", CASE, case, "enrol_date=2026-11-20")
    visit: str = township.tells("list", "elder_visit", "--where", "姓名=周春英")["rows"][0]["id"]
    return visit


def pages(path: Path) -> list[str]:
    with Preview(path) as preview:
        return [preview.text(number) for number in range(preview.pages)]


def test_a_file_without_errors_passes_the_check(township: Desk) -> None:
    answer = township.tells("check", "--month", MONTH)
    assert answer["errors"] == 0
    assert answer["missing"] > 0
    assert all(problem["kind"] != "error" for problem in answer["problems"])


def test_a_logic_error_fails_the_check_and_names_the_record(township: Desk, contradicted: str) -> None:
    answer = township.answers(1, "check", "--month", MONTH)
    assert answer["errors"] == 1
    (error,) = [problem for problem in answer["problems"] if problem["kind"] == "error"]
    assert (error["register"], error["id"], error["caption"]) == ("elder_visit", contradicted, "周春英")
    assert "早于纳入日期" in error["message"]
    assert "早于纳入日期" in township.says("check", "--month", MONTH).out


def test_indicators_are_computed(township: Desk) -> None:
    (rate,) = [one for one in township.tells("indicators", "--month", MONTH)["indicators"] if one["id"] == "I04"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("66.7%", 2, 3)
    assert (rate["target"], rate["met"], rate["gap"]) == ("100%", False, "还差1人")


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ([], {"周春英", "吴桂英", "郑秀英"}),
        (["--part", "numerator"], {"周春英", "吴桂英"}),
        (["--part", "missing"], {"郑秀英"}),
    ],
)
def test_the_people_behind_an_indicator_are_listed(township: Desk, part: list[str], names: set[str]) -> None:
    people = township.tells("indicators", "--month", MONTH, "--people", "I04", *part)["people"]
    assert {row["person.name"] for row in people} == names


def test_an_unknown_indicator_is_told(township: Desk) -> None:
    assert "I99" in township.answers(2, "indicators", "--month", MONTH, "--people", "I99")["message"]
    line = ("indicators", "--month", MONTH, "--people", "I04", "--part", "half")
    assert "half" in township.answers(2, *line)["message"]


@pytest.mark.parametrize(("number", "said"), [("L1", "周春英"), ("L2", "周春英"), ("L3", "土桥村"), ("L4", "郑秀英")])
def test_a_ledger_is_printed(township: Desk, tmp_path: Path, number: str, said: str) -> None:
    answer = township.tells("ledger", number, "--month", MONTH, tmp_path / "台账.pdf")
    printed = pages(Path(answer["path"]))
    assert len(printed) == answer["pages"]
    assert said in "".join(printed)


def test_a_ledger_is_masked_unless_a_reason_is_given(township: Desk, tmp_path: Path) -> None:
    township.tells("ledger", "L1", "--month", MONTH, tmp_path / "1.pdf")
    township.tells("ledger", "L1", "--month", MONTH, tmp_path / "2.pdf", "--unmask", "核对户籍")
    assert id_number(2) not in "".join(pages(tmp_path / "1.pdf"))
    shown = "".join(pages(tmp_path / "2.pdf"))
    assert id_number(2) in shown
    assert "核对户籍" in shown


def test_a_ledger_becomes_a_workbook_by_its_name(township: Desk, tmp_path: Path) -> None:
    path = township.tells("ledger", "L1", "--month", MONTH, tmp_path / "台账.xlsx")["path"]
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert "周春英" in cells


def test_a_ledger_of_one_village_leaves_the_others_out(township: Desk, tmp_path: Path) -> None:
    township.tells("add", CASE, *words_of_elder(8, "冯素华")[:2], "村=聚宝村", "困难类别=独居")
    township.tells("ledger", "L1", "--month", MONTH, tmp_path / "1.pdf", "--village", "聚宝村")
    shown = "".join(pages(tmp_path / "1.pdf"))
    assert "冯素华" in shown
    assert "周春英" not in shown


def test_a_blank_record_sheet_is_printed_for_the_village(township: Desk, tmp_path: Path) -> None:
    assert township.tells("ledger", "L2", "--month", MONTH, "--blank", tmp_path / "空白.pdf")["pages"] == 3


def test_one_form_is_printed_without_a_name(township: Desk, tmp_path: Path) -> None:
    line = ("ledger", "L2", "--month", MONTH, "--blank", "--no-names", tmp_path / "空白.pdf")
    assert township.tells(*line)["pages"] == 1
    assert "周春英" not in "".join(pages(tmp_path / "空白.pdf"))


def test_one_person_and_one_visit_are_printed_by_their_ids(township: Desk, tmp_path: Path) -> None:
    case = township.tells("list", CASE, "--search", "周春英")["rows"][0]["id"]
    township.tells("ledger", "L1", "--month", MONTH, tmp_path / "1.pdf", "--case", case)
    shown = "".join(pages(tmp_path / "1.pdf"))
    assert "周春英" in shown
    assert "郑秀英" not in shown
    visit = township.tells("list", "elder_visit")["rows"][0]["id"]
    assert township.tells("ledger", "L2", "--month", MONTH, tmp_path / "2.pdf", "--record", visit)["pages"] == 1


def test_a_report_is_printed_by_its_id_and_for_a_reason_only(township: Desk, tmp_path: Path) -> None:
    words = ("found_at=2026-11-10 09:30", "reported_at=2026-11-10 09:40", "报告情形=失踪", "报告对象=公安机关（110）")
    report = township.tells("add", "child_report", *words)["id"]
    line = ("ledger", "L17", "--month", MONTH, tmp_path / "17.pdf")
    assert "只能一份一份打印" in township.answers(2, *line, "--unmask", "存档")["message"]
    assert "要写明理由" in township.answers(2, *line, "--record", report)["message"]
    assert township.tells(*line, "--record", report, "--unmask", "移交派出所")["pages"] == 1


def test_a_township_prints_its_own_ledgers_only(township: Desk, tmp_path: Path) -> None:
    line = ("ledger", "L1", "--month", MONTH, tmp_path / "1.pdf", "--township")
    assert "只有本乡镇的台账" in township.answers(2, *line, "鸳大镇")["message"]
    assert township.tells(*line, "天马乡")["pages"] == 1


def test_what_cannot_be_printed_is_told(township: Desk, tmp_path: Path) -> None:
    out = tmp_path / "台账.pdf"
    assert "没有编号为“L99”的台账" in township.answers(2, "ledger", "L99", "--month", MONTH, out)["message"]
    assert "还没有生成上报包" in township.answers(2, "ledger", "L16", "--month", MONTH, out)["message"]
    assert "没有探访记录" in township.answers(2, "ledger", "L2", "--month", "2026-01", out)["message"]
    assert township.answers(2, "ledger", "L1", "--month", MONTH, out, "--village", "不存在的村")["message"]
    assert not out.exists()


def test_a_name_no_font_can_draw_is_told(township: Desk, tmp_path: Path) -> None:
    record = township.tells("list", CASE, "--search", "周春英")["rows"][0]["id"]
    township.tells("set", CASE, record, "备注=\U000323b0")
    answer = township.answers(1, "ledger", "L1", "--month", MONTH, tmp_path / "台账.pdf")
    assert answer["undrawable"] == ["\U000323b0"]


def test_two_people_by_command(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    township, county = pair.township, pair.county
    assert township.tells("review", "list") == {"status": "OK", "required": False, "waiting": []}
    assert "请写 on 或 off" in county.answers(2, "county", "trust", tmp_path, "--two-person", "yes")["hint"]
    made = county.tells("county", "trust", tmp_path, "--two-person", "on")
    assert made["two_person"] is True
    assert county.tells("county", "trust", tmp_path, "--two-person", "on")["trust_version"] == made["trust_version"]
    assert township.tells("enrol", "accept", made["path"])["two_person"] is True
    waiting = township.answers(1, "review", "list")["waiting"]
    assert {one["own"] for one in waiting} == {True}
    assert township.answers(1, "seal", "--month", MONTH, pair.stick)["unreviewed"] == len(waiting)
    own = township.answers(1, "review", "pass", "--all")
    assert (own["reviewed"], own["own"]) == (0, len(waiting))
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", "骏马-山羊-水牛-黄牛")
    township.tells("operators", "add", "李强", "--role", "reviewer")
    monkeypatch.setenv("ANYUE_PASSPHRASE", "骏马-山羊-水牛-黄牛")
    first = f"{waiting[0]['register']}/{waiting[0]['id']}"
    assert "没有写明审核哪些" in township.answers(2, "--operator", "李强", "review", "pass")["message"]
    assert township.tells("--operator", "李强", "review", "pass", first)["waiting"] == len(waiting) - 1
    assert township.tells("--operator", "李强", "review", "pass", "--all")["waiting"] == 0
