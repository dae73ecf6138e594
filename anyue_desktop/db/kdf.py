"""From a passphrase to a key: Argon2id (RFC 9106) within fixed bounds."""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from anyue_desktop.db.status import Status, unusable

SALT_BYTES = 16
KEY_BYTES = 32
MIB = 1024  # KiB
LANES = 4
ENOUGH_SECONDS = 0.5
MOST_MEMORY_MIB = 512  # laptops of 4 GB must still open their workspace


@dataclass(frozen=True)
class Cost:
    """How dear one guess is: memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Raises `Unusable` E_KDF_PARAMS outside 64 MiB–1 GiB, 2–20 passes, 1–8 lanes."""
        fits = 64 * MIB <= self.memory_kib <= 1024 * MIB and 2 <= self.passes <= 20 and 1 <= self.lanes <= 8
        if not fits:
            raise unusable(Status.KDF_PARAMS, f"m={self.memory_kib}, t={self.passes}, p={self.lanes}")


FLOOR = Cost(64 * MIB, 2, LANES)


def new_salt() -> bytes:
    """Returns fresh random salt."""
    return os.urandom(SALT_BYTES)


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Returns the 32-byte key of a passphrase (NFC, UTF-8)."""
    cost.check()
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode())


def calibrated() -> Cost:
    """Returns the cost that takes this machine at least half a second, never below 64 MiB and three passes."""
    memory = 64
    while memory < MOST_MEMORY_MIB:
        cost = Cost(memory * MIB, 3, LANES)
        started = time.perf_counter()
        derive("", bytes(SALT_BYTES), cost)
        if time.perf_counter() - started >= ENOUGH_SECONDS:
            return cost
        memory *= 2
    return Cost(MOST_MEMORY_MIB * MIB, 3, LANES)
