"""anyue init · template · inspect: what can be done before there is anything."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, facts_of
from anyue_desktop.cli.session import PASSPHRASE, new_passphrase, session_of
from anyue_desktop.cli.words import Register, Source, Target
from anyue_desktop.core.errors import UserError
from anyue_desktop.services import inspecting
from anyue_desktop.services.practice_workspace import create_practice
from anyue_desktop.services.workspace import create_township

TYPES = {"package": "上报包", "receipt": "回执", "trust": "信任表", "enrol": "设备登记申请"}


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("init", help="建立乡镇的加密台账；--operator 是第一个操作员")(init)
    program.command("template", help="写出一份供村上填写的空白表格")(template)
    program.command("inspect", help="不用任何密钥，看一个交换文件自己说了什么（没有核对过）")(inspect)


def init(
    context: typer.Context,
    township: Annotated[str, typer.Option("--township", metavar="CODE", help="乡镇代码或全名")],
    site_letter: Annotated[str, typer.Option("--site-letter", metavar="a", help="本机的字母，一台电脑一个")] = "a",
    practice: Annotated[bool, typer.Option("--practice", help="练习用：装入编造的人员和设施")] = False,
) -> Answer:
    """Makes a township workspace with its first operator."""
    session = session_of(context)
    if not session.operator:
        raise UserError("没有写明第一个操作员", "请加上 --operator 姓名")
    words = new_passphrase(PASSPHRASE)
    if practice:
        with session.progress() as progress:
            workspace = create_practice(session.folder, session.operator, words, township, progress=progress)
    else:
        workspace = create_township(session.folder, township, session.operator, words, letter=site_letter)
    unit = workspace.unit
    workspace.close()
    return Answer(
        {"workspace": str(session.folder), "unit": unit.name, "code": unit.code, "site": unit.site},
        [f"已建立{unit.name}的台账：{session.folder}", f"设备号：{unit.site}"],
    )


def template(context: typer.Context, register: Register, out: Target) -> Answer:
    """Writes the workbook a village fills in."""
    with session_of(context).opened() as workspace:
        path = workspace.exporting.template(register, out)
    return Answer({"path": path}, [f"已写出：{path}"])


def inspect(file: Source) -> Answer:
    """Says what a file says of itself, without any key."""
    found = inspecting.inspect(file)
    return Answer(
        facts_of(found),
        [
            f"种类：{TYPES.get(found.type, found.type)}",
            f"发送：{found.sender}　接收：{found.recipient or '（不加密）'}　第 {found.sequence} 包",
            f"制作时间：{found.created_at}　大小：{found.size} 字节",
            f"摘要：{found.digest}",
            f"核对码：{found.check_code}",
            "以上内容都没有核对过签名",
        ],
    )
