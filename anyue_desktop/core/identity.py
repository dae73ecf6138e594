"""Identifiers of records and documents: UUID version 7 (RFC 9562 §5.7)."""

from __future__ import annotations

import re
import secrets
import threading
import time

_CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COUNTER_BITS = 74  # the 12 bits of rand_a and the 62 of rand_b, counted on within a millisecond
_STEP_BITS = 32
_STEPS = 1000


class _Sequence:
    """Gives ever greater identifiers, also within a millisecond or when the clock steps back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = 0
        self._counter = 0
        self._steps: list[int] = []

    def next(self) -> int:
        with self._lock:
            now = time.time_ns() // 1_000_000
            if now > self._millisecond:
                self._millisecond, self._counter = now, secrets.randbits(_COUNTER_BITS - 1)
            else:
                self._counter += 1 + self._step()
            if self._counter >> _COUNTER_BITS:
                self._millisecond, self._counter = self._millisecond + 1, secrets.randbits(_COUNTER_BITS - 1)
            rand_a, rand_b = self._counter >> 62, self._counter & (1 << 62) - 1
            return self._millisecond << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b

    def _step(self) -> int:
        """Gives the next random bits; those of a thousand steps are drawn at once."""
        if not self._steps:
            self._steps = list(memoryview(secrets.token_bytes(_STEPS * _STEP_BITS // 8)).cast("I"))
        return self._steps.pop()


_sequence = _Sequence()


def new_id() -> str:
    """Returns a new UUIDv7 as lower-case text; later ones of this process sort after earlier ones."""
    digits = f"{_sequence.next():032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_id(text: str) -> bool:
    """Whether a text is a UUID in canonical lower-case form."""
    return bool(_CANONICAL.fullmatch(text))
