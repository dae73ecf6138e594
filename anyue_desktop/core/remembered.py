"""Answers worth keeping: a few codes, days and villages stand in hundreds of thousands of records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")

MOST = 2048


class Remembered(dict[Any, V]):
    """The answers of a function that always answers the same; `remembered[value]` asks it once.

    A value that raises is asked again. When there are too many different values, it begins anew: memory is bounded.
    Values that are equal must have the same answer: never ask it about 1 and True.
    """

    __slots__ = ("_answer", "_most")

    def __init__(self, answer: Callable[[Any], V], most: int = MOST) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, value: Any) -> V:
        found = self._answer(value)
        if len(self) >= self._most:
            self.clear()
        self[value] = found
        return found
