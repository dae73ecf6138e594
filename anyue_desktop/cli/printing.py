"""anyue ledger · export: paper and workbooks."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, code_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Month, Register, Target, Unmask, month_of, pairs
from anyue_desktop.services.printing import LEDGERS, LedgerOrder
from anyue_desktop.services.printing.order import MONTH
from anyue_desktop.services.query import Query


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("ledger", help="打印台账为 PDF；文件名以 .xlsx 结尾时写成表格。默认脱敏")(ledger)
    program.command("export", help="把一个登记册导出为表格（.xlsx 或 .csv）。默认脱敏")(export)


def ledger(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="LEDGER", help=f"台账编号：{' '.join(LEDGERS)}")],
    out: Target,
    month: Month,
    unmask: Unmask = "",
    village: Annotated[str, typer.Option("--village", metavar="CODE", help="只印一个村（12位代码或村名）")] = "",
    township: Annotated[str, typer.Option("--township", metavar="CODE", help="县局：只印一个乡镇（街道）")] = "",
    case: Annotated[str, typer.Option("--case", metavar="ID", help="只印一个人（档案编号）")] = "",
    record: Annotated[str, typer.Option("--record", metavar="ID", help="L2 L6 L17：只印一条记录")] = "",
    period: Annotated[str, typer.Option("--period", help="L15：month 月报、quarter 季报、year 年报")] = MONTH,
    blank: Annotated[bool, typer.Option("--blank", help="L2 L6：印出带到村上填写的空白表，已填好姓名")] = False,
    names: Annotated[bool, typer.Option("--names/--no-names", help="空白表不填姓名，只印一张")] = True,
) -> Answer:
    """Prints a ledger."""
    session = session_of(context)
    with session.opened() as workspace, session.progress() as progress:
        order = LedgerOrder(
            number,
            month_of(month),
            village=workspace.by_words.village(village) if village else "",
            township=workspace.by_words.township(township) if township else "",
            case_id=case,
            record=record,
            unmask_reason=unmask,
            period=period,
            blank=blank,
            names=names,
        )
        printed = workspace.printing.print_ledger(order, out, progress=progress)
    undrawable = list(printed.undrawable)
    notes = [f"这些字没有字体可印，印成了〓：{'、'.join(undrawable)}"] if undrawable else []
    facts = {"path": printed.path, "pages": printed.pages, "digest": printed.digest, "undrawable": undrawable}
    told = f"已写出：{printed.path}" + (f"（{printed.pages} 页）" if printed.pages else "")
    return Answer(facts, [told], notes=notes, code=code_of(undrawable))


def export(
    context: typer.Context,
    register: Register,
    out: Target,
    search: Annotated[str, typer.Option("--search", metavar="TEXT", help="只要符合的")] = "",
    where: Annotated[list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="可写多次")] = None,
    columns: Annotated[str, typer.Option("--columns", metavar="NAME", help="用保存过的常用列和它的顺序")] = "",
    unmask: Unmask = "",
) -> Answer:
    """Writes a register as a workbook."""
    session = session_of(context)
    wanted = pairs(where)
    with session.opened() as workspace, session.progress() as progress:
        known = workspace.records.register(register)
        query = Query(known.name, search=search, where=workspace.by_words.matching(known.name, wanted))
        paths = workspace.records.column_set(known.name, columns) if columns else ()
        done = workspace.exporting.export(
            known.name, out, query=query, paths=paths, unmask_reason=unmask, progress=progress
        )
    return Answer({"path": done.path, "rows": done.rows}, [f"已导出 {done.rows} 条：{done.path}"])
