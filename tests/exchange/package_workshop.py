"""Makes packages no honest program would make, byte by byte, for tests and for the published vectors.

Every key here is a test key; none of them opens anything real.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.authentic import Desk, Receiver
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.container import SealedPayload, write_container
from anyue_desktop.exchange.manifest import Heading, bound_fields
from anyue_desktop.exchange.package import open_package
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.receipt_lines import Acknowledgement, ReceiptLine, Return
from anyue_desktop.exchange.records import AttachmentRef, Delete, Put, Record
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.sshsig import Signature
from anyue_desktop.exchange.trust import Certificate, SignerKey, TrustBundle
from anyue_desktop.exchange.ustar import END, member_header, padding

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "packages"
KEYS: dict[str, dict[str, str]] = json.loads((VECTORS / "keys.json").read_text(encoding="utf-8"))

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ISSUED = datetime(2026, 9, 1, tzinfo=UTC)
EXPIRES = datetime(2027, 8, 31, tzinfo=UTC)
COUNTY = "county-512021"
SITE = "t512021101a"
CHAIN = "019a95c0-0000-7000-8000-000000000001"
OTHER_CHAIN = "019a95c0-0000-7000-8000-0000000000ff"


def identity(number: int) -> str:
    """Returns a made-up UUIDv7."""
    return f"019a95c0-0000-7000-8000-{number:012x}"


def signing(name: str) -> SigningKey:
    """Returns a test signing key."""
    return SigningKey(bytes.fromhex(KEYS["sign"][name]))


def box(name: str) -> BoxKey:
    """Returns a test age key."""
    return BoxKey(KEYS["box"][name].encode())


def certificate(name: str, site: str, number: int, **changes: Any) -> Certificate:
    """Returns the row of a site that signs with the key `name`."""
    row = Certificate(
        sign_key=signing(name).public,
        not_before=ISSUED,
        not_after=ISSUED + timedelta(days=730),
        serial=identity(0xCE00 + number),
        site=site,
        recipient=box("site").recipient if name == "site" else box("other_site").recipient,
    )
    return replace(row, **changes)


def trust_bundle() -> TrustBundle:
    """Returns the county's list at the fixed moment of the vectors."""
    return TrustBundle(
        county=COUNTY,
        version=1,
        previous=NO_HASH,
        issued_at=ISSUED,
        expires_at=EXPIRES,
        root=signing("root").public,
        receipt_keys=(SignerKey(signing("receipt").public, ISSUED, EXPIRES),),
        recipients=(box("county").recipient,),
        recovery=box("recovery").recipient,
        certificates=(
            certificate("site", SITE, 1),
            certificate("other_site", "t512021102a", 2),
            certificate("expired", "t512021103a", 3, not_after=NOW - timedelta(days=1)),
            certificate("revoked", "t512021104a", 4, revoked_at=NOW - timedelta(days=30)),
            certificate("early", "t512021105a", 5, not_before=NOW + timedelta(days=1)),
            certificate("raised", "t512021106a", 6, min_version=2),
        ),
    )


def county_desk(now: datetime = NOW) -> Desk:
    """Returns what the county of the vectors judges by."""
    return Desk(Receiver(COUNTY, (box("county"),)), trust_bundle(), now)


def site_desk(now: datetime = NOW) -> Desk:
    """Returns what the township of the vectors judges by."""
    return Desk(Receiver(SITE, (box("site"),)), trust_bundle(), now)


def heading(**changes: Any) -> Heading:
    """Returns the heading of the site's first package."""
    plain = Heading(
        sender=SITE,
        recipient=COUNTY,
        recipient_keys=(box("county").recipient, box("recovery").recipient),
        kind="incremental",
        package_id=identity(0xAA01),
        chain_id=CHAIN,
        sequence=1,
        previous=NO_HASH,
        created_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
        trust_version=1,
        audit_head=hashlib.sha256(b"audit").hexdigest(),
        audit_length=5123,
    )
    return replace(plain, **changes)


def receipt_heading(**changes: Any) -> Heading:
    """Returns the heading of the county's first receipt to the site."""
    return heading(
        **{
            "sender": COUNTY,
            "recipient": SITE,
            "recipient_keys": (box("site").recipient, box("county").recipient),
            "kind": "receipt",
            "package_id": identity(0xBB01),
            "chain_id": OTHER_CHAIN,
        }
        | changes
    )


def sample_records() -> list[Record]:
    """Returns a first version, a correction and a deletion of made-up people."""
    common: Any = {"at": "2026-11-19T16:20:00+08:00", "by": "王芳", "reviewer": "李强"}
    earlier = hashlib.sha256(b"earlier").hexdigest()
    person = {"name": "张玉珍", "sex": "2", "birth_date": "1948-03-02", "id_number": "512099194803020020"}
    visit = {"case_id": identity(1), "visit_date": "2026-11-18", "needs": ["01", "04"], "remark": "已提醒\n按时服药"}
    return [
        Put("person", identity(1), 1, None, data=person, **common),
        Put("elder_visit", identity(2), 2, earlier, data=visit, **common),
        Delete("elder_visit", identity(3), 4, earlier, reason="entered_twice", **common),
    ]


def sample_answer(digest: str) -> list[ReceiptLine]:
    """Returns what the county answers to the good package: one record of three is returned."""
    returned = sample_records()[1]
    return [
        Acknowledgement(CHAIN, 1, digest, "accepted", 2, 1, "2026-11-23T16:00:00+08:00"),
        Return(returned.id, "R_RULE", "探访日期早于纳入日期", returned.revision, returned.hash, "visit_date"),
    ]


def gzipped(lines: Sequence[bytes]) -> bytes:
    """Returns lines as one gzip part."""
    return gzip.compress(b"".join(line + b"\n" for line in lines), 6, mtime=0)


def member(name: str, content: bytes) -> bytes:
    """Returns one well-formed member of the inner archive."""
    return member_header(name, len(content)) + content + padding(len(content))


def age_sealed(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Returns an age file."""
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one) for one in recipients]))


Edit = Callable[[dict[str, Any]], object]
Mangle = Callable[[bytes], bytes]


def _unchanged(content: bytes) -> bytes:
    return content


def _no_edit(fields: dict[str, Any]) -> None:
    del fields


@dataclass(frozen=True)
class Craft:
    """A package with every joint open to abuse; the defaults make a good one."""

    heading: Heading
    lines: Sequence[bytes]
    signer: str = "site"
    namespace: str = Purpose.PACKAGE.namespace
    parts: Mapping[str, bytes] | None = None  # members after the header, instead of the lines
    counts: tuple[int, int] | None = None  # records and attachments as stated
    sealed_to: tuple[str, ...] | None = None  # who can really open it
    edit_header: Edit = _no_edit
    edit: Edit = _no_edit  # the fields of the manifest
    archive: Mangle = _unchanged
    payload: Mangle = _unchanged  # before it is hashed
    manifest: Mangle = _unchanged  # before it is signed
    signature: Mangle = _unchanged

    def members(self) -> bytes:
        """Returns the members after the header."""
        parts = self.parts
        if parts is None:
            parts = {"records/000001.jsonl.gz": gzipped(self.lines)} if self.lines else {}
        return b"".join(member(name, content) for name, content in parts.items())

    def build(self) -> bytes:
        """Returns the file."""
        records, attachments = self.counts or (len(self.lines), 0)
        fields = self.heading.fields(signing(self.signer).public.fingerprint, records, attachments)
        header = json.loads(canonical.encode(bound_fields(fields)))
        self.edit_header(header)
        archive = self.archive(member("header.json", canonical.encode(header)) + self.members() + END)
        payload = self.payload(age_sealed(archive, self.sealed_to or self.heading.recipient_keys))
        fields["payload"] = {
            "bytes": len(payload),
            "plain_bytes": len(archive),
            "sha256": hashlib.sha256(payload).hexdigest(),
        }
        self.edit(fields)
        manifest = self.manifest(canonical.encode(fields))
        signed = Signature.make(signing(self.signer), self.namespace, manifest).armored()
        return contained(manifest, self.signature(signed), payload)


def contained(manifest: bytes, signature: bytes, payload: bytes | None) -> bytes:
    """Returns a well-formed container of these members."""
    target = io.BytesIO()
    sealed = None
    if payload is not None:
        sealed = SealedPayload(io.BytesIO(payload), len(payload), zlib.crc32(payload), "")
    write_container(target, manifest, signature, sealed)
    return target.getvalue()


def craft(**changes: Any) -> Craft:
    """Returns the sample package with something changed."""
    plain: dict[str, Any] = {"heading": heading(), "lines": [one.line for one in sample_records()]}
    return Craft(**(plain | changes))


def with_picture(picture: bytes) -> Craft:
    """Returns a package of one record with one picture."""
    name = hashlib.sha256(picture).hexdigest()
    first = sample_records()[0]
    if not isinstance(first, Put):
        raise TypeError("the first sample is a record put")
    reference = AttachmentRef(name, len(picture), "image/jpeg", "照片.jpg")
    line = replace(first, attachments=(reference,)).line
    parts = {"records/000001.jsonl.gz": gzipped([line]), f"att/{name}": picture}
    return craft(lines=[line], parts=parts, counts=(1, 1))


def chain_of(state: Mapping[str, Any] | None) -> Callable[[str], ChainState | None]:
    """Returns the look-up for a chain state as written in expected.json."""
    if state is None:
        return lambda _site: None
    digests = {int(number): digest for number, digest in state["digests"].items()}
    known = ChainState(state["id"], digests)
    return lambda site: known if site == SITE else None


DESK = county_desk()
PUBLISHED: dict[str, Any] = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))


def outcome(path: Path, chain: Mapping[str, Any] | None = None, desk: Desk | None = None) -> str:
    """Returns what the county says of a file once it has read it to the end: OK, or the code of the refusal."""
    try:
        for _ in open_package(path, desk or DESK, chain_of(chain)).records():
            pass
    except Refused as refused:
        return refused.status
    return "OK"


def vector_outcome(name: str) -> str:
    """Returns what the county says of a published vector."""
    return outcome(VECTORS / f"{name}.tpkg", PUBLISHED["packages"][name]["chain"])
