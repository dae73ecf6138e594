"""What can be said about a file without any secret key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.container import read_container
from anyue_desktop.exchange.inner import check_payload
from anyue_desktop.exchange.manifest import Manifest
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import check_code, digest_of, read_signed
from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.status import Status


@dataclass(frozen=True)
class Inspection:
    """What a file says of itself; nothing of it has been verified."""

    size: int
    digest: str
    fields: Object

    @property
    def check_code(self) -> str:
        """The 核对码 to compare with the 交接单."""
        return check_code(self.digest)


def inspect_file(path: Path) -> Inspection:
    """Reads the manifest of any of the four kinds of file, whoever signed it.

    Raises:
        Refused: `E_SIZE`, `E_TRUNCATED`, `E_CONTAINER`, `E_UTF8` or `E_JSON…`.
    """
    container = read_container(path)
    return Inspection(container.size, digest_of(container.manifest), canonical.decode(container.manifest))


def check_sealed(path: Path, signer: PublicKey, progress: Progress | None = None) -> Manifest:
    """Checks a package or receipt as its sender can: container, own signature, manifest, whole ciphertext.

    Raises:
        Refused: the code of the first thing that is not as it was written.
    """
    kind = inspect_file(path).fields.get("type")
    signed = read_signed(path, Purpose.RECEIPT if kind == Purpose.RECEIPT.type else Purpose.PACKAGE)
    if signed.key != signer:
        raise Status.E_KEY_UNKNOWN.refusal(signed.key.fingerprint)
    signed.verify()
    manifest = Manifest.of(signed)
    check_payload(signed.payload, manifest, progress or Progress())
    return manifest
