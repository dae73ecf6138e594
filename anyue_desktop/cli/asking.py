"""anyue county ask, asked, held, catchup, recover: what a county needs when something is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of
from anyue_desktop.cli.county import receive_answer
from anyue_desktop.cli.session import new_passphrase, session_of
from anyue_desktop.services.asking import NAMES
from anyue_desktop.services.unlocking import recover_county
from anyue_desktop.services.workspace import only_login

WISHES = "、".join(f"{key} {name}" for key, name in NAMES.items())


def add_to(commands: typer.Typer) -> None:
    """Adds these commands."""
    commands.command("ask", help="随回执向一台设备提要求：重新带来上报包、报全部记录、升级程序、接收新的信任表")(ask)
    commands.command("asked", help="列出还没有办的要求")(asked)
    commands.command("held", help="列出由更新版本的程序制作、暂缓接收的上报包")(held)
    commands.command("catchup", help="补收：暂缓接收的，和恢复备份以后台账里没有、收件档案里有的上报包")(catch_up)
    commands.command("recover", help="县局忘记密码：用封存的恢复密钥（唯一的审核人还要根密钥）重新设密码")(recover)


def ask(
    context: typer.Context,
    site: Annotated[str, typer.Argument(metavar="SITE", help="设备号，如 t512021206a")],
    what: Annotated[str, typer.Argument(metavar="WHAT", help=WISHES)],
    start: Annotated[int, typer.Option("--from", metavar="N", help="从第几包起重新带来（默认还没收到的）", min=0)] = 0,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="不再要求")] = False,
) -> Answer:
    """Asks a township for something with the next receipts."""
    with session_of(context).county() as workspace:
        if withdraw:
            workspace.asking.withdraw(site, what)
            return Answer({"site": site, "what": what, "from_sequence": None}, [f"不再要求 {site}：{NAMES[what]}"])
        wish = workspace.asking.ask(site, what, start or None)
    facts = {"site": site, "what": what, "from_sequence": wish.from_sequence}
    return Answer(facts, [f"已要求 {wish.unit}（{site}）{wish.words}，请写回执带去"])


def asked(context: typer.Context) -> Answer:
    """Lists what is still asked for."""
    with session_of(context).county() as workspace:
        found = workspace.asking.open()
    rows = [(one.site, one.unit, one.words, one.at[:16]) for one in found]
    facts = {"asked": [facts_of(one) for one in found]}
    return Answer(facts, grid=Grid(("设备", "乡镇", "要求", "时间"), rows), code=code_of(found))


def held(context: typer.Context) -> Answer:
    """Lists the packages that wait for a newer program."""
    with session_of(context).county() as workspace:
        found = workspace.receiving.held()
    rows = [(one.site, one.unit, str(one.sequence or "—"), one.sentence, one.at[:16]) for one in found]
    facts = {"held": [facts_of(one) for one in found]}
    return Answer(facts, grid=Grid(("设备", "乡镇", "第几包", "原因", "时间"), rows), code=code_of(found))


def catch_up(context: typer.Context) -> Answer:
    """Receives what lies at the county and is not in its records."""
    session = session_of(context)
    with session.county() as workspace, session.progress() as progress:
        waiting = workspace.receiving.forgotten() + len(workspace.receiving.held())
        results = workspace.receiving.receive([], progress=progress) if waiting else []
    return receive_answer(results) if results else Answer({"packages": []}, ["没有要补收的上报包"])


def recover(
    context: typer.Context,
    recovery: Annotated[Path, typer.Option("--recovery", metavar="FILE", help="封存的恢复密钥", exists=True)],
    root: Annotated[
        Path | None, typer.Option("--root", metavar="FILE", help="封存的根密钥；唯一的审核人必须有", exists=True)
    ] = None,
) -> Answer:
    """Lets an operator of the county in again."""
    session = session_of(context)
    session.require_workspace()
    login = session.operator or only_login(session.folder)
    done = recover_county(session.folder, recovery, login, new_passphrase(), root)
    lines = [f"已给 {done} 重新设密码，台账已换新的密钥；其他操作员下次登录时会看到这件事", "请把封存的密钥放回保险柜"]
    return Answer({"login": done}, lines)
