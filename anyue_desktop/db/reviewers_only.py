"""What lies in the database for reviewers alone: everybody who works here holds the database key (security.md §2)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"anyue for reviewers v1"
NONCE_BYTES, KEY_BYTES = 12, 32


def locked(seed: bytes, content: bytes) -> bytes:
    """Returns a content that only whoever can open this signing seed reads again."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(seed)).encrypt(nonce, content, None)


def unlocked(seed: bytes, content: bytes) -> bytes | None:
    """Returns what was locked under this seed; None if it was under another."""
    try:
        return AESGCM(_key(seed)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        return None


def _key(seed: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=PURPOSE).derive(seed)
