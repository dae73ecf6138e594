"""Python's search for garbage, while very many objects come and go that hold no circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000  # new objects between two looks; usually 700


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Lets the collector look less often: a batch of records is freed anyway when the next one takes its place."""
    usual = gc.get_threshold()
    gc.set_threshold(max(SELDOM, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
