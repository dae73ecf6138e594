"""How long somebody must wait after wrong passphrases."""

from __future__ import annotations

FREE_TRIES = 5
FIRST_WAIT = 30
LONGEST_WAIT = 900


def wait_seconds(wrong: int) -> int:
    """Returns the wait after so many wrong passphrases: none, then 30 s doubling to 15 minutes (security.md §3)."""
    if wrong < FREE_TRIES:
        return 0
    doublings = min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT << doublings, LONGEST_WAIT)
