"""The outer file: a ZIP of stored members whose every byte follows from the members (docs/package-format.md)."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from anyue_desktop.core.errors import UserError
from anyue_desktop.exchange.limits import LIMITS, MIB, Limits
from anyue_desktop.exchange.status import Status

MANIFEST = b"manifest.json"
SIGNATURE = b"manifest.json.sig"
PAYLOAD = b"payload.age"

LOCAL_MAGIC = b"PK\x03\x04"
CENTRAL_MAGIC = b"PK\x01\x02"
VERSION_NEEDED, MADE_BY = 10, 20
EPOCH_DATE = 0x0021  # 1980-01-01, the earliest a ZIP can say
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_FIXED = _LOCAL.pack(LOCAL_MAGIC, VERSION_NEEDED, 0, 0, 0, EPOCH_DATE, 0, 0, 0, 0, 0)[:14]
_SIZES = struct.Struct("<3I")  # crc32, compressed size, size: at offset 14 of a local header


@dataclass(frozen=True)
class Entry:
    """One member as the directory knows it."""

    name: bytes
    crc: int
    size: int

    def local(self) -> bytes:
        """Returns the header that stands before the content."""
        sizes = (self.crc, self.size, self.size, len(self.name), 0)
        return _LOCAL.pack(LOCAL_MAGIC, VERSION_NEEDED, 0, 0, 0, EPOCH_DATE, *sizes) + self.name

    def central(self, offset: int) -> bytes:
        """Returns the directory record of a member that starts at `offset`."""
        sizes = (self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0, 0, offset)
        return _CENTRAL.pack(CENTRAL_MAGIC, MADE_BY, VERSION_NEEDED, 0, 0, 0, EPOCH_DATE, *sizes) + self.name


def directory(entries: list[Entry]) -> bytes:
    """Returns everything that stands after the last member."""
    offset, records = 0, b""
    for entry in entries:
        records += entry.central(offset)
        offset += len(entry.local()) + entry.size
    count = len(entries)
    return records + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(records), offset, 0)


@dataclass(frozen=True)
class SealedPayload:
    """Ciphertext waiting to be put into a container."""

    stream: BinaryIO
    size: int
    crc: int
    sha256: str


@dataclass(frozen=True)
class Payload:
    """The encrypted member: where it lies in the file, not its bytes."""

    path: Path
    offset: int
    entry: Entry

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.entry.size

    def chunks(self, length: int = MIB) -> Iterator[bytes]:
        """Gives the bytes in pieces of at most `length`."""
        with self.path.open("rb") as stream:
            stream.seek(self.offset)
            left = self.size
            while left and (chunk := stream.read(min(length, left))):
                left -= len(chunk)
                yield chunk


@dataclass(frozen=True)
class Container:
    """A package file taken apart; manifest and signature are whole, the payload stays on disk."""

    manifest: bytes
    signature: bytes
    payload: Payload | None
    size: int


def read_container(path: Path, limits: Limits = LIMITS) -> Container:
    """Reads a file forward from its first byte and rebuilds every byte that is not content.

    The payload's check sum is not looked at here: that costs reading it.

    Raises:
        Refused: `E_SIZE`, `E_TRUNCATED` or `E_CONTAINER`.
        UserError: there is no such file, or it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file:
            raise Status.E_SIZE.refusal(f"{size} 字节")
        with path.open("rb") as stream:
            return _Reader(path, stream, size, limits).read()
    except OSError as error:
        raise UserError(f"无法读取文件“{path}”（{error.strerror}）", "请核对文件名和位置，再试一次") from error


class _Reader:
    def __init__(self, path: Path, stream: BinaryIO, size: int, limits: Limits) -> None:
        self.path, self.stream, self.size, self.limits = path, stream, size, limits

    def read(self) -> Container:
        manifest = self._content(MANIFEST, self.limits.manifest)
        signature = self._content(SIGNATURE, self.limits.signature)
        entries = [_entry_of(MANIFEST, manifest), _entry_of(SIGNATURE, signature)]
        payload = self._payload(sum(len(entry.local()) + entry.size for entry in entries))
        if payload:
            entries.append(payload.entry)
        self._tail(directory(entries))
        return Container(manifest, signature, payload, self.size)

    def _content(self, name: bytes, limit: int) -> bytes:
        entry = self._header(name)
        if entry.size > limit:
            raise Status.E_SIZE.refusal(f"{name.decode()} {entry.size} 字节")
        content = self._exactly(entry.size)
        if zlib.crc32(content) != entry.crc:
            raise Status.E_CONTAINER.refusal()
        return content

    def _payload(self, offset: int) -> Payload | None:
        following = self.stream.read(len(LOCAL_MAGIC))
        self.stream.seek(offset)
        if CENTRAL_MAGIC.startswith(following):  # also one that was cut here: the tail will be found missing
            return None
        entry = self._header(PAYLOAD)
        payload = Payload(self.path, self.stream.tell(), entry)
        if payload.offset + payload.size > self.size:
            raise Status.E_TRUNCATED.refusal()
        self.stream.seek(payload.size, 1)
        return payload

    def _header(self, name: bytes) -> Entry:
        found = self.stream.read(_LOCAL.size + len(name))
        if found[:14] != _LOCAL_FIXED[: len(found)]:
            raise Status.E_CONTAINER.refusal()
        if len(found) < _LOCAL.size + len(name):
            raise Status.E_TRUNCATED.refusal()
        crc, size, _ = _SIZES.unpack_from(found, 14)
        entry = Entry(name, crc, size)
        if entry.local() != found:
            raise Status.E_CONTAINER.refusal()
        return entry

    def _exactly(self, length: int) -> bytes:
        content = self.stream.read(length)
        if len(content) < length:
            raise Status.E_TRUNCATED.refusal()
        return content

    def _tail(self, expected: bytes) -> None:
        found = self.stream.read(len(expected) + 1)
        if found == expected:
            return
        if expected.startswith(found):
            raise Status.E_TRUNCATED.refusal()
        raise Status.E_CONTAINER.refusal()


def _entry_of(name: bytes, content: bytes) -> Entry:
    return Entry(name, zlib.crc32(content), len(content))


def write_container(target: BinaryIO, manifest: bytes, signature: bytes, payload: SealedPayload | None = None) -> None:
    """Writes a whole file from its start; equal members always give equal bytes."""
    entries = []
    for name, content in ((MANIFEST, manifest), (SIGNATURE, signature)):
        entries.append(_entry_of(name, content))
        target.write(entries[-1].local() + content)
    if payload:
        entries.append(Entry(PAYLOAD, payload.crc, payload.size))
        target.write(entries[-1].local())
        payload.stream.seek(0)
        shutil.copyfileobj(payload.stream, target, MIB)
    target.write(directory(entries))
