"""anyue demo: the whole main job on made-up people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, facts_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.services.demo import demonstrate

USUAL = Path("anyue-demo")


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("demo", help="在练习乡镇上把全部主要工作做一遍，留下所有文件")(demo)


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="文件留在哪里", file_okay=False)] = USUAL,
) -> Answer:
    """Does the whole main job without a window."""
    with session_of(context).progress() as progress:
        done = demonstrate(out.absolute(), progress=progress)
    lines = [f"{number}. {one.name}（{one.seconds}秒）：{one.what}" for number, one in enumerate(done.steps, 1)]
    return Answer(facts_of(done), [*lines, "", f"文件在 {done.out}：", *(f"  {one}" for one in done.files)])
