"""anyue import · undo: village workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import Answer, code_of, facts_of
from anyue_desktop.cli.session import Session, session_of
from anyue_desktop.cli.words import Register, Sources, pairs
from anyue_desktop.core.problem import KIND_NAMES
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.workspace import Workspace

COUNTS = {"new": "新增", "changed": "变更", "same": "相同", "bad": "有误", "duplicates": "重复"}


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("import", help="导入村上的表格（.xlsx .xls .et .csv）；有误的行不导入，逐条说明")(import_workbooks)
    program.command("undo", help="撤销一次导入：新增的进回收站，变更的恢复原样")(undo)


def import_workbooks(
    context: typer.Context,
    register: Register,
    files: Sources,
    default: Annotated[
        list[str] | None, typer.Option("--default", metavar="FIELD=VALUE", help="表里没有的项目，可写多次")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写入")] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="OUT.xlsx", help="把有误的行标在原表上写出来", dir_okay=False)
    ] = None,
) -> Answer:
    """Takes workbooks in; bad rows stay out, each with its reason."""
    session = session_of(context)
    defaults = pairs(default)
    with session.opened() as workspace, session.progress() as progress:
        plan = workspace.importing.plan(register, files, defaults=defaults, progress=progress)
        marked = workspace.importing.write_errors(plan, errors) if errors and plan.bad else None
        batch = None if dry_run else _committed(session, workspace, plan)
    facts = {
        "batch": batch,
        **{key: getattr(plan, key) for key in COUNTS},
        "problems": [facts_of(problem) for problem in plan.problems],
        "sheets": [facts_of(sheet) for sheet in plan.sheets],
        "errors": marked,
    }
    unread = _unread(plan)
    notes = [f"“{name}”里没有认得的表格，一行也没有导入" for name in unread]
    return Answer(facts, _told(plan, batch, marked), notes=notes, code=code_of(plan.bad or unread))


def undo(context: typer.Context, batch: Annotated[str, typer.Argument(metavar="BATCH", help="导入的批次号")]) -> Answer:
    """Takes an import back."""
    with session_of(context).opened() as workspace:
        done = workspace.importing.undo(batch)
    lines = [f"移入回收站 {done.removed} 条，恢复 {done.restored} 条"]
    lines += [f"保留：{name}（导入后又改过或用过）" for name in done.kept]
    return Answer(facts_of(done), lines, code=code_of(done.kept))


def _committed(session: Session, workspace: Workspace, plan: ImportPlan) -> str:
    with session.progress() as progress:
        return workspace.importing.commit(plan, progress=progress).batch


def _unread(plan: ImportPlan) -> list[str]:
    """Returns the files in which no sheet has a header the program knows."""
    read = {sheet.file for sheet in plan.sheets if sheet.header_row}
    return [path.name for path in plan.files if path.name not in read]


def _told(plan: ImportPlan, batch: str | None, marked: Path | None) -> list[str]:
    lines = ["，".join(f"{title} {getattr(plan, key)}" for key, title in COUNTS.items())]
    lines += [f"{sheet.file}“{sheet.sheet}”：{sheet.message}" for sheet in plan.sheets if sheet.message]
    lines += [_problem_line(problem) for problem in plan.problems]
    lines += [f"标注了错误的表格：{marked}"] if marked else []
    return [*lines, f"批次号：{batch}（撤销：anyue undo {batch}）" if batch else "这是试算，什么都没有写入"]


def _problem_line(problem: Any) -> str:
    cell = f"{problem.column}列" if problem.column else ""
    field = f"{problem.field}：" if problem.field else ""
    return (
        f"{KIND_NAMES[problem.kind]}　{problem.file}“{problem.sheet}”第{problem.row}行{cell}　{field}{problem.message}"
    )
