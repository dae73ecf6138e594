"""Length-prefixed byte strings, as OpenSSH writes them (RFC 4251 section 5)."""

from __future__ import annotations

import struct


def string(content: bytes) -> bytes:
    """Returns a 32-bit big-endian length and the content."""
    return struct.pack(">I", len(content)) + content
