"""anyue county rebuild: the county's database made anew from the packages it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.cli.answer import DONE, LOOK, Answer, facts_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.rebuilding import Rebuilding, Rebuilt


def add_to(commands: typer.Typer) -> None:
    """Adds the command."""
    commands.command("rebuild", help="用保管的原始包重建台账，并与现在的逐条比对；一致时换上，原来的留在旁边")(rebuild)


def rebuild(
    context: typer.Context,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", metavar="DIR", help="另外保管的原始包，先拷进来", exists=True, file_okay=False),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="不一致时也换上重建的台账")] = False,
) -> Answer:
    """Rebuilds, compares, and puts the rebuilt database in place."""
    session = session_of(context)
    with session.county() as workspace, session.progress() as progress:
        made = Rebuilding(workspace.store, workspace.unit, progress).rebuild(archive, replace_it=replace)
    return Answer(
        facts_of(made), _lines(made), notes=made.refused, code=LOOK if made.differences or made.refused else DONE
    )


def _lines(made: Rebuilt) -> list[str]:
    lines = [f"重建了 {made.packages} 个上报包、{made.records} 条记录；另有 {made.newer} 个新的包已收下"]
    for name, count in made.differences.items():
        lines.append(f"与现在的台账不一致：{REGISTERS[name].title if name in REGISTERS else '上报过的版本'} {count} 条")
    if made.left_out:
        lines.append(f"撤回过的包没有收：{'、'.join(made.left_out)}")
    lines.append(f"已换上重建的台账；原来的留在 {made.kept}" if made.replaced else "没有换；要换上请加 --replace")
    return lines
