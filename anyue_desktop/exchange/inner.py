"""Steps 11 to 15 of receiving: the payload's bytes, its encryption, and the archive inside."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zlib
from collections.abc import Iterator

from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.authentic import Authentic, Receiver
from anyue_desktop.exchange.container import Payload
from anyue_desktop.exchange.limits import Limits
from anyue_desktop.exchange.manifest import Manifest
from anyue_desktop.exchange.parts import lines_of
from anyue_desktop.exchange.records import Attachment
from anyue_desktop.exchange.sealing import ChunkReader, check_age_header, opened
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.ustar import ArchiveReader, Member

HEADER = "header.json"
PART = re.compile(r"records/([0-9]{6})\.jsonl\.gz")
ATTACHMENT = re.compile(r"att/([0-9a-f]{64})")


def part_name(number: int) -> str:
    """Returns the name of a part, counted from 1."""
    return f"records/{number:06d}.jsonl.gz"


def attachment_name(sha256: str) -> str:
    """Returns the name of an attachment."""
    return f"att/{sha256}"


def check_payload(payload: Payload, manifest: Manifest, progress: Progress) -> None:
    """Reads the ciphertext once (step 11).

    Raises:
        Refused: `E_PAYLOAD_SIZE`, `E_CONTAINER` (check sum) or `E_PAYLOAD_HASH`.
    """
    if payload.size != manifest.payload_size:
        raise Status.E_PAYLOAD_SIZE.refusal(f"清单写明 {manifest.payload_size} 字节，实有 {payload.size} 字节")
    digest, crc = hashlib.sha256(), 0
    for chunk in progress.each(payload.chunks(), "核对上报包"):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
    if crc != payload.entry.crc:
        raise Status.E_CONTAINER.refusal()
    if digest.hexdigest() != manifest.payload_sha256:
        raise Status.E_PAYLOAD_HASH.refusal()


def contents(authentic: Authentic, receiver: Receiver, limits: Limits) -> Iterator[list[bytes] | Attachment]:
    """Gives the lines of each part, then the attachments; all provisional until exhausted.

    Raises:
        Refused: the codes of steps 12 to 15.
    """
    payload, manifest = authentic.signed.payload, authentic.manifest
    start = next(payload.chunks(limits.age_header), b"")
    check_age_header(start, len(manifest.heading.recipient_keys))
    with contextlib.closing(opened(payload.chunks(), receiver.boxes)) as plain:
        yield from _Archive(ArchiveReader(ChunkReader(plain)), manifest, limits).contents()


class _Archive:
    """Which member may come next, and how many of each have come."""

    def __init__(self, archive: ArchiveReader, manifest: Manifest, limits: Limits) -> None:
        self.archive, self.manifest, self.limits = archive, manifest, limits
        self.opened = False
        self.parts = 0
        self.lines = 0
        self.attachments: set[str] = set()

    def contents(self) -> Iterator[list[bytes] | Attachment]:
        for member in self.archive.members():
            if self.archive.consumed + member.size > self.manifest.plain_size:
                raise Status.E_LIMIT.refusal("内容比清单写明的长")
            part, attachment = PART.fullmatch(member.name), ATTACHMENT.fullmatch(member.name)
            if member.name == HEADER:
                self._header(member)
            elif part:
                yield self._part(member, int(part.group(1)))
            elif attachment:
                yield self._attachment(member, attachment.group(1))
            else:
                raise Status.E_INNER_NAME.refusal(member.name[:60])
        self._totals()

    def _header(self, member: Member) -> None:
        if self.opened:
            raise Status.E_INNER_DUP.refusal(HEADER)
        found = canonical.decode(self._content(member, self.limits.header))
        if found != self.manifest.bound:
            raise Status.E_BINDING.refusal()
        self.opened = True

    def _part(self, member: Member, number: int) -> list[bytes]:
        if 1 <= number <= self.parts:
            raise Status.E_INNER_DUP.refusal(member.name)
        if not self.opened or self.attachments or number != self.parts + 1:
            raise Status.E_INNER_ORDER.refusal(member.name)
        if number > self.limits.parts_count:
            raise Status.E_LIMIT.refusal(member.name)
        content = self._content(member, self.limits.part)
        lines = lines_of(content, self.manifest.records - self.lines, self.limits)
        self.parts = number
        self.lines += len(lines)
        return lines

    def _attachment(self, member: Member, sha256: str) -> Attachment:
        if sha256 in self.attachments:
            raise Status.E_INNER_DUP.refusal(member.name)
        if not self.opened:
            raise Status.E_INNER_ORDER.refusal(member.name)
        if len(self.attachments) == self.manifest.attachments:
            raise Status.E_COUNT.refusal("附件比清单写明的多")
        content = self._content(member, self.limits.attachment)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Status.E_ATT_HASH.refusal(sha256[:16])
        self.attachments.add(sha256)
        return Attachment(sha256, content)

    def _content(self, member: Member, limit: int) -> bytes:
        if member.size > limit:
            raise Status.E_LIMIT.refusal(f"{member.name} {member.size} 字节")
        return self.archive.content(member)

    def _totals(self) -> None:
        manifest = self.manifest
        if not self.opened:
            raise Status.E_INNER_ORDER.refusal(f"缺少 {HEADER}")
        if self.lines != manifest.records:
            raise Status.E_COUNT.refusal(f"清单写明 {manifest.records} 条，实有 {self.lines} 条")
        if len(self.attachments) != manifest.attachments:
            raise Status.E_ATT_MISSING.refusal(f"清单写明 {manifest.attachments} 个，实有 {len(self.attachments)} 个")
        if self.archive.consumed != manifest.plain_size:
            raise Status.E_COUNT.refusal("内容比清单写明的短")
