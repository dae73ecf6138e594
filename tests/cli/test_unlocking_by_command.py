"""忘记密码 and 重新对账 by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import MONTH, SITE, Pair

FRESH = "春天-云朵-流星-蓝天"


def test_a_forgotten_passphrase_by_command(pair: Pair, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pair.township.tells("unlock", "request", pair.stick)
    assert (asked["site"], asked["login"], len(asked["fingerprint"].split())) == (SITE, "王芳", 6)
    key = made / "offline" / "恢复密钥.agekey"
    wrong = pair.county.answers(3, "county", "unlock", asked["path"], pair.stick, "--digits", "1 2", "--recovery", key)
    assert wrong["status"] == "E_UNLOCK_DIGITS"
    answered = pair.county.tells(
        "county", "unlock", asked["path"], pair.stick, "--digits", asked["fingerprint"], "--recovery", key
    )
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", FRESH)
    refused = pair.township.answers(4, "unlock", "recover", answered["path"], "--code", "12345")
    assert refused["status"] == "E_UNLOCK_CODE"
    done = pair.township.tells("unlock", "recover", answered["path"], "--code", answered["code"])
    assert (done["login"], done["must_enrol"]) == ("王芳", True)
    assert pair.township.answers(4, "list", "person")["status"] == "E_PASSPHRASE"
    monkeypatch.setenv("ANYUE_PASSPHRASE", FRESH)
    assert pair.township.tells("list", "person")["total"] == 3


def test_a_restored_township_reports_and_gets_back_what_it_lost(pair: Pair, tmp_path: Path) -> None:
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.township.tells("backup", tmp_path / "备份.tbak")
    lost = pair.township.tells("add", "person", "姓名=冯桂芳", "村=土桥村", "性别=女")["id"]
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.county.tells("county", "receive", pair.stick)
    pair.township.tells("restore", tmp_path / "备份.tbak")
    assert pair.township.tells("list", "person")["total"] == 3
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    taken = pair.county.tells("county", "receive", pair.stick)["packages"][-1]
    assert (taken["status"], taken["giving_back"] > 0) == ("OK", True)
    receipt = pair.county.tells("county", "receipt", SITE, pair.stick)["path"]
    told = pair.township.tells("receipt", receipt)
    assert (told["brought_back"], told["apart"]) == (2, 0)
    assert lost in [row["id"] for row in pair.township.tells("list", "person")["rows"]]
    assert pair.township.tells("reconcile")["begins_anew"] is True
    assert pair.county.answers(2, "reconcile")["status"] == "E_USAGE"
