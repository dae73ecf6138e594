"""anyue backup · restore · verify."""

from __future__ import annotations

import typer

from anyue_desktop.cli.answer import Answer, code_of
from anyue_desktop.cli.session import passphrase, session_of
from anyue_desktop.cli.words import Source, Target
from anyue_desktop.services.safekeeping import Verified, restore


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("backup", help="写出备份（加密），读回核对")(backup)
    program.command("restore", help="用备份恢复台账；原来的文件留在旁边")(put_back)
    program.command("verify", help="检查数据库、操作日志链和密钥")(verify)


def backup(context: typer.Context, out: Target) -> Answer:
    """Writes a backup and reads it back."""
    session = session_of(context)
    with session.opened() as workspace, session.progress() as progress:
        path = workspace.safekeeping.backup(out, progress=progress)
    return Answer({"ok": True, "findings": [], "path": path}, [f"已备份：{path}"])


def put_back(context: typer.Context, file: Source) -> Answer:
    """Puts a backup in place of the workspace."""
    session = session_of(context)
    with session.progress() as progress:
        made_at = restore(session.folder, file, session.operator, passphrase(), progress=progress)
    with session.opened() as workspace:
        found = workspace.safekeeping.verify()
    told = f"已恢复到 {made_at} 的备份：{session.folder}"
    return _checked(found, {"made_at": made_at, "workspace": str(session.folder)}, [told])


def verify(context: typer.Context) -> Answer:
    """Checks database, log chain and keys."""
    session = session_of(context)
    with session.opened() as workspace, session.progress() as progress:
        found = workspace.safekeeping.verify(progress=progress)
    return _checked(found, {}, [])


def _checked(found: Verified, facts: dict[str, str], lines: list[str]) -> Answer:
    told = ["检查完毕，没有发现问题"] if found.ok else ["发现问题：", *found.findings]
    return Answer({"ok": found.ok, "findings": found.findings, **facts}, [*lines, *told], code=code_of(not found.ok))
