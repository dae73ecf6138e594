"""OpenSSH signatures (PROTOCOL.sshsig): what `ssh-keygen -Y sign` writes and `-Y verify` reads."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from anyue_desktop.exchange.signing_key import ALGORITHM, RAW_LENGTH, SIGNATURE_LENGTH, PublicKey, SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.wire import string

MAGIC = b"SSHSIG"
VERSION = (1).to_bytes(4, "big")
HASH = b"sha512"
COLUMNS = 70
BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
END = b"-----END SSH SIGNATURE-----\n"
_KEY_OFFSET = len(MAGIC) + len(VERSION) + 4 + len(string(ALGORITHM)) + 4


@dataclass(frozen=True)
class Signature:
    """Who signed, for what purpose, and the 64 bytes."""

    key: PublicKey
    namespace: str
    raw: bytes

    @classmethod
    def make(cls, key: SigningKey, namespace: str, message: bytes) -> Signature:
        """Signs a message for one purpose; Ed25519 is deterministic, so the result is too."""
        return cls(key.public, namespace, key.sign(_signed_bytes(namespace, message)))

    @classmethod
    def parse(cls, armored: bytes, namespace: str) -> Signature:
        """Reads a signature made for `namespace`; only the exact bytes `armored` writes are accepted.

        Raises:
            Refused: `E_SIG_FORMAT`.
        """
        try:
            blob = base64.b64decode(armored.removeprefix(BEGIN).removesuffix(END).replace(b"\n", b""), validate=True)
        except binascii.Error:
            raise Status.E_SIG_FORMAT.refusal() from None
        key = PublicKey(blob[_KEY_OFFSET : _KEY_OFFSET + RAW_LENGTH])
        found = cls(key, namespace, blob[-SIGNATURE_LENGTH:])
        if found.armored() != armored:
            raise Status.E_SIG_FORMAT.refusal()
        return found

    def armored(self) -> bytes:
        """Returns the text form, 70 columns wide."""
        blob = b"".join(
            (MAGIC, VERSION, string(self.key.blob), string(self.namespace.encode()), string(b""), string(HASH))
        ) + string(string(ALGORITHM) + string(self.raw))
        text = base64.b64encode(blob)
        lines = [text[start : start + COLUMNS] + b"\n" for start in range(0, len(text), COLUMNS)]
        return BEGIN + b"".join(lines) + END

    def matches(self, message: bytes) -> bool:
        """Whether the key signed this message for this purpose."""
        return self.key.verifies(self.raw, _signed_bytes(self.namespace, message))


def _signed_bytes(namespace: str, message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return MAGIC + string(namespace.encode()) + string(b"") + string(HASH) + string(digest)
