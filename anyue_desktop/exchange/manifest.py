"""The readable, signed face of a package or receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anyue_desktop.core.clock import utc_stamp
from anyue_desktop.exchange import shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import SignedFile, common_fields
from anyue_desktop.exchange.status import Status

RECORD_SCHEMA = "anyue-record"
RECEIPT_SCHEMA = "anyue-receipt"
SCHEMA_VERSIONS = {Purpose.PACKAGE: 1, Purpose.RECEIPT: 2}  # the newest this program reads
FIRST_SCHEMA, WITH_RECORDS = 1, 2  # a receipt that gives records back is of the second
INCREMENTAL, FULL = "incremental", "full"

KINDS = {Purpose.PACKAGE: (INCREMENTAL, FULL), Purpose.RECEIPT: ("receipt",)}
SCHEMAS = {Purpose.PACKAGE: RECORD_SCHEMA, Purpose.RECEIPT: RECEIPT_SCHEMA}

BOUND = (
    "audit",
    "chain",
    "counts",
    "created_at",
    "kind",
    "package_id",
    "recipient",
    "schema",
    "sender",
    "suite",
    "trust",
    "type",
    "version",
)  # repeated inside the ciphertext, so that it cannot be put under another manifest


@dataclass(frozen=True)
class Heading:
    """What the sender decides about a package or receipt before its content is written."""

    sender: str  # site (t512021101a) or county (county-512021)
    recipient: str
    recipient_keys: tuple[str, ...]  # age1…: all who may open it
    kind: str  # incremental, full or receipt
    package_id: str  # UUIDv7
    chain_id: str  # UUIDv7
    sequence: int
    previous: str  # package hash of the one before; 64 zeros for the first
    created_at: datetime
    trust_version: int
    audit_head: str = shape.NO_HASH
    audit_length: int = 0
    schema_version: int = FIRST_SCHEMA

    @property
    def purpose(self) -> Purpose:
        """Whether this heads a package or a receipt."""
        return Purpose.RECEIPT if self.kind in KINDS[Purpose.RECEIPT] else Purpose.PACKAGE

    def fields(self, signer: str, records: int, attachments: int) -> Object:
        """Returns the manifest fields except `payload`, for the key with this fingerprint."""
        if (self.sequence == 1) != (self.previous == shape.NO_HASH):
            raise ValueError("the first of a chain, and only the first, has nothing before it")
        return common_fields(self.purpose) | {
            "audit": {"head": self.audit_head, "len": self.audit_length},
            "chain": {"id": self.chain_id, "prev": self.previous, "seq": self.sequence},
            "counts": {"attachments": attachments, "records": records},
            "created_at": utc_stamp(self.created_at),
            "kind": self.kind,
            "package_id": self.package_id,
            "recipient": {"id": self.recipient, "keys": list(self.recipient_keys)},
            "schema": {"name": SCHEMAS[self.purpose], "version": self.schema_version},
            "sender": {"key": signer, "site": self.sender},
            "trust": self.trust_version,
        }


@dataclass(frozen=True)
class Manifest:
    """An authentic manifest: signed, canonical and well formed."""

    fields: Object
    heading: Heading
    signer: str  # fingerprint
    records: int
    attachments: int
    payload_size: int
    payload_sha256: str
    plain_size: int
    version: int

    @classmethod
    def of(cls, signed: SignedFile) -> Manifest:
        """Reads the manifest of a file whose signature has been verified.

        Raises:
            Refused: `E_UTF8`, `E_JSON…`, `E_MANIFEST`, `E_TYPE`, `E_VERSION_NEWER`, `E_SUITE` or `E_CRIT`.
        """
        fields = signed.fields(SHAPES[signed.purpose])
        if (fields["chain"]["seq"] == 1) != (fields["chain"]["prev"] == shape.NO_HASH):
            raise Status.E_MANIFEST.refusal("项目“chain”的值不合规定")
        return cls(
            fields=fields,
            heading=_heading(fields),
            signer=fields["sender"]["key"],
            records=fields["counts"]["records"],
            attachments=fields["counts"]["attachments"],
            payload_size=fields["payload"]["bytes"],
            payload_sha256=fields["payload"]["sha256"],
            plain_size=fields["payload"]["plain_bytes"],
            version=fields["version"],
        )

    @property
    def bound(self) -> Object:
        """The fields that must stand in the ciphertext too."""
        return bound_fields(self.fields)


def bound_fields(fields: Object) -> Object:
    """Returns the fields of a manifest that are repeated inside the ciphertext."""
    return {key: fields[key] for key in BOUND}


def _heading(fields: Object) -> Heading:
    return Heading(
        sender=fields["sender"]["site"],
        recipient=fields["recipient"]["id"],
        recipient_keys=tuple(fields["recipient"]["keys"]),
        kind=fields["kind"],
        package_id=fields["package_id"],
        chain_id=fields["chain"]["id"],
        sequence=fields["chain"]["seq"],
        previous=fields["chain"]["prev"],
        created_at=shape.moment(fields["created_at"]),
        trust_version=fields["trust"],
        audit_head=fields["audit"]["head"],
        audit_length=fields["audit"]["len"],
        schema_version=fields["schema"]["version"],
    )


def _shapes(purpose: Purpose) -> dict[str, shape.Check]:
    from_site = purpose is Purpose.PACKAGE
    site, county = shape.is_site, shape.is_county
    return {
        "audit": shape.shaped({"head": shape.is_hash, "len": shape.integer(0)}),
        "chain": shape.shaped({"id": shape.is_uuid7, "prev": shape.is_hash, "seq": shape.integer(1)}),
        "counts": shape.shaped({"attachments": shape.integer(0), "records": shape.integer(0)}),
        "created_at": shape.is_time,
        "kind": shape.one_of(*KINDS[purpose]),
        "package_id": shape.is_uuid7,
        "payload": shape.shaped({"bytes": shape.integer(1), "plain_bytes": shape.integer(1), "sha256": shape.is_hash}),
        "recipient": shape.shaped(
            {"id": county if from_site else site, "keys": shape.set_of(shape.is_recipient, 1, 4)}
        ),
        "schema": shape.shaped({"name": shape.one_of(SCHEMAS[purpose]), "version": shape.integer(1)}),
        "sender": shape.shaped({"key": shape.is_fingerprint, "site": site if from_site else county}),
        "trust": shape.integer(0),
    }


SHAPES = {purpose: _shapes(purpose) for purpose in KINDS}
