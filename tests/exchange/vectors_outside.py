"""Vectors that are judged from outside: container, signature, people, order and versions."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import package_workshop as shop
from package_workshop import craft, heading

from anyue_desktop.exchange.records import Put
from anyue_desktop.exchange.signed import digest_of

Vector = tuple[str, str, bytes] | tuple[str, str, bytes, dict[str, Any]]  # name, status, file, chain state
LINES = [one.line for one in shop.sample_records()]


def manifest_of(package: bytes) -> bytes:
    """Returns the manifest of a well-formed container."""
    size = int.from_bytes(package[18:22], "little")
    return package[43 : 43 + size]


def after(*packages: bytes) -> dict[str, Any]:
    """Returns the chain state once these packages have been received."""
    digests = {str(number): digest_of(manifest_of(one)) for number, one in enumerate(packages, 1)}
    return {"id": shop.CHAIN, "digests": digests}


def second(first: bytes, **changes: Any) -> bytes:
    """Returns the package that follows `first`."""
    follows = {"sequence": 2, "previous": digest_of(manifest_of(first)), "package_id": shop.identity(0xAA02)}
    return craft(heading=heading(**(follows | changes)), lines=LINES[:1]).build()


def good() -> Iterator[Vector]:
    """Packages to be accepted."""
    first = craft().build()
    yield "good", "OK", first
    yield "good-next", "OK", second(first), after(first)
    yield "good-full", "OK", craft(heading=heading(kind="full")).build()
    yield "good-empty", "OK", craft(lines=[]).build()
    rare = Put(
        "person", shop.identity(9), 1, None, "2026-11-19T16:20:00+08:00", "王芳", "李强", {"name": "𠅤䶮\ue863·喆"}
    )
    yield "good-rare-characters", "OK", craft(lines=[rare.line]).build()


def damaged() -> Iterator[Vector]:
    """Files that suffered on the way, or were mended afterwards."""
    package = craft().build()
    manifest, signature, payload = parts_of(package)
    places = {
        "local-header": 4,
        "manifest": 60,
        "signature": package.find(b"BEGIN SSH") + 60,
        "payload-header": package.find(b"payload.age") - 10,
        "payload": package.find(b"age-encryption.org") + len(payload) - 20,
        "directory": package.find(b"PK\x01\x02") + 10,
        "end": len(package) - 3,
    }
    for place, offset in places.items():
        yield f"flip-{place}", "E_CONTAINER", flipped(package, offset)
    yield "flip-manifest-mended", "E_SIG_BAD", shop.contained(flipped(manifest, 60), signature, payload)
    yield "flip-payload-mended", "E_PAYLOAD_HASH", shop.contained(manifest, signature, flipped(payload, 700))
    yield "payload-longer-mended", "E_PAYLOAD_SIZE", shop.contained(manifest, signature, payload + b"\0")
    for place, length in (("start", 20), ("manifest", 300), ("payload", len(package) - 900), ("end", len(package) - 1)):
        yield f"truncated-{place}", "E_TRUNCATED", package[:length]
    yield "empty-file", "E_TRUNCATED", b""
    yield "appended-byte", "E_CONTAINER", package + b"\0"
    yield "prepended-block", "E_CONTAINER", bytes(512) + package
    yield "payload-missing", "E_CONTAINER", shop.contained(manifest, signature, None)
    yield from rezipped(manifest, signature, payload)


def parts_of(package: bytes) -> tuple[bytes, bytes, bytes]:
    """Returns the three members of a good package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return tuple(archive.read(name) for name in archive.namelist())  # type: ignore[return-value]


def flipped(content: bytes, offset: int) -> bytes:
    """Returns the content with one bit changed."""
    changed = bytearray(content)
    changed[offset] ^= 1
    return bytes(changed)


def rezipped(manifest: bytes, signature: bytes, payload: bytes) -> Iterator[Vector]:
    """The same members in a ZIP that another program made."""
    names = ["manifest.json", "manifest.json.sig", "payload.age"]
    members = dict(zip(names, (manifest, signature, payload), strict=True))
    layouts = {
        "rezipped-deflated": (zipfile.ZIP_DEFLATED, names),
        "rezipped-stored": (zipfile.ZIP_STORED, names),
        "members-reordered": (zipfile.ZIP_STORED, names[::-1]),
        "member-duplicated": (zipfile.ZIP_STORED, [names[0], *names]),
        "member-added": (zipfile.ZIP_STORED, [*names, "../readme.txt"]),
    }
    for name, (method, order) in layouts.items():
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", method) as archive:
            for one in order:
                entry = zipfile.ZipInfo(one)
                entry.compress_type = method
                if one not in archive.namelist():
                    archive.writestr(entry, members.get(one, b"hello"))
        yield name, "E_CONTAINER", target.getvalue()


def foreign() -> Iterator[Vector]:
    """Packages of the wrong people."""
    for signer, site, status in (
        ("outsider", shop.SITE, "E_KEY_UNKNOWN"),
        ("expired", "t512021103a", "E_KEY_EXPIRED"),
        ("revoked", "t512021104a", "E_KEY_REVOKED"),
        ("early", "t512021105a", "E_KEY_NOT_YET"),
        ("other_site", shop.SITE, "E_SENDER"),
    ):
        name = {"outsider": "unknown-sender", "early": "not-yet-valid-sender", "other_site": "foreign-sender"}
        yield name.get(signer, f"{signer}-sender"), status, craft(heading=heading(sender=site), signer=signer).build()
    early = heading(sender="t512021104a", created_at=shop.ISSUED)
    yield "revoked-sender-back-dated", "E_KEY_REVOKED", craft(heading=early, signer="revoked").build()
    yield "signed-as-receipt", "E_SIG_FORMAT", craft(namespace="tpkg-receipt-v1").build()
    yield "signed-as-file", "E_SIG_FORMAT", craft(namespace="file").build()
    yield "armour-crlf", "E_SIG_FORMAT", craft(signature=lambda text: text.replace(b"\n", b"\r\n")).build()
    yield "armour-wider", "E_SIG_FORMAT", craft(signature=rewrapped).build()
    yield "signature-plus-order", "E_SIG_BAD", craft(signature=plus_order).build()
    yield "wrong-recipient", "E_RECIPIENT", craft(heading=heading(recipient="county-512022")).build()
    county, recovery, stranger = (shop.box(one).recipient for one in ("county", "recovery", "stranger"))
    eavesdropper = heading(recipient_keys=(county, recovery, stranger))
    yield "eavesdropper-named", "E_RECIPIENT", craft(heading=eavesdropper).build()
    yield "wrong-recipient-key", "E_RECIPIENT", craft(heading=heading(recipient_keys=(stranger,))).build()
    strangers = (stranger, shop.box("second_stranger").recipient)
    yield "sealed-to-others", "E_DECRYPT", craft(sealed_to=strangers).build()
    yield "recovery-left-out", "E_AGE_HEADER", craft(sealed_to=(county,)).build()
    yield "eavesdropper-hidden", "E_AGE_HEADER", craft(sealed_to=(county, recovery, stranger)).build()
    yield from stolen()


def stolen() -> Iterator[Vector]:
    """A genuine ciphertext under another manifest."""
    _, _, payload = parts_of(craft().build())
    thief = craft(heading=heading(sender="t512021102a"), signer="other_site", payload=lambda _own: payload)
    yield "stolen-payload", "E_BINDING", thief.build()
    other = craft(edit_header=lambda fields: fields["sender"].update(site="t512021102a"))
    yield "foreign-site-inside", "E_BINDING", other.build()
    again = craft(heading=heading(package_id=shop.identity(0xAA09)), payload=lambda _own: payload)
    yield "own-payload-rewrapped", "E_BINDING", again.build()


def rewrapped(text: bytes) -> bytes:
    """Returns the armour with 64 columns."""
    lines = text.splitlines()
    body = b"".join(lines[1:-1])
    wrapped = [body[start : start + 64] for start in range(0, len(body), 64)]
    return b"\n".join([lines[0], *wrapped, lines[-1], b""])


def plus_order(text: bytes) -> bytes:
    """Returns the signature with S + L, which lax verifiers accept (RFC 8032 section 8.4)."""
    lines = text.splitlines()
    blob = base64.b64decode(b"".join(lines[1:-1]))
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(blob[-32:], "little") + order
    encoded = base64.b64encode(blob[:-32] + scalar.to_bytes(32, "little"))
    wrapped = [encoded[start : start + 70] for start in range(0, len(encoded), 70)]
    return b"\n".join([lines[0], *wrapped, lines[-1], b""])


def ordered() -> Iterator[Vector]:
    """Packages at the wrong place of their chain."""
    first = craft().build()
    known = after(first, second(first))
    yield "replay", "E_REPLAY", first, known
    yield "fork", "E_FORK", craft(heading=heading(package_id=shop.identity(0xAA07))).build(), known
    yield "gap", "E_GAP", second(first, sequence=4), known
    yield "first-is-second", "E_GAP", second(first)
    yield "fast-forward", "E_GAP", second(first, sequence=10**9), known
    yield "wrong-previous", "E_PREV", second(first, previous="9c" * 32), after(first)
    yield "other-chain", "E_CHAIN_UNKNOWN", craft(heading=heading(chain_id=shop.OTHER_CHAIN)).build(), known


def versions() -> Iterator[Vector]:
    """Packages of newer and older programs."""
    yield "newer-format", "E_VERSION_NEWER", craft(edit=newer).build()
    yield "newer-schema", "E_SCHEMA_NEWER", craft(heading=heading(schema_version=2)).build()
    critical = craft(edit=lambda fields: fields.update(crit=["seal_number"], ext={"seal_number": 1}))
    yield "critical-extension", "E_CRIT", critical.build()
    yield "free-extension", "OK", craft(edit=lambda fields: fields.update(ext={"seal_number": 1})).build()
    yield "other-suite", "E_SUITE", craft(edit=lambda fields: fields.update(suite="S0")).build()
    raised = heading(sender="t512021106a")
    yield "below-agreed-version", "E_DOWNGRADE", craft(heading=raised, signer="raised").build()


def newer(fields: dict[str, Any]) -> None:
    """Makes the manifest look like one of format 2, with a key unknown today."""
    fields.update(version=2, min_reader=2, novelty=True)


MAKERS = (good, damaged, foreign, ordered, versions)
