"""Cells copied from WPS or Excel go the way of a workbook: plan, report, import."""

from __future__ import annotations

import pytest
from service_desk import id_number, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.sheets.pasted import read_pasted

HEADS = ("姓名", "身份证号", "村", "备注")
ROWS = (("周春英", id_number(2), "土桥村", "=1+1"), ("吴桂英", "5.12099E+17", "土桥村", ""))
TEXT = "\r\n".join("\t".join(row) for row in (HEADS, *ROWS)) + "\r\n"
HTML = "<html><body><table>" + "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADS, *ROWS)
) + "</table></body></html>"  # fmt: skip


@pytest.mark.parametrize("html", ["", HTML], ids=["text", "html"])
def test_copied_cells_are_planned_reported_and_imported_as_a_workbook_is(township: Workspace, html: str) -> None:
    plan = township.importing.plan("elder_case", [], pasted=read_pasted(TEXT, html))
    assert (plan.new, plan.bad) == (1, 1)
    assert any("已丢失" in problem.message and problem.file == "粘贴的内容" for problem in plan.problems)
    township.importing.commit(plan)
    assert value(township, "select name from person") == "周春英"
    (batch,) = township.importing.batches()
    assert batch.files == ["粘贴的内容"]


def test_a_clipboard_without_cells_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match="剪贴板里没有表格") as told:
        read_pasted("今天天气不错")
    assert "表头" in told.value.hint
