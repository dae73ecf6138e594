"""How large anything in a package may be."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True)
class Limits:
    """Upper bounds, in bytes unless the name says otherwise; the defaults are those of docs/package-format.md."""

    file: int = 4 * GIB - 2  # the largest file FAT32 holds is one byte larger
    manifest: int = 256 * KIB
    signature: int = KIB
    age_header: int = 4 * KIB
    inner: int = 8 * GIB
    header: int = 64 * KIB
    part: int = 16 * MIB  # of one part, uncompressed or compressed
    parts_count: int = 4096
    line: int = 256 * KIB
    records_count: int = 1_000_000
    attachment: int = 20 * MIB
    attachments_count: int = 200_000


LIMITS = Limits()
