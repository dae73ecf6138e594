"""anyue add · set · delete: one record."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import USAGE, Answer
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import RecordId, Register, Words, pairs
from anyue_desktop.core.problem import KIND_NAMES, Kind, Problem
from anyue_desktop.services.by_words import Entered

E_RECORD = "E_RECORD"


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("add", help="录入一条记录；探访等记录还要写明是谁的（id_number=… 或 姓名=… 村=…）")(add)
    program.command("set", help="修改一条记录的若干项目；“项目=”表示清空")(change)
    program.command("adopt", help="采用逻辑校验对一条记录提出的建议（如到龄退出），记入历史")(adopt)
    program.command("delete", help="删除一条记录（进回收站）")(delete)


def adopt(context: typer.Context, register: Register, identity: RecordId) -> Answer:
    """Takes over what the rules propose for one record."""
    with session_of(context).township() as workspace:
        return _answer(Entered(workspace.records.adopt(register, identity), []), identity)


def add(context: typer.Context, register: Register, words: Words) -> Answer:
    """Enters one record."""
    given = pairs(words)
    with session_of(context).opened() as workspace:
        return _answer(workspace.by_words.add(register, given), "")


def change(context: typer.Context, register: Register, identity: RecordId, words: Words) -> Answer:
    """Changes fields of one record."""
    given = pairs(words)
    with session_of(context).opened() as workspace:
        return _answer(workspace.by_words.set(register, identity, given), identity)


def delete(
    context: typer.Context,
    register: Register,
    identity: RecordId,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="删除原因，随下次上报带给县局")] = "",
) -> Answer:
    """Moves one record to the recycle bin."""
    with session_of(context).opened() as workspace:
        workspace.records.delete(register, identity, reason)
        revision = workspace.records.history(register, identity)[0].revision
    return Answer({"id": identity, "revision": revision, "problems": []}, [f"已删除：{identity}"])


def _answer(entered: Entered, identity: str) -> Answer:
    saved = entered.saved
    facts = {
        "id": saved.id or identity,
        "revision": saved.revision,
        "problems": [problem_facts(one) for one in saved.problems],
        "notes": entered.notes,
    }
    lines = [_sentence(one) for one in saved.problems] + entered.notes
    if saved.saved:
        return Answer(facts, [f"已保存：{saved.id}（第 {saved.revision} 版）", *lines])
    errors = [_sentence(one) for one in saved.problems if one.kind is Kind.ERROR]
    message = "；".join(errors)
    told = f"没有保存：{message}"
    return Answer({"status": E_RECORD, "message": message, "hint": "请改正后再试", **facts}, notes=[told], code=USAGE)


def problem_facts(problem: Problem) -> dict[str, Any]:
    """Returns a problem of a record as scripts read it."""
    return {
        "kind": problem.kind.value,
        "field": problem.field,
        "value": problem.value,
        "message": problem.message,
        "hint": problem.hint,
        "code": problem.code,
    }


def _sentence(problem: Problem) -> str:
    return f"{KIND_NAMES[problem.kind]}：{problem.message}{'，' if problem.hint else ''}{problem.hint}"
