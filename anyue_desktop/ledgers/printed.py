"""What came out of the printer's side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Printed:
    """A finished document: where it is, how long, the digest its pages carry, and what could not be drawn."""

    path: Path
    pages: int
    digest: str  # SHA-256 of the printed values, hexadecimal
    undrawable: tuple[str, ...] = ()  # characters drawn as 〓, once each
