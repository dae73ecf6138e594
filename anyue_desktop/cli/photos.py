"""anyue photo …: photographs of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, facts_of
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Folder, RecordId, Register
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.photos import Photo, photo_key
from anyue_desktop.services.workspace import Workspace

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
Numbers = Annotated[list[int] | None, typer.Option("--number", metavar="N", help="第几张，可以写几次；不写就是全部")]


@commands.command("add", help="给一条记录添加照片：转正、缩小，去掉拍摄地点等信息后存入加密台账")
def add(
    context: typer.Context,
    register: Register,
    identity: RecordId,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", exists=True, dir_okay=False)],
) -> Answer:
    """Adds photographs to a record."""
    with session_of(context).township() as workspace:
        key, before = _key(workspace, register), _refs(workspace, register, identity)
        kept = [workspace.records.album.keep(path.read_bytes(), path.name) for path in files]
        known = {one.split()[0] for one in before}
        fresh = tuple(one for one in dict.fromkeys(kept) if one.split()[0] not in known)
        return _changed(workspace, register, identity, {key: (*before, *fresh)})


@commands.command("list", help="列出一条记录的照片")
def listed(context: typer.Context, register: Register, identity: RecordId) -> Answer:
    """Lists the photographs of a record."""
    with session_of(context).opened() as workspace:
        return _answer(_photos(workspace, register, identity))


@commands.command("save", help="把照片导出到文件夹；写明原因，原因记在操作日志里")
def save(
    context: typer.Context,
    register: Register,
    identity: RecordId,
    outdir: Folder,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="导出的原因")],
    numbers: Numbers = None,
) -> Answer:
    """Writes photographs into a folder."""
    with session_of(context).opened() as workspace:
        counted = enumerate(_photos(workspace, register, identity), 1)
        chosen = [one for number, one in counted if not numbers or number in numbers]
        written = workspace.records.album.save(chosen, outdir, reason)
    return Answer({"paths": [str(path) for path in written]}, [f"已导出 {len(written)} 张照片到“{outdir}”"])


@commands.command("remove", help="移除照片；以前的版本在历史里还有")
def remove(context: typer.Context, register: Register, identity: RecordId, numbers: Numbers = None) -> Answer:
    """Takes photographs off a record."""
    with session_of(context).township() as workspace:
        key, before = _key(workspace, register), _refs(workspace, register, identity)
        left = tuple(one for number, one in enumerate(before, 1) if numbers and number not in numbers)
        return _changed(workspace, register, identity, {key: left or None, "photo_count": len(left) or None})


def _changed(workspace: Workspace, register: str, identity: str, changes: dict[str, object]) -> Answer:
    saved = workspace.records.set(register, identity, changes, action="添加或移除照片")
    if not saved.saved:
        raise UserError(saved.problems[0].message, "请先在表单里改正这条记录")
    return _answer(_photos(workspace, register, identity))


def _key(workspace: Workspace, register: str) -> str:
    known = workspace.records.register(register)
    key = photo_key(known)
    if not key:
        raise UserError(f"“{known.title}”不带照片", "现在只有探访记录可以带照片")
    return key


def _refs(workspace: Workspace, register: str, identity: str) -> tuple[str, ...]:
    return tuple(workspace.records.get(register, identity)[_key(workspace, register)] or ())


def _photos(workspace: Workspace, register: str, identity: str) -> list[Photo]:
    return workspace.records.album.listed(register, _refs(workspace, register, identity))


def _answer(photos: list[Photo]) -> Answer:
    rows = [
        (str(number), one.name, f"{one.size // 1024 + 1} KB", "在本机" if one.here else "没有带来")
        for number, one in enumerate(photos, 1)
    ]
    return Answer({"photos": [facts_of(one) for one in photos]}, grid=Grid(("第几张", "名称", "大小", "内容"), rows))
