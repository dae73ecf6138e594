"""anyue county transfer, transfers: a person who moved to another township."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, facts_of
from anyue_desktop.cli.session import session_of


def add_to(commands: typer.Typer) -> None:
    """Adds these commands."""
    commands.command("transfer", help="把一个人和他的全部档案转交给另一个乡镇；下一次回执告诉两个乡镇")(transfer)
    commands.command("transfers", help="列出转交过的人")(transfers)


def transfer(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="ID", help="人员编号，见 anyue list person")],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="转给哪个乡镇（全名或代码），或者哪一台设备")],
) -> Answer:
    """Gives a person to another township."""
    with session_of(context).county() as workspace:
        done = workspace.transferring.transfer(person, unit)
    told = f"已把“{done.caption}”的 {done.records} 条记录从{done.unit}转交{done.to_unit}"
    return Answer(facts_of(done), [told, f"请给 {done.site} 和 {done.to_site} 都写回执"])


def transfers(context: typer.Context) -> Answer:
    """Lists who was given to another township."""
    with session_of(context).county() as workspace:
        found = workspace.transferring.transfers()
    rows = [(one.caption, one.unit, one.to_unit, str(one.records), one.at[:16], one.person) for one in found]
    headings = ("姓名", "原乡镇", "转给", "记录", "时间", "编号")
    return Answer({"transfers": [facts_of(one) for one in found]}, grid=Grid(headings, rows))
