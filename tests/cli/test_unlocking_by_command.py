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


def test_a_county_comes_in_again_by_command(pair: Pair, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    safe = made / "offline"
    words = ("county", "recover", "--recovery", safe / "恢复密钥.agekey")
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", FRESH)
    assert "根密钥" in pair.county.answers(2, *words)["message"]
    assert pair.county.tells(*words, "--root", safe / "根密钥.openssh")["login"]
    assert pair.county.answers(4, "county", "asked")["status"] == "E_PASSPHRASE"
    monkeypatch.setenv("ANYUE_PASSPHRASE", FRESH)
    assert pair.county.tells("county", "asked")["asked"] == []


def test_a_restored_county_catches_up_and_asks_by_command(pair: Pair, tmp_path: Path) -> None:
    township, county = pair.township, pair.county
    county.tells("backup", tmp_path / "县局.tbak")
    township.tells("seal", "--month", MONTH, pair.stick)
    county.tells("county", "receive", pair.stick)
    county.tells("restore", tmp_path / "县局.tbak")
    assert [one["status"] for one in county.tells("county", "catchup")["packages"]] == ["OK"]
    assert county.tells("county", "catchup")["packages"] == []
    assert county.tells("county", "held")["held"] == []
    assert county.tells("county", "ask", SITE, "full")["what"] == "full"
    assert [one["what"] for one in county.answers(1, "county", "asked")["asked"]] == ["full"]
    written = county.tells("county", "receipt", SITE, pair.stick)["path"]
    assert [one["what"] for one in township.tells("receipt", written)["asked"]] == ["full"]
    assert county.tells("county", "ask", SITE, "full", "--withdraw")["from_sequence"] is None
    assert county.tells("county", "asked")["asked"] == []
    assert "没有“dance”" in county.answers(2, "county", "ask", SITE, "dance")["message"]
