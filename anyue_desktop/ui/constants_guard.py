"""Keeps `None`, `True` and `False` alive under PySide6 on Python 3.11.

PySide6 6.12 is built as if the constants were immortal (PEP 683, Python 3.12): what its methods return takes away a
reference of `None` or `True` that was never given. On 3.11 the interpreter aborts after some hundred signals or some
thousand calls (“bool_dealloc”, “none_dealloc”). Measured with PySide6 6.12.0 and Python 3.11.7.
"""

from __future__ import annotations

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)
PLENTY = 1 << 40
CONSTANTS = (None, True, False, NotImplemented)


def protect_constants() -> None:
    """Gives the constants more references than any program can use up."""
    if sys.version_info < IMMORTAL_SINCE and sys.implementation.name == "cpython":
        for value in CONSTANTS:
            ctypes.c_ssize_t.from_address(id(value)).value += PLENTY
