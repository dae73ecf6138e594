"""anyue demo."""

from __future__ import annotations

import typer


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
