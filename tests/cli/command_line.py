"""Running the real command in this process, and the made-up villages it works on; 512099 is an unassigned prefix."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from typer.testing import CliRunner

from anyue_desktop.cli.program import program
from anyue_desktop.core.resident_id import check_character

WORDS = "山羊-水牛-黄牛-骏马"
MONTH = "2026-11"
TOWNSHIP, SITE = "天马乡", "t512021206a"
VILLAGE = "土桥村"
HEADER = ("姓名", "身份证号", "村", "组", "困难类别", "居住状况", "联系电话")
VISIT_HEADER = ("姓名", "身份证号", "村", "探访日期", "探访方式", "探访结果", "健康状况")


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        assert self.out.endswith("\n") and self.out.count("\n") == 1, self.out
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True)
class Desk:
    """A workspace and the commands given at it."""

    folder: Path

    def says(self, *words: object) -> Ran:
        """Runs a command as a person reads it."""
        return run("--workspace", self.folder, *words)

    def tells(self, *words: object) -> dict[str, Any]:
        """Runs a command that must be done without trouble, and returns its JSON."""
        ran = self.says("--json", *words)
        assert ran.code == 0, (ran.out, ran.err)
        return ran.json

    def answers(self, code: int, *words: object) -> dict[str, Any]:
        """Runs a command that must leave with this exit code, and returns its JSON."""
        ran = self.says("--json", *words)
        assert ran.code == code, (ran.code, ran.out, ran.err)
        return ran.json


@dataclass(frozen=True)
class Pair:
    """A township and its county, with a stick between them."""

    township: Desk
    county: Desk
    stick: Path


def run(*words: object, opener: object = None) -> Ran:
    """Runs one command line."""
    result = CliRunner().invoke(program, [str(word) for word in words], obj=opener)
    return Ran(result.exit_code, result.stdout, result.stderr)


def id_number(serial: int, born: date = date(1946, 3, 2)) -> str:
    """Returns a well-formed number nobody has; an even serial is a woman's."""
    body = f"512099{born:%Y%m%d}{serial:03d}"
    return body + check_character(body)


def roster_row(serial: int, name: str, village: str = VILLAGE, phone: object = None) -> list[object]:
    """Returns a row of a roster."""
    return [name, id_number(serial), village, "3组", "独居", "独居", phone]


def visit_row(serial: int, name: str, day: object = "2026-11-10", village: str = VILLAGE) -> list[object]:
    """Returns a row of a sheet of visits."""
    return [name, id_number(serial), village, day, "上门", "见到本人", "良好"]


def workbook(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """Writes a village's workbook, a list of rows a sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"Sheet{number}")
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def words_of_elder(serial: int, name: str, *more: str) -> list[str]:
    """Returns how a script says who an elder is."""
    return [f"name={name}", f"id_number={id_number(serial)}", f"村={VILLAGE}", *more]
