"""The command and all its groups, put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

import anyue_desktop
from anyue_desktop.cli import (
    asking,
    certifying,
    county,
    deciding,
    demonstration,
    entering,
    importing,
    looking,
    measuring,
    operators,
    photos,
    printing,
    rebuilding,
    reporting,
    reviewing,
    safekeeping,
    starting,
    transferring,
    unlocking,
    weighting,
    yearly,
)
from anyue_desktop.cli.answer import Answer
from anyue_desktop.cli.door import Door
from anyue_desktop.cli.session import Session
from anyue_desktop.core import paths

OpenWindow = Callable[[Path | None, bool], int]  # the workspace's folder, if named; whether to practise
GROUPS = (
    starting, importing, entering, looking, measuring, printing, reporting, yearly, safekeeping, demonstration,
)  # fmt: skip

program = typer.Typer(
    name="anyue",
    cls=Door,
    help="安岳民政离线台账。不带命令时打开窗口；公共选项 --workspace、--operator、--json 写在命令前后都可以。",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for group in GROUPS:
    group.add_to(program)
deciding.add_to(county.commands)
transferring.add_to(county.commands)
asking.add_to(county.commands)
certifying.add_to(county.commands)
rebuilding.add_to(county.commands)
program.add_typer(county.commands, name="county", help="县局：信任、接收、退回、回执")
program.add_typer(operators.commands, name="operators", help="操作员")
program.add_typer(photos.commands, name="photo", help="探访记录上的照片：添加、列出、导出、移除")
program.add_typer(reviewing.commands, name="review", help="双人审核：等待另一个人审核的记录")
program.add_typer(unlocking.commands, name="unlock", help="忘记密码，经县局找回")
program.add_typer(weighting.commands, name="weights", help="风险评分权重")


@program.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help="台账所在的文件夹")] = None,
    operator: Annotated[str, typer.Option("--operator", metavar="NAME", help="操作员")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="标准输出只有一个 JSON 对象")] = False,
    practice: Annotated[bool, typer.Option("--practice", help="打开练习乡镇的窗口")] = False,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> Answer | None:
    """Keeps what the common options say; without a command the window is opened."""
    open_window: OpenWindow | None = context.obj
    context.obj = Session((workspace or paths.default_workspace()).expanduser(), operator, as_json)
    if version:
        answer = Answer({"version": anyue_desktop.__version__}, [f"anyue {anyue_desktop.__version__}"])
        answer.show(as_json=as_json)
        raise typer.Exit
    if context.invoked_subcommand is None and open_window is not None:
        raise typer.Exit(open_window(workspace, practice))
    return None


def run(open_window: OpenWindow) -> None:
    """Runs the command line of this process; leaves with its exit code."""
    program(obj=open_window, prog_name="anyue")
