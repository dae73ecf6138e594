"""A township's package: sealing it, checking one's own, and receiving it at the county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.authentic import Authentic, Desk, named
from anyue_desktop.exchange.chain import ChainState, check_chain
from anyue_desktop.exchange.inner import check_payload, contents
from anyue_desktop.exchange.manifest import Heading, Manifest
from anyue_desktop.exchange.outgoing import AttachmentSource, Sealed, write_sealed
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.records import PICTURES, Attachment, AttachmentRef, Put, Record, read_record
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import Certificate

_STRIDE = 256  # records between two looks at the progress


def write_package(
    target: Path,
    heading: Heading,
    records: Iterable[Record],
    signer: SigningKey,
    attachments: Sequence[AttachmentSource] = (),
    progress: Progress | None = None,
) -> Sealed:
    """Seals records into `target`, whole or not at all; each `record.hash` is what the next revision must name.

    Raises:
        Refused: a record that no package may carry, the same record twice (`E_REC_DUP`), or too much (`E_LIMIT`).
        UserError: the folder cannot be written.
    """
    if heading.purpose is not Purpose.PACKAGE:
        raise ValueError(f"{heading.kind} is no kind of package")
    return write_sealed(target, heading, _lines(records), signer, attachments, progress or Progress())


def _lines(records: Iterable[Record]) -> Iterator[bytes]:
    met: set[str] = set()
    for record in records:
        _once(record.id, met)
        yield record.line


def _once(identity: str, met: set[str]) -> None:
    if identity in met:
        raise Status.E_REC_DUP.refusal(identity)
    met.add(identity)


class IncomingPackage:
    """A package that is authentic, for this county and in sequence; its records are still sealed."""

    def __init__(self, authentic: Authentic, certificate: Certificate, desk: Desk) -> None:
        self._authentic, self._desk = authentic, desk
        self.certificate = certificate
        self._checked = False

    @property
    def manifest(self) -> Manifest:
        """What the sender signed."""
        return self._authentic.manifest

    @property
    def digest(self) -> str:
        """The package hash."""
        return self._authentic.digest

    @property
    def site(self) -> str:
        """The site that owns every record of the package, from its certificate."""
        return self.certificate.site

    @property
    def clock_behind(self) -> bool:
        """Whether the sender's clock said a time before its own enrolment; order does not depend on it."""
        return self.manifest.heading.created_at < self.certificate.not_before

    def check_payload(self, progress: Progress | None = None) -> None:
        """Reads the ciphertext once and compares it with the manifest; `records` does it if nobody did.

        Raises:
            RefusedPackage: damaged on the way; the chain does not advance.
        """
        with named(self.manifest, self.digest):
            check_payload(self._authentic.signed.payload, self.manifest, progress or Progress())
        self._checked = True

    def records(self, progress: Progress | None = None) -> Iterator[Record | Attachment]:
        """Gives the records, then the attachments; believe none of them before the iterator ends.

        Raises:
            RefusedPackage: the content must not be taken in; everything given so far is void.
        """
        progress = progress or Progress()
        if not self._checked:
            self.check_payload(progress)
        progress.stage("读取记录", self.manifest.records)
        with named(self.manifest, self.digest, counted=True):
            yield from self._read(progress)

    def _read(self, progress: Progress) -> Iterator[Record | Attachment]:
        met: set[str] = set()
        wanted: dict[str, AttachmentRef] = {}
        for content in contents(self._authentic, self._desk.receiver, self._desk.limits):
            if isinstance(content, Attachment):
                _check_attachment(content, wanted.get(content.sha256))
                yield content
                continue
            total = len(content)
            content.reverse()
            while content:  # a line is let go when it is taken, so that never two parts are held
                if len(content) % _STRIDE == 0:
                    progress.step(_STRIDE)
                record = read_record(content.pop())
                _once(record.id, met)
                if isinstance(record, Put) and record.attachments:
                    wanted.update((one.sha256, one) for one in record.attachments)
                yield record
            progress.step(total % _STRIDE)


def _check_attachment(attachment: Attachment, reference: AttachmentRef | None) -> None:
    if reference is None:
        raise Status.E_ATT_UNREFERENCED.refusal(attachment.sha256[:16])
    if reference.bytes != len(attachment.content):
        raise Status.E_ATT_SIZE.refusal(reference.name)
    if not attachment.content.startswith(PICTURES[reference.mime]):
        raise Status.E_REC_SCHEMA.refusal(f"附件“{reference.name}”不是写明的种类")


def open_package(path: Path, desk: Desk, chain_of: Callable[[str], ChainState | None]) -> IncomingPackage:
    """Takes steps 1 to 10 of receiving a package (docs/package-format.md).

    Args:
        path: a copy on the own disk, not the file on the stick.
        desk: what the county judges by.
        chain_of: returns what is known of a site's chain, None for a site that has sent nothing yet.

    Raises:
        Refused: nobody can be named as sender.
        RefusedPackage: authentic, but not to be taken in; carries the manifest.
    """
    authentic = desk.authenticate(path, Purpose.PACKAGE)
    manifest, certificate = authentic.manifest, authentic.signer
    if not isinstance(certificate, Certificate):
        raise TypeError("packages are signed by certified sites")
    with named(manifest, authentic.digest):
        check_chain(chain_of(certificate.site), manifest.heading, authentic.digest)
    return IncomingPackage(authentic, certificate, desk)
