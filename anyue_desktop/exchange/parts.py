"""Lines in gzip parts: written to a bounded size, inflated to a bounded size."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from anyue_desktop.exchange.limits import KIB, LIMITS, MIB, Limits
from anyue_desktop.exchange.status import Status

PART_SIZE = 8 * MIB  # uncompressed, as written
LEVEL = 6
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, no system: the same on every machine
_BATCH = 256 * KIB
_GZIP = 31  # zlib's name for "one gzip member"


def compressed(lines: Iterable[bytes], part_size: int = PART_SIZE) -> Iterator[bytes]:
    """Packs lines (without their LF) into gzip members of at most `part_size` uncompressed bytes."""
    part = _Part()
    for line in lines:
        if part.size + len(line) + 1 > part_size and part.size:
            yield part.finish()
            part = _Part()
        part.add(line)
    if part.size:
        yield part.finish()


class _Part:
    """One gzip member in the making."""

    def __init__(self) -> None:
        self.size = 0
        self._crc = 0
        self._lines: list[bytes] = []
        self._waiting = 0
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._pieces = [_HEADER]

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self.size += len(line) + 1
        self._waiting += len(line) + 1
        if self._waiting >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self._lines:
            return
        self._lines.append(b"")
        content = b"\n".join(self._lines)
        self._crc = zlib.crc32(content, self._crc)
        self._pieces.append(self._deflate.compress(content))
        self._lines, self._waiting = [], 0

    def finish(self) -> bytes:
        self._flush()
        self._pieces.append(self._deflate.flush())
        self._pieces.append(struct.pack("<2I", self._crc, self.size))
        return b"".join(self._pieces)


def lines_of(part: bytes, allowed: int, limits: Limits = LIMITS) -> list[bytes]:
    """Returns the lines of one gzip member, without their LF.

    Args:
        part: the compressed bytes.
        allowed: how many more lines the manifest leaves room for.
        limits: the largest part and line.

    Raises:
        Refused: `E_GZIP`, `E_BOMB`, `E_COUNT` or `E_REC_LINE`.
    """
    content = _inflate(part, limits.part)
    if not content.endswith(b"\n"):
        raise Status.E_REC_LINE.refusal("最后一行没有结束")
    count = content.count(b"\n")
    if count > allowed:
        raise Status.E_COUNT.refusal("记录比清单写明的多")
    lines = content.split(b"\n")
    del lines[-1]
    if max(map(len, lines)) > limits.line:
        raise Status.E_REC_LINE.refusal(f"一行超过 {limits.line} 字节")
    return lines


def _inflate(part: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj(_GZIP)
    try:
        content = inflater.decompress(part, limit + 1)
    except zlib.error:
        raise Status.E_GZIP.refusal() from None
    if len(content) > limit:
        raise Status.E_BOMB.refusal(f"一个部分超过 {limit} 字节")
    if not inflater.eof or inflater.unused_data:
        raise Status.E_GZIP.refusal("结尾不合规定")
    return content
