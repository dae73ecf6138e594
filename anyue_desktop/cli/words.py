"""Reading what stands on the command line: FIELD=VALUE pairs and months; and the options many commands share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from anyue_desktop.core.errors import UserError

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def pairs(words: Sequence[str] | None) -> dict[str, str]:
    """Returns FIELD=VALUE words as a mapping.

    Raises:
        UserError: a word has no “=”, or a field is named twice.
    """
    found: dict[str, str] = {}
    for word in words or ():
        name, equals, text = word.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UserError(f"“{word}”不是“项目=值”的写法", "请写成 name=张三 或 姓名=张三 这样的形式")
        if name in found:
            raise UserError(f"“{name}”写了两次", "每个项目只写一次")
        found[name] = text
    return found


def month_of(text: str) -> str:
    """Returns a month as it is written in the program.

    Raises:
        UserError: it is none.
    """
    if not _MONTH.fullmatch(text):
        raise UserError(f"“{text}”不是月份", "请写成 2026-11 这样的形式")
    return text


Month = Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="月份，如 2026-11")]
Register = Annotated[str, typer.Argument(metavar="REGISTER", help="登记册的表名或名称，如 elder_case 或 探访记录")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="记录编号")]
Words = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="项目=值，项目可写键名、路径或中文名")]
Target = Annotated[Path, typer.Argument(metavar="OUT", help="要写出的文件", dir_okay=False)]
Folder = Annotated[Path, typer.Argument(metavar="OUTDIR", help="要写入的文件夹（U 盘）", file_okay=False)]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="要读的文件", exists=True, dir_okay=False, readable=True)]
Sources = Annotated[list[Path], typer.Argument(metavar="FILE…", help="要读的文件", exists=True, dir_okay=False)]
Places = Annotated[list[Path], typer.Argument(metavar="FILE_OR_DIR…", help="文件，或所在的文件夹、U 盘", exists=True)]
Unmask = Annotated[str, typer.Option("--unmask", metavar="REASON", help="不脱敏的理由，记入日志")]
