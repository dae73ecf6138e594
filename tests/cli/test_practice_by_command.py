"""Workspaces to practise with, made by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import WORDS, Desk

OPERATOR = "王芳"
LEFT_OUT = ("--without", "鸳大镇")


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_PASSPHRASE", WORDS)


def test_a_practice_township_is_full_from_the_start(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "练习")
    made = desk.tells("init", "--township", "天马乡", "--practice", "--operator", OPERATOR)
    assert made["site"] == "t512021206z"
    for register in ("elder_case", "child_case", "homecare_log"):
        assert desk.tells("list", register, "--limit", 1)["total"] > 0


def test_a_practice_county_holds_the_townships_it_was_not_told_to_leave_out(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "县局")
    desk.tells("county", "init", "--practice", "--scale", 0.01, *LEFT_OUT, "--operator", OPERATOR)
    units = {one["unit"]: one for one in desk.tells("county", "status", "--month", "2026-10")["units"]}
    assert units["鸳大镇"]["state"] == "逾期"
    assert units["天马乡"]["state"] == "已收"
    assert desk.tells("list", "facility", "--where", "township_code=鸳大镇")["total"] == 0


def test_leaving_a_township_out_is_for_practice_only(tmp_path: Path) -> None:
    told = Desk(tmp_path / "县局").answers(2, "county", "init", *LEFT_OUT, "--operator", OPERATOR)
    assert "--practice" in told["hint"]
    assert not (tmp_path / "县局" / "main.db").exists()
