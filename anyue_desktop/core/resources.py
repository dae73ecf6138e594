"""Where the data files that come with the program lie."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Returns the `resources/` folder: beside the package in a checkout, inside the frozen program otherwise."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return base / "resources"


def path(*parts: str) -> Path:
    """Returns the path of one resource."""
    return folder().joinpath(*parts)


def load_json(*parts: str) -> Any:
    """Reads one JSON resource."""
    return json.loads(path(*parts).read_text(encoding="utf-8"))
