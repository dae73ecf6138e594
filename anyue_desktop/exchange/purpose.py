"""The four kinds of file, and the signature namespace that keeps them apart."""

from __future__ import annotations

from enum import Enum


class Purpose(Enum):
    """What a file is for: its `type` and the namespace its signature must carry."""

    PACKAGE = ("package", "tpkg-package-v1")
    RECEIPT = ("receipt", "tpkg-receipt-v1")
    TRUST = ("trust", "tpkg-trust-v1")
    ENROL = ("enrol", "tpkg-enrol-v1")

    @property
    def type(self) -> str:
        """The value of `type` in the manifest."""
        return self.value[0]

    @property
    def namespace(self) -> str:
        """The SSHSIG namespace."""
        return self.value[1]

    @property
    def sealed(self) -> bool:
        """Whether the file carries an encrypted payload."""
        return self in (Purpose.PACKAGE, Purpose.RECEIPT)
