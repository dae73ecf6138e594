"""Exit codes, the one JSON object, and what is said when a command line or a workspace is not as it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
import typer
from command_line import MONTH, Desk, Pair, run
from typer.testing import CliRunner

import anyue_desktop
from anyue_desktop.cli.door import Door
from anyue_desktop.core.errors import Cancelled


@pytest.fixture
def broken() -> typer.Typer:
    """A command with a bug, and one that is stopped."""
    program = typer.Typer(cls=Door, pretty_exceptions_enable=False)

    @program.callback()
    def start(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
        pass

    @program.command()
    def bug() -> None:
        raise ZeroDivisionError("张三 512099194603020025")

    @program.command()
    def stopped() -> None:
        raise Cancelled

    return program


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield tmp_path / "state"


def test_the_version_is_told() -> None:
    assert run("--version").out == f"anyue {anyue_desktop.__version__}\n"
    assert run("--version", "--json").json["version"] == anyue_desktop.__version__


def test_without_a_command_the_window_is_opened() -> None:
    asked: list[object] = []

    def opener(folder: Path | None, practice: bool) -> int:
        asked.append((folder, practice))
        return 5

    assert run(opener=opener).code == 5
    assert run("--practice", "--workspace", "/a", opener=opener).code == 5
    assert asked == [(None, False), (Path("/a"), True)]


def test_with_a_command_no_window_is_opened(township: Desk) -> None:
    def opener(folder: Path | None, practice: bool) -> int:
        raise AssertionError("the window was opened")

    assert run("--workspace", township.folder, "list", "elder_case", opener=opener).code == 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["frob"], "没有“frob”这个命令"),
        (["check"], "缺少选项 --month"),
        (["list"], "缺少 REGISTER"),
        (["list", "elder_case", "--foo"], "没有 --foo 这个选项"),
        (["seal", "--month"], "选项 --month 后面要写值"),
        (["undo", "1", "2"], "多写了 2"),
        (["import", "elder_case", "/nowhere.xlsx"], "“/nowhere.xlsx”不存在"),
        (["county"], "后面还要写命令"),
        (["list", "elder_case", "--limit", "x"], "--limit 后面要写整数"),
        (["check", "--month", "2026-13"], "“2026-13”不是月份"),
        (["list", "no_such_register"], "没有名为“no_such_register”的登记册"),
        (["add", "elder_case", "name"], "“name”不是“项目=值”的写法"),
        (["add", "elder_case", "name=甲", "name=乙"], "“name”写了两次"),
    ],
)
def test_wrong_usage_leaves_with_2_and_says_what_is_wrong(township: Desk, line: list[str], sentence: str) -> None:
    answer = township.answers(2, *line)
    assert answer["status"] == "E_USAGE"
    assert sentence in answer["message"]
    assert sentence in township.says(*line).err


def test_common_options_stand_before_or_after_the_command(township: Desk) -> None:
    before = run("--json", "--operator", "王芳", "--workspace", township.folder, "list", "elder_case")
    after = run("list", "elder_case", f"--workspace={township.folder}", "--operator", "王芳", "--json")
    assert before.code == after.code == 0
    assert before.json == after.json


def test_words_after_two_hyphens_are_no_options(township: Desk) -> None:
    ran = township.says("list", "elder_case", "--", "--json")
    assert ran.code == 2
    assert not ran.out


@pytest.mark.parametrize(
    "line",
    [
        ["list", "elder_visit"],
        ["check", "--month", MONTH],
        ["indicators", "--month", MONTH],
        ["verify"],
        ["operators", "list"],
        ["history", "elder_case", "nobody"],
        ["frob"],
    ],
)
def test_json_is_one_object_alone_on_standard_output(township: Desk, line: list[str]) -> None:
    ran = township.says(*line, "--json")
    answer = json.loads(ran.out)
    assert isinstance(answer, dict)
    assert answer["status"]
    assert ran.code == 0 or answer["message"]


def test_people_read_lines_not_json(township: Desk) -> None:
    ran = township.says("list", "elder_case")
    assert ran.out.startswith("特殊困难老年人档案：共 3 条\n编号\t姓名")
    assert "周春英" in ran.out
    assert ran.err == ""


def test_a_wrong_passphrase_leaves_with_4(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_PASSPHRASE", "不是这个密码")
    answer = township.answers(4, "list", "elder_case")
    assert (answer["status"], answer["message"]) == ("E_PASSPHRASE", "密码不对")


def test_nobody_is_asked_for_a_passphrase_without_a_terminal(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANYUE_PASSPHRASE")
    answer = township.answers(4, "list", "elder_case")
    assert answer["status"] == "E_PASSPHRASE"
    assert "ANYUE_PASSPHRASE" in answer["hint"]


def test_a_missing_workspace_leaves_with_4(tmp_path: Path) -> None:
    answer = Desk(tmp_path / "nothing").answers(4, "list", "elder_case")
    assert answer["status"] == "E_WORKSPACE_MISSING"


def test_a_workspace_is_not_made_twice(township: Desk) -> None:
    answer = township.answers(4, "init", "--township", "天马乡", "--operator", "王芳")
    assert answer["status"] == "E_WORKSPACE_EXISTS"


def test_a_weak_passphrase_makes_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_PASSPHRASE", "123456")
    answer = Desk(tmp_path / "new").answers(2, "init", "--township", "天马乡", "--operator", "王芳")
    assert "密码太短" in answer["message"]
    assert not list(tmp_path.rglob("keyslots.json"))


def test_a_workspace_has_its_first_operator_and_an_existing_township(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new")
    assert "没有写明第一个操作员" in desk.answers(2, "init", "--township", "天马乡")["message"]
    assert "没有写明第一个操作员" in desk.answers(2, "county", "init")["message"]
    assert "没有找到乡镇" in desk.answers(2, "init", "--township", "桃花乡", "--operator", "王芳")["message"]


def test_a_bug_leaves_with_70_and_a_log_without_personal_data(broken: typer.Typer, logs: Path) -> None:
    result = CliRunner().invoke(broken, ["bug", "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 70
    assert answer["status"] == "E_BUG"
    log = Path(answer["log"]).read_text(encoding="utf-8")
    assert Path(answer["log"]).is_relative_to(logs)
    assert "ZeroDivisionError" in log and " bug" in log
    assert "张三" not in log + result.stdout + result.stderr
    assert answer["log"] in result.stderr


def test_stopping_leaves_with_130(broken: typer.Typer) -> None:
    result = CliRunner().invoke(broken, ["stopped", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (130, "E_STOPPED")


def test_a_command_of_the_other_edition_is_refused(pair: Pair) -> None:
    township, county = pair.township, pair.county
    assert "县局的台账" in township.answers(2, "county", "status", "--month", MONTH)["message"]
    assert "乡镇的台账" in county.answers(2, "seal", "--month", MONTH, township.folder)["message"]
    assert "县局不能修改乡镇的记录" in county.answers(2, "add", "elder_case", "name=甲")["message"]
