"""anyue review: where the county asks for two people, what somebody else has to look at before it is reported."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.core.errors import UserError

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
NOT_ASKED = "县局没有要求双人审核，记录可以直接上报"


@commands.command("list", help="列出等待另一个人审核的记录")
def show(context: typer.Context) -> Answer:
    """Lists what waits for a second person."""
    with session_of(context).township() as workspace:
        required, waiting = workspace.reviewing.required(), workspace.reviewing.waiting()
    rows = [(one.title, one.caption, one.change, one.by, one.at[:16], one.register, one.id) for one in waiting]
    headings = ("登记册", "姓名", "改动", "录入人", "时间", "键名", "编号")
    facts = {"required": required, "waiting": [facts_of(one) for one in waiting]}
    return Answer(facts, [] if required else [NOT_ASKED], Grid(headings, rows), code=code_of(waiting))


@commands.command("pass", help="审核通过：自己录入的要由另一位审核人审核")
def approve(
    context: typer.Context,
    places: Annotated[list[str] | None, typer.Argument(metavar="REGISTER/ID…", help="记录，如 elder_case/编号")] = None,
    every: Annotated[bool, typer.Option("--all", help="等待审核的全部记录")] = False,
) -> Answer:
    """Notes that the operator has looked at these records."""
    if every is bool(places):
        raise UserError("没有写明审核哪些记录", "请写 登记册/编号，或者写 --all")
    with session_of(context).township() as workspace:
        waiting = [(one.register, one.id) for one in workspace.reviewing.waiting()]
        chosen = waiting if every else [_place(one) for one in places or ()]
        done, left = workspace.reviewing.approve(chosen), workspace.reviewing.count()
    told = f"审核通过 {done.reviewed} 条，还有 {left} 条等待审核"
    notes = [f"其中 {done.own} 条是自己录入的，要由另一位审核人审核"] if done.own else []
    return Answer(facts_of(done) | {"waiting": left}, [told], notes=notes, code=code_of(done.own))


def _place(text: str) -> tuple[str, str]:
    register, _, identity = text.partition("/")
    return register, identity
