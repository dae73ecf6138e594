"""Files that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import package_workshop as shop
import pytest


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Writes a crafted package and returns where it lies."""

    def write(**changes: object) -> Path:
        path = tmp_path / "crafted.tpkg"
        path.write_bytes(shop.craft(**changes).build())
        return path

    return write
