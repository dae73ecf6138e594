"""What the practice township does in the demonstration: workbooks, a mended row, the month's visits."""

from __future__ import annotations

from pathlib import Path

from anyue_desktop.core import clock, resources
from anyue_desktop.core.problem import Kind
from anyue_desktop.core.resident_id import check_character
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.sheets.raw import shown

CASE, VISIT = "elder_case", "elder_visit"
ID_NUMBER = "person.id_number"
ID_LENGTH = 18
LEFT_UNVISITED = 7  # so that the list of the unvisited has something to show
AT_HOME, WELL = "1", "1"


def rosters() -> list[Path]:
    """Returns the sample rosters that come with the program."""
    return sorted(resources.path("sample").glob("*花名册.xlsx"))


def visit_sheets() -> list[Path]:
    """Returns the sample workbooks of visits."""
    return sorted(resources.path("sample").glob("*探访.xlsx"))


def take_in(workspace: Workspace, register: str, files: list[Path], out: Path) -> tuple[ImportPlan, str]:
    """Imports workbooks, and gives them back with the mistakes marked; returns what was read and what came of it."""
    plan = workspace.importing.plan(register, files)
    told = f"新增{plan.new}，变更{plan.changed}，相同{plan.same}，有误{plan.bad}，重复{plan.duplicates}"
    if plan.bad:
        marked = workspace.importing.write_errors(plan, out / f"{files[0].stem}_标注错误.xlsx")
        told += f"；有误的行标在“{marked.name}”里"
    workspace.importing.commit(plan)
    return plan, told


def mend(workspace: Workspace, plan: ImportPlan) -> str:
    """Enters by hand the row whose ID number has a wrong check character, with the right one."""
    for problem in plan.problems:
        wrong = problem.value
        if problem.kind is not Kind.ERROR or problem.field != "身份证号" or len(wrong) != ID_LENGTH or "." in wrong:
            continue
        words = {path: shown(cell) for path, cell in _cells(plan, problem.row).items()}
        number = wrong[:-1] + check_character(wrong[:-1])
        entered = workspace.by_words.add(CASE, {**words, ID_NUMBER: number})
        outcome = "已保存" if entered.saved.saved else "没有保存"
        return f"第{problem.row}行身份证号末位改为{number[-1]}，{outcome}"
    return "没有需要改正的行"


def visit(workspace: Workspace, month: str) -> str:
    """Records the visits still due, all but a few, as a batch with the answers of the visit before."""
    waiting = workspace.visits.month(month, only_due=True)
    rows = [
        {
            "health": WELL,
            **(workspace.visits.like_last(one.last) if one.last else {}),
            "case_id": one.case_id,
            "visit_date": clock.today(),
            "visit_method": AT_HOME,
        }
        for one in waiting[: max(0, len(waiting) - LEFT_UNVISITED)]
    ]
    saved = workspace.visits.save_batch(rows)
    return f"批量录入{sum(one.saved for one in saved)}条，还有{len(waiting) - len(rows)}人未探访"


def _cells(plan: ImportPlan, row: int) -> dict[str, object]:
    for source in plan.sources:
        for table in source.tables:
            for one in table.rows:
                if one.number == row:
                    return dict(one.cells)
    return {}
