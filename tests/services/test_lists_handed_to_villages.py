"""A list taken to a village with blank cells beside the names comes back as visits."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from service_desk import add_elder, id_number, take_in, value, workbook

from anyue_desktop.services.workspace import Workspace

SHOWN = ["person.residence_division", "person.name", "person.id_number", "case_no"]
BLANK = ("探访日期", "探访方式", "健康状况")


def handed_out(township: Workspace, path: Path, reason: str, filled: dict[str, tuple[str, ...]]) -> Path:
    """Exports the list, puts blank columns beside it and fills in some lines, as the village does."""
    township.exporting.export("elder_case", path, paths=SHOWN, unmask_reason=reason)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 6) if sheet.cell(row, 2).value == "姓名")
    for place, text in enumerate(BLANK, len(SHOWN) + 1):
        sheet.cell(head, place).value = text
        for row in range(head + 1, sheet.max_row + 1):
            answers = filled.get(str(sheet.cell(row, 4).value), ())
            sheet.cell(row, place).value = dict(zip(BLANK, answers, strict=False)).get(text)
    book.save(path)
    return path


@pytest.mark.parametrize("reason", ["", "交村里核对"], ids=["masked", "unmasked"])
def test_filled_lines_become_visits_and_blank_lines_change_nothing(
    township: Workspace, tmp_path: Path, reason: str
) -> None:
    for serial, name in ((2, "周春英"), (4, "吴桂英"), (6, "周春英")):  # two of one name in one village
        add_elder(township, serial, name)
    last = value(township, "select case_no from elder_case c join person p on p.id = c.person_id "
                           "where p.id_number = :number", number=id_number(6))  # fmt: skip
    path = handed_out(township, tmp_path / "入户探访清单.xlsx", reason, {last: ("2026-11-10", "入户", "良好")})
    plan = take_in(township, path, "elder_visit")
    assert (plan.new, plan.same, plan.bad) == (1, 2, 0)
    whose = "select case_no from elder_case c join elder_visit v on c.id = v.case_id"
    assert value(township, whose) == last
    assert value(township, "select visit_date from elder_visit") == "2026-11-10"


def test_a_hidden_number_alone_is_no_name(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    hidden = f"{id_number(2)[:4]}{'*' * 10}{id_number(2)[-4:]}"
    visits = workbook(tmp_path / "探访.xlsx", ("身份证号", "村", "探访日期"), (hidden, "土桥村", "2026-11-10"))
    plan = take_in(township, visits, "elder_visit")
    assert (plan.new, plan.bad) == (0, 1)


def test_a_number_beside_another_name_is_refused(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    number = value(township, "select case_no from elder_case")
    rows = ("吴桂英", "土桥村", number, "2026-11-10"), ("周春英", "土桥村", "AY206E20269999", "2026-11-10")
    plan = take_in(
        township, workbook(tmp_path / "探访.xlsx", ("姓名", "村", "档案编号", "探访日期"), *rows), "elder_visit"
    )
    assert plan.bad == 2
    assert [problem.message for problem in plan.problems] == [
        f"档案编号{number}是“周春英”的，表里写的是“吴桂英”，请核对",
        "没有找到特殊困难老年人档案“AY206E20269999”，请核对，或先录入",
    ]
