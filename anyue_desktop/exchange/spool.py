"""A temporary file that nobody else can read: the key exists only in this object."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_TAG = 16


class Spool:
    """Pieces written once and read back in order; personal data never lie on the disk in clear."""

    def __init__(self, folder: Path) -> None:
        self._cipher = ChaCha20Poly1305(os.urandom(32))
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self.sizes: list[int] = []

    def append(self, piece: bytes) -> None:
        """Writes one piece."""
        self._file.write(self._cipher.encrypt(_nonce(len(self.sizes)), piece, None))
        self.sizes.append(len(piece))

    def pieces(self) -> Iterator[bytes]:
        """Gives the pieces back, from the first."""
        self._file.seek(0)
        for index, size in enumerate(self.sizes):
            yield self._cipher.decrypt(_nonce(index), self._file.read(size + _TAG), None)

    def close(self) -> None:
        """Removes the file."""
        self._file.close()


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "little")
