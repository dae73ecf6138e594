"""anyue list · history · check: looking at what is registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of, grid_of
from anyue_desktop.cli.entering import problem_facts
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Month, RecordId, Register, Unmask, month_of, pairs
from anyue_desktop.core.problem import KIND_NAMES, Kind
from anyue_desktop.services.checking import Found
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("list", help="列出一个登记册的记录；默认脱敏")(show)
    program.command("history", help="一条记录由谁在什么时候改过什么，最近的在前")(history)
    program.command("check", help="逻辑校验全部记录；有逻辑错误的记录不能上报")(check)


def show(
    context: typer.Context,
    register: Register,
    search: Annotated[str, typer.Option("--search", metavar="TEXT", help="姓名、拼音、首字母、号码的一部分")] = "",
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="只要某项等于某值的，可写多次")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="最多几条，0 为全部", min=0)] = 0,
    unmask: Unmask = "",
) -> Answer:
    """Lists the records of a register, masked unless a reason is given."""
    wanted = pairs(where)
    with session_of(context).opened() as workspace:
        known = workspace.records.register(register)
        query = Query(known.name, search=search, where=workspace.by_words.matching(known.name, wanted))
        found = workspace.by_words.rows(query, limit, unmask_reason=unmask)
        grid = grid_of_records(workspace, known.name, found.rows)
    return Answer({"total": found.total, "rows": found.rows}, [f"{known.title}：共 {found.total} 条"], grid)


def history(context: typer.Context, register: Register, identity: RecordId) -> Answer:
    """Tells who changed what, the newest first."""
    with session_of(context).opened() as workspace:
        found = workspace.records.history(register, identity)
    rows = [
        (
            str(one.revision),
            one.at,
            one.operator,
            "删除" if one.deleted else one.action,
            "；".join(f"{change.label}：{change.old or '（空）'}→{change.new or '（空）'}" for change in one.changes),
            one.reason,
        )
        for one in found
    ]
    grid = Grid(("版", "时间", "操作员", "操作", "改动", "原因"), rows)
    return Answer({"revisions": [facts_of(one) for one in found]}, grid=grid)


def check(context: typer.Context, month: Month) -> Answer:
    """Checks every record."""
    session = session_of(context)
    with session.opened() as workspace, session.progress() as progress:
        report = workspace.checking.run(month_of(month), progress=progress)
    facts = {
        "errors": report.errors,
        "warnings": report.warnings,
        "missing": report.missing,
        "problems": [found_facts(found) for found in report.problems if found.problem.kind is not Kind.MISSING],
        "completeness": report.completeness,
    }
    told = f"逻辑错误 {report.errors}，提示 {report.warnings}，信息不全 {report.missing}"
    return Answer(facts, [told, *problem_lines(report.problems)], code=code_of(report.errors))


def found_facts(found: Found) -> dict[str, Any]:
    """Returns a problem with the record it belongs to, as scripts read it."""
    record = {"register": found.register, "id": found.id, "caption": found.caption}
    return {**record, **problem_facts(found.problem), "reason": found.reason}


def problem_lines(problems: Sequence[Found]) -> list[str]:
    """Returns the problems as a person reads them; what is only missing is counted, not listed."""
    return [
        f"{KIND_NAMES[one.problem.kind]}　{one.caption}　{one.problem.message}（{one.register} {one.id}）"
        for one in problems
        if one.problem.kind is not Kind.MISSING
    ]


def grid_of_records(workspace: Workspace, register: str, rows: Sequence[dict[str, str]]) -> Grid:
    """Returns the rows of a register under the headings of its list."""
    headings = {"id": "编号", **{one.path: one.label for one in workspace.records.columns(register)}}
    return grid_of(headings, rows)
