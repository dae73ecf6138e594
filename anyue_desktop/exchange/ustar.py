"""The inner archive: POSIX ustar of which every header byte follows from a name and a size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anyue_desktop.exchange.sealing import ChunkReader
from anyue_desktop.exchange.status import Status

BLOCK = 512
END = bytes(2 * BLOCK)
_NAME_LENGTH = 100
_SIZE_FIELD = slice(124, 135)


def member_header(name: str, size: int) -> bytes:
    """Returns the 512 bytes before a member: mode 0644, everything else zero or empty (POSIX.1-1988 ustar)."""
    head = name.encode("ascii").ljust(_NAME_LENGTH, b"\0") + b"0000644\0" + b"0000000\0" * 2
    head += f"{size:011o}\0{0:011o}\0".encode()
    tail = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    total = sum(head) + sum(tail) + 8 * ord(" ")
    return head + f"{total:06o}\0 ".encode() + tail


def padding(size: int) -> bytes:
    """Returns the zeros that fill the last block of a member."""
    return bytes(-size % BLOCK)


def archive_size(sizes: list[int]) -> int:
    """Returns the length of an archive whose members have these sizes."""
    return sum(BLOCK + size + len(padding(size)) for size in sizes) + len(END)


@dataclass(frozen=True)
class Member:
    """What the next member is called and how long it is; its content has not been read."""

    name: str
    size: int


class ArchiveReader:
    """Reads members one after the other; nothing is ever extracted to a path."""

    def __init__(self, reader: ChunkReader) -> None:
        self._reader = reader
        self.consumed = 0  # bytes of the archive so far

    def members(self) -> Iterator[Member]:
        """Gives the members; after each, `content` must be called.

        Raises:
            Refused: `E_INNER`: a header that `member_header` would not write, a missing end, or bytes after it.
        """
        while (block := self._exactly(BLOCK)) != END[:BLOCK]:
            yield _member_of(block)
        if self._exactly(BLOCK) != END[:BLOCK] or self._reader.read(1):
            raise Status.E_INNER.refusal("结尾不合规定")

    def content(self, member: Member) -> bytes:
        """Returns the whole content of the member just met; its size must have been judged before."""
        found = self._exactly(member.size)
        if any(self._exactly(len(padding(member.size)))):
            raise Status.E_INNER.refusal("填充不合规定")
        return found

    def _exactly(self, length: int) -> bytes:
        found = self._reader.read(length)
        self.consumed += len(found)
        if len(found) < length:
            raise Status.E_INNER.refusal("内容提前结束")
        return found


def _member_of(block: bytes) -> Member:
    name = block[:_NAME_LENGTH].rstrip(b"\0")
    try:
        member = Member(name.decode("ascii"), int(block[_SIZE_FIELD], 8))
    except ValueError:
        raise Status.E_INNER.refusal() from None
    if member.size < 0 or member_header(member.name, member.size) != block:
        raise Status.E_INNER.refusal()
    return member
