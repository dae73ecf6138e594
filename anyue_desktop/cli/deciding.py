"""anyue county duplicates, decide, undo: people two townships have, and a package taken back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.deciding import Pair

Person = Annotated[str, typer.Argument(metavar="ID", help="人员编号，见 anyue county duplicates")]


def add_to(commands: typer.Typer) -> None:
    """Adds these commands."""
    commands.command("duplicates", help="两个乡镇都登记了的人员，等待核定的；--decided 看已经核定的")(duplicates)
    commands.command("undo", help="撤回一台设备最近接收的上报包，恢复到接收以前；写过回执的不能撤回")(undo)
    commands.command("decide", help="核定两条记录是不是同一人、归哪个乡镇登记；下一次回执告诉两个乡镇")(decide)


def duplicates(
    context: typer.Context,
    decided: Annotated[bool, typer.Option("--decided", help="已经核定的")] = False,
) -> Answer:
    """Lists the pairs that wait, or those decided."""
    with session_of(context).county() as workspace:
        pairs = workspace.deciding.pairs(decided=decided)
    headings = ("姓名", "一方", "编号", "另一方", "编号", "为什么", "核定")
    rows = [
        (one.caption, one.first.unit, one.first.id, one.second.unit, one.second.id, one.likeness, one.decision)
        for one in pairs
    ]
    facts = {"duplicates": [_facts(one) for one in pairs]}
    return Answer(facts, grid=Grid(headings, rows), code=code_of(pairs and not decided))


def decide(
    context: typer.Context,
    first: Person,
    second: Person,
    keep: Annotated[str, typer.Option("--keep", metavar="ID", help="是同一人，归这条记录的乡镇登记")] = "",
    apart: Annotated[bool, typer.Option("--apart", help="不是同一人")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="带给不再登记的一方的话")] = "",
) -> Answer:
    """Decides about a pair."""
    if bool(keep) is apart:
        raise UserError("没有写明怎样核定", "同一人请写 --keep 编号，不是同一人请写 --apart，两者写一个")
    with session_of(context).county() as workspace:
        workspace.deciding.decide(first, second, keep, reason)
        waiting = len(workspace.deciding.pairs())
    told = f"已核定：{'是' if keep else '不是'}同一人；还有 {waiting} 对等待核定，请给两个乡镇写回执"
    return Answer({"keep": keep, "waiting": waiting}, [told])


def undo(
    context: typer.Context,
    site: Annotated[str, typer.Argument(metavar="SITE", help="设备号，如 t512021206a")],
    sequence: Annotated[int, typer.Argument(metavar="SEQUENCE", help="第几包", min=1)],
) -> Answer:
    """Takes a received package back."""
    with session_of(context).county() as workspace:
        back = workspace.receiving.take_back(site, sequence)
    told = f"已撤回 {site} 的第 {sequence} 包：移走 {back.removed} 条，恢复 {back.restored} 条；文件还在，可以重新接收"
    return Answer(facts_of(back), [told])


def _facts(pair: Pair) -> dict[str, Any]:
    sides = {name: vars(side) for name, side in (("first", pair.first), ("second", pair.second))}
    return {**vars(pair), **sides}
