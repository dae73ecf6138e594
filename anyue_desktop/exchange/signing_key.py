"""Ed25519 keys that sign packages, in the forms OpenSSH knows."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)

from anyue_desktop.exchange.wire import string

ALGORITHM = b"ssh-ed25519"
RAW_LENGTH = 32
SIGNATURE_LENGTH = 64
BLOB_PREFIX = string(ALGORITHM) + (RAW_LENGTH).to_bytes(4, "big")


@dataclass(frozen=True)
class PublicKey:
    """The public half: 32 bytes."""

    raw: bytes

    @classmethod
    def parse(cls, line: str) -> PublicKey:
        """Reads `ssh-ed25519 AAAA…`, exactly as `line` writes it.

        Raises:
            ValueError: the text is anything else.
        """
        blob = base64.b64decode(line.removeprefix("ssh-ed25519 "), validate=True)
        key = cls(blob[len(BLOB_PREFIX) :])
        if len(key.raw) != RAW_LENGTH or key.line != line:
            raise ValueError("not an ssh-ed25519 public key")
        return key

    @cached_property
    def blob(self) -> bytes:
        """The key as it stands in SSH signatures."""
        return BLOB_PREFIX + self.raw

    @cached_property
    def line(self) -> str:
        """`ssh-ed25519 AAAA…`, as in `allowed_signers` and `.pub` files."""
        return f"{ALGORITHM.decode()} {base64.b64encode(self.blob).decode()}"

    @cached_property
    def fingerprint(self) -> str:
        """`SHA256:…`, as `ssh-keygen -l` shows it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is this key's over the message (RFC 8032, strict)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """The secret half; kept by others as the 32 bytes of `to_bytes`."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def generate(cls) -> SigningKey:
        """Makes a new key from the system's randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_openssh(cls, content: bytes) -> SigningKey:
        """Reads what `openssh` wrote.

        Raises:
            ValueError: it is no unencrypted Ed25519 key.
        """
        try:
            key = load_ssh_private_key(content, None)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise ValueError("not an OpenSSH private key") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("not an Ed25519 key")
        return cls(key.private_bytes_raw())

    @cached_property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Returns the 64-byte signature."""
        return self._key.sign(message)

    def to_bytes(self) -> bytes:
        """Returns the 32-byte seed (RFC 8032), from which the key can be made again."""
        return self._key.private_bytes_raw()

    def openssh(self) -> bytes:
        """Returns an unencrypted OpenSSH private key file, for paper copies and `ssh-keygen -Y sign`."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
