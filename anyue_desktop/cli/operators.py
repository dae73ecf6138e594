"""anyue operators …: who may open the workspace and what they may do."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid
from anyue_desktop.cli.session import new_passphrase, passphrase, session_of
from anyue_desktop.services.accounts import ROLE_NAMES
from anyue_desktop.services.workspace import Workspace

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
ENTRY = "entry"
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="登录名")]
Roles = Annotated[
    list[str], typer.Argument(metavar="ROLE…", help="录入 entry、审核 reviewer、未保专岗 protect、管理 admin")
]


@commands.command("list", help="列出操作员")
def show(context: typer.Context) -> Answer:
    """Lists the operators."""
    with session_of(context).opened() as workspace:
        return _answer(workspace)


@commands.command("add", help="增加操作员；新密码来自环境变量 ANYUE_NEW_PASSPHRASE 或终端")
def add(
    context: typer.Context,
    login: Login,
    role: Annotated[list[str] | None, typer.Option("--role", metavar="ROLE", help="可写多次；默认录入")] = None,
    name: Annotated[str, typer.Option("--name", help="姓名")] = "",
) -> Answer:
    """Adds an operator."""
    with session_of(context).opened() as workspace:
        workspace.accounts.add(login, new_passphrase(), role or [ENTRY], name)
        return _answer(workspace, f"已增加操作员 {login}")


@commands.command("role", help="改变操作员的权限")
def role(context: typer.Context, login: Login, roles: Roles) -> Answer:
    """Changes what an operator may do."""
    with session_of(context).opened() as workspace:
        workspace.accounts.set_roles(login, roles)
        return _answer(workspace, f"已改变 {login} 的权限")


@commands.command("passphrase", help="改自己的密码，或（管理员）给别人重设密码")
def change_passphrase(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="[LOGIN]", help="给别人重设；不写是改自己的密码")] = "",
) -> Answer:
    """Changes one's own passphrase, or resets another operator's."""
    with session_of(context).opened() as workspace:
        own = workspace.operator.login
        if login in ("", own):
            workspace.accounts.change_passphrase(passphrase(), new_passphrase())
        else:
            workspace.accounts.reset_passphrase(login, new_passphrase())
        return _answer(workspace, f"已更换 {login or own} 的密码")


@commands.command("remove", help="删除操作员，并更换数据库的密钥")
def remove(context: typer.Context, login: Login) -> Answer:
    """Removes an operator; the database gets a new key."""
    with session_of(context).opened() as workspace:
        gone = next((one for one in workspace.accounts.list() if one.login == login), None)
        workspace.accounts.remove(login)
        after = workspace.accounts.after_leaving(gone) if gone else ""
        return _answer(workspace, f"已删除操作员 {login}", *([after] if after else []))


def _answer(workspace: Workspace, *lines: str) -> Answer:
    found = workspace.accounts.list()
    facts = [{"login": one.login, "name": one.name, "roles": sorted(one.roles)} for one in found]
    rows = [(one.login, one.name, "、".join(ROLE_NAMES[role] for role in sorted(one.roles))) for one in found]
    return Answer({"operators": facts}, lines, Grid(("登录名", "姓名", "权限"), rows))
