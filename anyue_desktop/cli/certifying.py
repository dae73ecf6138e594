"""anyue county certificates, revoke, extend, root: whose keys stand, and the root that signs for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of
from anyue_desktop.cli.county import Site, approved
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Folder
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.county_enrolment import CERTIFICATE_DAYS, OVER, SOON_OVER


def add_to(commands: typer.Typer) -> None:
    """Adds these commands."""
    commands.command("certificates", help="列出每台设备的密钥、有效期和状态；有快到期的退出码是 1")(certificates)
    commands.command("revoke", help="注销一台设备或它的一把密钥，写出新的信任表；用它签名的包不再接收")(revoke)
    commands.command("extend", help="延长一台设备的登记，密钥不变，写出新的信任表")(extend)
    commands.command("root", help="更换县局的根密钥：先公布，等各乡镇都接收了，再更换")(root)


def certificates(context: typer.Context) -> Answer:
    """Lists all certificates."""
    with session_of(context).county() as workspace:
        found = workspace.county_enrolment.certificates()
    rows = [(one.unit, one.site, one.state, str(one.not_after), one.key) for one in found]
    facts = {"certificates": [facts_of(one) for one in found]}
    ending = any(one.state in (SOON_OVER, OVER) for one in found)
    return Answer(facts, grid=Grid(("乡镇", "设备", "状态", "有效期至", "密钥"), rows), code=code_of(ending))


def revoke(
    context: typer.Context,
    site: Site,
    outdir: Folder,
    key: Annotated[
        str, typer.Option("--key", metavar="FINGERPRINT", help="只注销这一把密钥，见 anyue county certificates")
    ] = "",
) -> Answer:
    """Takes a laptop, or one key of it, off the list."""
    with session_of(context).county() as workspace:
        made = workspace.county_enrolment.revoke(site, outdir, key)
    return approved(made, f"已注销设备 {made.site}{' 的密钥 ' + key if key else ''}")


def extend(
    context: typer.Context,
    site: Site,
    outdir: Folder,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="从今天起有效天数", min=1, max=3650)
    ] = CERTIFICATE_DAYS,
) -> Answer:
    """Lets a laptop's key stand for longer."""
    with session_of(context).county() as workspace:
        made = workspace.county_enrolment.extend(site, outdir, days)
    return approved(made, f"已延长设备 {made.site} 的登记")


def root(
    context: typer.Context,
    outdir: Folder,
    announce: Annotated[bool, typer.Option("--announce", help="做一把新的根密钥，写进新的信任表")] = False,
    change: Annotated[bool, typer.Option("--change", help="换成公布过的那一把")] = False,
    offline: Annotated[
        Path | None, typer.Option("--offline", metavar="DIR", help="新根密钥的封存副本写到哪里（默认在台账文件夹里）")
    ] = None,
) -> Answer:
    """Announces the next root key, or changes to it."""
    if announce is change:
        raise UserError("没有写明办哪一步", "先写 --announce 公布，等各乡镇都接收了信任表，再写 --change 更换")
    with session_of(context).county() as workspace:
        county = workspace.county_enrolment
        if announce:
            made = county.announce_root(outdir, offline)
            told = f"已公布新的根密钥（{county.announced()}），封存副本请移到离线的 U 盘"
        else:
            made = county.change_root(outdir)
            told = f"已更换根密钥，新的数字（抄到信任卡上）：{made.root_fingerprint}"
    return approved(made, told)
