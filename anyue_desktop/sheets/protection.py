"""Tells whether a workbook asks for a password before it can be read, or carries programs."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
RECORDS_LOOKED_AT = 16  # FILEPASS follows within the first records of the stream

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # an encrypted .xlsx ([MS-OFFCRYPTO])
_BOF_OF_WORKBOOK = struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)  # [MS-XLS] 2.4.21
_FILEPASS = 0x002F
_MACROS_OF_ARCHIVE = b"xl/vbaProject.bin"
_MACROS_OF_OLE = "_VBA_PROJECT_CUR".encode("utf-16-le")  # [MS-OVBA] 2.2


def is_protected(content: bytes) -> bool:
    """Tells whether the content is an encrypted .xlsx or .xls."""
    if not content.startswith(OLE):
        return False
    return _ENCRYPTED_STREAM in content or any(
        _FILEPASS in _record_kinds(content, start) for start in _streams(content)
    )


def has_macros(content: bytes) -> bool:
    """Tells whether an .xlsm, .xlsx or .xls carries macros; the names of an archive's parts are never compressed."""
    return (_MACROS_OF_ARCHIVE if content.startswith(b"PK") else _MACROS_OF_OLE) in content


def _streams(content: bytes) -> Iterator[int]:
    start = content.find(_BOF_OF_WORKBOOK)
    while start >= 0:
        if start % SECTOR == 0:
            yield start
        start = content.find(_BOF_OF_WORKBOOK, start + 1)


def _record_kinds(content: bytes, start: int) -> list[int]:
    kinds: list[int] = []
    while len(kinds) < RECORDS_LOOKED_AT and start + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, start)
        kinds.append(kind)
        start += 4 + size
    return kinds
