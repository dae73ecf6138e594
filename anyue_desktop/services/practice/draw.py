"""Chance that gives the same answers to the same seed, on every machine and Python."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Odds:
    """How often each of several answers comes, in any unit."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.answers = tuple(weights)
        self.steps = tuple(accumulate(weights.values()))


class Draw:
    """Draws answers from one seed."""

    def __init__(self, seed: str) -> None:
        source = Random(seed)
        self.fraction = source.random
        self.bits = source.getrandbits

    def chance(self, share: float) -> bool:
        """Returns True in this share of the draws."""
        return self.fraction() < share

    def below(self, limit: int) -> int:
        """Returns a number from 0 up to, not including, the limit."""
        return int(self.fraction() * limit)

    def between(self, low: int, high: int) -> int:
        """Returns a number from low to high."""
        return low + int(self.fraction() * (high - low + 1))

    def one(self, choices: Sequence[T]) -> T:
        """Returns one of the choices."""
        return choices[int(self.fraction() * len(choices))]

    def of(self, odds: Odds) -> str:
        """Returns an answer as often as its odds say."""
        return odds.answers[bisect(odds.steps, self.fraction() * odds.steps[-1])]

    def some(self, odds: Odds, most: int) -> tuple[str, ...]:
        """Returns one to `most` different answers, sorted."""
        return tuple(sorted({self.of(odds) for _ in range(self.between(1, most))}))

    def day(self, first: date, last: date) -> date:
        """Returns a day from first to last."""
        return date.fromordinal(self.between(first.toordinal(), last.toordinal()))
