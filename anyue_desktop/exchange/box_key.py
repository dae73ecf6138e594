"""age X25519 keys: who may open what is sealed."""

from __future__ import annotations

from functools import cached_property

from pyrage import IdentityError, RecipientError, x25519


class BoxKey:
    """A secret age identity; kept by others as the `AGE-SECRET-KEY-1…` text of `to_bytes`."""

    def __init__(self, secret: bytes) -> None:
        """Reads an identity.

        Raises:
            ValueError: the bytes are no X25519 age identity.
        """
        try:
            self.identity = x25519.Identity.from_str(secret.decode("ascii").strip())
        except (IdentityError, UnicodeDecodeError) as error:
            raise ValueError("not an age identity") from error

    @classmethod
    def generate(cls) -> BoxKey:
        """Makes a new key from the system's randomness."""
        return cls(str(x25519.Identity.generate()).encode())

    @cached_property
    def recipient(self) -> str:
        """The public half, `age1…`."""
        return str(self.identity.to_public())

    def to_bytes(self) -> bytes:
        """Returns the identity as `age-keygen` writes it (one line, without its end)."""
        return str(self.identity).encode()


def recipient_of(text: str) -> x25519.Recipient:
    """Returns the public key of an `age1…` text.

    Raises:
        ValueError: the text is no X25519 recipient.
    """
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise ValueError(f"not an age recipient: {text[:80]}") from error
