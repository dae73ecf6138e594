"""The demonstration does the whole main job and leaves files that can be checked without the program."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyrage
import pytest
from command_line import MONTH, Desk, Ran, run

from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.services.practice_workspace import LOGIN, PASSPHRASE

SITE = "t512021101z"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run("demo", "--out", tmp_path_factory.mktemp("demo") / "out", "--json")


@pytest.fixture(scope="module")
def out(ran: Ran) -> Path:
    return Path(ran.json["out"])


def step(ran: Ran, name: str) -> str:
    found: str = next(one["what"] for one in ran.json["steps"] if one["name"] == name)
    return found


def manifest(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as parts:
        found: dict[str, Any] = json.loads(parts.read("manifest.json"))
        return found


def test_the_demonstration_is_done_without_trouble(ran: Ran) -> None:
    assert ran.code == 0
    assert ran.err == ""
    assert all({"name", "what", "seconds"} <= one.keys() for one in ran.json["steps"])


def test_every_file_it_names_is_there(ran: Ran, out: Path) -> None:
    files = [Path(one) for one in ran.json["files"]]
    assert all(one.is_file() and one.is_relative_to(out) for one in files)
    names = {one.name for one in files}
    ledgers = {f"L{number}-{MONTH}.pdf" for number in range(1, 17)} | {f"QD-{MONTH}.pdf", f"QZ-{MONTH}.pdf"}
    packages = {f"{SITE}-000001.tpkg", f"{SITE}-000002.tpkg", f"r-{SITE}-000001.tpkg", f"r-{SITE}-000002.tpkg"}
    assert ledgers | packages <= names
    assert {
        "allowed_signers",
        "county.agekey",
        "使用的命令.txt",
        f"L1-{MONTH}.xlsx",
        f"L15-{MONTH}.xlsx",
        f"指标报告-{MONTH}.pdf",
    } <= names


def test_every_register_of_the_township_is_told(ran: Ran) -> None:
    told = step(ran, "看各登记册")
    for words in (
        "留守（困境）儿童档案120条",
        "居家养老服务对象",
        "设施月报",
        "村（社区）年度基础数据19条",
        "农村留守妇女档案20条",
    ):
        assert words in told


def test_bad_rows_are_given_back_and_one_is_mended(ran: Ran, out: Path) -> None:
    assert "有误3" in step(ran, "导入花名册")
    assert "已保存" in step(ran, "改正有误的一行")
    book = openpyxl.load_workbook(out / "高滩村花名册_标注错误.xlsx")
    assert any(cell == "错误原因" for page in book for row in page.iter_rows(values_only=True) for cell in row)


def test_the_returned_record_came_back_corrected(ran: Ran) -> None:
    assert "退回1条" in step(ran, "县局回执")
    assert "第2包 OK" in step(ran, "县局再次接收")
    assert "退回0条" in step(ran, "县局再次回执")


def test_the_packages_form_a_chain(out: Path) -> None:
    first, second = out / f"{SITE}-000001.tpkg", out / f"{SITE}-000002.tpkg"
    assert manifest(second)["chain"]["prev"] == run("inspect", first, "--json").json["digest"]


def test_the_county_key_opens_the_package(out: Path) -> None:
    identity = pyrage.x25519.Identity.from_str((out / "county.agekey").read_text(encoding="utf-8").strip())
    with zipfile.ZipFile(out / f"{SITE}-000001.tpkg") as parts:
        plain = pyrage.decrypt(parts.read("payload.age"), [identity])
    with tarfile.open(fileobj=io.BytesIO(plain)) as inner:
        assert inner.getnames()[0] == "header.json"


def test_the_recipe_names_these_very_files(out: Path) -> None:
    recipe = (out / "使用的命令.txt").read_text(encoding="utf-8")
    assert f"unzip {SITE}-000001.tpkg" in recipe
    assert f"-I {SITE} " in recipe
    assert run("inspect", out / f"{SITE}-000001.tpkg", "--json").json["digest"] in recipe
    assert PASSPHRASE in recipe


def test_the_indicator_report_says_what_the_command_says(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_PASSPHRASE", PASSPHRASE)
    told = Desk(out / "township").tells("indicators", "--month", MONTH, "--operator", LOGIN)["indicators"]
    (rate,) = [one for one in told if one["id"] == "I04"]
    with Preview(out / f"指标报告-{MONTH}.pdf") as preview:
        assert rate["value"] in preview.text(0)


def test_a_second_demonstration_wants_another_folder(out: Path) -> None:
    ran = run("demo", "--out", out, "--json")
    assert ran.code == 2
    assert "已经有一次演示" in ran.json["message"]
