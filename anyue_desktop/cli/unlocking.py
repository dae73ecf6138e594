"""anyue unlock …: a forgotten passphrase, healed by the county."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, facts_of
from anyue_desktop.cli.session import new_passphrase, session_of
from anyue_desktop.cli.words import Folder, Source
from anyue_desktop.services.unlocking import ask_county, recover
from anyue_desktop.services.workspace import only_login

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)


@commands.command("request", help="忘记密码：写出给县局的申请；六组数字要在电话里读给县局听")
def request(context: typer.Context, outdir: Folder) -> Answer:
    """Writes the request of an operator who forgot the passphrase."""
    session = session_of(context)
    session.require_workspace()
    asked = ask_county(session.folder, session.operator or only_login(session.folder), outdir)
    lines = [
        f"已写出申请：{asked.path}",
        f"设备 {asked.site}，操作员 {asked.login}，请在电话里读出：{asked.fingerprint}",
    ]
    return Answer(facts_of(asked), lines)


@commands.command("recover", help="用县局的答复和电话里听到的一次性数字重新设密码")
def set_anew(
    context: typer.Context,
    file: Source,
    code: Annotated[str, typer.Option("--code", metavar="DIGITS", help="电话里听到的五组一次性数字")],
) -> Answer:
    """Opens the county's answer and sets a new passphrase."""
    session = session_of(context)
    session.require_workspace()
    login = session.operator or only_login(session.folder)
    done = recover(session.folder, file, code, login, new_passphrase())
    lines = [f"已给 {done.login} 重新设密码，台账已换新的密钥；其他操作员下次登录时会看到这件事"]
    if done.must_enrol:
        lines.append("原来的签名密钥没有人能打开了，已换新的：请重新申请设备登记（anyue enrol request …）后再上报")
    elif not done.may_review:
        lines.append("需要审核权限的，请由另一位审核人（管理员）重新给出")
    return Answer(facts_of(done), lines)
