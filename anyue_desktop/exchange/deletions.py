"""A package that deletes much of what its site has is asked about first (docs/package-format.md, deletions)."""

from __future__ import annotations

from anyue_desktop.exchange.status import Status

MOST_PERCENT = 5


def are_few(removed: int, had: int) -> bool:
    """Whether that many deletions among that many records need no question: at most five in a hundred."""
    return removed * 100 <= had * MOST_PERCENT


def ask_about(removed: int, had: int) -> None:
    """Holds the package back until somebody has asked the township.

    Raises:
        Refused: `E_DELETIONS`.
    """
    raise Status.E_DELETIONS.refusal(f"要删除 {removed} 条，原有 {had} 条")
