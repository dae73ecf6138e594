"""anyue rollover: the turn of the year."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, code_of, facts_of, grid_of
from anyue_desktop.cli.session import session_of

SHOWN = {"title": "登记册", "open": "转入", "should_end": "应当退出"}


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("rollover", help="年度结转：转入新年度的记录、应当退出的、待征询的和未填基础数据的村")(rollover)


def rollover(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="Y", help="结转到哪一年")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看，不办理")] = False,
) -> Answer:
    """Rolls the registers over into a year."""
    with session_of(context).opened() as workspace:
        known = workspace.rollover
        plan = known.plan(year) if dry_run else known.run(year)
    carried = [facts_of(one) for one in plan.carried]
    facts = {
        "year": plan.year,
        "dry_run": dry_run,
        "done_on": plan.done_on,
        "carried": carried,
        "to_settle": plan.to_settle,
        "to_ask": plan.to_ask,
        "base_year": plan.base_year,
        "villages": [one.name for one in plan.villages],
    }
    told = [
        f"转入{plan.year}年 {plan.carried_on} 条，其中应当退出 {plan.to_settle} 条；待征询意愿 {plan.to_ask} 人",
        f"{plan.base_year}年基础数据还没有填的村（社区）{len(plan.villages)} 个",
    ]
    return Answer(facts, told, grid_of(SHOWN, carried), code=code_of(plan.to_settle))
