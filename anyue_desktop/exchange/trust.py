"""The county's list of who may send what: certificates, receipt keys and recipients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from anyue_desktop.core.clock import utc_stamp
from anyue_desktop.exchange import canonical, shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.digits import root_digits
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import SUITE, VERSION, common_fields, digest_of
from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.status import Status

LONGEST = timedelta(days=366)  # a bundle is renewed within a year


@dataclass(frozen=True)
class SignerKey:
    """A key that may sign, and when; the county's receipt keys are nothing more."""

    sign_key: PublicKey
    not_before: datetime
    not_after: datetime
    revoked_at: datetime | None = None

    def wire(self) -> Object:
        """Returns the row as it stands in the bundle."""
        return {
            "not_after": utc_stamp(self.not_after),
            "not_before": utc_stamp(self.not_before),
            "revoked_at": utc_stamp(self.revoked_at) if self.revoked_at else None,
            "sign_key": self.sign_key.line,
        }


@dataclass(frozen=True, kw_only=True)
class Certificate(SignerKey):
    """One laptop of one township: the row of the bundle is its certificate."""

    serial: str  # UUIDv7 of the enrolment request
    site: str
    recipient: str  # age1… of the laptop
    min_version: int = VERSION
    suites: tuple[str, ...] = (SUITE,)

    @property
    def township(self) -> str:
        """The nine-digit code that the site's name carries."""
        return self.site[1:10]

    def wire(self) -> Object:
        """Returns the row as it stands in the bundle."""
        return super().wire() | {
            "age": self.recipient,
            "min_version": self.min_version,
            "serial": self.serial,
            "site": self.site,
            "suites": list(self.suites),
            "township": self.township,
        }


@dataclass(frozen=True, kw_only=True)
class TrustBundle:
    """One version of the list. `digest` is empty until the bundle has been signed."""

    county: str
    version: int
    previous: str  # package hash of the version before, 64 zeros for the first
    issued_at: datetime
    expires_at: datetime
    root: PublicKey
    receipt_keys: tuple[SignerKey, ...]
    recipients: tuple[str, ...]  # age1… of the county's PC
    recovery: str  # age1… kept offline
    certificates: tuple[Certificate, ...] = ()
    next_root: PublicKey | None = None
    two_person: bool = False  # whether the one who entered must not review
    digest: str = field(default="", compare=False)

    @classmethod
    def parse(cls, manifest: bytes) -> TrustBundle:
        """Reads a bundle that was accepted before, from the manifest bytes kept since.

        Raises:
            Refused: `E_JSON…` or `E_MANIFEST`.
        """
        fields = canonical.decode(manifest)
        return bundle_of({key: fields[key] for key in SHAPES.keys() & fields.keys()}, digest_of(manifest))

    @cached_property
    def own_recipients(self) -> frozenset[str]:
        """All the county's age keys."""
        return frozenset((*self.recipients, self.recovery))

    @property
    def seal_to(self) -> tuple[str, ...]:
        """Whom a township seals its packages to: the county's boxes and the recovery key."""
        return (*self.recipients, self.recovery)

    @property
    def root_digits(self) -> str:
        """The root's fingerprint for the 信任卡."""
        return root_digits(self.root)

    def expired(self, now: datetime) -> bool:
        """Whether a newer bundle should have come."""
        return now >= self.expires_at

    def rows_of(self, site: str) -> tuple[Certificate, ...]:
        """Returns every certificate a site has had."""
        return tuple(row for row in self.certificates if row.site == site)

    def current(self, site: str, now: datetime) -> Certificate | None:
        """Returns the newest certificate of a site that is in force, or None."""
        living = [row for row in self.rows_of(site) if row.revoked_at is None and row.not_before <= now < row.not_after]
        return max(living, key=lambda row: row.not_before, default=None)

    def successor(self, issued_at: datetime, expires_at: datetime) -> TrustBundle:
        """Returns the next version, still to be changed and signed."""
        return replace(
            self,
            version=self.version + 1,
            previous=self.digest,
            issued_at=issued_at,
            expires_at=expires_at,
            root=self.next_root or self.root,
            next_root=None,
            digest="",
        )

    def revoke(self, site: str, at: datetime, keys: Iterable[PublicKey] = ()) -> TrustBundle:
        """Returns the bundle with a site's certificates (or only those of `keys`) revoked."""
        chosen = tuple(keys)

        def revoked(row: Certificate) -> Certificate:
            hit = row.site == site and row.revoked_at is None and (not chosen or row.sign_key in chosen)
            return replace(row, revoked_at=at) if hit else row

        return replace(self, certificates=tuple(map(revoked, self.certificates)))

    def as_of(self, moment: datetime) -> TrustBundle:
        """Returns the list to judge by what arrived at an earlier moment: what was revoked later was not revoked."""

        def standing(row: Certificate) -> Certificate:
            later = row.revoked_at is not None and row.revoked_at >= moment
            return replace(row, revoked_at=None) if later else row

        earlier = min(self.issued_at, moment)
        return replace(self, certificates=tuple(map(standing, self.certificates)), issued_at=earlier)

    def fields(self) -> Object:
        """Returns the manifest of the bundle."""
        return common_fields(Purpose.TRUST) | {
            "certs": [row.wire() for row in self.certificates],
            "county": self.county,
            "expires_at": utc_stamp(self.expires_at),
            "issued_at": utc_stamp(self.issued_at),
            "next_root": self.next_root.line if self.next_root else None,
            "policy": {"two_person": self.two_person},
            "prev": self.previous,
            "receipt_keys": [row.wire() for row in self.receipt_keys],
            "recipients": list(self.recipients),
            "recovery": self.recovery,
            "root_key": self.root.line,
            "trust_version": self.version,
        }


def bundle_of(fields: Object, digest: str) -> TrustBundle:
    """Returns the bundle of an authentic manifest's own fields.

    Raises:
        Refused: `E_MANIFEST`.
    """
    shape.demand(fields, SHAPES, Status.E_MANIFEST)
    return TrustBundle(
        county=fields["county"],
        version=fields["trust_version"],
        previous=fields["prev"],
        issued_at=shape.moment(fields["issued_at"]),
        expires_at=shape.moment(fields["expires_at"]),
        root=PublicKey.parse(fields["root_key"]),
        receipt_keys=tuple(SignerKey(**_signer(row)) for row in fields["receipt_keys"]),
        recipients=tuple(fields["recipients"]),
        recovery=fields["recovery"],
        certificates=tuple(map(_certificate, fields["certs"])),
        next_root=PublicKey.parse(fields["next_root"]) if fields["next_root"] else None,
        two_person=fields["policy"]["two_person"],
        digest=digest,
    )


def _signer(row: Object) -> Object:
    return {
        "sign_key": PublicKey.parse(row["sign_key"]),
        "not_before": shape.moment(row["not_before"]),
        "not_after": shape.moment(row["not_after"]),
        "revoked_at": shape.moment(row["revoked_at"]) if row["revoked_at"] else None,
    }


def _certificate(row: Object) -> Certificate:
    return Certificate(
        **_signer(row),
        serial=row["serial"],
        site=row["site"],
        recipient=row["age"],
        min_version=row["min_version"],
        suites=tuple(row["suites"]),
    )


_SIGNER: dict[str, shape.Check] = {
    "not_after": shape.is_time,
    "not_before": shape.is_time,
    "revoked_at": shape.nothing_or(shape.is_time),
    "sign_key": shape.is_public_key,
}
_CERTIFICATE_FORM = shape.shaped(
    _SIGNER
    | {
        "age": shape.is_recipient,
        "min_version": shape.integer(1),
        "serial": shape.is_uuid7,
        "site": shape.is_site,
        "suites": shape.set_of(shape.text(1, 20), 1, 10),
        "township": shape.text(9, 9),
    }
)


def _is_certificate(value: object) -> bool:
    return _CERTIFICATE_FORM(value) and isinstance(value, dict) and value["site"][1:10] == value["township"]


SHAPES: dict[str, shape.Check] = {
    "certs": shape.list_of(_is_certificate, high=10_000),
    "county": shape.is_county,
    "expires_at": shape.is_time,
    "issued_at": shape.is_time,
    "next_root": shape.nothing_or(shape.is_public_key),
    "policy": shape.shaped({"two_person": shape.one_of(True, False)}),
    "prev": shape.is_hash,
    "receipt_keys": shape.list_of(shape.shaped(_SIGNER), 1, 100),
    "recipients": shape.set_of(shape.is_recipient, 1, 3),
    "recovery": shape.is_recipient,
    "root_key": shape.is_public_key,
    "trust_version": shape.integer(1),
}
