"""Backup, restore, verify, and who may open the workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import WORDS, Desk, Pair, words_of_elder

import anyue_desktop

NEW_WORDS = "毛笔-枕头-琵琶-狭窄"
ROOT = Path(anyue_desktop.__file__).parents[1]


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command as a process of its own, without a terminal."""
    line = [sys.executable, "-m", "anyue_desktop", *map(str, words)]
    variables = {**os.environ, **environment}
    return subprocess.run(line, cwd=ROOT, env=variables, capture_output=True, stdin=subprocess.DEVNULL, check=False)


def test_a_backup_brings_back_what_was_changed_since(township: Desk, tmp_path: Path) -> None:
    made = township.tells("backup", tmp_path / "备份.tbak")
    assert (made["ok"], made["findings"], made["path"]) == (True, [], str(tmp_path / "备份.tbak"))
    township.tells("add", "elder_case", *words_of_elder(8, "冯素华"))
    restored = township.tells("restore", tmp_path / "备份.tbak")
    assert (restored["ok"], restored["findings"]) == (True, [])
    assert township.tells("list", "elder_case")["total"] == 3


def test_a_backup_is_restored_on_an_empty_computer(township: Desk, tmp_path: Path) -> None:
    township.tells("backup", tmp_path / "备份.tbak")
    other = Desk(tmp_path / "other")
    other.tells("restore", tmp_path / "备份.tbak")
    assert other.tells("list", "elder_case")["total"] == 3


def test_a_damaged_backup_changes_nothing(township: Desk, tmp_path: Path) -> None:
    path = Path(township.tells("backup", tmp_path / "备份.tbak")["path"])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert township.answers(4, "restore", path)["status"] == "E_BACKUP_BAD"
    assert township.tells("list", "elder_case")["total"] == 3


def test_a_sound_workspace_is_verified(township: Desk) -> None:
    answer = township.tells("verify")
    assert (answer["ok"], answer["findings"]) == (True, [])
    assert "没有发现问题" in township.says("verify").out


def test_a_damaged_workspace_is_unusable(township: Desk) -> None:
    (database,) = (path for path in township.folder.rglob("*.db") if path.stat().st_size)
    content = bytearray(database.read_bytes())
    content[: len(content) // 2] = bytes(len(content) // 2)
    database.write_bytes(content)
    assert township.answers(4, "list", "elder_case")["status"] == "E_WORKSPACE_DAMAGED"


def test_an_operator_is_added_and_may_enter(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", NEW_WORDS)
    answer = township.tells("operators", "add", "李强", "--role", "录入", "--name", "李强强")
    assert {"login": "李强", "name": "李强强", "roles": ["entry"]} in answer["operators"]
    monkeypatch.setenv("ANYUE_PASSPHRASE", NEW_WORDS)
    assert township.tells("--operator", "李强", "list", "elder_case")["total"] == 3
    assert "请写明操作员" in township.answers(2, "list", "elder_case")["message"]
    assert "只有管理员" in township.answers(2, "operators", "add", "赵六", "--operator", "李强")["message"]


def test_roles_are_changed_and_an_operator_removed(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", NEW_WORDS)
    township.tells("operators", "add", "李强")
    answer = township.tells("operators", "role", "李强", "entry", "审核", "--operator", "王芳")
    assert {"login": "李强", "name": "李强", "roles": ["entry", "reviewer"]} in answer["operators"]
    assert (
        "没有“总管”这种权限"
        in township.answers(2, "operators", "role", "李强", "总管", "--operator", "王芳")["message"]
    )
    left = township.tells("operators", "remove", "李强", "--operator", "王芳")["operators"]
    assert [one["login"] for one in left] == ["王芳"]


def test_a_passphrase_is_changed(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", NEW_WORDS)
    township.tells("operators", "passphrase")
    assert township.answers(4, "operators", "list")["status"] == "E_PASSPHRASE"
    monkeypatch.setenv("ANYUE_PASSPHRASE", NEW_WORDS)
    assert [one["login"] for one in township.tells("operators", "list")["operators"]] == ["王芳"]


def test_a_passphrase_that_cannot_be_typed_leaves_with_4(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANYUE_NEW_PASSPHRASE", raising=False)
    answer = township.answers(4, "operators", "add", "李强")
    assert "ANYUE_NEW_PASSPHRASE" in answer["hint"]


def test_the_process_speaks_utf_8_whatever_the_system_does(township: Desk) -> None:
    ran = process("list", "elder_case", "--json", "--workspace", township.folder, PYTHONIOENCODING="gbk")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "周春英" in ran.stdout.decode("utf-8")


def test_the_process_leaves_with_the_exit_code(township: Desk) -> None:
    assert process("--workspace", township.folder, "check").returncode == 2
    locked = process("--workspace", township.folder, "verify", ANYUE_PASSPHRASE="")
    assert locked.returncode == 4
    assert "没有给出密码" in locked.stderr.decode("utf-8")
    assert process("verify", "--workspace", township.folder, ANYUE_PASSPHRASE=WORDS).returncode == 0


def test_the_last_manager_and_reviewer_stays_and_who_leaves_with_the_key_is_told_of(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYUE_NEW_PASSPHRASE", "骏马-山羊-水牛-黄牛")
    for desk, told in ((pair.township, "换一把新的签名密钥"), (pair.county, "更换根密钥")):
        first = desk.tells("operators", "list")["operators"][0]["login"]
        for roles in (("entry", "admin"), ("entry", "reviewer")):
            assert "至少要留一名" in desk.answers(2, "operators", "role", first, *roles)["message"]
        assert "不能删除自己" in desk.answers(2, "operators", "remove", first)["message"]
        desk.tells("operators", "add", "赵敏", "--role", "reviewer")
        assert told in desk.says("--operator", first, "operators", "remove", "赵敏").out
