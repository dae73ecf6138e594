"""Every threat of the table is attacked by a test that carries its id, or the document says why not."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
DOCUMENT = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")

IDS = re.findall(
    r"\S+",
    """
P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P11 P12 P13 P14 P15 P16 P17 P18 P19 P20 P21 P22 P23 P24 P25 P26 P27 P28
C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18
K01 K02 K03 K04 K05 K06 K07 K08 K09 K10 K11
A01 A02 A03 A04 A05
L01 L02 L03 L04 L05 L06 L07 L08 L09 L10 L11 L12 L13 L14 L15
U01 U02 U03 U04 U05 U06
""",
)
PARTLY_EXCEPTED = {"L01", "L09", "U02", "U03", "U04", "U06"}  # a part of the row needs Windows or a device
ROWS = re.findall(r"^\| ([A-Z]\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", DOCUMENT, re.MULTILINE)


@cache
def proofs() -> dict[str, set[str]]:
    """Returns the test files of each id, as `folder/name`."""
    found: dict[str, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.FunctionDef) and re.match(r"test((?:_[A-Z]\d\d)+)_", node.name)
            for one in named.group(1).split("_")[1:] if named else ():
                found.setdefault(one, set()).add(path.relative_to(TESTS).with_suffix("").as_posix())
    return found


def test_the_document_has_every_row_of_the_table_and_no_other() -> None:
    assert [row[0] for row in ROWS] == IDS


def test_no_test_names_a_threat_the_table_does_not_have() -> None:
    assert set(proofs()) <= set(IDS)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_row_names_the_tests_that_prove_it(row: tuple[str, str, str, str]) -> None:
    number, _, _, told = row
    assert set(re.findall(r"`(\S+?)`", told)) == proofs()[number]


def test_what_only_windows_or_a_device_could_show_is_listed_with_its_reason() -> None:
    (section,) = re.findall(r"### 只能在别处证明的\n(.*?)\n## ", DOCUMENT, re.DOTALL)
    assert set(re.findall(r"^- ([A-Z]\d\d) .{8,}$", section, re.MULTILINE)) == PARTLY_EXCEPTED
