"""采用建议: what a rule proposes becomes the record's own, confirmed by the officer and seen in the history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Values
from anyue_desktop.services import columns
from anyue_desktop.services.entries import Entries, Saved
from anyue_desktop.services.lists import Lists

ACTION = "采用建议"


@dataclass(frozen=True)
class Suggested:
    """What a rule proposes for one record, in words."""

    id: str
    caption: str
    problem: Problem
    words: str


class Suggesting(Lists, Entries):
    """Proposals of the rules for stored records. Those an officer kept with a written reason are left alone."""

    def suggestions(self, register: str, ids: Sequence[str]) -> list[Suggested]:
        """Returns what the rules propose for these records."""
        known = self.register(register)
        return [
            Suggested(identity, self.caption(register, identity), problem, columns.told(known, problem.suggestion))
            for identity in ids
            for problem in self._proposed(register, self.get(register, identity))
        ]

    def adopt(self, register: str, identity: str, codes: Collection[str] = ()) -> Saved:
        """Takes over what the rules propose for a record, all of it or what the named rules say, as one change.

        A proposal may follow from another one: each is asked for anew, and none is taken twice.
        """
        known, values = self.register(register), self.get(register, identity)
        taken: set[str] = set()
        while True:
            proposed = (one for one in self._proposed(register, values) if not codes or one.code in codes)
            problem = next((one for one in proposed if one.code not in taken), None)
            if problem is None:
                return self.save(register, values, action=ACTION)
            taken.add(problem.code)
            for path, value in problem.suggestion.items():
                columns.place(known, values, path, value)

    def _proposed(self, register: str, values: Values) -> Iterator[Problem]:
        explained: dict[str, Any] = values.get("explanations") or {}
        for problem in self.check(register, values):
            if problem.suggestion and problem.code not in explained:
                yield problem
