"""One row of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from anyue_desktop.core.identity import new_id
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.services.batches import DueLine


class State(StrEnum):
    """How a row stands."""

    WAITING = "waiting"  # nothing typed, nothing entered before
    DONE = "done"  # nothing typed, entered before
    TYPED = "typed"  # typed, can be saved
    WRONG = "wrong"  # typed, a 逻辑错误 stands in the way
    SAVED = "saved"


WORDS = {  # a batch says in its own words what is done
    State.WAITING: "未录入",
    State.DONE: "已录入",
    State.TYPED: "待保存",
    State.WRONG: "有错误",
    State.SAVED: "已保存",
}
PICTURES = {
    State.WAITING: "missing",
    State.DONE: "ok",
    State.TYPED: "edit",
    State.WRONG: "error",
    State.SAVED: "ok",
}


@dataclass
class BatchRow:
    """Whom a line is about, and the record being typed."""

    due: DueLine
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    typed: bool = False
    saved: bool = False
    key: str = field(default_factory=new_id)  # of the draft

    @property
    def state(self) -> State:
        """How the row stands."""
        if self.saved:
            return State.SAVED
        if self.typed:
            return State.WRONG if self.errors() else State.TYPED
        return State.DONE if self.due.done else State.WAITING

    def errors(self) -> list[Problem]:
        """Returns what keeps the row from being saved."""
        return [problem for problem in self.problems if problem.kind is Kind.ERROR]

    def problem_of(self, key: str) -> Problem | None:
        """Returns the gravest problem of a field, missing answers aside."""
        found = [one for one in self.problems if one.field == key and one.kind is not Kind.MISSING]
        return min(found, key=lambda one: one.kind is not Kind.ERROR, default=None)

    def take(self, values: Mapping[str, Any], problems: list[Problem]) -> None:
        """Takes new values with what is wrong with them."""
        self.values, self.problems = dict(values), problems
        self.typed, self.saved = True, False
