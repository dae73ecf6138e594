"""Fingerprints that two people can read to each other over the telephone."""

from __future__ import annotations

import hashlib
import unicodedata

from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.wire import string

GROUPS = 6
DIGITS_PER_GROUP = 5


def spoken(domain: str, *parts: bytes) -> str:
    """Returns six groups of five digits: SHA-256 over the length-prefixed domain and parts, modulo 10^30."""
    digest = hashlib.sha256(b"".join(string(part) for part in (domain.encode(), *parts))).digest()
    count = GROUPS * DIGITS_PER_GROUP
    text = f"{int.from_bytes(digest, 'big') % 10**count:0{count}d}"
    return " ".join(text[start : start + DIGITS_PER_GROUP] for start in range(0, count, DIGITS_PER_GROUP))


def root_digits(root: PublicKey) -> str:
    """Returns the fingerprint printed on the 信任卡."""
    return spoken("tpkg-root-v1", root.blob)


def enrolment_digits(site: str, sign_key: PublicKey, recipient: str) -> str:
    """Returns the fingerprint read out when a laptop is enrolled: it covers the site and both keys."""
    return spoken("tpkg-enrol-v1", site.encode(), sign_key.blob, recipient.encode())


def same_digits(fingerprint: str, typed: str, last_groups: int = GROUPS) -> bool:
    """Whether typed digits are the last groups of a fingerprint; spaces and full-width digits do not matter."""
    wanted = "".join(fingerprint.split()[-last_groups:])
    return "".join(unicodedata.normalize("NFKC", typed).split()) == wanted
