"""anyue weights …: the weights and limits of the local code lists."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Words, pairs
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.workspace import Workspace

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
CodeListName = Annotated[str, typer.Argument(metavar="LIST", help="代码表，如 child_risk_factor 或 风险因素")]


@commands.command("list", help="列出可以修改的分值、下限和间隔")
def show(context: typer.Context) -> Answer:
    """Lists what can be changed."""
    with session_of(context).opened() as workspace:
        return _answer(workspace)


@commands.command("set", help="修改一个代码的分值，如 child_risk_factor B01 weight=30；只影响以后的评估")
def change(
    context: typer.Context,
    code_list: CodeListName,
    code: Annotated[str, typer.Argument(metavar="CODE", help="代码")],
    words: Words,
) -> Answer:
    """Changes attributes of one code."""
    given = pairs(words)
    with session_of(context).opened() as workspace:
        name = workspace.code_settings.values(code_list)[0].place[0]
        workspace.code_settings.change({(name, code, key): _number(text) for key, text in given.items()})
        return _answer(workspace, "已修改，只影响以后的评估")


@commands.command("restore", help="恢复一个代码表原来的分值")
def restore(context: typer.Context, code_list: CodeListName) -> Answer:
    """Takes all changes of a list back."""
    with session_of(context).opened() as workspace:
        workspace.code_settings.restore(code_list)
        return _answer(workspace, "已恢复")


def _number(text: str) -> int:
    if not text.strip().isdigit():
        raise UserError(f"“{text}”不是整数", "分值、天数、月数都写整数")
    return int(text)


def _answer(workspace: Workspace, *lines: str) -> Answer:
    settings = workspace.code_settings
    found = [one for known in settings.lists() for one in settings.values(known.name)]
    facts = [
        {"list": one.place[0], "code": one.place[1], "key": one.place[2], "value": one.value, "usual": one.usual}
        for one in found
    ]
    rows = [(*one.place, one.name, one.label, str(one.value), str(one.usual)) for one in found]
    return Answer({"weights": facts}, lines, Grid(("代码表", "代码", "键", "名称", "项目", "现在", "原来"), rows))
