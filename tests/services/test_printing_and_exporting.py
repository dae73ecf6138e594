"""Ledgers and workbooks of the practice township, held against plain SQL."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from service_desk import MONTH, Desks, add_elder, add_visit, indicator, roster_row, take_in, value
from sqlalchemy import text

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

ACTIVE = """
    from elder_case c join person p on p.id = c.person_id
    where c.deleted_at is null and (c.enrol_date is null or c.enrol_date <= '2026-10-31')
    and (c.exit_date is null or c.exit_date > '2026-10-31') and c.categories is not null
"""
SEEN = """
    exists (select 1 from elder_visit v where v.case_id = c.id and v.deleted_at is null
    and v.visit_date between '2026-10-01' and '2026-10-31' and v.visit_result in ('1', '2'))
"""


def sheet(workspace: Workspace, target: Path, ledger: str, month: str = "2026-10", **order: Any) -> list[list[Any]]:
    """Prints a ledger as a workbook and returns its rows."""
    workspace.printing.print_ledger(LedgerOrder(ledger, month, **order), target)
    page = openpyxl.load_workbook(target).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def table(rows: list[list[Any]], first: str) -> list[dict[str, Any]]:
    """Returns the lines under the heading that begins with `first`, down to the sum or the signatures."""
    top = next(number for number, row in enumerate(rows) if row and row[0] == first)
    heading, found = rows[top], []
    for row in rows[top + 1 :]:
        if row[0] is None or (isinstance(row[0], str) and row[0].startswith(("合计", "单位负责人", "说明"))):
            continue
        found.append(dict(zip(heading, row, strict=True)))
    return found


def operations(workspace: Workspace, act: str) -> list[dict[str, Any]]:
    with workspace.store.read() as session:
        asked = text("select obj from operation where act = :act order by n")
        return [json.loads(row.obj) for row in session.execute(asked, {"act": act})]


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_roster_has_everybody_on_the_list_and_masks_their_numbers(practice: Workspace, tmp_path: Path) -> None:
    lines = table(sheet(practice, tmp_path / "L1.xlsx", "L1"), "序号")
    assert len(lines) == value(practice, f"select count(*) {ACTIVE}") > 300
    names = json.loads(value(practice, f"select json_group_array(p.name) {ACTIVE}"))
    assert sorted(line["姓名"] for line in lines) == sorted(names)
    shown = "".join(str(cell) for line in lines for cell in line.values())
    numbers = json.loads(value(practice, f"select json_group_array(p.id_number) {ACTIVE} and p.id_number is not null"))
    assert not [number for number in numbers if number in shown]


def test_the_printed_roster_says_that_it_is_masked(practice: Workspace, tmp_path: Path) -> None:
    printed = practice.printing.print_ledger(LedgerOrder("L1", "2026-10"), tmp_path / "L1")
    assert printed.path.name == "L1.pdf"
    shown = pdf_text(printed.path)
    assert "特殊困难老年人花名册" in shown
    assert "已脱敏" in shown
    assert "5120**********" in shown
    assert printed.pages == practice.printing.page_count(printed.path) > 5


def test_numbers_are_shown_for_a_reason_which_is_logged_and_printed(practice: Workspace, tmp_path: Path) -> None:
    before = len(operations(practice, "unmask"))
    order = {"unmask_reason": "县局核对", "village": practice.records.villages()[0].code}
    lines = table(sheet(practice, tmp_path / "L1.xlsx", "L1", **order), "序号")
    assert any(str(cell).startswith("512099") and "*" not in str(cell) for line in lines for cell in line.values())
    last = operations(practice, "unmask")
    assert (len(last) - before, last[-1]["reason"]) == (1, "县局核对")
    assert last[-1]["number"] == operations(practice, "print")[-1]["number"]


def test_every_print_has_its_own_number_and_no_name_in_the_log(practice: Workspace, tmp_path: Path) -> None:
    for _ in range(2):
        sheet(practice, tmp_path / "L4.xlsx", "L4")
    first, second = operations(practice, "print")[-2:]
    assert first["number"] != second["number"]
    assert set(second) == {"ledger", "month", "number", "pages"}


def test_a_village_prints_its_own_people(practice: Workspace, tmp_path: Path) -> None:
    village = practice.records.villages()[1]
    lines = table(sheet(practice, tmp_path / "L1.xlsx", "L1", village=village.code), "序号")
    where = f"{ACTIVE} and p.residence_division = '{village.code}'"
    assert len(lines) == value(practice, f"select count(*) {where}") > 0
    assert {line["村（社区）"] for line in lines} == {village.name}


def test_the_summary_adds_up_to_its_villages_and_to_the_rate(practice: Workspace, tmp_path: Path) -> None:
    rows = sheet(practice, tmp_path / "L3.xlsx", "L3")
    total = next(row for row in rows if row[0] == "合计")
    names = {village.name for village in practice.records.villages()}
    villages = [row for row in rows if row[0] in names]
    rate = indicator(practice, month="2026-10")
    assert (total[1], total[8], total[9]) == (rate.denominator, rate.numerator, rate.value)
    numbers = [place for place in range(1, 16) if place not in (9, 13)]
    for place in numbers:
        assert total[place] == sum(row[place] for row in villages)
    assert total[12] == rate.denominator - rate.numerator
    assert total[1] == value(practice, f"select count(*) {ACTIVE}")
    assert total[8] == value(practice, f"select count(*) {ACTIVE} and {SEEN}")
    alone = f"""{ACTIVE} and c.categories like '%"01"%'"""
    assert total[2] == value(practice, f"select count(*) {alone}")


def test_the_list_of_the_unvisited_has_exactly_those_not_seen_or_spoken_with(
    practice: Workspace, tmp_path: Path
) -> None:
    lines = table(sheet(practice, tmp_path / "L4.xlsx", "L4"), "序号")
    assert len(lines) == value(practice, f"select count(*) {ACTIVE} and not {SEEN}") > 0


def test_the_visit_book_has_a_page_for_every_visit(practice: Workspace, tmp_path: Path) -> None:
    printed = practice.printing.print_ledger(LedgerOrder("L2", "2026-10"), tmp_path / "L2.pdf")
    asked = (
        "select count(*) from elder_visit where visit_date between '2026-10-01' and '2026-10-31' and deleted_at is null"
    )
    assert printed.pages >= value(practice, asked) > 300
    blank = practice.printing.print_ledger(LedgerOrder("L2", "2026-10", blank=True), tmp_path / "空白.pdf")
    assert blank.pages == value(practice, f"select count(*) {ACTIVE}")


def test_what_is_not_there_cannot_be_printed(township: Workspace, tmp_path: Path) -> None:
    for ledger, sentence in (("L99", "没有编号为“L99”"), ("L2", "没有探访记录"), ("L16", "还没有生成上报包")):
        with pytest.raises(UserError, match=sentence):
            township.printing.print_ledger(LedgerOrder(ledger, MONTH), tmp_path / "台账.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_handover_slip_counts_what_is_in_the_package(desks: Desks, tmp_path: Path) -> None:
    cases = [add_elder(desks.township, serial) for serial in (2, 4)]
    desks.township.records.set("elder_case", cases[1], {"risk_level": "2"})
    seen = add_visit(desks.township, cases[0])
    add_visit(desks.township, cases[1])
    desks.seal()
    first = {row[1]: row[2:5] for row in sheet(desks.township, tmp_path / "L16.xlsx", "L16", MONTH)}
    desks.township.records.set("elder_case", cases[0], {"risk_level": "3"})
    desks.township.records.delete("elder_visit", seen)
    sealed = desks.seal()
    rows = sheet(desks.township, tmp_path / "L16.xlsx", "L16", MONTH)
    said = {row[1]: row[2:5] for row in rows}
    flat = " ".join(str(cell) for row in rows for cell in row if cell is not None)
    assert said["特殊困难老年人档案"] == [0, 1, 0]
    assert said["探访记录"] == [0, 0, 1]
    assert (first["特殊困难老年人档案"], first["探访记录"]) == ([2, 0, 0], [2, 0, 0])
    assert sealed.check_code in flat
    assert f"{desks.site}-000002.tpkg" in flat


def test_an_export_opens_and_holds_formulas_as_text(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英", person={"remark": "=1+1", "group_name": None})
    township.records.set("elder_case", township.records.ids(Query("elder_case"))[0], {"responsible_name": "龚志明"})
    paths = ("person.name", "person.remark", "person.id_number", "enrol_date")
    made = township.exporting.export("elder_case", tmp_path / "名单", paths=paths)
    assert (made.rows, made.path.name) == (1, "名单.xlsx")
    page = openpyxl.load_workbook(made.path).worksheets[0]
    cells = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert any(str(seen).startswith("5120**********") for seen in cells)
    assert [at for at in cells if isinstance(at, date)]


def test_an_export_shows_numbers_only_for_a_reason_which_is_logged(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    township.exporting.export("elder_case", tmp_path / "名单.xlsx", unmask_reason="县局核对")
    page = openpyxl.load_workbook(tmp_path / "名单.xlsx").worksheets[0]
    shown = {str(cell.value) for row in page.iter_rows() for cell in row}
    assert value(township, "select id_number from person") in shown
    assert operations(township, "export")[-1] == {
        "reason": "县局核对", "register": "elder_case", "rows": 1, "unmasked": True,
    }  # fmt: skip


def test_an_exported_list_is_the_list_that_was_asked_for(practice: Workspace, tmp_path: Path) -> None:
    query = Query("elder_case", worklist="unvisited", month=MONTH, order="person.name_pinyin")
    made = practice.exporting.export("elder_case", tmp_path / "未探访.xlsx", query=query)
    assert made.rows == practice.records.count(query) > 0
    csv = practice.exporting.export("elder_case", tmp_path / "未探访.csv", query=query)
    assert csv.rows == made.rows
    assert len(csv.path.read_text(encoding="utf-8-sig").splitlines()) == made.rows + 1


def test_a_template_filled_in_by_a_village_is_taken_in_whole(township: Workspace, tmp_path: Path) -> None:
    path = township.exporting.template("elder_case", tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    place = {str(cell.value).rstrip("*"): cell.column for cell in page[2]}
    given = dict(zip(("姓名", "身份证号"), roster_row(2, "周春英"), strict=False)) | {"困难类别": "独居老年人"}
    for label, cell in given.items():
        page.cell(3, place[label]).value = cell
    book.save(path)
    take_in(township, path)
    found = township.records.values("elder_case", township.records.ids(Query("elder_case", search="周春英")))
    assert [(one["person.birth_date"], one["categories"]) for one in found] == [(date(1946, 3, 2), ("01",))]
