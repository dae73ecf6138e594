"""Making a sealed file: lines in, one signed and encrypted file out, in bounded memory."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from anyue_desktop.core.files import not_writable
from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange import canonical, shape
from anyue_desktop.exchange.container import SealedPayload
from anyue_desktop.exchange.inner import HEADER, attachment_name, part_name
from anyue_desktop.exchange.limits import KIB, LIMITS
from anyue_desktop.exchange.manifest import SHAPES, Heading, bound_fields
from anyue_desktop.exchange.parts import compressed
from anyue_desktop.exchange.sealing import seal
from anyue_desktop.exchange.signed import COMMON, check_code, write_signed
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.spool import Spool
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.ustar import END, archive_size, member_header, padding

_MANIFEST_ROOM = 300 * KIB
_STRIDE = 256  # lines between two looks at the progress


@dataclass(frozen=True)
class AttachmentSource:
    """An attachment to be sent; `read` is called once, when its turn comes."""

    sha256: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Sealed:
    """A file that has been written."""

    path: Path
    digest: str  # the package hash: the next package's `previous`
    size: int
    records: int
    attachments: int

    @property
    def check_code(self) -> str:
        """The 核对码 of the 交接单."""
        return check_code(self.digest)


@dataclass
class _Count:
    lines: int = 0


def write_sealed(
    target: Path,
    heading: Heading,
    lines: Iterable[bytes],
    signer: SigningKey,
    attachments: Sequence[AttachmentSource],
    progress: Progress,
) -> Sealed:
    """Writes a package or receipt of these canonical lines, whole or not at all.

    Raises:
        Refused: `E_LIMIT`: too much for one file; `E_MANIFEST`: a heading no reader would take in.
        UserError: the folder cannot be written.
    """
    _check(heading, signer)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(Spool(target.parent)) as spool, tempfile.TemporaryFile(dir=target.parent) as file:
            records = _fill(spool, lines, progress)
            fields = heading.fields(signer.public.fingerprint, records, len(attachments))
            archive = _Archive(canonical.encode(bound_fields(fields)), spool, attachments)
            payload = _encrypt(archive, file, heading.recipient_keys, progress)
            fields["payload"] = {"bytes": payload.size, "plain_bytes": archive.size, "sha256": payload.sha256}
            digest = write_signed(target, heading.purpose, fields, SHAPES[heading.purpose], signer, payload)
    except OSError as error:
        raise not_writable(target, error) from error
    return Sealed(target, digest, target.stat().st_size, records, len(attachments))


def _check(heading: Heading, signer: SigningKey) -> None:
    """Refuses a heading that no reader would take in, before the long work begins."""
    fields = heading.fields(signer.public.fingerprint, 0, 0)
    shapes = {key: check for key, check in (COMMON | SHAPES[heading.purpose]).items() if key in fields}
    shape.demand(fields, shapes, Status.E_MANIFEST)


def _fill(spool: Spool, lines: Iterable[bytes], progress: Progress) -> int:
    count = _Count()
    progress.stage("整理记录")
    for part in compressed(_counted(lines, count, progress)):
        spool.append(part)
        if len(spool.sizes) > LIMITS.parts_count:
            raise Status.E_LIMIT.refusal("请分几次上报")
    return count.lines


def _counted(lines: Iterable[bytes], count: _Count, progress: Progress) -> Iterator[bytes]:
    for line in lines:
        count.lines += 1
        if count.lines % _STRIDE == 0:
            progress.step(_STRIDE)
        if count.lines > LIMITS.records_count:
            raise Status.E_LIMIT.refusal(f"超过 {LIMITS.records_count} 条记录，请分几次上报")
        yield line


class _Archive:
    """The inner archive, whose length is known before its first byte is made."""

    def __init__(self, header: bytes, spool: Spool, attachments: Sequence[AttachmentSource]) -> None:
        self.header, self.spool, self.attachments = header, spool, attachments
        self.size = archive_size([len(header), *spool.sizes, *(one.size for one in attachments)])
        if self.size > LIMITS.inner or len(attachments) > LIMITS.attachments_count:
            raise Status.E_LIMIT.refusal("请分几次上报")

    def chunks(self) -> Iterator[bytes]:
        """Gives the archive's bytes."""
        yield from _member(HEADER, self.header)
        for number, part in enumerate(self.spool.pieces(), 1):
            yield from _member(part_name(number), part)
        for one in self.attachments:
            content = one.read()
            if len(content) != one.size or hashlib.sha256(content).hexdigest() != one.sha256:
                raise Status.E_ATT_HASH.refusal(one.sha256[:16])
            yield from _member(attachment_name(one.sha256), content)
        yield END


def _member(name: str, content: bytes) -> Iterator[bytes]:
    yield member_header(name, len(content))
    yield content
    yield padding(len(content))


class _Measured:
    """Ciphertext on its way to a file, hashed as it passes."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.size, self.crc, self.hash = stream, 0, 0, hashlib.sha256()

    def write(self, chunk: bytes, /) -> int:
        self.size += len(chunk)
        self.crc = zlib.crc32(chunk, self.crc)
        self.hash.update(chunk)
        return self.stream.write(chunk)


def _encrypt(archive: _Archive, file: BinaryIO, recipients: Sequence[str], progress: Progress) -> SealedPayload:
    measured = _Measured(file)
    seal(progress.each(archive.chunks(), "加密"), measured, recipients)
    if measured.size > LIMITS.file - _MANIFEST_ROOM:
        raise Status.E_LIMIT.refusal("文件会超过 4 GB，请分几次上报")
    return SealedPayload(file, measured.size, measured.crc, measured.hash.hexdigest())
