"""A signed file before anything in it is believed, and the way to make one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from anyue_desktop import __version__
from anyue_desktop.core.files import whole_file
from anyue_desktop.exchange import canonical, shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.container import Container, Payload, SealedPayload, read_container, write_container
from anyue_desktop.exchange.limits import LIMITS, Limits
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signing_key import PublicKey, SigningKey
from anyue_desktop.exchange.sshsig import Signature
from anyue_desktop.exchange.status import Status

FORMAT = "tpkg"
VERSION = 1  # of the format: what this program writes and the newest it reads
SUITE = "S1"
APPLICATION = "anyue_desktop"
ABOUT = (
    "安岳民政台账交换文件（TPKG v1）：清单 manifest.json，签名 manifest.json.sig（ssh-keygen -Y verify），"
    "加密内容 payload.age（age -d）。请原样拷贝，不要解压后重新压缩。"
)

COMMON: dict[str, shape.Check] = {
    "about": shape.text(0, 500),
    "crit": shape.set_of(shape.text(1, 100), 0, 100),
    "ext": shape.is_object,
    "format": shape.one_of(FORMAT),
    "min_reader": shape.integer(1),
    "producer": shape.shaped({"app": shape.text(1, 100), "version": shape.text(1, 100)}),
    "suite": shape.text(1, 20),
    "type": shape.one_of(*(purpose.type for purpose in Purpose)),
    "version": shape.integer(1),
}


def common_fields(purpose: Purpose) -> Object:
    """Returns the manifest fields every file has, as this program writes them."""
    return {
        "about": ABOUT,
        "crit": [],
        "ext": {},
        "format": FORMAT,
        "min_reader": VERSION,
        "producer": {"app": APPLICATION, "version": __version__},
        "suite": SUITE,
        "type": purpose.type,
        "version": VERSION,
    }


@dataclass(frozen=True)
class SignedFile:
    """The container is sound and the signature well formed; who signed is still to be judged."""

    purpose: Purpose
    container: Container
    signature: Signature

    @property
    def key(self) -> PublicKey:
        """The key the signature claims."""
        return self.signature.key

    @property
    def digest(self) -> str:
        """The package hash: SHA-256 of the manifest's bytes."""
        return digest_of(self.container.manifest)

    @property
    def payload(self) -> Payload:
        """The encrypted member, which packages and receipts must have."""
        if self.container.payload is None:
            raise Status.E_CONTAINER.refusal("缺少加密内容")
        return self.container.payload

    def verify(self) -> None:
        """Refuses unless the signature is the key's over the manifest's raw bytes (`E_SIG_BAD`)."""
        if not self.signature.matches(self.container.manifest):
            raise Status.E_SIG_BAD.refusal()

    def fields(self, shapes: dict[str, shape.Check]) -> Object:
        """Returns the manifest's fields; call it only after `verify`.

        What a newer program may have changed is looked at first, so that its files are held, not blamed.

        Raises:
            Refused: `E_UTF8`, `E_JSON…`, `E_MANIFEST`, `E_TYPE`, `E_VERSION_NEWER`, `E_SUITE` or `E_CRIT`.
        """
        found = canonical.decode(self.container.manifest)
        if found.get("format") != FORMAT:
            raise Status.E_MANIFEST.refusal("项目“format”的值不合规定")
        newest = found.get("min_reader")
        if type(newest) is int and newest > VERSION:
            raise Status.E_VERSION_NEWER.refusal(f"需要第 {newest} 版，本机能读第 {VERSION} 版")
        if found.get("type") != self.purpose.type:
            raise Status.E_TYPE.refusal(str(found.get("type"))[:20])
        shape.demand(found, COMMON | shapes, Status.E_MANIFEST)
        if found["suite"] != SUITE:
            raise Status.E_SUITE.refusal(found["suite"])
        if found["crit"]:
            raise Status.E_CRIT.refusal("、".join(found["crit"])[:100])
        return found


def digest_of(manifest: bytes) -> str:
    """Returns the package hash of a manifest."""
    return hashlib.sha256(manifest).hexdigest()


def check_code(digest: str) -> str:
    """Returns the 核对码 printed on the 交接单: eight digits of the package hash."""
    return f"{int(digest, 16) % 10**8:08d}"


def read_signed(path: Path, purpose: Purpose, limits: Limits = LIMITS) -> SignedFile:
    """Takes a file apart: container bytes, then the signature's form and purpose.

    Raises:
        Refused: `E_SIZE`, `E_TRUNCATED`, `E_CONTAINER` or `E_SIG_FORMAT`.
    """
    container = read_container(path, limits)
    signature = Signature.parse(container.signature, purpose.namespace)
    if (container.payload is not None) != purpose.sealed:
        raise Status.E_CONTAINER.refusal("多了或少了加密内容")
    return SignedFile(purpose, container, signature)


def write_signed(
    target: Path,
    purpose: Purpose,
    fields: Object,
    shapes: dict[str, shape.Check],
    signer: SigningKey,
    payload: SealedPayload | None = None,
) -> str:
    """Signs and writes a file, whole or not at all; returns its package hash.

    Raises:
        Refused: `E_MANIFEST` or `E_LIMIT`: no reader would take it in.
        UserError: the folder cannot be written.
    """
    shape.demand(fields, COMMON | shapes, Status.E_MANIFEST)
    manifest = canonical.encode(fields)
    if len(manifest) > LIMITS.manifest:
        raise Status.E_LIMIT.refusal(f"清单 {len(manifest)} 字节")
    signature = Signature.make(signer, purpose.namespace, manifest).armored()
    with whole_file(target) as part, part.open("wb") as stream:
        write_container(stream, manifest, signature, payload)
    return digest_of(manifest)
