"""Which key the database was last opened with, so that an old key file is not mistaken for a damaged database.

The mark says nothing of the key itself. Whoever deletes it gains nothing: the database still does not open.
"""

from __future__ import annotations

import contextlib
import hmac
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import write_text

FILE = "main.db.key"
PURPOSE = b"anyue key mark v1"


def keep_mark(folder: Path, dek: bytes) -> None:
    """Notes the key the database opens with; a folder that cannot be written keeps the note it has."""
    path = folder / FILE
    if _held(path) != _mark(dek):
        with contextlib.suppress(UserError):
            write_text(path, _mark(dek))


def is_other_key(folder: Path, dek: bytes) -> bool:
    """Whether the database was last opened with another key than this one."""
    held = _held(folder / FILE)
    return bool(held) and not hmac.compare_digest(held, _mark(dek))


def _held(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _mark(dek: bytes) -> str:
    return HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(dek).hex()
